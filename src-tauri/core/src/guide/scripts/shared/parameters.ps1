    # The application's name, by which it is found where no client ID is known.
    [ValidateNotNullOrEmpty()]
    [string] $ApplicationName = 'Incorta SMTP',

    # Application (client) ID, in place of the profile's; an empty text looks by the name.
    [ValidatePattern('^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $ClientId = '',

    # Object ID of the enterprise application; Microsoft Graph tells it unless -Part Exchange is given.
    [ValidatePattern('^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $ObjectId = '',

    # Which part to run, where Entra and Exchange Online have different administrators.
    [ValidateSet('All', 'Entra', 'Exchange')]
    [string] $Part = 'All'
)


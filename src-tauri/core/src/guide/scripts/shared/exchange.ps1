# ---- Exchange Online ---------------------------------------------------------------------------------------

# The setup script notes in the service principal's display name what it made, since nothing else in Exchange
# Online has room for it: Incorta SMTP [Incorta Mail Setup: made, reports@contoso.com FullAccess].
$NoteShape = '^(?<Name>.*?) \[Incorta Mail Setup: (?<Marks>[^\]]*)\]$'

function Read-Note {
    $Known.PlainName = "$($Known.Registered.DisplayName)"
    $Known.Marks = @()
    if ($Known.PlainName -match $NoteShape) {
        $Known.PlainName = $Matches.Name
        $Known.Marks = @($Matches.Marks -split ', ')
    }
}

# Reads the service principal that belongs to the client ID. Get-ServicePrincipal gives all of them when it
# does not know an identity, so the choice is made here.
function Read-Registration {
    $Known.Registered = $null
    if ($Known.ClientId) {
        $Known.Registered = Get-ServicePrincipal -ErrorAction Stop |
            Where-Object { $_.AppId -eq $Known.ClientId } |
            Select-Object -First 1
    }
    if ($Known.Registered -and -not $Known.ObjectId) {
        $Known.ObjectId = "$($Known.Registered.ObjectId)"
    }
    Read-Note
}

# SMTP AUTH of the mailbox: 'on', 'off', or 'blank', which inherits the organization's setting.
function Read-SmtpAuth {
    $Disabled = (Get-CASMailbox -Identity $Known.Mailbox -ErrorAction Stop).SmtpClientAuthenticationDisabled
    switch ("$Disabled") {
        'True' { 'off' }
        'False' { 'on' }
        default { 'blank' }
    }
}

function Test-OrganizationSmtpAuth {
    "$((Get-TransportConfig -ErrorAction Stop).SmtpClientAuthenticationDisabled)" -eq 'False'
}

$Steps += @{
    Part = 'Exchange'
    Name = 'Sign in to Exchange Online'
    Run  = {
        Connect-ExchangeOnline -ExchangeEnvironmentName $Values.ExchangeEnvironment -ShowBanner:$false -ErrorAction Stop
        $Known.ExchangeConnected = $true
        $Session = Get-ConnectionInformation | Where-Object { $_.TenantID } | Select-Object -Last 1
        if (-not $Known.TenantId) {
            $Known.TenantId = "$($Session.TenantID)"
        }
        elseif ($Session -and "$($Session.TenantID)" -ne $Known.TenantId) {
            throw "This is tenant $($Session.TenantID), but the Entra part ran in $($Known.TenantId)."
        }
    }
}

$Steps += @{
    Part = 'Exchange'
    Name = 'Find the mailbox'
    Run  = {
        $Found = Get-EXOMailbox -Identity $Values.Mailbox -ErrorAction Stop
        $Known.Mailbox = "$($Found.PrimarySmtpAddress)"
        $Known.MailboxId = "$($Found.Guid)"
        if ($Known.Mailbox -ne $Values.Mailbox) {
            Write-Line -Text "  $($Values.Mailbox) is another address of $($Known.Mailbox). Enter the latter into Incorta."
        }
    }
}


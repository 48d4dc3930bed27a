    # A mailbox that the application must be refused; one is picked unless given.
    [string] $OutsideMailbox = '',


# The tenant that both stand-in modules work on: a file, read anew for each command and written after each change.
function Read-Tenant {
    Get-Content -Raw -Path $env:STAND_IN_TENANT | ConvertFrom-Json
}

function Save-Tenant {
    param($Tenant)
    ConvertTo-Json -InputObject $Tenant -Depth 12 | Set-Content -Path $env:STAND_IN_TENANT -WhatIf:$false
}

# The one mailbox with this address; anything else is an error, as it is in Exchange Online.
function Find-Mailbox {
    param($Tenant, [string] $Identity)
    $Found = $Tenant.mailboxes | Where-Object { $_.PrimarySmtpAddress -eq $Identity }
    if (-not $Found) {
        throw "The mailbox $Identity was not found."
    }
    $Found
}

# The service principal that a right is given to.
function Find-Principal {
    param($Tenant, [string] $Identity)
    $Found = $Tenant.registered | Where-Object { $_.ObjectId -eq $Identity }
    if (-not $Found) {
        throw "The service principal $Identity was not found."
    }
    $Found
}

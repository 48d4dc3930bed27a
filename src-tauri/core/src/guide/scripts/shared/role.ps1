# Exchange Online's API in every tenant.
$ExchangeAppId = '00000002-0000-0ff1-ce00-000000000000'

# The permission SMTP.SendAsApp: its ID is read from the tenant, because published IDs disagree.
function Read-Role {
    $Found = Find-GraphObject -Collection 'servicePrincipals' -Filter "appId eq '$ExchangeAppId'"
    $Known.Exchange = $Found | Select-Object -First 1
    if (-not $Known.Exchange) {
        throw 'Exchange Online is not known in this tenant: it has no subscription with mailboxes.'
    }
    $Role = $Known.Exchange.appRoles | Where-Object { $_.value -eq 'SMTP.SendAsApp' } | Select-Object -First 1
    if (-not $Role) {
        throw 'Exchange Online offers no application permission SMTP.SendAsApp in this tenant.'
    }
    $Known.RoleId = $Role.id
}

# The consent that was given: an assignment of the role to the enterprise application.
function Find-Consent {
    if ($Known.Exchange -and $Known.ObjectId) {
        $Answer = Invoke-Graph -Path "servicePrincipals/$($Known.ObjectId)/appRoleAssignments"
        $Answer.value |
            Where-Object { $_ -and $_.resourceId -eq $Known.Exchange.id -and $_.appRoleId -eq $Known.RoleId } |
            Select-Object -First 1
    }
}

# What the application asks for: permissions of Exchange Online, and those of other APIs.
function Read-Permission {
    $Wanted = @($Known.Application.requiredResourceAccess | Where-Object { $_ })
    $Ours = $Wanted | Where-Object { $_.resourceAppId -eq $ExchangeAppId }
    $Known.OtherApis = @($Wanted | Where-Object { $_.resourceAppId -ne $ExchangeAppId })
    $Known.Permissions = @($Ours | ForEach-Object { $_.resourceAccess } | Where-Object { $_ })
    $Known.Listed = @($Known.Permissions | Where-Object { $_.id -eq $Known.RoleId }).Count -gt 0
}


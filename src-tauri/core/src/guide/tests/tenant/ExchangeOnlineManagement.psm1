# Stands in for Exchange Online, as far as the scripts use it.
. "$PSScriptRoot/../store.ps1"

function Connect-ExchangeOnline {
    [CmdletBinding()]
    param([string] $ExchangeEnvironmentName, [bool] $ShowBanner)
    # Microsoft.Graph.Authentication must not be loaded after this.
    $env:STAND_IN_EXCHANGE = 'loaded'
}

function Disconnect-ExchangeOnline {
    [CmdletBinding(SupportsShouldProcess)]
    param()
}

function Get-ConnectionInformation {
    [pscustomobject] @{ TenantID = (Read-Tenant).id }
}

function Get-EXOMailbox {
    [CmdletBinding()]
    param([string] $Identity, [int] $ResultSize)
    $Tenant = Read-Tenant
    if ($Identity) {
        return Find-Mailbox -Tenant $Tenant -Identity $Identity
    }
    $Tenant.mailboxes
}

function Get-CASMailbox {
    [CmdletBinding()]
    param([string] $Identity)
    Find-Mailbox -Tenant (Read-Tenant) -Identity $Identity
}

function Set-CASMailbox {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity, [Nullable[bool]] $SmtpClientAuthenticationDisabled)
    $Tenant = Read-Tenant
    $Mailbox = Find-Mailbox -Tenant $Tenant -Identity $Identity
    $Mailbox.SmtpClientAuthenticationDisabled = $SmtpClientAuthenticationDisabled
    Save-Tenant -Tenant $Tenant
}

function Get-TransportConfig {
    [CmdletBinding()]
    param()
    [pscustomobject] @{ SmtpClientAuthenticationDisabled = (Read-Tenant).organizationSmtpAuthDisabled }
}

function Get-ServicePrincipal {
    [CmdletBinding()]
    param()
    (Read-Tenant).registered
}

function New-ServicePrincipal {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $AppId, [string] $ObjectId, [string] $DisplayName)
    $Tenant = Read-Tenant
    $Made = [pscustomobject] @{ AppId = $AppId; ObjectId = $ObjectId; DisplayName = $DisplayName }
    $Tenant.registered = @($Tenant.registered) + $Made
    Save-Tenant -Tenant $Tenant
    $Made
}

function Set-ServicePrincipal {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity, [string] $DisplayName)
    $Tenant = Read-Tenant
    (Find-Principal -Tenant $Tenant -Identity $Identity).DisplayName = $DisplayName
    Save-Tenant -Tenant $Tenant
}

function Remove-ServicePrincipal {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity)
    $Tenant = Read-Tenant
    $null = Find-Principal -Tenant $Tenant -Identity $Identity
    $Tenant.registered = @($Tenant.registered | Where-Object { $_.ObjectId -ne $Identity })
    Save-Tenant -Tenant $Tenant
}

# The rights of both kinds; the caller says which.
function Get-Right {
    param([string] $Kind, [string] $Mailbox, [string] $Holder)
    $Tenant = Read-Tenant
    $null = Find-Mailbox -Tenant $Tenant -Identity $Mailbox
    $null = Find-Principal -Tenant $Tenant -Identity $Holder
    $Tenant.rights | Where-Object { $_.kind -eq $Kind -and $_.mailbox -eq $Mailbox -and $_.holder -eq $Holder } |
        ForEach-Object { [pscustomobject] @{ AccessRights = @($Kind); Deny = $false } }
}

function Add-Right {
    param([string] $Kind, [string] $Mailbox, [string] $Holder)
    $Tenant = Read-Tenant
    $null = Find-Mailbox -Tenant $Tenant -Identity $Mailbox
    $null = Find-Principal -Tenant $Tenant -Identity $Holder
    $Tenant.rights = @($Tenant.rights) + [pscustomobject] @{ kind = $Kind; mailbox = $Mailbox; holder = $Holder }
    Save-Tenant -Tenant $Tenant
}

function Remove-Right {
    param([string] $Kind, [string] $Mailbox, [string] $Holder)
    $Tenant = Read-Tenant
    $Others = $Tenant.rights |
        Where-Object { $_.kind -ne $Kind -or $_.mailbox -ne $Mailbox -or $_.holder -ne $Holder }
    $Tenant.rights = @($Others | Where-Object { $_ })
    Save-Tenant -Tenant $Tenant
}

function Get-MailboxPermission {
    [CmdletBinding()]
    param([string] $Identity, [string] $User)
    Get-Right -Kind FullAccess -Mailbox $Identity -Holder $User
}

function Add-MailboxPermission {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity, [string] $User, [string] $AccessRights)
    Add-Right -Kind $AccessRights -Mailbox $Identity -Holder $User
}

function Remove-MailboxPermission {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity, [string] $User, [string] $AccessRights)
    Remove-Right -Kind $AccessRights -Mailbox $Identity -Holder $User
}

function Get-RecipientPermission {
    [CmdletBinding()]
    param([string] $Identity, [string] $Trustee, [string] $AccessRights)
    Get-Right -Kind $AccessRights -Mailbox $Identity -Holder $Trustee
}

function Add-RecipientPermission {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity, [string] $Trustee, [string] $AccessRights)
    Add-Right -Kind $AccessRights -Mailbox $Identity -Holder $Trustee
}

function Remove-RecipientPermission {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity, [string] $Trustee, [string] $AccessRights)
    Remove-Right -Kind $AccessRights -Mailbox $Identity -Holder $Trustee
}

function Get-ManagementScope {
    [CmdletBinding()]
    param()
    (Read-Tenant).scopes
}

function New-ManagementScope {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Name, [string] $RecipientRestrictionFilter)
    $Tenant = Read-Tenant
    $Tenant.scopes = @($Tenant.scopes) + [pscustomobject] @{ Name = $Name; RecipientFilter = $RecipientRestrictionFilter }
    Save-Tenant -Tenant $Tenant
}

function Set-ManagementScope {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity, [string] $RecipientRestrictionFilter)
    $Tenant = Read-Tenant
    ($Tenant.scopes | Where-Object { $_.Name -eq $Identity }).RecipientFilter = $RecipientRestrictionFilter
    Save-Tenant -Tenant $Tenant
}

function Remove-ManagementScope {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity)
    $Tenant = Read-Tenant
    if ($Tenant.assignments | Where-Object { $_.CustomResourceScope -eq $Identity }) {
        throw "The scope $Identity is in use."
    }
    $Tenant.scopes = @($Tenant.scopes | Where-Object { $_.Name -ne $Identity })
    Save-Tenant -Tenant $Tenant
}

function Get-ManagementRoleAssignment {
    [CmdletBinding()]
    param([string] $Role)
    (Read-Tenant).assignments | Where-Object { $_.Role -eq $Role }
}

function New-ManagementRoleAssignment {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Name, [string] $Role, [string] $App, [string] $CustomResourceScope)
    $Tenant = Read-Tenant
    if (-not ($Tenant.scopes | Where-Object { $_.Name -eq $CustomResourceScope })) {
        throw "The scope $CustomResourceScope was not found."
    }
    $Made = [pscustomobject] @{ Name = $Name; Role = $Role; App = $App; CustomResourceScope = $CustomResourceScope }
    $Tenant.assignments = @($Tenant.assignments) + $Made
    Save-Tenant -Tenant $Tenant
}

function Remove-ManagementRoleAssignment {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Identity)
    $Tenant = Read-Tenant
    $Tenant.assignments = @($Tenant.assignments | Where-Object { $_.Name -ne $Identity })
    Save-Tenant -Tenant $Tenant
}

function Test-ServicePrincipalAuthorization {
    [CmdletBinding()]
    param([string] $Identity, [string] $Resource)
    $Tenant = Read-Tenant
    $null = Find-Principal -Tenant $Tenant -Identity $Identity
    foreach ($Assignment in @($Tenant.assignments | Where-Object { $_.App -eq $Identity })) {
        $Scope = $Tenant.scopes | Where-Object { $_.Name -eq $Assignment.CustomResourceScope }
        $InScope = $Scope.RecipientFilter -eq "PrimarySmtpAddress -eq '$Resource'"
        [pscustomobject] @{ RoleName = $Assignment.Role; InScope = $InScope }
    }
}

# Stands in for Microsoft Graph, as far as the scripts use it.
. "$PSScriptRoot/../store.ps1"
$script:Connected = $false

function Connect-MgGraph {
    [CmdletBinding()]
    param([string] $TenantId, [string] $Environment, [string[]] $Scopes, [string] $ContextScope, [switch] $NoWelcome)
    if ($env:STAND_IN_EXCHANGE) {
        throw 'Could not load a library: the other module has loaded another version of it.'
    }
    $script:Connected = $true
}

function Disconnect-MgGraph {
    [CmdletBinding()]
    param()
    $script:Connected = $false
}

function Get-MgContext {
    [pscustomobject] @{ TenantId = (Read-Tenant).id }
}

function Invoke-MgGraphRequest {
    [CmdletBinding()]
    param([string] $Method, [string] $Uri, [string] $Body, [string] $ContentType, [string] $OutputType)
    if (-not $script:Connected) {
        throw 'Authentication needed. Please call Connect-MgGraph.'
    }
    $Tenant = Read-Tenant
    $Asked = $null
    if ($Body) {
        $Asked = $Body | ConvertFrom-Json
    }
    $Place = [uri]::UnescapeDataString($Uri)
    switch -Regex ("$Method $Place") {
        '^GET /v1\.0/(applications|servicePrincipals)\?\$filter=(\w+) eq ''(.*)''$' {
            $Collection, $Property, $Wanted = $Matches[1], $Matches[2], $Matches[3].Replace("''", "'")
            return [pscustomobject] @{ value = @($Tenant.$Collection | Where-Object { $_.$Property -eq $Wanted }) }
        }
        '^GET /v1\.0/servicePrincipals/([^/]+)/appRoleAssignments$' {
            $Principal = $Matches[1]
            return [pscustomobject] @{ value = @($Tenant.consents | Where-Object { $_.principalId -eq $Principal }) }
        }
        '^POST /v1\.0/applications$' {
            $Made = [pscustomobject] @{
                id                     = [string] [guid]::NewGuid()
                appId                  = [string] [guid]::NewGuid()
                displayName            = $Asked.displayName
                tags                   = @($Asked.tags)
                requiredResourceAccess = @()
                passwordCredentials    = @()
            }
            $Tenant.applications = @($Tenant.applications) + $Made
            Save-Tenant -Tenant $Tenant
            return $Made
        }
        '^POST /v1\.0/servicePrincipals$' {
            $Made = [pscustomobject] @{
                id             = [string] [guid]::NewGuid()
                appId          = $Asked.appId
                accountEnabled = $true
                tags           = @($Asked.tags)
                appRoles       = @()
            }
            $Tenant.servicePrincipals = @($Tenant.servicePrincipals) + $Made
            Save-Tenant -Tenant $Tenant
            return $Made
        }
        '^PATCH /v1\.0/applications/([^/]+)$' {
            $Changed = $Tenant.applications | Where-Object { $_.id -eq $Matches[1] }
            foreach ($Property in $Asked.PSObject.Properties) {
                $Changed.($Property.Name) = @($Property.Value)
            }
            Save-Tenant -Tenant $Tenant
            return
        }
        '^POST /v1\.0/applications/([^/]+)/addPassword$' {
            $Changed = $Tenant.applications | Where-Object { $_.id -eq $Matches[1] }
            $Made = [pscustomobject] @{
                keyId       = [string] [guid]::NewGuid()
                displayName = $Asked.passwordCredential.displayName
                endDateTime = $Asked.passwordCredential.endDateTime
            }
            $Changed.passwordCredentials = @($Changed.passwordCredentials) + $Made
            Save-Tenant -Tenant $Tenant
            return [pscustomobject] @{ secretText = 'stand-in~secret'; endDateTime = $Made.endDateTime }
        }
        '^POST /v1\.0/applications/([^/]+)/removePassword$' {
            $Changed = $Tenant.applications | Where-Object { $_.id -eq $Matches[1] }
            $Left = $Changed.passwordCredentials | Where-Object { $_.keyId -ne $Asked.keyId }
            $Changed.passwordCredentials = @($Left | Where-Object { $_ })
            Save-Tenant -Tenant $Tenant
            return
        }
        '^POST /v1\.0/servicePrincipals/([^/]+)/appRoleAssignedTo$' {
            $Asked | Add-Member -NotePropertyName id -NotePropertyValue ([string] [guid]::NewGuid())
            $Tenant.consents = @($Tenant.consents) + $Asked
            Save-Tenant -Tenant $Tenant
            return $Asked
        }
        '^DELETE /v1\.0/servicePrincipals/([^/]+)/appRoleAssignments/([^/]+)$' {
            $Consent = $Matches[2]
            $Tenant.consents = @($Tenant.consents | Where-Object { $_.id -ne $Consent })
            Save-Tenant -Tenant $Tenant
            return
        }
        '^DELETE /v1\.0/(applications|servicePrincipals)/([^/]+)$' {
            $Collection, $Id = $Matches[1], $Matches[2]
            $Gone = $Tenant.$Collection | Where-Object { $_.id -eq $Id }
            # An application takes its enterprise application along, and that its consents.
            $Principals = @($Tenant.servicePrincipals | Where-Object { $_.appId -eq $Gone.appId } | ForEach-Object { $_.id })
            if ($Collection -eq 'applications') {
                $Tenant.applications = @($Tenant.applications | Where-Object { $_.id -ne $Id })
            }
            $Tenant.servicePrincipals = @($Tenant.servicePrincipals | Where-Object { $_.appId -ne $Gone.appId })
            $Tenant.consents = @($Tenant.consents | Where-Object { $Principals -notcontains $_.principalId })
            Save-Tenant -Tenant $Tenant
            return
        }
    }
    throw "NotFound: $Method $Place"
}

Export-ModuleMember -Function Connect-MgGraph, Disconnect-MgGraph, Get-MgContext, Invoke-MgGraphRequest

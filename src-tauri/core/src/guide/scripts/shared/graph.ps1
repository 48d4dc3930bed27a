# ---- Microsoft Entra, through Microsoft Graph --------------------------------------------------------------

# What this run made a moment ago is not known to every server yet: then a refusal is tried again.
function Invoke-Graph {
    param([string] $Path, [string] $Method = 'GET', [hashtable] $Body)
    $Request = @{ Method = $Method; Uri = "/v1.0/$Path"; OutputType = 'PSObject'; ErrorAction = 'Stop' }
    if ($Body) {
        $Request.Body = ConvertTo-Json -InputObject $Body -Depth 10
        $Request.ContentType = 'application/json'
    }
    for ($Left = 5; $Known.JustMade -and $Left -gt 0; $Left--) {
        try {
            return Invoke-MgGraphRequest @Request
        }
        catch {
            if ("$_" -match 'Forbidden|Unauthorized|Authorization_RequestDenied') {
                throw
            }
            Write-Line -Text '  Not known everywhere yet; trying again in 10 seconds.'
            Start-Sleep -Seconds 10
        }
    }
    Invoke-MgGraphRequest @Request
}

# Every object of a collection that fits an OData filter.
function Find-GraphObject {
    param([string] $Collection, [string] $Filter)
    $Answer = Invoke-Graph -Path ($Collection + '?$filter=' + [uri]::EscapeDataString($Filter))
    $Answer.value | Where-Object { $_ }
}

function Find-Application {
    if ($Known.ClientId) {
        $Filter = "appId eq '$($Known.ClientId)'"
    }
    else {
        $Filter = "displayName eq '$($Known.ApplicationName.Replace("'", "''"))'"
    }
    $Found = @(Find-GraphObject -Collection 'applications' -Filter $Filter)
    if ($Found.Count -gt 1) {
        $Ids = ($Found | ForEach-Object { $_.appId }) -join ', '
        throw "$($Found.Count) applications are called '$($Known.ApplicationName)'. Say which one is meant with -ClientId: $Ids"
    }
    $Found | Select-Object -First 1
}

function Find-EnterpriseApplication {
    if ($Known.ClientId) {
        Find-GraphObject -Collection 'servicePrincipals' -Filter "appId eq '$($Known.ClientId)'" | Select-Object -First 1
    }
}

$Steps += @{
    Part = 'Entra'
    Name = 'Sign in to Microsoft Graph'
    Run  = {
        $Session = @{
            TenantId     = $Values.Tenant
            Environment  = $Values.GraphEnvironment
            Scopes       = $Values.GraphScopes -split ' '
            ContextScope = 'Process'
            NoWelcome    = $true
            ErrorAction  = 'Stop'
        }
        $null = Connect-MgGraph @Session
        $Known.GraphConnected = $true
        $Known.TenantId = (Get-MgContext).TenantId
        if ($Values.Tenant -match '^[0-9a-fA-F-]{36}$' -and $Known.TenantId -ne $Values.Tenant) {
            throw "This is tenant $($Known.TenantId), but the profile names $($Values.Tenant)."
        }
    }
}


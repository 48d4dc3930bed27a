# Notes on an application that was there before what the setup script added to it.
function Add-ApplicationMark {
    param([string] $Name)
    $Tags = @($Known.Application.tags | Where-Object { $_ })
    if ($Tags -notcontains $Mark -and $Tags -notcontains $Name) {
        $Tags += $Name
        $null = Invoke-Graph -Method PATCH -Path "applications/$($Known.Application.id)" -Body @{ tags = $Tags }
        $Known.Application.tags = $Tags
    }
}

$Steps += @{
    Part = 'Entra'
    Name = 'Register the application'
    Run  = {
        $Known.Application = Find-Application
        if ($Known.Application) {
            Add-Row -What 'Application' -State 'was there' -Detail "client ID $($Known.Application.appId)"
        }
        elseif ($Known.ClientId) {
            throw "No application of this tenant has the client ID $($Known.ClientId). To register a new one, add: -ClientId ''"
        }
        elseif ($PSCmdlet.ShouldProcess($Known.ApplicationName, 'Register the application')) {
            $Known.Application = Invoke-Graph -Method POST -Path 'applications' -Body @{
                displayName    = $Known.ApplicationName
                signInAudience = 'AzureADMyOrg'
                tags           = @($Mark)
                notes          = 'Registered by the setup script of Incorta Mail Setup, for mail that Incorta sends.'
            }
            $Known.JustMade = $true
            Add-Row -What 'Application' -State 'made now' -Detail "client ID $($Known.Application.appId)"
        }
        if ($Known.Application) {
            $Known.ClientId = $Known.Application.appId
        }
    }
}

$Steps += @{
    Part = 'Entra'
    Name = 'Make the enterprise application'
    Run  = {
        $Enterprise = Find-EnterpriseApplication
        if ($Enterprise) {
            Add-Row -What 'Enterprise application' -State 'was there' -Detail "Object ID $($Enterprise.id)"
        }
        elseif ($PSCmdlet.ShouldProcess($Known.ApplicationName, 'Make the enterprise application')) {
            # Without the first tag, Entra's list of enterprise applications leaves it out.
            $Enterprise = Invoke-Graph -Method POST -Path 'servicePrincipals' -Body @{
                appId = $Known.ClientId
                tags  = @('WindowsAzureActiveDirectoryIntegratedApp', $Mark)
            }
            $Known.JustMade = $true
            Add-Row -What 'Enterprise application' -State 'made now' -Detail "Object ID $($Enterprise.id)"
        }
        $Known.ObjectId = "$($Enterprise.id)"
    }
}


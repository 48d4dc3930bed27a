$Known.RemoveApplication = [bool] $RemoveApplication

$Steps += @{
    Part = 'Entra'
    Name = 'Find the application'
    Run  = {
        $Known.Application = Find-Application
        if ($Known.Application) {
            $Known.ClientId = $Known.Application.appId
        }
        $Known.Enterprise = Find-EnterpriseApplication
        if ($Known.Enterprise) {
            $Known.ObjectId = "$($Known.Enterprise.id)"
        }
        $Known.Tags = @($Known.Application.tags | Where-Object { $_ })
        # Removing the application removes its secrets, its consent and its enterprise application.
        $Known.Whole = $Known.Application -and ($Known.RemoveApplication -or $Known.Tags -contains $Mark)
        if (-not $Known.Application) {
            Add-Row -What 'Application' -State 'not there' -Detail ''
        }
        elseif (-not $Known.Whole) {
            Add-Row -What 'Application' -State 'stays' -Detail 'not made by the setup script; -RemoveApplication removes it'
        }
    }
}


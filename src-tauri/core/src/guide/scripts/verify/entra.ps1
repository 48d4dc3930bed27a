$Steps += @{
    Part = 'Entra'
    Name = 'Look at the application'
    Run  = {
        $Known.Application = Find-Application
        if ($Known.Application) {
            $Known.ClientId = $Known.Application.appId
        }
        Add-Check -What 'Application' -Good ([bool] $Known.Application) -Detail "client ID $($Known.ClientId)"

        $Enterprise = Find-EnterpriseApplication
        $Enabled = $Enterprise -and "$($Enterprise.accountEnabled)" -ne 'False'
        $Known.ObjectId = "$($Enterprise.id)"
        Add-Check -What 'Enterprise application' -Good $Enabled -Detail "Object ID $($Known.ObjectId)"

        $Ends = $Known.Application.passwordCredentials |
            Where-Object { $_ } |
            ForEach-Object { ([datetime] $_.endDateTime).ToUniversalTime() } |
            Sort-Object |
            Select-Object -Last 1
        $Detail = 'there is none'
        if ($Ends) {
            $Detail = "ends on $($Ends.ToString('yyyy-MM-dd'))"
        }
        Add-Check -What 'Client secret' -Good ([bool] ($Ends -and $Ends -gt [datetime]::UtcNow)) -Detail $Detail
    }
}


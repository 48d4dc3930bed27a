$Steps += @{
    Part = 'Entra'
    Name = 'Take back the API permission'
    Run  = {
        if ($Known.Tags -contains "${Mark}Consent" -and -not $Known.Whole) {
            Read-Role
            $Consent = Find-Consent
            if ($Consent -and $PSCmdlet.ShouldProcess($Known.Application.displayName, 'Take back the admin consent')) {
                $Path = "servicePrincipals/$($Known.ObjectId)/appRoleAssignments/$($Consent.id)"
                $null = Invoke-Graph -Method DELETE -Path $Path
                Add-Row -What 'Admin consent' -State 'removed' -Detail 'SMTP.SendAsApp'
            }
        }
        if ($Known.Tags -contains "${Mark}Permission" -and -not $Known.Whole) {
            Read-Role
            Read-Permission
            $Target = $Known.Application.displayName
            if ($Known.Listed -and $PSCmdlet.ShouldProcess($Target, 'Remove the API permission SMTP.SendAsApp')) {
                $Apis = @($Known.OtherApis)
                $Access = @($Known.Permissions | Where-Object { $_.id -ne $Known.RoleId })
                if ($Access.Count -gt 0) {
                    $Apis += @{ resourceAppId = $ExchangeAppId; resourceAccess = $Access }
                }
                $Body = @{ requiredResourceAccess = $Apis }
                $null = Invoke-Graph -Method PATCH -Path "applications/$($Known.Application.id)" -Body $Body
                Add-Row -What 'API permission' -State 'removed' -Detail 'SMTP.SendAsApp'
            }
        }
    }
}


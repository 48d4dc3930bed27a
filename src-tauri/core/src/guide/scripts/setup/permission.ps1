$Steps += @{
    Part = 'Entra'
    Name = 'Add the API permission SMTP.SendAsApp'
    Run  = {
        Read-Role
        Read-Permission
        if ($Known.Listed) {
            Add-Row -What 'API permission' -State 'was there' -Detail 'SMTP.SendAsApp'
        }
        elseif ($PSCmdlet.ShouldProcess($Known.ApplicationName, 'Add the API permission SMTP.SendAsApp')) {
            Add-ApplicationMark -Name "${Mark}Permission"
            $Access = @($Known.Permissions) + @{ id = $Known.RoleId; type = 'Role' }
            $Apis = @($Known.OtherApis) + @{ resourceAppId = $ExchangeAppId; resourceAccess = $Access }
            $Body = @{ requiredResourceAccess = $Apis }
            $null = Invoke-Graph -Method PATCH -Path "applications/$($Known.Application.id)" -Body $Body
            Add-Row -What 'API permission' -State 'made now' -Detail 'SMTP.SendAsApp'
        }
    }
}

$Steps += @{
    Part = 'Entra'
    Name = 'Grant admin consent'
    Run  = {
        if (Find-Consent) {
            Add-Row -What 'Admin consent' -State 'was there' -Detail 'SMTP.SendAsApp'
        }
        elseif ($PSCmdlet.ShouldProcess($Known.ApplicationName, 'Grant admin consent to SMTP.SendAsApp')) {
            Add-ApplicationMark -Name "${Mark}Consent"
            $Body = @{
                principalId = $Known.ObjectId
                resourceId  = $Known.Exchange.id
                appRoleId   = $Known.RoleId
            }
            $Path = "servicePrincipals/$($Known.Exchange.id)/appRoleAssignedTo"
            $null = Invoke-Graph -Method POST -Path $Path -Body $Body
            Add-Row -What 'Admin consent' -State 'made now' -Detail 'SMTP.SendAsApp'
        }
    }
}


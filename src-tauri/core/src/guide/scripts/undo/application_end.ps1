$Steps += @{
    Part = 'Entra'
    Name = 'Remove what the setup script made in Entra'
    Run  = {
        if ($Known.Whole) {
            $Target = "$($Known.Application.displayName), client ID $($Known.ClientId)"
            if ($PSCmdlet.ShouldProcess($Target, 'Remove the application, for every mailbox that it sends from')) {
                $null = Invoke-Graph -Method DELETE -Path "applications/$($Known.Application.id)"
                Add-Row -What 'Application' -State 'removed' -Detail "client ID $($Known.ClientId); can be restored for 30 days"
            }
        }
        elseif ($Known.Application) {
            $Path = "applications/$($Known.Application.id)"
            $Secrets = $Known.Application.passwordCredentials | Where-Object { $_ -and $_.displayName -eq $SecretName }
            foreach ($Secret in $Secrets) {
                if ($PSCmdlet.ShouldProcess($Known.Application.displayName, "Remove the client secret $($Secret.keyId)")) {
                    $null = Invoke-Graph -Method POST -Path "$Path/removePassword" -Body @{ keyId = "$($Secret.keyId)" }
                    Add-Row -What 'Client secret' -State 'removed' -Detail "$($Secret.keyId)"
                }
            }
            if ($Known.Enterprise -and $Known.Enterprise.tags -contains $Mark) {
                if ($PSCmdlet.ShouldProcess($Known.Application.displayName, 'Remove the enterprise application')) {
                    $null = Invoke-Graph -Method DELETE -Path "servicePrincipals/$($Known.ObjectId)"
                    Add-Row -What 'Enterprise application' -State 'removed' -Detail "Object ID $($Known.ObjectId)"
                }
            }
            $Kept = @($Known.Tags | Where-Object { $_ -notlike "$Mark*" })
            $Marked = $Kept.Count -lt $Known.Tags.Count
            if ($Marked -and $PSCmdlet.ShouldProcess($Known.Application.displayName, 'Remove the marks of the setup script')) {
                $null = Invoke-Graph -Method PATCH -Path $Path -Body @{ tags = $Kept }
            }
        }
    }
}


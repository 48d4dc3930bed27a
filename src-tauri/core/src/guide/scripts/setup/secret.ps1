$Known.NewSecret = [bool] $NewSecret
$Known.SecretMonths = $SecretMonths

$Steps += @{
    Part = 'Entra'
    Name = 'Make a client secret'
    Run  = {
        $Now = [datetime]::UtcNow
        $Valid = $Known.Application.passwordCredentials |
            Where-Object { $_ -and ([datetime] $_.endDateTime).ToUniversalTime() -gt $Now } |
            Sort-Object -Property { ([datetime] $_.endDateTime).ToUniversalTime() } |
            Select-Object -Last 1
        if ($Valid -and -not $Known.NewSecret) {
            $Known.EndDate = ([datetime] $Valid.endDateTime).ToUniversalTime().ToString('yyyy-MM-dd')
            Add-Row -What 'Client secret' -State 'was there' -Detail "until $($Known.EndDate); -NewSecret makes another"
        }
        elseif ($PSCmdlet.ShouldProcess($Known.ApplicationName, "Make a client secret for $($Known.SecretMonths) months")) {
            $Credential = @{ displayName = $SecretName; endDateTime = $Now.AddMonths($Known.SecretMonths).ToString('s') + 'Z' }
            $Path = "applications/$($Known.Application.id)/addPassword"
            $Made = Invoke-Graph -Method POST -Path $Path -Body @{ passwordCredential = $Credential }
            $Known.ClientSecret = $Made.secretText
            $Known.EndDate = $Credential.endDateTime.Substring(0, 10)
            Add-Row -What 'Client secret' -State 'made now' -Detail "until $($Known.EndDate); shown below, once"
        }
    }
}


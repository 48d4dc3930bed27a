# The service principal can hold a right only when it was there before this run.
function Test-WasThere {
    $Known.Registered -and -not $Known.JustRegistered -and "$($Known.Registered.ObjectId)" -eq $Known.ObjectId
}

# Notes what is about to be made: a note too many does no harm, one too few would leave something behind.
function Write-Note {
    param([string] $Added)
    if ($Known.Marks -contains $Added) {
        return
    }
    $Known.Marks = @($Known.Marks) + $Added
    $Noted = "$($Known.PlainName) [Incorta Mail Setup: $($Known.Marks -join ', ')]"
    Set-ServicePrincipal -Identity $Known.ObjectId -DisplayName $Noted -Confirm:$false -ErrorAction Stop
}

$Steps += @{
    Part = 'Exchange'
    Name = 'Register the service principal'
    Run  = {
        $Given = $Known.ObjectId
        Read-Registration
        $Old = $Known.Registered
        $Action = 'Register the service principal in Exchange Online'
        if (-not $Given -and -not $Old -and -not $WhatIfPreference) {
            throw 'Give the Object ID with -ObjectId and the client ID with -ClientId. The Entra part shows both.'
        }
        if ($Old -and "$($Old.ObjectId)" -ne $Known.ObjectId) {
            $Action = 'Remove the service principal and register it again'
            Write-Line -Text "  It is registered with another Object ID, $($Old.ObjectId), which cannot be edited."
        }
        elseif ($Old) {
            $Action = ''
            Add-Row -What 'Service principal' -State 'was there' -Detail "Object ID $($Known.ObjectId)"
        }
        if ($Action -and $PSCmdlet.ShouldProcess($Known.ApplicationName, $Action)) {
            if ($Old) {
                Remove-ServicePrincipal -Identity "$($Old.ObjectId)" -Confirm:$false -ErrorAction Stop
            }
            $Registration = @{
                AppId       = $Known.ClientId
                ObjectId    = $Known.ObjectId
                DisplayName = "$($Known.ApplicationName) [Incorta Mail Setup: made]"
            }
            $Known.Registered = New-ServicePrincipal @Registration -ErrorAction Stop
            $Known.PlainName = $Known.ApplicationName
            $Known.Marks = @('made')
            $Known.JustRegistered = $true
            Add-Row -What 'Service principal' -State 'made now' -Detail "Object ID $($Known.ObjectId)"
        }
    }
}


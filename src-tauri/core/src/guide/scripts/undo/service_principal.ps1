$Steps += @{
    Part = 'Exchange'
    Name = 'Set SMTP AUTH back'
    Run  = {
        $Before = $Known.Marks |
            Where-Object { $_.StartsWith("$($Known.Mailbox) SMTP AUTH was ") } |
            Select-Object -Last 1
        if ($Before -and (Read-SmtpAuth) -eq 'on') {
            $Earlier = @{ Disabled = $null; Word = 'blank' }
            if ($Before -like '*was off') {
                $Earlier = @{ Disabled = $true; Word = 'off' }
            }
            if ($PSCmdlet.ShouldProcess($Known.Mailbox, "Set SMTP AUTH back to $($Earlier.Word)")) {
                $Change = @{ Identity = $Known.Mailbox; SmtpClientAuthenticationDisabled = $Earlier.Disabled }
                Set-CASMailbox @Change -Confirm:$false -ErrorAction Stop
                Add-Row -What 'SMTP AUTH' -State 'set back' -Detail $Earlier.Word
            }
        }
    }
}

$Steps += @{
    Part = 'Exchange'
    Name = 'Remove the service principal'
    Run  = {
        $Kept = @($Known.Marks | Where-Object { -not $_.StartsWith("$($Known.Mailbox) ") })
        $Others = @($Kept | Where-Object { $_ -ne 'made' })
        if ($Known.Marks -contains 'made' -and ($Others.Count -eq 0 -or $Known.Whole)) {
            if ($PSCmdlet.ShouldProcess($Known.PlainName, 'Remove the service principal from Exchange Online')) {
                Remove-ServicePrincipal -Identity $Known.ObjectId -Confirm:$false -ErrorAction Stop
                Add-Row -What 'Service principal' -State 'removed' -Detail "Object ID $($Known.ObjectId)"
            }
        }
        elseif ($Known.Registered) {
            Add-Row -What 'Service principal' -State 'stays' -Detail 'the setup script did not make it, or another mailbox uses it'
            $Name = $Known.PlainName
            if ($Kept.Count -gt 0) {
                $Name = "$Name [Incorta Mail Setup: $($Kept -join ', ')]"
            }
            $Noted = $Kept.Count -lt $Known.Marks.Count
            if ($Noted -and $PSCmdlet.ShouldProcess($Known.Registered.DisplayName, "Rename it to $Name")) {
                Set-ServicePrincipal -Identity $Known.ObjectId -DisplayName $Name -Confirm:$false -ErrorAction Stop
            }
        }
    }
}


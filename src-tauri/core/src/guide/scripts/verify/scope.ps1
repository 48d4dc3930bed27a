$Known.OutsideMailbox = $OutsideMailbox

$Steps += @{
    Part = 'Exchange'
    Name = 'Look at the role and its scope'
    Run  = {
        $Inside = $Known.Right -and (Test-Authorization -Mailbox $Known.Mailbox)
        Add-Check -What 'Role holds' -Good ([bool] $Inside) -Detail "$RoleName for $($Known.Mailbox)"

        if (-not $Known.OutsideMailbox) {
            $Known.OutsideMailbox = Get-EXOMailbox -ResultSize 10 -ErrorAction Stop |
                ForEach-Object { "$($_.PrimarySmtpAddress)" } |
                Where-Object { $_ -ne $Known.Mailbox } |
                Select-Object -First 1
        }
        if (-not $Known.OutsideMailbox) {
            Add-Row -What 'Role ends' -State 'not tried' -Detail 'the tenant has no other mailbox'
        }
        else {
            $Outside = $Known.Right -and (Test-Authorization -Mailbox $Known.OutsideMailbox)
            Add-Check -What 'Role ends' -Good (-not $Outside) -Detail "$($Known.OutsideMailbox) must be refused"
        }
    }
}


$Steps += @{
    Part = 'Exchange'
    Name = 'Grant FullAccess on the mailbox'
    Run  = {
        if ((Test-WasThere) -and (Find-FullAccessRight)) {
            Add-Row -What 'FullAccess' -State 'was there' -Detail $Known.Mailbox
        }
        elseif ($PSCmdlet.ShouldProcess($Known.Mailbox, 'Grant FullAccess to the application')) {
            Write-Note -Added "$($Known.Mailbox) FullAccess"
            $Right = @{ Identity = $Known.Mailbox; User = $Known.ObjectId; AccessRights = 'FullAccess' }
            $null = Add-MailboxPermission @Right -Confirm:$false -ErrorAction Stop
            Add-Row -What 'FullAccess' -State 'made now' -Detail $Known.Mailbox
        }
    }
}

$Steps += @{
    Part = 'Exchange'
    Name = 'Grant SendAs on the mailbox'
    Run  = {
        if ((Test-WasThere) -and (Find-SendAsRight)) {
            Add-Row -What 'SendAs' -State 'was there' -Detail $Known.Mailbox
        }
        elseif ($PSCmdlet.ShouldProcess($Known.Mailbox, 'Grant SendAs to the application')) {
            Write-Note -Added "$($Known.Mailbox) SendAs"
            $Right = @{ Identity = $Known.Mailbox; Trustee = $Known.ObjectId; AccessRights = 'SendAs' }
            $null = Add-RecipientPermission @Right -Confirm:$false -ErrorAction Stop
            Add-Row -What 'SendAs' -State 'made now' -Detail $Known.Mailbox
        }
    }
}


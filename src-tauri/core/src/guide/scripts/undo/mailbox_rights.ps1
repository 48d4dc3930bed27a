$Steps += @{
    Part = 'Exchange'
    Name = 'Take back the rights on the mailbox'
    Run  = {
        if ($Known.Marks -contains "$($Known.Mailbox) SendAs" -and (Find-SendAsRight)) {
            if ($PSCmdlet.ShouldProcess($Known.Mailbox, 'Take SendAs back from the application')) {
                $Right = @{ Identity = $Known.Mailbox; Trustee = $Known.ObjectId; AccessRights = 'SendAs' }
                $null = Remove-RecipientPermission @Right -Confirm:$false -ErrorAction Stop
                Add-Row -What 'SendAs' -State 'removed' -Detail $Known.Mailbox
            }
        }
        if ($Known.Marks -contains "$($Known.Mailbox) FullAccess" -and (Find-FullAccessRight)) {
            if ($PSCmdlet.ShouldProcess($Known.Mailbox, 'Take FullAccess back from the application')) {
                $Right = @{ Identity = $Known.Mailbox; User = $Known.ObjectId; AccessRights = 'FullAccess' }
                $null = Remove-MailboxPermission @Right -Confirm:$false -ErrorAction Stop
                Add-Row -What 'FullAccess' -State 'removed' -Detail $Known.Mailbox
            }
        }
    }
}


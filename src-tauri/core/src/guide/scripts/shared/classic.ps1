function Find-FullAccessRight {
    Get-MailboxPermission -Identity $Known.Mailbox -User $Known.ObjectId -ErrorAction Stop |
        Where-Object { "$($_.AccessRights)" -match 'FullAccess' -and "$($_.Deny)" -ne 'True' }
}

function Find-SendAsRight {
    Get-RecipientPermission -Identity $Known.Mailbox -Trustee $Known.ObjectId -AccessRights SendAs -ErrorAction Stop
}


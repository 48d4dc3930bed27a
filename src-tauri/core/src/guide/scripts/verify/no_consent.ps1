$Steps += @{
    Part = 'Entra'
    Name = 'Look at the API permission'
    Run  = {
        # A consent would hold for every mailbox, beside the role that holds for one.
        Read-Role
        Add-Check -What 'No API permission' -Good (-not (Find-Consent)) -Detail 'SMTP.SendAsApp must not be granted'
    }
}


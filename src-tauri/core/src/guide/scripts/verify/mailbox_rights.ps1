$Steps += @{
    Part = 'Exchange'
    Name = 'Look at the rights on the mailbox'
    Run  = {
        $FullAccess = $Known.Right -and (Find-FullAccessRight)
        $SendAs = $Known.Right -and (Find-SendAsRight)
        Add-Check -What 'FullAccess' -Good ([bool] $FullAccess) -Detail $Known.Mailbox
        Add-Check -What 'SendAs' -Good ([bool] $SendAs) -Detail $Known.Mailbox
    }
}


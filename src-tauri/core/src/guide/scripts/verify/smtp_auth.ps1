$Steps += @{
    Part = 'Exchange'
    Name = 'Look at SMTP AUTH'
    Run  = {
        # The mailbox's own setting wins; a blank one inherits the organization's.
        $Setting = Read-SmtpAuth
        $On = $Setting -eq 'on'
        $Detail = "$Setting for the mailbox"
        if ($Setting -eq 'blank') {
            $On = Test-OrganizationSmtpAuth
            $Detail = 'blank for the mailbox, which inherits: off for the organization'
            if ($On) {
                $Detail = 'blank for the mailbox, which inherits: on for the organization'
            }
        }
        Add-Check -What 'SMTP AUTH' -Good $On -Detail $Detail
    }
}


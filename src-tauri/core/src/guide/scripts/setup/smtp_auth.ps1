$Steps += @{
    Part = 'Exchange'
    Name = 'Turn SMTP AUTH on for the mailbox'
    Run  = {
        # The mailbox's own setting wins; a blank one inherits the organization's.
        $Setting = Read-SmtpAuth
        if ($Setting -eq 'on') {
            Add-Row -What 'SMTP AUTH' -State 'was there' -Detail 'on for the mailbox'
        }
        elseif ($Setting -eq 'blank' -and (Test-OrganizationSmtpAuth)) {
            Add-Row -What 'SMTP AUTH' -State 'was there' -Detail 'on for the organization, and the mailbox inherits it'
        }
        elseif ($PSCmdlet.ShouldProcess($Known.Mailbox, 'Turn SMTP AUTH on')) {
            Write-Note -Added "$($Known.Mailbox) SMTP AUTH was $Setting"
            Set-CASMailbox -Identity $Known.Mailbox -SmtpClientAuthenticationDisabled $false -Confirm:$false -ErrorAction Stop
            Add-Row -What 'SMTP AUTH' -State 'made now' -Detail "on for the mailbox; it was $Setting"
        }
    }
}


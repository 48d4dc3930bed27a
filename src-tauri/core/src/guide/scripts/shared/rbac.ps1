$RoleName = 'Application SMTP.SendAsApp'

# Scope and assignment carry this name: one pair for each application and mailbox, within 64 characters.
function Get-RuleName {
    "IncortaMailSetup-$("$($Known.ObjectId)".Substring(0, 8))-$($Known.MailboxId)"
}

function Find-Scope {
    Get-ManagementScope -ErrorAction Stop | Where-Object { $_.Name -eq (Get-RuleName) }
}

function Find-Assignment {
    Get-ManagementRoleAssignment -Role $RoleName -ErrorAction Stop | Where-Object { $_.Name -eq (Get-RuleName) }
}

# Whether the role holds for a mailbox. This cmdlet does not wait for caches, unlike the sign-in itself.
function Test-Authorization {
    param([string] $Mailbox)
    $Granted = Test-ServicePrincipalAuthorization -Identity $Known.ObjectId -Resource $Mailbox -ErrorAction Stop |
        Where-Object { $_.RoleName -eq $RoleName -and "$($_.InScope)" -eq 'True' }
    [bool] $Granted
}


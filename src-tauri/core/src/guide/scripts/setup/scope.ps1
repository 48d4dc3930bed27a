$Steps += @{
    Part = 'Exchange'
    Name = 'Grant the role for this mailbox alone'
    Run  = {
        $Filter = "PrimarySmtpAddress -eq '$($Known.Mailbox.Replace("'", "''"))'"
        $Scope = $null
        $Assignment = $null
        $Granted = $false
        if (Test-WasThere) {
            $Granted = Test-Authorization -Mailbox $Known.Mailbox
        }
        if ($Known.ObjectId) {
            $Scope = Find-Scope
            $Assignment = Find-Assignment
        }
        if ($Scope -and "$($Scope.RecipientFilter)".Contains($Known.Mailbox)) {
            Add-Row -What 'Management scope' -State 'was there' -Detail $Scope.Name
        }
        elseif ($Granted) {
            Add-Row -What 'Management scope' -State 'not needed' -Detail 'the role holds for the mailbox already'
        }
        elseif ($Scope) {
            if ($PSCmdlet.ShouldProcess($Scope.Name, "Set the management scope to $($Known.Mailbox)")) {
                Set-ManagementScope -Identity $Scope.Name -RecipientRestrictionFilter $Filter -Confirm:$false -ErrorAction Stop
                Add-Row -What 'Management scope' -State 'made now' -Detail $Scope.Name
            }
        }
        elseif ($PSCmdlet.ShouldProcess($Known.Mailbox, 'Make a management scope of this mailbox alone')) {
            $null = New-ManagementScope -Name (Get-RuleName) -RecipientRestrictionFilter $Filter -Confirm:$false -ErrorAction Stop
            Add-Row -What 'Management scope' -State 'made now' -Detail (Get-RuleName)
        }
        if ($Assignment) {
            Add-Row -What 'Role assignment' -State 'was there' -Detail $RoleName
        }
        elseif ($Granted) {
            Add-Row -What 'Role assignment' -State 'not needed' -Detail 'the role holds for the mailbox already'
        }
        elseif ($PSCmdlet.ShouldProcess($Known.Mailbox, "Assign the role $RoleName")) {
            $Rule = @{ Name = (Get-RuleName); Role = $RoleName; App = $Known.ObjectId; CustomResourceScope = (Get-RuleName) }
            $null = New-ManagementRoleAssignment @Rule -Confirm:$false -ErrorAction Stop
            Add-Row -What 'Role assignment' -State 'made now' -Detail $RoleName
        }
    }
}


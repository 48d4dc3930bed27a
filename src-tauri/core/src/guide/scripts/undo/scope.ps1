$Steps += @{
    Part = 'Exchange'
    Name = 'Take back the role'
    Run  = {
        if ($Known.Registered) {
            $Assignment = Find-Assignment
            if ($Assignment -and $PSCmdlet.ShouldProcess($Assignment.Name, 'Remove the role assignment')) {
                Remove-ManagementRoleAssignment -Identity $Assignment.Name -Confirm:$false -ErrorAction Stop
                Add-Row -What 'Role assignment' -State 'removed' -Detail $Assignment.Name
            }
            $Scope = Find-Scope
            if ($Scope -and $PSCmdlet.ShouldProcess($Scope.Name, 'Remove the management scope')) {
                Remove-ManagementScope -Identity $Scope.Name -Confirm:$false -ErrorAction Stop
                Add-Row -What 'Management scope' -State 'removed' -Detail $Scope.Name
            }
        }
    }
}


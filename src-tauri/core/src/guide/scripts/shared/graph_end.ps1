$Steps += @{
    Part = 'Entra'
    Name = 'Sign out of Microsoft Graph'
    Run  = {
        # Both modules bring libraries of the same names: one is left before the other is used.
        $null = Disconnect-MgGraph -ErrorAction Stop
        $Known.GraphConnected = $false
    }
}


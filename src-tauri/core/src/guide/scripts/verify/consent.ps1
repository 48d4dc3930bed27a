$Steps += @{
    Part = 'Entra'
    Name = 'Look at the API permission'
    Run  = {
        Read-Role
        Read-Permission
        Add-Check -What 'API permission' -Good $Known.Listed -Detail 'SMTP.SendAsApp'
        Add-Check -What 'Admin consent' -Good ([bool] (Find-Consent)) -Detail 'SMTP.SendAsApp'
    }
}


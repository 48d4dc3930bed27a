$Steps += @{
    Part = 'Exchange'
    Name = 'Find the service principal'
    Run  = {
        if (-not $Known.ClientId) {
            throw 'No application was found, so Exchange Online cannot be searched for it. Give its client ID with -ClientId.'
        }
        Read-Registration
        if (-not $Known.Registered) {
            Add-Row -What 'Service principal' -State 'not there' -Detail ''
        }
        else {
            # Rights are held by what is registered, whatever Entra says today.
            $Known.ObjectId = "$($Known.Registered.ObjectId)"
        }
    }
}


$Steps += @{
    Part = 'Exchange'
    Name = 'Look at the service principal'
    Run  = {
        Read-Registration
        $Detail = 'not registered'
        if ($Known.Registered) {
            $Detail = "Object ID $($Known.Registered.ObjectId)"
        }
        $Known.Right = $Known.Registered -and "$($Known.Registered.ObjectId)" -eq $Known.ObjectId
        if ($Known.Registered -and -not $Known.Right) {
            $Detail = "$Detail; the enterprise application's is $($Known.ObjectId)"
        }
        Add-Check -What 'Service principal' -Good ([bool] $Known.Right) -Detail $Detail
    }
}


function Add-Check {
    param([string] $What, [bool] $Good, [string] $Detail)
    $State = 'NO'
    if ($Good) {
        $State = 'yes'
    }
    Add-Row -What $What -State $State -Detail $Detail
}


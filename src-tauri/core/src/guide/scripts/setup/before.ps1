# The client secret is shown at the console, and nowhere else: no output may go into a file.
$MayShow = $Host.Name -ne 'ConsoleHost' -or -not [Console]::IsOutputRedirected
if ($Part -ne 'Exchange' -and -not $WhatIfPreference -and -not $MayShow) {
    Write-Warning -Message 'Run this script at a console, without sending its output on: it shows the client secret, once.'
    exit 1
}


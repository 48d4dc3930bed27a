# ---- Run ---------------------------------------------------------------------------------------------------

Write-Line -Text "Incorta Mail Setup, profile $($Values.Profile), mailbox $($Values.Mailbox), access path $($Values.AccessPath)"
$Failed = $false
$Current = ''
try {
    foreach ($Step in $Steps) {
        if ($Known.Parts -contains $Step.Part) {
            $Current = $Step.Name
            Write-Line -Text $Current
            . $Step.Run
        }
    }
}
catch {
    $Failed = $true
    Write-Warning -Message "Stopped at the step '$Current': $($_.Exception.Message)"
    if ($_.Exception -is [System.Management.Automation.CommandNotFoundException]) {
        Write-Warning -Message 'Exchange Online hides commands from an account that may not use them.'
        Write-Warning -Message 'For service principals, the account needs the Role Management role.'
    }
    Write-Warning -Message 'What was done before stays. Nothing after it was tried. Mend the cause and run the script again.'
}
finally {
    if ($Known.GraphConnected) {
        $null = Disconnect-MgGraph -ErrorAction SilentlyContinue
    }
    if ($Known.ExchangeConnected) {
        Disconnect-ExchangeOnline -Confirm:$false -WhatIf:$false -ErrorAction SilentlyContinue
    }
}

Write-Line -Text ''
$Rows | Format-Table -Property What, State, Detail -AutoSize -Wrap | Out-String -Width 160


# ---- Result ------------------------------------------------------------------------------------------------

# The values that Incorta needs. The client secret goes to the console past PowerShell's own streams, so that
# no transcript and no variable of the caller holds it.
function Show-Result {
    param([string] $TenantId, [string] $ClientId, [string] $ObjectId, [string] $ClientSecret, [string] $EndDate)
    Write-Line -Text "Directory (tenant) ID    $TenantId"
    Write-Line -Text "Application (client) ID  $ClientId"
    Write-Line -Text "Object ID                $ObjectId (of the enterprise application)"
    if ($ClientSecret) {
        [Console]::WriteLine("Client secret            $ClientSecret")
        Write-Line -Text "Valid until              $EndDate. Copy the secret now: it is not shown again."
    }
}

if (-not $WhatIfPreference) {
    $Result = @{
        TenantId     = $Known.TenantId
        ClientId     = $Known.ClientId
        ObjectId     = $Known.ObjectId
        ClientSecret = $Known.ClientSecret
        EndDate      = $Known.EndDate
    }
    Show-Result @Result
    $Known.ClientSecret = $null
    Write-Line -Text 'Exchange Online takes up to two hours to apply a change of rights.'
}
if ($Failed) {
    exit 1
}
exit 0

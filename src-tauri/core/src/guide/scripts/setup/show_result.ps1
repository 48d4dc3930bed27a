
# ---- Result ------------------------------------------------------------------------------------------------

# The values that Incorta needs. The client secret goes to the console past PowerShell's own streams, so that
# no transcript and no variable of the caller holds it. Whoever asked for a sealed reply gets the block instead.
function Show-Result {
    param([string] $TenantId, [string] $ClientId, [string] $ObjectId, [string] $ClientSecret, [string] $EndDate)
    Write-Line -Text "Directory (tenant) ID    $TenantId"
    Write-Line -Text "Application (client) ID  $ClientId"
    Write-Line -Text "Object ID                $ObjectId (of the enterprise application)"
    $CanSeal = [bool] (Get-Command -Name 'Protect-Reply' -CommandType Function -ErrorAction SilentlyContinue)
    if ($CanSeal -and $ClientSecret -and $ObjectId) {
        Write-Line -Text ''
        Write-Line -Text 'Send this block back, from BEGIN to END. Only the computer that asked can open it.'
        $Reply = @{
            TenantId     = $TenantId
            ClientId     = $ClientId
            ObjectId     = $ObjectId
            ClientSecret = $ClientSecret
            EndDate      = $EndDate
        }
        foreach ($ReplyLine in (Protect-Reply @Reply)) {
            [Console]::WriteLine($ReplyLine)
        }
    } elseif ($CanSeal -and -not $ClientSecret) {
        Write-Line -Text 'No new client secret was made, and an old one cannot be read. Run this again with -NewSecret.'
    } elseif ($ClientSecret) {
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

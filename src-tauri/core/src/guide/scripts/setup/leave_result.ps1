
# ---- Result ------------------------------------------------------------------------------------------------

# The values that Incorta needs, for the part below, which seals them. None of them is shown here.
if ($Failed) {
    exit 1
}
if ($WhatIfPreference) {
    exit 0
}
$TenantId = $Known.TenantId
$ClientId = $Known.ClientId
$ObjectId = $Known.ObjectId
$ClientSecret = $Known.ClientSecret
$EndDate = $Known.EndDate
$Known.ClientSecret = $null
Write-Line -Text 'Exchange Online takes up to two hours to apply a change of rights.'

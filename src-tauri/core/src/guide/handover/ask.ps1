
# The set-up is done by hand: what it gave is asked for.
$TenantId = Read-Host 'Directory (tenant) ID'
$ClientId = Read-Host 'Application (client) ID'
$ObjectId = Read-Host 'Object ID of the enterprise application'
$Typed = Read-Host 'Client secret: its Value, not its ID (hidden)' -AsSecureString
$ClientSecret = (New-Object System.Net.NetworkCredential('', $Typed)).Password
$EndDate = Read-Host 'Last day of the client secret (YYYY-MM-DD)'

Protect-Reply -TenantId $TenantId -ClientId $ClientId -ObjectId $ObjectId -ClientSecret $ClientSecret -EndDate $EndDate
Remove-Variable -Name ClientSecret

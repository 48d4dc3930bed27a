# Text beyond ASCII is percent-encoded above: Windows PowerShell 5.1 reads a file without a byte order mark
# in the system's code page.
foreach ($Name in @($Values.Keys)) {
    $Values[$Name] = [uri]::UnescapeDataString($Values[$Name])
}

Set-StrictMode -Version 1.0
$ErrorActionPreference = 'Stop'

# What is known so far. The steps below fill it in.
$Known = @{
    ApplicationName = $ApplicationName
    ClientId        = $Values.ClientId
    ObjectId        = $ObjectId
    Parts           = @('Both', $Part)
}
if ($PSBoundParameters.ContainsKey('ClientId')) {
    $Known.ClientId = $ClientId
}
if ($Part -eq 'All') {
    $Known.Parts = @('Both', 'Entra', 'Exchange')
}

$Rows = New-Object -TypeName System.Collections.ArrayList
$Steps = @()

function Write-Line {
    param([string] $Text)
    Write-Information -MessageData $Text -InformationAction Continue
}

# Says what was found or done, and keeps it for the table at the end.
function Add-Row {
    param([string] $What, [string] $State, [string] $Detail)
    [void] $Rows.Add([pscustomobject] @{ What = $What; State = $State; Detail = $Detail })
    Write-Line -Text "  ${What}: $State. $Detail"
}

function Assert-Module {
    param([string] $Name, [string] $Minimum)
    $Usable = Get-Module -ListAvailable -Name $Name | Where-Object { $_.Version -ge [version] $Minimum }
    if (-not $Usable) {
        $Line = "Install-Module -Name $Name -MinimumVersion $Minimum -Scope CurrentUser"
        throw "The module $Name, version $Minimum or later, is missing. Install it with: $Line"
    }
}

$Steps += @{
    Part = 'Both'
    Name = 'Look for the modules'
    Run  = {
        if ($Known.Parts -contains 'Entra') {
            Assert-Module -Name 'Microsoft.Graph.Authentication' -Minimum '2.0.0'
        }
        if ($Known.Parts -contains 'Exchange') {
            Assert-Module -Name 'ExchangeOnlineManagement' -Minimum '3.0.0'
        }
    }
}


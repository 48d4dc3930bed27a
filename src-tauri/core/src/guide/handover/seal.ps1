
# Seals the values for whoever asked, and prints the block to send back.
# It sends nothing and writes no file. Runs in Windows PowerShell 5.1 and in PowerShell 7.

function Protect-Reply {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid] $TenantId,
        [Parameter(Mandatory = $true)] [guid] $ClientId,
        [Parameter(Mandatory = $true)] [guid] $ObjectId,
        [Parameter(Mandatory = $true)] [ValidateNotNullOrEmpty()] [string] $ClientSecret,
        [Parameter(Mandatory = $true)] [ValidatePattern('^\d{4}-\d{2}-\d{2}$')] [string] $EndDate
    )
    $contents = [ordered]@{
        v = 1
        r = @REQUEST@
        t = $TenantId.ToString()
        c = $ClientId.ToString()
        o = $ObjectId.ToString()
        s = $ClientSecret
        e = $EndDate
    }
    $json = ConvertTo-Json -InputObject $contents -Compress
    [byte[]] $plain = [System.Text.Encoding]::UTF8.GetBytes($json)
    if ($plain.Length -gt @LIMIT@) {
        throw 'The client secret is longer than a reply can hold.'
    }

    $parameters = New-Object System.Security.Cryptography.RSAParameters
    $parameters.Modulus = [System.Convert]::FromBase64String(@MODULUS@)
    $parameters.Exponent = [System.Convert]::FromBase64String(@EXPONENT@)
    # In Windows PowerShell, RSA.Create() gives a class that does not know SHA-256 for OAEP.
    if ($PSVersionTable.PSEdition -eq 'Core') {
        $rsa = [System.Security.Cryptography.RSA]::Create()
    } else {
        $rsa = New-Object System.Security.Cryptography.RSACng
    }
    $sha = [System.Security.Cryptography.SHA256]::Create()
    try {
        $rsa.ImportParameters($parameters)
        [byte[]] $sealed = $rsa.Encrypt($plain, [System.Security.Cryptography.RSAEncryptionPadding]::OaepSHA256)
        [byte[]] $request = [System.Convert]::FromBase64String(@REQUEST_BYTES@)
        [byte[]] $head = $request + $sealed
        [byte[]] $block = $head + $sha.ComputeHash($head)[0..7]
    } finally {
        [System.Array]::Clear($plain, 0, $plain.Length)
        $rsa.Dispose()
        $sha.Dispose()
    }

    $text = [System.Convert]::ToBase64String($block)
    @BEGIN@
    for ($place = 0; $place -lt $text.Length; $place += 64) {
        $text.Substring($place, [System.Math]::Min(64, $text.Length - $place))
    }
    @END@
}

#Requires -Version 5.1
<#
.SYNOPSIS
Takes back what the setup script made, and nothing else.

.DESCRIPTION
Asks before each change. The setup script marks what it makes; whatever has no mark stays, and the script
says so. An application that the setup script did not register stays unless -RemoveApplication is given.

Runs in Windows PowerShell 5.1 and in PowerShell 7. Needs the modules Microsoft.Graph.Authentication and
ExchangeOnlineManagement; it says which one is missing and how to install it.

.EXAMPLE
.\undo.ps1 -WhatIf
Shows what would be taken back, and changes nothing.

.EXAMPLE
.\undo.ps1
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    # Removes the application even though the setup script did not register it.
    [switch] $RemoveApplication,


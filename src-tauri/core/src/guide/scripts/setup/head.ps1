#Requires -Version 5.1
<#
.SYNOPSIS
Sets up Microsoft 365 so that Incorta can send mail from one mailbox with OAuth 2.0.

.DESCRIPTION
Looks before it changes anything, says what it found, and makes only what is missing. It can be run again
at any time. Where a step fails, it stops there and leaves the rest as it was. What it makes is marked, so
that the undo script finds it again.

Runs in Windows PowerShell 5.1 and in PowerShell 7. Needs the modules Microsoft.Graph.Authentication and
ExchangeOnlineManagement; it says which one is missing and how to install it.

.EXAMPLE
.\setup.ps1 -WhatIf
Shows what would be made, and changes nothing.

.EXAMPLE
.\setup.ps1
Makes what is missing, and shows the new client secret once.

.EXAMPLE
.\setup.ps1 -Part Entra
The Entra administrator's part alone. The Exchange administrator then runs -Part Exchange.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # How many months a new client secret is valid.
    [ValidateRange(1, 24)]
    [int] $SecretMonths = 12,

    # Makes another client secret although a valid one is there.
    [switch] $NewSecret,


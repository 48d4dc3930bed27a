#Requires -Version 5.1
<#
.SYNOPSIS
Shows whether Microsoft 365 is set up so that Incorta can send mail from one mailbox with OAuth 2.0.

.DESCRIPTION
Only reads. Ends with a table, and with exit code 1 where something is not as it must be.

Runs in Windows PowerShell 5.1 and in PowerShell 7. Needs the modules Microsoft.Graph.Authentication and
ExchangeOnlineManagement; it says which one is missing and how to install it.

.EXAMPLE
.\verify.ps1
#>
[CmdletBinding()]
param(

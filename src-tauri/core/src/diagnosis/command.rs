//! Exchange Online PowerShell, filled with this profile's values as literals.

use super::facts::Facts;
use crate::powershell::literal;

/// A command that mends or settles something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    AddFullAccess,
    AddSendAs,
    EnableSmtpAuthMailbox,
    ShowSmtpAuthOrganization,
    NewServicePrincipal,
    ShowServicePrincipal,
    ShowMailbox,
    ShowMailboxSize,
    ShowSmtpAuthMailbox,
    TestAuthorization,
}

impl Command {
    /// The command's text.
    pub(super) fn fill(self, facts: &Facts) -> String {
        let mailbox = literal(&facts.mailbox);
        let client = literal(&facts.client_id);
        let object = literal(&facts.object_id);
        match self {
            Self::AddFullAccess => {
                format!("Add-MailboxPermission -Identity {mailbox} -User {object} -AccessRights FullAccess")
            }
            Self::AddSendAs => format!(
                "Add-RecipientPermission -Identity {mailbox} -Trustee {object} -AccessRights SendAs -Confirm:$false"
            ),
            Self::EnableSmtpAuthMailbox => {
                format!("Set-CASMailbox -Identity {mailbox} -SmtpClientAuthenticationDisabled $false")
            }
            Self::ShowSmtpAuthOrganization => {
                "Get-TransportConfig | Select-Object SmtpClientAuthenticationDisabled".to_owned()
            }
            Self::NewServicePrincipal => {
                format!("New-ServicePrincipal -AppId {client} -ObjectId {object} -DisplayName 'Incorta SMTP'")
            }
            // Get-ServicePrincipal gives all when it does not know an identity: filter here.
            Self::ShowServicePrincipal => {
                format!(
                    "Get-ServicePrincipal | Where-Object AppId -eq {client} | Format-List DisplayName, AppId, ObjectId"
                )
            }
            Self::ShowMailbox => {
                format!("Get-EXOMailbox -Identity {mailbox} | Format-List RecipientTypeDetails, PrimarySmtpAddress")
            }
            Self::ShowMailboxSize => {
                format!("Get-EXOMailboxStatistics -Identity {mailbox} | Format-List TotalItemSize, ItemCount")
            }
            // The cmdlet's own short list of properties leaves this one out.
            Self::ShowSmtpAuthMailbox => format!(
                "Get-EXOCasMailbox -Identity {mailbox} -PropertySets All | Format-List SmtpClientAuthenticationDisabled"
            ),
            Self::TestAuthorization => {
                format!("Test-ServicePrincipalAuthorization -Identity {object} -Resource {mailbox}")
            }
        }
    }

    /// Whether the Object ID is part of it.
    pub(super) fn needs_object_id(self) -> bool {
        matches!(self, Self::AddFullAccess | Self::AddSendAs | Self::NewServicePrincipal | Self::TestAuthorization)
    }
}

//! Exchange Online PowerShell, filled with this profile's values as literals.

use crate::powershell::literal;

/// A command that mends or settles something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    ConnectExchange,
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
    NewManagementScope,
    NewManagementRoleAssignment,
}

/// What commands are filled with; a gap to fill stands where a value is not known.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    pub(crate) mailbox: String,
    pub(crate) client_id: String,
    /// The enterprise application's.
    pub(crate) object_id: String,
}

impl Command {
    /// The command's text.
    pub(crate) fn fill(self, values: &Values) -> String {
        let mailbox = literal(&values.mailbox);
        let client = literal(&values.client_id);
        let object = literal(&values.object_id);
        match self {
            Self::ConnectExchange => "Connect-ExchangeOnline".to_owned(),
            Self::NewManagementScope => {
                let filter = literal(&format!("PrimarySmtpAddress -eq '{}'", values.mailbox.replace('\'', "''")));
                format!("New-ManagementScope -Name 'Incorta SMTP' -RecipientRestrictionFilter {filter}")
            }
            Self::NewManagementRoleAssignment => format!(
                "New-ManagementRoleAssignment -Role 'Application SMTP.SendAsApp' -App {object} -CustomResourceScope 'Incorta SMTP'"
            ),
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
        matches!(
            self,
            Self::AddFullAccess
                | Self::AddSendAs
                | Self::NewServicePrincipal
                | Self::TestAuthorization
                | Self::NewManagementRoleAssignment
        )
    }
}

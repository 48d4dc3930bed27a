//! The state of the practice tenant: what an administrator has set up, and what the network does.
//!
//! Every answer of the login host and of the SMTP server follows from this state; there are no
//! canned errors. Two wrong things at once therefore answer as the real chain would: whichever is
//! asked about first.

use serde::Serialize;

use crate::conditions::{
    Application, ClientSecret, ConditionalAccess, Directory, ExchangeResource, LoginNetwork, LoginService,
    MailboxSmtpAuth, OrganizationSmtpAuth, Permission, Propagation, Recipients, RoleAssignment, SecurityDefaults,
    SenderMailbox, Sending, ServerCertificate, ServicePrincipal, SignInService, SmtpNetwork, SmtpService, TenantClock,
    TokenContent, TokenFormat,
};
use crate::identities::Identities;

/// A practice tenant's state. Fields are in the order of the guide's parts.
#[derive(Clone, Debug, Serialize)]
pub struct TenantState {
    /// Names and identifiers.
    pub identities: Identities,
    /// Part 0: the way to the login host.
    pub login_network: LoginNetwork,
    /// Part 0: the certificate shown for the login host.
    pub login_certificate: ServerCertificate,
    /// Part 0: Entra ID's own health.
    pub login_service: LoginService,
    /// Part 0: the tenant's clock.
    pub tenant_clock: TenantClock,
    /// Part 0: the way to the SMTP server.
    pub smtp_network: SmtpNetwork,
    /// Part 0: the certificate shown for the SMTP server.
    pub smtp_certificate: ServerCertificate,
    /// Part 0: the SMTP server's own health.
    pub smtp_service: SmtpService,
    /// Part 0: what stands before the decision about a sign-in.
    pub sign_in_service: SignInService,
    /// Part 1: whether the login host knows the tenant.
    pub directory: Directory,
    /// Part 1: the application registration.
    pub application: Application,
    /// Part 1: the client secret.
    pub client_secret: ClientSecret,
    /// Part 1: Conditional Access.
    pub conditional_access: ConditionalAccess,
    /// Part 2: the API permission.
    pub permission: Permission,
    /// Part 2: Exchange Online as a resource of the tenant.
    pub exchange_resource: ExchangeResource,
    /// Part 2: what access tokens tell.
    pub token_content: TokenContent,
    /// Part 2: the form of access tokens.
    pub token_format: TokenFormat,
    /// Part 3: the service principal in Exchange Online.
    pub service_principal: ServicePrincipal,
    /// Part 3: how far changes have travelled.
    pub propagation: Propagation,
    /// Part 4: the mailbox that sends.
    pub sender_mailbox: SenderMailbox,
    /// Part 4: FullAccess on the mailbox.
    pub full_access: bool,
    /// Part 4: SendAs on the mailbox.
    pub send_as: bool,
    /// Part 4: the second path, RBAC for Applications.
    pub role_assignment: RoleAssignment,
    /// Part 4: what becomes of recipients.
    pub recipients: Recipients,
    /// Part 4: limits and blocks of the mailbox.
    pub sending: Sending,
    /// Part 5: SMTP AUTH for the organization.
    pub organization_smtp_auth: OrganizationSmtpAuth,
    /// Part 5: SMTP AUTH for the mailbox.
    pub mailbox_smtp_auth: MailboxSmtpAuth,
    /// Part 5: security defaults.
    pub security_defaults: SecurityDefaults,
}

impl TenantState {
    /// Everything set up as the guide says, on the classic path.
    pub fn healthy() -> Self {
        Self {
            identities: Identities::contoso(),
            login_network: LoginNetwork::Open,
            login_certificate: ServerCertificate::Trusted,
            login_service: LoginService::Available,
            tenant_clock: TenantClock::Right,
            smtp_network: SmtpNetwork::Open,
            smtp_certificate: ServerCertificate::Trusted,
            smtp_service: SmtpService::Available,
            sign_in_service: SignInService::Available,
            directory: Directory::Known,
            application: Application::Registered,
            client_secret: ClientSecret::Valid,
            conditional_access: ConditionalAccess::Allows,
            permission: Permission::SmtpSendAsApp,
            exchange_resource: ExchangeResource::Enabled,
            token_content: TokenContent::Own,
            token_format: TokenFormat::Jwt,
            service_principal: ServicePrincipal::Registered,
            propagation: Propagation::Complete,
            sender_mailbox: SenderMailbox::Exists,
            full_access: true,
            send_as: true,
            role_assignment: RoleAssignment::Absent,
            recipients: Recipients::Accepted,
            sending: Sending::Accepted,
            organization_smtp_auth: OrganizationSmtpAuth::On,
            mailbox_smtp_auth: MailboxSmtpAuth::Inherit,
            security_defaults: SecurityDefaults::Off,
        }
    }
}

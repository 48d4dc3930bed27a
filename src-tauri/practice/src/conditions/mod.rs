//! The conditions a practice tenant can be in, one small enum each.
//!
//! The first value of every condition is the healthy one. The identifier and the label of a value
//! stand beside it, so that the switches a window draws, the JSON and the code cannot drift apart.
//! What follows from a condition is decided elsewhere: in `login` and `smtp`.

mod entra;
mod exchange;
mod network;

pub use entra::{
    Application, ClientSecret, ConditionalAccess, Directory, ExchangeResource, Permission, TokenContent, TokenFormat,
};
pub use exchange::{
    MailboxSmtpAuth, OrganizationSmtpAuth, Propagation, Recipients, RoleAssignment, SecurityDefaults, SenderMailbox,
    Sending, ServicePrincipal,
};
pub use network::{
    LoginNetwork, LoginService, ServerCertificate, SignInService, SmtpNetwork, SmtpService, TenantClock,
};

/// A condition of the tenant: a closed set of values.
pub(crate) trait Condition: Copy + PartialEq + 'static {
    /// Every value with its identifier and its label, the healthy one first.
    const VALUES: &'static [(Self, &'static str, &'static str)];

    /// The identifier of this value, as in `VALUES`.
    fn id(self) -> &'static str {
        Self::VALUES.iter().find(|(value, ..)| *value == self).map_or("", |(_, id, _)| id)
    }

    /// The value with this identifier.
    fn from_id(id: &str) -> Option<Self> {
        Self::VALUES.iter().find(|(_, known, _)| *known == id).map(|(value, ..)| *value)
    }
}

macro_rules! condition {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $id:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $id)] $value,)+
        }

        impl Condition for $name {
            const VALUES: &'static [(Self, &'static str, &'static str)] = &[$((Self::$value, $id, $label),)+];
        }
    };
}

use condition;

/// A permission of the mailbox: granted to the service principal or not.
impl Condition for bool {
    const VALUES: &'static [(Self, &'static str, &'static str)] =
        &[(true, "granted", "Granted"), (false, "missing", "Not granted")];
}

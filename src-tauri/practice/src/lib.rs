//! A practice tenant: a small Microsoft 365 in a box.
//!
//! Two servers on loopback, on free ports, with a certificate authority of their own: a login host
//! that speaks Microsoft Entra ID's token endpoint, and an SMTP server that speaks Exchange
//! Online's SMTP AUTH client submission. What they answer follows from a [`TenantState`], which is
//! what an administrator has set up; flip a switch, and the answers change as the real ones would.
//!
//! It leaves out everything that an application which sends mail does not meet: user sign-in, other
//! resources than Exchange Online and Microsoft Graph's audience, delivery. It shares no code with
//! the checks that it is there to test.

mod certificates;
mod clock;
mod conditions;
mod door;
mod identities;
mod inbox;
mod login;
mod named;
mod random;
mod shared;
mod smtp;
mod state;
mod switches;
mod token;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio_util::task::AbortOnDropHandle;

pub use conditions::{
    Application, ClientSecret, ConditionalAccess, Directory, ExchangeResource, LoginNetwork, LoginService,
    MailboxSmtpAuth, OrganizationSmtpAuth, Permission, Propagation, Recipients, RoleAssignment, SecurityDefaults,
    SenderMailbox, Sending, ServerCertificate, ServicePrincipal, SignInService, SmtpNetwork, SmtpService, TenantClock,
    TokenContent, TokenFormat,
};
pub use identities::Identities;
pub use inbox::Mail;
pub use state::TenantState;
pub use switches::{Choice, Switch, UnknownSwitch};

use certificates::Certificates;
use door::{Door, Entry};
use shared::Shared;

/// A running practice tenant. Dropping it stops both servers and closes their connections.
pub struct PracticeTenant {
    shared: Arc<Shared>,
    login: Arc<Door>,
    smtp: Arc<Door>,
    _servers: [AbortOnDropHandle<()>; 2],
}

impl PracticeTenant {
    /// Starts both servers. Must be called within a tokio runtime with time and I/O enabled.
    ///
    /// # Errors
    ///
    /// No port could be bound on loopback, or no certificate could be made.
    pub async fn start(state: TenantState) -> io::Result<Self> {
        let smtp = Arc::new(Door::new(smtp_entry(&state))?);
        let login = Arc::new(Door::new(login_entry(&state))?);
        let shared = Arc::new(Shared::new(state, Certificates::generate()?));
        let servers = [
            AbortOnDropHandle::new(tokio::spawn(login::serve(login.clone(), shared.clone()))),
            AbortOnDropHandle::new(tokio::spawn(smtp::serve(smtp.clone(), shared.clone()))),
        ];
        Ok(Self { shared, login, smtp, _servers: servers })
    }

    /// Where the login host listens, with HTTPS. Its certificate is for
    /// `login.microsoftonline.com`, `localhost` and `127.0.0.1`.
    pub fn login_address(&self) -> SocketAddr {
        self.login.address()
    }

    /// Where the SMTP server listens. Its certificate is for `smtp.office365.com`, `localhost` and
    /// `127.0.0.1`.
    pub fn smtp_address(&self) -> SocketAddr {
        self.smtp.address()
    }

    /// The hosts and ports that clients of Microsoft 365 use, and where each is served here. A host
    /// whose name is unknown on the network is left out.
    pub fn routes(&self) -> Vec<(&'static str, u16, SocketAddr)> {
        let state = self.state();
        let login = (state.login_network != LoginNetwork::NameUnknown)
            .then(|| ("login.microsoftonline.com", 443, self.login_address()));
        let smtp =
            (state.smtp_network != SmtpNetwork::NameUnknown).then(|| ("smtp.office365.com", 587, self.smtp_address()));
        login.into_iter().chain(smtp).collect()
    }

    /// The certificate of the authority that both servers' certificates come from, PEM.
    pub fn authority_pem(&self) -> &str {
        &self.shared.certificates.authority_pem
    }

    /// The state in force.
    pub fn state(&self) -> TenantState {
        self.shared.state()
    }

    /// Changes the state. It is in force when this returns, for open connections too.
    pub fn change(&self, f: impl FnOnce(&mut TenantState)) {
        let state = self.shared.change(f);
        // The port is kept while a door is closed, so opening fails only if the system runs out of
        // sockets; it then stays closed, which the next check shows.
        let _ = self.login.set(login_entry(&state));
        let _ = self.smtp.set(smtp_entry(&state));
    }

    /// The messages that were accepted, newest first.
    pub fn inbox(&self) -> Vec<Mail> {
        self.shared.inbox.list()
    }

    /// The client secret as Incorta would hold it; whether it is the right one depends on the
    /// state.
    pub fn client_secret(&self) -> String {
        self.shared.state().identities.client_secret
    }
}

impl Drop for PracticeTenant {
    fn drop(&mut self) {
        // The servers end a moment later; nobody is to reach them in between.
        self.login.give_up();
        self.smtp.give_up();
    }
}

fn login_entry(state: &TenantState) -> Entry {
    match state.login_network {
        LoginNetwork::Unreachable => Entry::Closed,
        LoginNetwork::PortBlocked => Entry::Blocked,
        _ => Entry::Open,
    }
}

fn smtp_entry(state: &TenantState) -> Entry {
    match state.smtp_network {
        SmtpNetwork::ConnectionRefused => Entry::Closed,
        SmtpNetwork::PortBlocked => Entry::Blocked,
        _ => Entry::Open,
    }
}

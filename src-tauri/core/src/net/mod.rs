//! Reaching a server: names, addresses, TLS, with everything seen on the way
//! kept as evidence, the failures too.
//!
//! Of the protocols above TLS this room has the HTTPS client alone; what is asked
//! over it, and SMTP, have rooms of their own.

mod connect;
mod fault;
pub(crate) mod https;
mod tls;

use std::net::SocketAddr;

pub use connect::{ConnectAttempt, ConnectEvidence, ResolveEvidence, connect, resolve};
pub use fault::{CertificateProblem, Fault, Violation};
pub use tls::{CertificateSeen, TlsEvidence, TlsObserver, Trust, TrustError, answers_tls, handshake, is_loopback};

/// How hosts are reached and whom to trust.
#[derive(Debug, Clone)]
pub struct Network {
    /// Whose certificates are accepted.
    pub trust: Trust,
    reach: Reach,
}

#[derive(Debug, Clone)]
enum Reach {
    /// Whatever this computer reaches.
    Everything,
    /// These hosts alone, each at another address than its name says.
    Only(Vec<Route>),
}

/// Another address for a host and port, as with curl's `--connect-to`; the name
/// is kept for TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Route {
    host: String,
    port: u16,
    address: SocketAddr,
}

impl Network {
    /// All that this computer reaches, with the given trust.
    pub fn open(trust: Trust) -> Self {
        Self { trust, reach: Reach::Everything }
    }

    /// A network of a few servers of our own: host and port as the settings give
    /// them, and where each answers. Nothing else is reached, so that
    /// nothing leaves this computer.
    pub fn closed<'a>(trust: Trust, routes: impl IntoIterator<Item = (&'a str, u16, SocketAddr)>) -> Self {
        let route = |(host, port, address): (&str, u16, SocketAddr)| Route { host: host.to_owned(), port, address };
        Self { trust, reach: Reach::Only(routes.into_iter().map(route).collect()) }
    }

    /// Where to connect instead; `None` when the name itself is to be looked up.
    ///
    /// # Errors
    /// [`Fault::HostNotFound`] for a host, [`Fault::ConnectionRefused`] for a port,
    /// that a closed network does not have.
    pub(crate) fn route(&self, host: &str, port: u16) -> Result<Option<SocketAddr>, Fault> {
        let Reach::Only(routes) = &self.reach else { return Ok(None) };
        let mut same_host = routes.iter().filter(|route| route.host.eq_ignore_ascii_case(host)).peekable();
        if same_host.peek().is_none() {
            return Err(Fault::HostNotFound { detail: "not part of this network".to_owned() });
        }
        let route = same_host.find(|route| route.port == port).ok_or(Fault::ConnectionRefused)?;
        Ok(Some(route.address))
    }
}

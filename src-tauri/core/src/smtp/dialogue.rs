//! The stages up to TLS, and the farewell. Each takes its evidence by
//! reference and fills it as it goes, so that a time-out loses nothing.

use std::net::IpAddr;
use std::sync::Arc;

use lettre::transport::smtp::commands::{Ehlo, Quit, Starttls};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::evidence::{SmtpEvidence, Stop};
use super::wire::Wire;
use crate::net::{Fault, TlsEvidence, TlsObserver, Trust, Violation, handshake};

/// The service extensions that EHLO listed (RFC 5321, section 4.1.1.1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    lines: Vec<String>,
}

impl Capabilities {
    /// The lines as the server wrote them.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether a keyword is listed.
    pub fn has(&self, keyword: &str) -> bool {
        self.words(keyword).is_some()
    }

    /// Whether AUTH lists a mechanism.
    pub fn offers_mechanism(&self, mechanism: &str) -> bool {
        self.words("AUTH").is_some_and(|mut words| words.any(|word| word.eq_ignore_ascii_case(mechanism)))
    }

    /// The words after a keyword.
    fn words(&self, keyword: &str) -> Option<impl Iterator<Item = &str>> {
        self.lines.iter().find_map(|line| {
            let mut words = line.split_whitespace();
            words.next()?.eq_ignore_ascii_case(keyword).then_some(words)
        })
    }
}

/// Reads the greeting.
///
/// # Errors
/// A fault, or [`Stop::Refused`] when the server is not ready.
pub async fn greeting<S: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut Wire<S>,
    evidence: &mut SmtpEvidence,
) -> Result<(), Stop> {
    let reply = wire.answer("", evidence).await.map_err(|fault| match fault {
        Fault::Protocol { violation: Violation::MalformedReply, detail } => {
            Fault::Protocol { violation: Violation::NotSmtp, detail }
        }
        other => other,
    })?;
    if reply.code == 220 { Ok(()) } else { Err(Stop::Refused) }
}

/// Says EHLO with the address literal of this end (RFC 5321, section 4.1.3).
///
/// # Errors
/// A fault, or [`Stop::Refused`].
pub async fn ehlo<S: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut Wire<S>,
    own_address: IpAddr,
    evidence: &mut SmtpEvidence,
) -> Result<Capabilities, Stop> {
    let name = match own_address {
        IpAddr::V4(address) => ClientId::Ipv4(address),
        IpAddr::V6(address) => ClientId::Ipv6(address),
    };
    let reply = wire.ask(&Ehlo::new(name).to_string(), evidence).await?;
    if !reply.is_positive() {
        return Err(Stop::Refused);
    }
    let lines: Vec<String> = reply.lines.iter().skip(1).cloned().collect();
    evidence.capabilities.clone_from(&lines);
    Ok(Capabilities { lines })
}

/// STARTTLS and the handshake. Never goes on in clear text, and stops when
/// anything stood behind the reply (RFC 3207; the command-injection flaw known
/// as CVE-2021-38371 and its kin).
///
/// # Errors
/// A fault, or [`Stop::Refused`].
pub async fn starttls(
    mut wire: Wire<TcpStream>,
    capabilities: &Capabilities,
    trust: &Trust,
    host: &str,
    evidence: &mut SmtpEvidence,
) -> Result<Wire<TlsStream<TcpStream>>, Stop> {
    if !capabilities.has("STARTTLS") {
        let offered = evidence.capabilities.join(", ");
        return Err(Fault::Protocol { violation: Violation::StarttlsNotOffered, detail: offered }.into());
    }
    let reply = wire.ask(&Starttls.to_string(), evidence).await?;
    if reply.code != 220 {
        return Err(Stop::Refused);
    }
    if wire.has_unread() {
        let violation = Violation::PlaintextAfterStarttls;
        return Err(Fault::Protocol { violation, detail: String::new() }.into());
    }
    let transcript = Arc::clone(wire.transcript());
    let observer = Arc::new(TlsObserver::default());
    let tls = evidence.tls.insert(TlsEvidence::default());
    let stream = handshake(trust, host, wire.into_stream(), &observer, tls).await?;
    Ok(Wire::new(stream, transcript))
}

/// Says goodbye; the answer does not matter any more.
pub async fn quit<S: AsyncRead + AsyncWrite + Unpin>(wire: &mut Wire<S>) {
    if wire.send(&Quit.to_string()).await.is_ok() {
        let _ = wire.reply().await;
    }
}

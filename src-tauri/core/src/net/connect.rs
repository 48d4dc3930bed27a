//! Name to addresses, addresses to a connection. Addresses are tried in the
//! resolver's order, each a quarter second after the one before (RFC 8305,
//! section 5); the first to answer wins and every attempt is kept.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::Instant;
use ts_rs::TS;

use super::{Fault, Network};

const ATTEMPT_DELAY: Duration = Duration::from_millis(250);
/// How many addresses are tried: more than any mail host has, and few enough to be tried within seconds.
const ADDRESSES_LIMIT: usize = 20;

/// What name resolution gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResolveEvidence {
    /// The name asked for.
    pub host: String,
    /// Its addresses, in the resolver's order.
    pub addresses: Vec<String>,
    /// Why there are none.
    pub fault: Option<Fault>,
}

/// One attempt to connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectAttempt {
    /// Address and port.
    pub address: String,
    /// How it failed; `None` for the one that stands.
    pub fault: Option<Fault>,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// What connecting gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectEvidence {
    /// Every attempt that ended, in the order in which they ended.
    pub attempts: Vec<ConnectAttempt>,
    /// Why no connection stands.
    pub fault: Option<Fault>,
}

/// The addresses of `host`; a route or an IP address needs no resolver.
///
/// # Errors
/// [`Fault::HostNotFound`], or what a closed network says.
pub async fn resolve(
    network: &Network,
    host: &str,
    port: u16,
    evidence: &mut ResolveEvidence,
) -> Result<Vec<SocketAddr>, Fault> {
    evidence.host = host.to_owned();
    let addresses: Vec<SocketAddr> = match (network.route(host, port)?, host.parse::<IpAddr>()) {
        (Some(address), _) => vec![address],
        (None, Ok(address)) => vec![SocketAddr::new(address, port)],
        (None, Err(_)) => match lookup_host((host, port)).await {
            Ok(found) => found.collect(),
            Err(error) => return Err(Fault::HostNotFound { detail: error.to_string() }),
        },
    };
    if addresses.is_empty() {
        return Err(Fault::HostNotFound { detail: "no address".to_owned() });
    }
    evidence.addresses = addresses.iter().map(|address| address.ip().to_string()).collect();
    Ok(addresses)
}

/// The first connection that stands. `limit` is the time given to each address.
///
/// # Errors
/// [`Fault::ConnectionRefused`], [`Fault::ConnectionTimedOut`], [`Fault::Dropped`] or
/// [`Fault::Unreachable`], when all addresses failed.
pub async fn connect(
    addresses: &[SocketAddr],
    limit: Duration,
    evidence: &mut ConnectEvidence,
) -> Result<TcpStream, Fault> {
    let mut attempts = JoinSet::new();
    for (index, address) in addresses.iter().copied().take(ADDRESSES_LIMIT).enumerate() {
        let delay = ATTEMPT_DELAY.saturating_mul(u32::try_from(index).unwrap_or(u32::MAX));
        attempts.spawn(async move {
            tokio::time::sleep(delay).await;
            let begun = Instant::now();
            let result = match tokio::time::timeout(limit, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => Ok(stream),
                Ok(Err(error)) => Err(fault_of(&error)),
                Err(_) => Err(Fault::ConnectionTimedOut),
            };
            (address, begun.elapsed(), result)
        });
    }
    while let Some(ended) = attempts.join_next().await {
        let Ok((address, took, result)) = ended else { continue };
        let (stream, fault) = match result {
            Ok(stream) => (Some(stream), None),
            Err(fault) => (None, Some(fault)),
        };
        evidence.attempts.push(ConnectAttempt {
            address: address.to_string(),
            fault,
            duration_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        });
        if let Some(stream) = stream {
            // Small commands must not wait for the acknowledgement of the last one.
            let _ = stream.set_nodelay(true);
            return Ok(stream);
        }
    }
    Err(common_fault(&evidence.attempts))
}

fn fault_of(error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::ConnectionRefused => Fault::ConnectionRefused,
        ErrorKind::TimedOut => Fault::ConnectionTimedOut,
        // It was taken and reset before this end saw that it stood.
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Fault::Dropped,
        _ => Fault::Unreachable { detail: error.to_string() },
    }
}

/// The fault that says most about the path: an address that cannot be reached
/// (often IPv6) says less than one that refuses, resets or is silent.
fn common_fault(attempts: &[ConnectAttempt]) -> Fault {
    let faults = || attempts.iter().filter_map(|attempt| attempt.fault.as_ref());
    faults()
        .find(|fault| matches!(fault, Fault::ConnectionTimedOut))
        .or_else(|| faults().find(|fault| matches!(fault, Fault::ConnectionRefused | Fault::Dropped)))
        .or_else(|| faults().next_back())
        .cloned()
        .unwrap_or(Fault::ConnectionTimedOut)
}

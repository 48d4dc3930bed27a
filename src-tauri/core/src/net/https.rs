//! The HTTPS client of the rooms that ask over it: our TLS trust, our routes, no
//! redirect ever, a bounded answer. The system's proxy settings hold for it.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Response, redirect};
use url::Url;

use super::{Fault, Network, TlsObserver, Violation, is_loopback};

/// No answer that we ask for is longer, by far.
const ANSWER_LIMIT: usize = 256 * 1024;

/// A client for one host, and where to ask instead of `address`.
pub(crate) fn client(
    network: &Network,
    mut address: Url,
    limit: Duration,
    observer: &Arc<TlsObserver>,
) -> Result<(Client, Url), Fault> {
    let failed = |detail: String| Fault::TlsHandshake { detail };
    let config = network.trust.client_config(observer).map_err(|error| failed(error.to_string()))?;
    let mut builder = Client::builder()
        .tls_backend_preconfigured(config)
        .redirect(redirect::Policy::none())
        .connect_timeout(limit)
        .timeout(limit)
        .user_agent(concat!("incorta-mail-setup/", env!("CARGO_PKG_VERSION")));
    let host = address.host_str().unwrap_or_default().to_owned();
    if let Some(route) = network.route(&host, address.port_or_known_default().unwrap_or(443))? {
        // A route leads to a server of our own: a proxy could not reach it.
        builder = builder.resolve(&host, route).no_proxy();
        let _ = address.set_port(Some(route.port()));
    } else if is_loopback(&host) {
        builder = builder.no_proxy();
    }
    let client = builder.build().map_err(|error| failed(error.without_url().to_string()))?;
    Ok((client, address))
}

/// The body, cut off at the limit.
pub(crate) async fn body(mut response: Response) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = ANSWER_LIMIT.saturating_sub(body.len());
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() >= ANSWER_LIMIT {
            break;
        }
    }
    Ok(body)
}

/// What a failed request means. Matches on kinds, then on the operating system's error.
pub(crate) fn fault_of(error: &reqwest::Error, observer: &TlsObserver) -> Fault {
    if let Some(fault) = observer.fault() {
        return fault;
    }
    let detail = chain_of(error);
    let cause = causes(error).find_map(|cause| cause.downcast_ref::<std::io::Error>());
    if error.is_connect() {
        // hyper-util names a proxy's refusal only in words.
        if detail.contains("tunnel error") {
            return Fault::ProxyRefused { detail };
        }
        if error.is_timeout() {
            return Fault::ConnectionTimedOut;
        }
        if causes(error).any(is_of_tls) {
            return Fault::TlsHandshake { detail };
        }
        return match cause.map(std::io::Error::kind) {
            Some(std::io::ErrorKind::ConnectionRefused) => Fault::ConnectionRefused,
            Some(std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::UnexpectedEof) => Fault::Dropped,
            Some(std::io::ErrorKind::TimedOut) => Fault::ConnectionTimedOut,
            // hyper-util names the resolver's failure only in words.
            _ if detail.contains("dns error") => Fault::HostNotFound { detail },
            _ => Fault::Unreachable { detail },
        };
    }
    if error.is_timeout() {
        return Fault::TimedOut;
    }
    if causes(error).any(is_of_tls) {
        return Fault::TlsHandshake { detail };
    }
    if causes(error).any(is_no_http) {
        return Fault::Protocol { violation: Violation::NotHttp, detail };
    }
    Fault::Dropped
}

/// What came cannot be read as HTTP, in its head or in the frame of its body.
fn is_no_http(cause: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput};
    cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse)
        || cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| matches!(error.kind(), InvalidData | InvalidInput))
}

/// TLS errors travel inside those of the operating system, sometimes two deep.
fn is_of_tls(cause: &(dyn std::error::Error + 'static)) -> bool {
    let inner = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    cause.is::<rustls::Error>() || inner.is_some_and(|inner| is_of_tls(inner))
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(std::error::Error::source(error), |cause| cause.source())
}

/// The causes in words, without the address (it could hold what a user typed by mistake).
fn chain_of(error: &reqwest::Error) -> String {
    causes(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

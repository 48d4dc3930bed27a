//! What can go wrong between two computers, as a closed list: diagnosis works
//! on these, never on an error's text.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a stage ended without an answer that could be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The name has no address. `detail` is the resolver's own text.
    HostNotFound {
        /// The resolver's text.
        detail: String,
    },
    /// Every address refused the connection.
    ConnectionRefused,
    /// No address answered in time.
    ConnectionTimedOut,
    /// No address could be reached, for another reason.
    Unreachable {
        /// The operating system's text for the last address.
        detail: String,
    },
    /// The connection stood, but no answer came in time.
    TimedOut,
    /// The peer closed or reset the connection.
    Dropped,
    /// The certificate was not accepted.
    Certificate {
        /// What is wrong with it.
        problem: CertificateProblem,
        /// The verifier's text.
        detail: String,
    },
    /// TLS failed for another reason, in the handshake or later.
    TlsHandshake {
        /// The library's text.
        detail: String,
    },
    /// The peer broke the protocol.
    Protocol {
        /// Which rule.
        violation: Violation,
        /// What it sent, when that helps.
        detail: String,
    },
    /// The proxy on the way let nothing through.
    ProxyRefused {
        /// The HTTP library's text.
        detail: String,
    },
    /// The user stopped the check.
    Cancelled,
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CertificateProblem {
    /// Its issuer is not trusted by this computer.
    Untrusted,
    /// It is for other names.
    NameMismatch,
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    NotYetValid,
    /// Anything else.
    Other,
}

/// A rule of its protocol that a server broke (RFC 5321, RFC 3207, RFC 9112).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Violation {
    /// The first bytes are no SMTP reply.
    NotSmtp,
    /// The server says nothing in clear text and answers a TLS handshake, as on port 465 (RFC 8314).
    TlsAtOnce,
    /// A reply that cannot be read, or one too long.
    MalformedReply,
    /// A reply before the command that it would answer.
    EarlyReply,
    /// EHLO does not list STARTTLS.
    StarttlsNotOffered,
    /// Plaintext stood after the reply to STARTTLS.
    PlaintextAfterStarttls,
    /// AUTH does not list XOAUTH2.
    Xoauth2NotOffered,
    /// The answer to an HTTP request is no HTTP.
    NotHttp,
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match error.get_ref() {
            Some(inner) if inner.is::<rustls::Error>() => Self::TlsHandshake { detail: inner.to_string() },
            _ if error.kind() == std::io::ErrorKind::TimedOut => Self::TimedOut,
            _ => Self::Dropped,
        }
    }
}

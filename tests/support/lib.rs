//! Servers and sessions for tests that cross crates: a real Dovecot with a relay behind it, nodemailer's
//! smtp-server, a login host, an SMTP server that follows a script, OpenSSL's server of old TLS, a turnstile to
//! put in front of any of them, and a credential store of one's own.
//!
//! Everything listens on a free loopback port, records what it was told, and ends when it is dropped.
//! Nothing here knows the product; the practice tenant is a crate of its own.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod authority;
mod canaries;
mod dovecot;
mod keyring;
mod login_host;
mod loopback;
mod nodemailer;
mod old_tls;
mod random;
mod relay;
mod scripted_smtp;
mod token;
mod turnstile;

#[cfg(test)]
mod client;

pub use authority::{Authority, ServerIdentity};
pub use canaries::Canaries;
pub use dovecot::{DovecotError, DovecotSubmission};
pub use keyring::KeyringSession;
pub use login_host::{Answer, LoginHost, TokenRequest};
pub use nodemailer::{AcceptedMessage, NodemailerError, NodemailerSubmission};
pub use old_tls::{OldTls, OldTlsServer};
pub use random::Random;
pub use relay::Relay;
pub use scripted_smtp::{Event, ScriptedSmtp, Step};
pub use token::{SENDER, TokenIssuer};
pub use turnstile::Turnstile;

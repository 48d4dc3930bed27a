//! A real Dovecot 2.3 submission server for tests, because a home-made server agrees with its maker.
//!
//! It takes XOAUTH2 and OAUTHBEARER after STARTTLS, judges tokens by their signature, and hands each
//! message to a [`Relay`]. Needs the Debian packages dovecot-core and dovecot-submissiond, as root or
//! as any other user. Dovecot 2.4 writes its configuration in another way and is refused.

mod files;
mod process;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use thiserror::Error;

use self::files::{read_log, write_configuration, write_files};
use self::process::{Supervised, wait_for_greeting};
use crate::authority::Authority;
use crate::relay::Relay;
use crate::token::{SENDER, TokenIssuer};

/// Where the Debian packages put their programs. Absolute, because `/usr/sbin` is not in every
/// user's search path.
const PROGRAMS: [(&str, &str); 2] =
    [("/usr/sbin/dovecot", "dovecot-core"), ("/usr/lib/dovecot/submission-login", "dovecot-submissiond")];

/// How often a free port is chosen anew when somebody else takes it before Dovecot does.
const PORT_ATTEMPTS: usize = 5;

/// What the log says then.
const PORT_TAKEN: &str = "Address already in use";

/// Why Dovecot could not be started.
#[derive(Debug, Error)]
pub enum DovecotError {
    /// A program that the tests need is missing.
    #[error("{program} is missing: install the Debian package {package} (Dovecot 2.3)")]
    NotInstalled {
        /// The program's path.
        program: PathBuf,
        /// The Debian package that brings it.
        package: &'static str,
    },
    /// Another Dovecot than the one this configuration is written for.
    #[error("these tests need Dovecot 2.3, and {program} is version {version}", program = PROGRAMS[0].0)]
    WrongVersion {
        /// What `dovecot --version` says.
        version: String,
    },
    /// Dovecot ended, or did not greet in time.
    #[error("Dovecot {reason}; its log:\n{log}")]
    NotReady {
        /// What was seen from outside.
        reason: &'static str,
        /// Dovecot's own log.
        log: String,
    },
    /// A certificate or key could not be made.
    #[error("no certificate or key for Dovecot: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A file, port or process could not be made.
    #[error("Dovecot's files or processes: {0}")]
    Io(#[from] io::Error),
}

/// A running Dovecot. It and all its processes end when this is dropped.
#[derive(Debug)]
pub struct DovecotSubmission {
    _process: Supervised,
    port: u16,
    authority: Authority,
    issuer: TokenIssuer,
    other_issuer: TokenIssuer,
    relay: Relay,
    directory: TempDir,
}

impl DovecotSubmission {
    /// Starts Dovecot on a free port and waits until it greets.
    ///
    /// # Errors
    ///
    /// When Dovecot is missing, is another version, or does not come up; the error says which package
    /// is needed or carries Dovecot's log. It never passes a missing Dovecot over in silence.
    pub async fn start() -> Result<Self, DovecotError> {
        Self::start_below(Path::new("/")).await
    }

    async fn start_below(root: &Path) -> Result<Self, DovecotError> {
        require_programs(root)?;
        require_version()?;
        let authority = Authority::new()?;
        let issuer = TokenIssuer::new()?;
        let other_issuer = TokenIssuer::new()?;
        let relay = Relay::start().await?;
        let directory = tempfile::Builder::new().prefix("dovecot-").tempdir()?;
        write_files(directory.path(), &authority, &issuer)?;

        let mut attempts = 0;
        loop {
            attempts += 1;
            let port = free_port()?;
            write_configuration(directory.path(), port, relay.address().port())?;
            let mut process = Supervised::spawn(directory.path())?;
            match wait_for_greeting(&mut process, port, directory.path()).await {
                Ok(()) => {
                    return Ok(Self { _process: process, port, authority, issuer, other_issuer, relay, directory });
                }
                Err(reason) => {
                    drop(process);
                    let log = read_log(directory.path());
                    if attempts == PORT_ATTEMPTS || !log.contains(PORT_TAKEN) {
                        return Err(DovecotError::NotReady { reason, log });
                    }
                }
            }
        }
    }

    /// Where Dovecot waits: plain SMTP on 127.0.0.1, STARTTLS required.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    /// The authority behind Dovecot's certificate for `localhost` and 127.0.0.1, in PEM.
    #[must_use]
    pub fn authority_pem(&self) -> String {
        self.authority.pem()
    }

    /// An access token that Dovecot takes for `user`.
    ///
    /// # Panics
    ///
    /// When the token cannot be signed.
    #[must_use]
    pub fn token(&self, user: &str) -> String {
        self.issuer.token(user).expect("a token signed with the key made for this test")
    }

    /// An access token for [`SENDER`] that differs from a good one in its signing key only.
    ///
    /// # Panics
    ///
    /// When the token cannot be signed.
    #[must_use]
    pub fn bad_token(&self) -> String {
        self.other_issuer.token(SENDER).expect("a token signed with the key made for this test")
    }

    /// The relay behind Dovecot, which holds the messages it accepted.
    #[must_use]
    pub fn relay(&self) -> &Relay {
        &self.relay
    }

    /// Dovecot's debug log so far, for a failing test's message. It shows the tokens it was given.
    #[must_use]
    pub fn log(&self) -> String {
        read_log(self.directory.path())
    }
}

fn require_programs(root: &Path) -> Result<(), DovecotError> {
    for (program, package) in PROGRAMS {
        let program = root.join(program.trim_start_matches('/'));
        if !program.exists() {
            return Err(DovecotError::NotInstalled { program, package });
        }
    }
    Ok(())
}

fn require_version() -> Result<(), DovecotError> {
    let output = Command::new(PROGRAMS[0].0).arg("--version").output()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if version.starts_with("2.3.") { Ok(()) } else { Err(DovecotError::WrongVersion { version }) }
}

/// Dovecot cannot be told to take any free port, so one is found for it.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests;

//! nodemailer's `smtp-server` for tests: a second real SMTP server that nobody here wrote, with other
//! habits than Dovecot's.
//!
//! It takes XOAUTH2 after STARTTLS, knows one user and one token, and keeps each message as the library
//! hands it over. Needs Node and the packages of package.json, installed in the repository.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use thiserror::Error;

use crate::authority::Authority;
use crate::token::{SENDER, TokenIssuer};

/// The script that runs the server.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/support/nodemailer/server.mjs");

/// The package that the script imports.
const PACKAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../node_modules/smtp-server/package.json");

/// How long a start may take on a loaded machine.
const START_DEADLINE: Duration = Duration::from_secs(60);

const LOG: &str = "server.log";
const MESSAGES: &str = "messages.jsonl";

/// Why the server could not be started.
#[derive(Debug, Error)]
pub enum NodemailerError {
    /// The npm package is not where the script looks for it.
    #[error("{0} is missing: run npm install")]
    NotInstalled(PathBuf),
    /// The server ended, or named no port in time.
    #[error("smtp-server {reason}; it said:\n{log}")]
    NotReady {
        /// What was seen from outside.
        reason: &'static str,
        /// What it wrote to standard error.
        log: String,
    },
    /// A certificate or key could not be made.
    #[error("no certificate or key for smtp-server: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A file or process could not be made; Node itself may be missing.
    #[error("smtp-server's files or its Node process: {0}")]
    Io(#[from] io::Error),
}

/// A message that the server accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedMessage {
    /// Who was signed in.
    pub user: String,
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients, in order.
    pub to: Vec<String>,
    /// Header, empty line and body with CRLF line ends and dot-stuffing undone.
    pub content: Vec<u8>,
}

/// A running server. It ends when this is dropped, and when the process of the test goes away.
#[derive(Debug)]
pub struct NodemailerSubmission {
    _process: Process,
    port: u16,
    authority: Authority,
    token: String,
    bad_token: String,
    directory: TempDir,
}

impl NodemailerSubmission {
    /// Starts the server on a free port and waits until it listens.
    ///
    /// # Errors
    ///
    /// When Node or the package is missing, or the server does not come up; the error carries what it
    /// said. It never passes a missing package over in silence.
    ///
    /// # Panics
    ///
    /// When a token cannot be signed.
    pub async fn start() -> Result<Self, NodemailerError> {
        if !Path::new(PACKAGE).exists() {
            return Err(NodemailerError::NotInstalled(PACKAGE.into()));
        }
        Self::start_with(Path::new(SCRIPT)).await
    }

    async fn start_with(script: &Path) -> Result<Self, NodemailerError> {
        let authority = Authority::new()?;
        let server = authority.issue_for_loopback()?;
        let token =
            |issuer: TokenIssuer| issuer.application_token().expect("a token signed with the key made for this test");
        let (token, bad_token) = (token(TokenIssuer::new()?), token(TokenIssuer::new()?));
        let directory = tempfile::Builder::new().prefix("nodemailer-").tempdir()?;
        let configuration = json!({
            "key": server.key_pem(),
            "cert": server.certificate_pem(),
            "user": SENDER,
            "token": token,
            "messages": directory.path().join(MESSAGES),
        });

        let mut process = Process::spawn(script, &directory.path().join(LOG))?;
        let not_ready = |reason| NodemailerError::NotReady { reason, log: read_log(directory.path()) };
        // A process that has ended already shows at the port it never names.
        drop(process.configure(&configuration));
        let first_line = process.first_line()?;
        let port = match tokio::time::timeout(START_DEADLINE, first_line).await {
            Ok(Ok(line)) => line.trim().parse().map_err(|_| not_ready("ended without a port"))?,
            Ok(Err(_)) => return Err(not_ready("cannot be heard")),
            Err(_) => return Err(not_ready("did not listen in time")),
        };
        Ok(Self { _process: process, port, authority, token, bad_token, directory })
    }

    /// Where the server waits: plain SMTP on 127.0.0.1, STARTTLS required.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    /// The authority behind the server's certificate for `localhost` and 127.0.0.1, in PEM.
    #[must_use]
    pub fn authority_pem(&self) -> String {
        self.authority.pem()
    }

    /// The application's access token that the server takes for [`SENDER`].
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// An access token that differs from the good one in its signing key only.
    #[must_use]
    pub fn bad_token(&self) -> &str {
        &self.bad_token
    }

    /// The messages accepted so far, oldest first. A message is here before its client reads the 250.
    ///
    /// # Panics
    ///
    /// When the file they are kept in cannot be understood.
    #[must_use]
    pub fn received(&self) -> Vec<AcceptedMessage> {
        match fs::read_to_string(self.directory.path().join(MESSAGES)) {
            Ok(lines) => lines.lines().map(accepted).collect(),
            // The first message makes the file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => panic!("the messages cannot be read: {error}"),
        }
    }

    /// What the server wrote to standard error, for a failing test's message.
    #[must_use]
    pub fn log(&self) -> String {
        read_log(self.directory.path())
    }
}

fn accepted(line: &str) -> AcceptedMessage {
    let message: Value = serde_json::from_str(line).expect("a line of JSON for each message");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    AcceptedMessage {
        user: text(&message["user"]),
        from: text(&message["from"]),
        to: message["to"].as_array().expect("a list").iter().map(text).collect(),
        content: STANDARD.decode(text(&message["content"])).expect("base64"),
    }
}

fn read_log(directory: &Path) -> String {
    fs::read_to_string(directory.join(LOG)).unwrap_or_else(|error| error.to_string())
}

/// The Node process, which is told to end by the end of its standard input.
#[derive(Debug)]
struct Process(Child);

impl Process {
    fn spawn(script: &Path, log: &Path) -> io::Result<Self> {
        Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(log)?)
            .spawn()
            .map(Self)
    }

    fn configure(&mut self, configuration: &Value) -> io::Result<()> {
        let stdin = self.0.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        stdin.write_all(format!("{configuration}\n").as_bytes())
    }

    /// The first line of standard output; empty when there is none.
    fn first_line(&mut self) -> io::Result<tokio::task::JoinHandle<String>> {
        let stdout = self.0.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            drop(BufReader::new(stdout).read_line(&mut line));
            line
        }))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has nothing to put in order. That it has ended already is no failure.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[cfg(test)]
mod tests;

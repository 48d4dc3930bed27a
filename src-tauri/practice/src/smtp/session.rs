//! The dialogue from the first EHLO to QUIT, before TLS and after it.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

use super::command::Command;
use super::reply::{Reply, Server};
use super::transaction::Envelope;
use super::wire::{ReadError, Wire};
use crate::conditions::{SmtpNetwork, SmtpService};
use crate::shared::Shared;
use crate::token::Grant;

/// Octets of a command line with its end: AUTH's limit (RFC 4954, section 4), which is above all
/// others.
pub(super) const COMMAND_LIMIT: u64 = 12_288;

/// The size that EHLO tells.
const ADVERTISED_SIZE: u64 = 157_286_400;
/// Commands that were no use, after which the server hangs up.
const MISTAKE_LIMIT: u32 = 20;

/// How a session ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    /// TLS comes next.
    StartTls,
    /// Nothing comes next.
    Closed,
}

/// Who signed in, with what.
pub(super) struct SignedIn {
    pub(super) mailbox: String,
    pub(super) grant: Grant,
}

/// One dialogue.
pub(super) struct Session<'a, S> {
    pub(super) wire: Wire<S>,
    pub(super) shared: &'a Shared,
    pub(super) server: &'a Server,
    pub(super) secure: bool,
    pub(super) signed_in: Option<SignedIn>,
    greeted: bool,
    pub(super) envelope: Option<Envelope>,
    mistakes: u32,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Session<'a, S> {
    pub(super) fn new(wire: Wire<S>, shared: &'a Shared, server: &'a Server, secure: bool) -> Self {
        Self { wire, shared, server, secure, signed_in: None, greeted: false, envelope: None, mistakes: 0 }
    }

    pub(super) fn into_stream(self) -> S {
        self.wire.into_stream()
    }

    /// Answers commands until the session ends. Pipelined commands wait in the buffer and are
    /// answered in turn.
    pub(super) async fn run(&mut self) -> io::Result<End> {
        loop {
            let line = match self.wire.read_line(COMMAND_LIMIT).await {
                Ok(line) => line,
                Err(error) => return self.end(error).await,
            };
            let reply = match self.answer(Command::parse(&line)).await? {
                Ok(reply) => reply,
                Err(end) => return Ok(end),
            };
            self.mistakes += u32::from(matches!(reply.code, 500..=504 | 530 | 535));
            if self.mistakes > MISTAKE_LIMIT {
                let reply =
                    self.server.tagged(421, "4.7.0 Too many errors on this connection, closing transmission channel");
                return self.say_and_close(&reply).await;
            }
            self.wire.write(&reply).await?;
        }
    }

    /// Says why the server stops reading, where anyone is left to hear it.
    pub(super) async fn end(&mut self, error: ReadError) -> io::Result<End> {
        match error {
            ReadError::Closed => Ok(End::Closed),
            ReadError::Failed(error) => Err(error),
            ReadError::TooLong => self.say_and_close(&self.server.tagged(500, "5.5.2 Line too long")).await,
            ReadError::Idle => {
                self.say_and_close(&self.server.tagged(451, "4.7.0 Timeout waiting for client input")).await
            }
        }
    }

    async fn say_and_close(&mut self, reply: &Reply) -> io::Result<End> {
        self.wire.write(reply).await?;
        self.wire.shut_down().await?;
        Ok(End::Closed)
    }

    async fn answer(&mut self, command: Command) -> io::Result<Result<Reply, End>> {
        let reply = match command {
            Command::Ehlo(name) | Command::Helo(name) if name.is_none() => {
                self.server.tagged(501, "5.5.4 Invalid domain name")
            }
            Command::Ehlo(_) => return self.ehlo().await,
            Command::Helo(_) => {
                self.greeted = true;
                self.envelope = None;
                Reply::new(250, format!("{} Hello", self.server.host()))
            }
            Command::StartTls => return self.start_tls().await,
            Command::Noop => Reply::new(250, "2.0.0 OK"),
            Command::Vrfy => Reply::new(252, "2.1.5 Cannot VRFY user"),
            Command::Rset => {
                self.envelope = None;
                Reply::new(250, "2.0.0 Resetting")
            }
            Command::Quit => {
                return self
                    .say_and_close(&Reply::new(221, "2.0.0 Service closing transmission channel"))
                    .await
                    .map(Err);
            }
            Command::BadAddress => self.server.tagged(501, "5.1.7 Invalid address"),
            Command::BadArguments => self.server.tagged(501, "5.5.4 Invalid arguments"),
            Command::Unknown => self.unrecognized(),
            Command::Bdat { size, last } => return self.bdat(size, last).await,
            _ if !self.greeted => self.server.tagged(503, "5.5.2 Send hello first"),
            Command::Auth { .. } if self.signed_in.is_some() || self.envelope.is_some() => self.bad_sequence(),
            Command::Auth { mechanism, initial } => {
                return self.authenticate(&mechanism, initial).await;
            }
            Command::Mail { sender, size } => self.mail(sender, size),
            Command::Rcpt(recipient) => self.rcpt(recipient),
            Command::Data => return self.data().await,
        };
        Ok(Ok(reply))
    }

    pub(super) fn bad_sequence(&self) -> Reply {
        self.server.tagged(503, "5.5.1 Bad sequence of commands")
    }

    fn unrecognized(&self) -> Reply {
        self.server.tagged(500, "5.3.3 Unrecognized command")
    }

    async fn ehlo(&mut self) -> io::Result<Result<Reply, End>> {
        let state = self.shared.state();
        if state.smtp_network == SmtpNetwork::EhloRejected {
            return Ok(Ok(self.server.tagged(502, "5.5.1 Command rejected")));
        }
        if state.smtp_service == SmtpService::TlsTooOld && self.secure {
            let reply = self
                .server
                .tagged(421, "4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade the client to support TLS 1.2.");
            return self.say_and_close(&reply).await.map(Err);
        }
        self.greeted = true;
        self.envelope = None;
        let security = match (self.secure, state.smtp_network, state.smtp_service) {
            (false, SmtpNetwork::StartTlsNotOffered, _) => None,
            // As long as the word that it hides.
            (false, SmtpNetwork::StartTlsMasked, _) => Some("XXXXXXXA"),
            (false, ..) => Some("STARTTLS"),
            (true, _, SmtpService::XOAuth2NotOffered) => Some("AUTH LOGIN"),
            (true, ..) => Some("AUTH LOGIN XOAUTH2"),
        };
        let mut lines = vec![
            format!("{} Hello [127.0.0.1]", self.server.host()),
            format!("SIZE {ADVERTISED_SIZE}"),
            "PIPELINING".to_owned(),
            "DSN".to_owned(),
            "ENHANCEDSTATUSCODES".to_owned(),
        ];
        lines.extend(security.map(str::to_owned));
        lines.extend(["8BITMIME", "BINARYMIME", "CHUNKING", "SMTPUTF8"].map(str::to_owned));
        Ok(Ok(Reply { code: 250, lines }))
    }

    async fn start_tls(&mut self) -> io::Result<Result<Reply, End>> {
        let state = self.shared.state();
        if self.secure {
            return Ok(Ok(self.bad_sequence()));
        }
        match state.smtp_network {
            SmtpNetwork::StartTlsNotOffered => return Ok(Ok(self.bad_sequence())),
            // The command is masked, too: the server has never heard of it.
            SmtpNetwork::StartTlsMasked => return Ok(Ok(self.unrecognized())),
            SmtpNetwork::DropsAtStartTls => return Ok(Err(End::Closed)),
            _ => {}
        }
        if state.smtp_service == SmtpService::StartTlsRejected {
            return Ok(Ok(self.server.tagged(454, "4.7.0 TLS not available due to temporary reason")));
        }
        let ready = Reply::new(220, "2.0.0 SMTP server ready");
        match state.smtp_network {
            SmtpNetwork::StartTlsInjected => {
                let injected = [ready.to_bytes(), Reply::new(250, "2.0.0 OK").to_bytes()].concat();
                self.wire.write_bytes(&injected).await?;
            }
            SmtpNetwork::TlsHandshakeFails => {
                self.wire.write(&ready).await?;
                // Only after the client's first record: before it, this would be plaintext after
                // STARTTLS.
                if self.wire.read_octets(5, 5).await.is_ok() {
                    self.wire.write_bytes(b"This is not TLS\r\n").await?;
                    self.wire.shut_down().await?;
                }
                return Ok(Err(End::Closed));
            }
            _ => self.wire.write(&ready).await?,
        }
        Ok(Err(End::StartTls))
    }
}

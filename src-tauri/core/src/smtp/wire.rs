//! Lines over a connection: bounded reading, one reply at a time, and the
//! transcript beside it.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::evidence::{Exchange, SmtpEvidence, Stop};
use super::reply::Reply;
use super::transcript::{Direction, Transcript};
use crate::net::{Fault, Violation};
use crate::redact::excerpt;

/// The longest reply, in bytes as shown. RFC 5321 allows 512 octets a line; the longest that Exchange Online
/// is known for have some three thousand.
const REPLY_LIMIT: usize = 8 * 1024;
/// No reply of a sane server has more lines.
const LINES_LIMIT: usize = 128;
/// The most that all replies together may have, in bytes as shown and in lines: enough for a message to a
/// thousand recipients, and a fraction of what a report holds.
const DIALOGUE_LIMIT: usize = 256 * 1024;
const DIALOGUE_LINES_LIMIT: usize = 2000;
/// How much of it stands in a fault, in characters.
const DETAIL_LIMIT: usize = 200;

/// A connection that speaks in lines.
pub struct Wire<S> {
    stream: S,
    unread: Vec<u8>,
    /// Received so far, in bytes as shown and in lines.
    received: usize,
    received_lines: usize,
    transcript: Arc<Transcript>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    /// Takes over a fresh connection.
    pub fn new(stream: S, transcript: Arc<Transcript>) -> Self {
        Self { stream, unread: Vec::new(), received: 0, received_lines: 0, transcript }
    }

    /// Gives the connection back, for TLS.
    pub fn into_stream(self) -> S {
        self.stream
    }

    /// The connection below.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// The transcript that this wire writes.
    pub fn transcript(&self) -> &Arc<Transcript> {
        &self.transcript
    }

    /// Bytes that came after the last reply.
    pub fn has_unread(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Sends commands in one write and records each line.
    ///
    /// # Errors
    /// [`Fault::Dropped`].
    pub async fn send(&mut self, commands: &str) -> Result<(), Fault> {
        for line in commands.lines() {
            self.transcript.record(Direction::Sent, line);
        }
        self.send_unrecorded(commands.as_bytes()).await
    }

    /// Sends a command and reads the reply to it.
    ///
    /// # Errors
    /// As for [`in_step`](Self::in_step) and [`answer`](Self::answer).
    pub async fn ask(&mut self, command: &str, evidence: &mut SmtpEvidence) -> Result<Reply, Stop> {
        self.in_step(evidence).await?;
        self.send(command).await?;
        Ok(self.answer(command, evidence).await?)
    }

    /// The same with what must not appear in the transcript; `shown` stands in its place.
    ///
    /// # Errors
    /// As for [`ask`](Self::ask).
    pub async fn ask_redacted(
        &mut self,
        bytes: &[u8],
        shown: &str,
        evidence: &mut SmtpEvidence,
    ) -> Result<Reply, Stop> {
        self.in_step(evidence).await?;
        self.transcript.record(Direction::Sent, shown);
        self.send_unrecorded(bytes).await?;
        Ok(self.answer(shown, evidence).await?)
    }

    /// Stops when the server has replied already to what is still to be sent: from then on, each of its replies
    /// would be taken for the answer to another command. Only 421 may come at any time (RFC 5321, section 3.8).
    ///
    /// # Errors
    /// [`Violation::EarlyReply`], [`Stop::Refused`] after 421, or a fault.
    pub async fn in_step(&mut self, evidence: &mut SmtpEvidence) -> Result<(), Stop> {
        if self.unread.is_empty() {
            return Ok(());
        }
        if self.unread.starts_with(b"421") {
            self.answer("", evidence).await?;
            return Err(Stop::Refused);
        }
        let unread = String::from_utf8_lossy(&self.unread);
        let early = self.transcript.record(Direction::Received, unread.lines().next().unwrap_or_default());
        Err(Fault::Protocol { violation: Violation::EarlyReply, detail: excerpt(&early, DETAIL_LIMIT) }.into())
    }

    async fn send_unrecorded(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await?;
        Ok(())
    }

    /// The reply to what was sent; kept as evidence.
    ///
    /// # Errors
    /// As for [`reply`](Self::reply).
    pub async fn answer(&mut self, sent: &str, evidence: &mut SmtpEvidence) -> Result<Reply, Fault> {
        let reply = self.reply().await?;
        evidence.exchanges.push(Exchange { sent: sent.trim_end().to_owned(), reply: reply.clone() });
        Ok(reply)
    }

    /// The next reply, all its lines.
    ///
    /// # Errors
    /// [`Fault::Dropped`] when the server closes, [`Fault::Protocol`] when what it
    /// sends is no reply.
    pub async fn reply(&mut self) -> Result<Reply, Fault> {
        let (mut raw, mut size) = (String::new(), 0);
        for _ in 0..LINES_LIMIT {
            let line = self.line().await?;
            let shown = self.transcript.record(Direction::Received, &line);
            size += shown.len();
            self.received += shown.len();
            self.received_lines += 1;
            if size > REPLY_LIMIT || self.received > DIALOGUE_LIMIT || self.received_lines > DIALOGUE_LINES_LIMIT {
                break;
            }
            let not_a_reply = || malformed(&shown);
            let last = match line.as_bytes() {
                [a, b, c, rest @ ..] if [a, b, c].iter().all(|digit| digit.is_ascii_digit()) => match rest.first() {
                    None | Some(b' ') => true,
                    Some(b'-') => false,
                    Some(_) => return Err(not_a_reply()),
                },
                _ => return Err(not_a_reply()),
            };
            raw.push_str(&line);
            // The text is optional (RFC 5321, section 4.2); the parser wants the space before it.
            raw.push_str(if line.len() == 3 { " \r\n" } else { "\r\n" });
            if last {
                return Reply::parse(&raw, |text| self.transcript.clean(text)).ok_or_else(not_a_reply);
            }
        }
        Err(malformed("a reply without end"))
    }

    /// One raw line without its end; bytes that are no UTF-8 are replaced.
    async fn line(&mut self) -> Result<String, Fault> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                let text = String::from_utf8_lossy(&line);
                return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.unread.len() > REPLY_LIMIT {
                return Err(malformed("a line without end"));
            }
            let mut chunk = [0_u8; 2048];
            let count = self.stream.read(&mut chunk).await?;
            if count == 0 {
                return Err(Fault::Dropped);
            }
            self.unread.extend_from_slice(&chunk[..count]);
        }
    }
}

fn malformed(detail: &str) -> Fault {
    Fault::Protocol { violation: Violation::MalformedReply, detail: excerpt(detail, DETAIL_LIMIT) }
}

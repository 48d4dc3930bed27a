//! Lines over a connection: bounded reading, one reply at a time, and the
//! transcript beside it.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::reply::Reply;
use super::transcript::{Direction, Transcript};
use crate::net::{Fault, Violation};

/// RFC 5321 allows 512 octets a reply line; servers exceed it, but never so far.
const LINE_LIMIT: usize = 8 * 1024;
/// No reply of a sane server has more lines.
const LINES_LIMIT: usize = 128;

/// A connection that speaks in lines.
pub struct Wire<S> {
    stream: S,
    unread: Vec<u8>,
    transcript: Arc<Transcript>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    /// Takes over a fresh connection.
    pub fn new(stream: S, transcript: Arc<Transcript>) -> Self {
        Self { stream, unread: Vec::new(), transcript }
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

    /// Sends what must not appear in the transcript; `shown` stands in its place.
    ///
    /// # Errors
    /// [`Fault::Dropped`].
    pub async fn send_redacted(&mut self, bytes: &[u8], shown: &str) -> Result<(), Fault> {
        self.transcript.record(Direction::Sent, shown);
        self.send_unrecorded(bytes).await
    }

    async fn send_unrecorded(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await?;
        Ok(())
    }

    /// The next reply, all its lines.
    ///
    /// # Errors
    /// [`Fault::Dropped`] when the server closes, [`Fault::Protocol`] when what it
    /// sends is no reply.
    pub async fn reply(&mut self) -> Result<Reply, Fault> {
        let mut raw = String::new();
        for _ in 0..LINES_LIMIT {
            let line = self.line().await?;
            self.transcript.record(Direction::Received, &line);
            let not_a_reply = || not_a_reply(&self.transcript.clean(&line));
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
        Err(Fault::Protocol { violation: Violation::MalformedReply, detail: "a reply without end".to_owned() })
    }

    /// One raw line without its end; bytes that are no UTF-8 are replaced.
    async fn line(&mut self) -> Result<String, Fault> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                let text = String::from_utf8_lossy(&line);
                return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.unread.len() > LINE_LIMIT {
                return Err(Fault::Protocol {
                    violation: Violation::MalformedReply,
                    detail: "a line without end".to_owned(),
                });
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

fn not_a_reply(line: &str) -> Fault {
    Fault::Protocol { violation: Violation::MalformedReply, detail: line.chars().take(200).collect() }
}

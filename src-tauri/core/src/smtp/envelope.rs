//! MAIL, RCPT and DATA: in one write where the server offers PIPELINING
//! (RFC 2920), else one after the other; the replies are read stage by stage
//! either way.

use lettre::Address;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use tokio::io::{AsyncRead, AsyncWrite};

use super::dialogue::Capabilities;
use super::evidence::{SmtpEvidence, Stop};
use super::reply::Reply;
use super::wire::Wire;
use crate::net::Fault;

/// The server closes the connection after this reply and owes nothing more
/// (RFC 5321, section 3.8).
const CLOSING: u16 = 421;

/// One message on its way.
pub struct Envelope<'a, S> {
    wire: &'a mut Wire<S>,
    pipelining: bool,
    mail: String,
    recipients: Vec<String>,
    /// Replies that the server still owes for what was sent ahead.
    owed: usize,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Envelope<'a, S> {
    /// Prepares the commands; nothing is sent yet.
    pub fn new(wire: &'a mut Wire<S>, capabilities: &Capabilities, sender: &Address, recipients: &[Address]) -> Self {
        Self {
            wire,
            pipelining: capabilities.has("PIPELINING"),
            mail: Mail::new(Some(sender.clone()), Vec::new()).to_string(),
            recipients: recipients.iter().map(|to| Rcpt::new(to.clone(), Vec::new()).to_string()).collect(),
            owed: 0,
        }
    }

    /// MAIL, and with PIPELINING all that follows it up to DATA.
    ///
    /// # Errors
    /// A fault, or [`Stop::Refused`].
    pub async fn sender(&mut self, evidence: &mut SmtpEvidence) -> Result<(), Stop> {
        if self.pipelining {
            let batch = format!("{}{}{Data}", self.mail, self.recipients.concat());
            self.wire.in_step(evidence).await?;
            self.wire.send(&batch).await?;
            self.owed = self.recipients.len() + 2;
        }
        let mail = self.mail.clone();
        let reply = self.exchange(&mail, evidence).await?;
        if reply.is_positive() { Ok(()) } else { Err(Stop::Refused) }
    }

    /// RCPT for each recipient. True when all were taken, false when only some.
    ///
    /// # Errors
    /// A fault, or [`Stop::Refused`] when none was taken.
    pub async fn recipients(&mut self, evidence: &mut SmtpEvidence) -> Result<bool, Stop> {
        let mut taken = 0;
        for command in self.recipients.clone() {
            let reply = self.exchange(&command, evidence).await?;
            if reply.code == CLOSING {
                return Err(Stop::Refused);
            }
            taken += usize::from(reply.is_positive());
        }
        if taken == 0 { Err(Stop::Refused) } else { Ok(taken == self.recipients.len()) }
    }

    /// DATA, then the message; `content` has CRLF line ends.
    ///
    /// # Errors
    /// A fault, or [`Stop::Refused`].
    pub async fn message(&mut self, content: &[u8], evidence: &mut SmtpEvidence) -> Result<Reply, Stop> {
        let reply = self.exchange(&Data.to_string(), evidence).await?;
        if reply.code != 354 {
            return Err(Stop::Refused);
        }
        let stuffed = dot_stuffed(content);
        let shown = format!("[message of {} bytes]", content.len());
        let reply = self.wire.ask_redacted(&stuffed, &shown, evidence).await?;
        if reply.is_positive() { Ok(reply) } else { Err(Stop::Refused) }
    }

    /// Reads what the server still owes after a refusal. A 354 to the DATA sent
    /// ahead is ended at once, without a message (RFC 2920, section 3.1).
    ///
    /// # Errors
    /// A fault.
    pub async fn abandon(&mut self) -> Result<(), Fault> {
        while self.owed > 0 {
            self.owed -= 1;
            if self.wire.reply().await?.code == 354 {
                self.wire.send(".\r\n").await?;
                self.wire.reply().await?;
            }
        }
        Ok(())
    }

    /// The reply to a command, which is sent now unless it went ahead.
    async fn exchange(&mut self, command: &str, evidence: &mut SmtpEvidence) -> Result<Reply, Stop> {
        let reply = if self.owed > 0 {
            self.owed -= 1;
            self.wire.answer(command, evidence).await?
        } else {
            self.wire.ask(command, evidence).await?
        };
        if reply.code == CLOSING {
            self.owed = 0;
        }
        Ok(reply)
    }
}

/// Transparency (RFC 5321, section 4.5.2) and the end of the data.
fn dot_stuffed(content: &[u8]) -> Vec<u8> {
    let mut stuffed = Vec::with_capacity(content.len() + 64);
    for line in content.split_inclusive(|byte| *byte == b'\n') {
        if line.first() == Some(&b'.') {
            stuffed.push(b'.');
        }
        stuffed.extend_from_slice(line);
    }
    if !stuffed.ends_with(b"\r\n") {
        stuffed.extend_from_slice(b"\r\n");
    }
    stuffed.extend_from_slice(b".\r\n");
    stuffed
}

#[cfg(test)]
mod tests {
    use super::dot_stuffed;

    #[test]
    fn leading_dots_are_doubled_and_the_end_is_marked() {
        assert_eq!(dot_stuffed(b".a\r\nb.\r\n.\r\n"), b"..a\r\nb.\r\n..\r\n.\r\n");
        assert_eq!(dot_stuffed(b"no end"), b"no end\r\n.\r\n");
    }
}

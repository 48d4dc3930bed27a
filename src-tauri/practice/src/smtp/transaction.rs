//! The part of the dialogue that sends a message: MAIL, RCPT, and its content with DATA or BDAT.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

use super::content::{self, ContentFault};
use super::reply::Reply;
use super::session::{End, Session};
use super::{refusal, rules};
use crate::conditions::SmtpNetwork;
use crate::inbox;

/// A message on its way.
pub(super) struct Envelope {
    sender: String,
    recipients: Vec<String>,
    /// Content that came with BDAT so far; none while there is no chunk.
    chunks: Option<Vec<u8>>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<'_, S> {
    pub(super) fn mail(&mut self, sender: String, size: Option<u64>) -> Reply {
        if self.signed_in.is_none() {
            return self.server.tagged(530, "5.7.57 Client not authenticated to send mail.");
        }
        if self.envelope.is_some() {
            return self.bad_sequence();
        }
        if size.is_some_and(|size| size > self.message_limit()) {
            return self.too_large();
        }
        self.envelope = Some(Envelope { sender, recipients: Vec::new(), chunks: None });
        Reply::new(250, "2.1.0 Sender OK")
    }

    pub(super) fn rcpt(&mut self, recipient: String) -> Reply {
        let Some(Envelope { chunks: None, recipients, .. }) = &mut self.envelope else {
            return self.bad_sequence();
        };
        if let Err(reason) = rules::recipient(&self.shared.state(), recipients.len()) {
            return refusal::recipient(self.server, reason);
        }
        recipients.push(recipient);
        Reply::new(250, "2.1.5 Recipient OK")
    }

    pub(super) async fn data(&mut self) -> io::Result<Result<Reply, End>> {
        match &self.envelope {
            Some(Envelope { chunks: None, recipients, .. }) if !recipients.is_empty() => {}
            Some(Envelope { chunks: None, .. }) => {
                return Ok(Ok(self.server.tagged(503, "5.5.2 Need rcpt command")));
            }
            _ => return Ok(Ok(self.bad_sequence())),
        }
        self.wire.write(&Reply::new(354, "Start mail input; end with <CRLF>.<CRLF>")).await?;
        let limit = self.message_limit();
        let content = match content::receive(&mut self.wire, limit).await {
            Ok(content) => content,
            Err(error) => return self.end(error).await.map(Err),
        };
        Ok(self.submit(content))
    }

    /// Takes a chunk (RFC 3030). Its octets follow the command whether it is in place or not.
    pub(super) async fn bdat(&mut self, size: u64, last: bool) -> io::Result<Result<Reply, End>> {
        let kept = self.envelope.as_ref().and_then(|envelope| envelope.chunks.as_ref()).map_or(0, Vec::len) as u64;
        let limit = self.message_limit();
        // One octet over the limit tells that there were too many.
        let chunk = match self.wire.read_octets(size, (limit + 1).saturating_sub(kept)).await {
            Ok(chunk) => chunk,
            Err(error) => return self.end(error).await.map(Err),
        };
        let Some(envelope) = self.envelope.as_mut().filter(|envelope| !envelope.recipients.is_empty()) else {
            return Ok(Ok(self.bad_sequence()));
        };
        let content = envelope.chunks.get_or_insert_default();
        content.extend_from_slice(&chunk);
        if !last {
            return Ok(Ok(Reply::new(250, format!("2.0.0 OK, {size} octets received"))));
        }
        let content = std::mem::take(content);
        let content = if content.len() as u64 > limit { Err(ContentFault::TooLarge) } else { Ok(content) };
        Ok(self.submit(content))
    }

    /// Ends the transaction, and says so unless the network cuts the connection before.
    fn submit(&mut self, content: Result<Vec<u8>, ContentFault>) -> Result<Reply, End> {
        let reply = self.judge(content);
        if self.shared.state().smtp_network == SmtpNetwork::DropsAfterData { Err(End::Closed) } else { Ok(reply) }
    }

    /// Into the inbox, or refused.
    fn judge(&mut self, content: Result<Vec<u8>, ContentFault>) -> Reply {
        let (Some(envelope), Some(signed_in)) = (self.envelope.take(), &self.signed_in) else {
            return self.bad_sequence();
        };
        let content = match content {
            Ok(content) => content,
            Err(ContentFault::TooLarge) => return self.too_large(),
            Err(ContentFault::BareLineFeed) => {
                return Reply::new(
                    550,
                    "5.6.11 InvalidCharacters; the message contains bare line feeds, which cannot be sent with DATA",
                );
            }
        };
        let state = self.shared.state();
        let received = inbox::read(&content, &envelope.sender, &envelope.recipients, &state.identities.domain);
        let senders = [envelope.sender.as_str(), received.mail.from.as_str()];
        if let Err(reason) = rules::submit(&state, &signed_in.grant, &senders) {
            return refusal::message(self.server, reason, &signed_in.mailbox, &senders);
        }
        self.shared.inbox.add(received.mail);
        Reply::new(250, format!("2.0.0 OK {} [Hostname={}]", received.message_id, self.server.mailbox_server()))
    }

    fn message_limit(&self) -> u64 {
        rules::message_limit(&self.shared.state())
    }

    fn too_large(&self) -> Reply {
        self.server.tagged(552, "5.3.4 Message size exceeds fixed maximum message size")
    }
}

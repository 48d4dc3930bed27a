//! The practice inbox: what the SMTP server accepted, so that a user sees the mail that a real
//! tenant would have taken for delivery.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use mail_parser::MessageParser;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::clock;

/// Older mails make way: the inbox is for looking, not for keeping.
const CAPACITY: usize = 200;

/// One accepted message.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
#[ts(rename = "PracticeMail")]
pub struct Mail {
    /// Unique in this tenant.
    pub id: String,
    /// When it was accepted, RFC 3339, UTC.
    pub received_at: String,
    /// Address of the `From` header; the envelope's sender where there is none.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The decoded subject.
    pub subject: String,
    /// The decoded text body.
    pub text: String,
}

/// What the server needs to know of a message before it accepts it.
pub(crate) struct Received {
    /// The mail as the inbox would show it.
    pub(crate) mail: Mail,
    /// The `Message-ID` with its angle brackets; made here where the message has none.
    pub(crate) message_id: String,
}

/// Reads a raw message. Never fails: what cannot be parsed has no headers and no text.
pub(crate) fn read(raw: &[u8], sender: &str, recipients: &[String], domain: &str) -> Received {
    // An empty message that the parser refuses must not be replaced by its default one: that has no
    // root part, and asking it for a header panics.
    let message = MessageParser::default().parse(raw);
    let message = message.as_ref();
    let from = message.and_then(|message| message.from()?.first()?.address()).unwrap_or(sender);
    let subject = message.and_then(|message| message.subject()).unwrap_or_default();
    let text = message.and_then(|message| message.body_text(0)).unwrap_or_default();
    let id = Uuid::new_v4().to_string();
    let message_id = message.and_then(|message| message.message_id()).unwrap_or_default();
    let message_id = match message_id {
        "" => format!("<{id}@{domain}>"),
        given => format!("<{given}>"),
    };
    let mail = Mail {
        id,
        received_at: clock::now().to_string(),
        from: from.to_owned(),
        to: recipients.to_vec(),
        subject: subject.to_owned(),
        text: text.into_owned(),
    };
    Received { mail, message_id }
}

/// Accepted messages, newest first.
#[derive(Default)]
pub(crate) struct Inbox(Mutex<VecDeque<Mail>>);

impl Inbox {
    pub(crate) fn add(&self, mail: Mail) {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.push_front(mail);
        mails.truncate(CAPACITY);
    }

    pub(crate) fn list(&self) -> Vec<Mail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_headers_and_bodies_are_decoded() {
        let raw = b"From: Reports <reports@contoso.com>\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\
            Message-ID: <1@contoso.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==\r\n";
        let received = read(raw, "bounce@contoso.com", &["ana@contoso.com".to_owned()], "contoso.com");
        assert_eq!(received.message_id, "<1@contoso.com>");
        assert_eq!(received.mail.from, "reports@contoso.com");
        assert_eq!(received.mail.subject, "Gr\u{fc}\u{df}e");
        assert_eq!(received.mail.text.trim_end(), "Gr\u{fc}\u{df}e");
    }

    #[test]
    fn a_message_without_headers_takes_the_envelope_s_sender() {
        for raw in [b"".as_slice(), b"\xff\xfe", b"\r\n", b"\r\ntext"] {
            let received = read(raw, "reports@contoso.com", &[], "contoso.com");
            assert_eq!(received.mail.from, "reports@contoso.com");
            assert!(received.message_id.ends_with("@contoso.com>"));
        }
    }

    #[test]
    fn the_newest_comes_first_and_the_oldest_makes_way() {
        let inbox = Inbox::default();
        for number in 0..=CAPACITY {
            let mut mail = read(b"", "", &[], "contoso.com").mail;
            mail.subject = number.to_string();
            inbox.add(mail);
        }
        let mails = inbox.list();
        assert_eq!((mails.len(), mails[0].subject.as_str()), (CAPACITY, CAPACITY.to_string().as_str()));
    }
}

//! The test message: says what it proves, who sent it, and carries a reference
//! by which people recognise it.

use jiff::Timestamp;
use lettre::Address;
use lettre::message::{Mailbox, MultiPart};
use uuid::Uuid;

use crate::words;

/// Letters and digits that cannot be taken for one another.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A message ready to send.
#[derive(Debug, Clone)]
pub struct TestMessage {
    /// `Message-ID`, angle brackets included.
    pub message_id: String,
    /// The message, with CRLF line ends.
    pub content: Vec<u8>,
}

/// A new reference, as `K7Q-M4H`.
pub fn reference() -> String {
    let random = Uuid::new_v4();
    let letters: String =
        random.as_bytes().iter().take(6).map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    let (first, second) = letters.split_at(3);
    format!("{first}-{second}")
}

/// Builds the test message from `sender` to `recipients`.
///
/// # Errors
/// When lettre refuses a part of it.
pub fn test_message(
    sender: &Address,
    recipients: &[Address],
    reference: &str,
    now: Timestamp,
) -> Result<TestMessage, lettre::error::Error> {
    let message_id = format!("<{}@{}>", Uuid::new_v4(), sender.domain());
    let sent_at = now.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    let mailbox = sender.to_string();
    let parameters = [("reference", reference), ("mailbox", mailbox.as_str()), ("time", sent_at.as_str())];
    let mut builder = lettre::Message::builder()
        .from(Mailbox::new(Some("Incorta Mail Setup".to_owned()), sender.clone()))
        .subject(words::text("test-message-subject", &parameters))
        .date(std::time::SystemTime::try_from(now).unwrap_or(std::time::UNIX_EPOCH))
        .message_id(Some(message_id.clone()));
    for recipient in recipients {
        builder = builder.to(Mailbox::new(None, recipient.clone()));
    }
    let parts = MultiPart::alternative_plain_html(
        words::text("test-message-text", &parameters),
        words::text("test-message-html", &parameters),
    );
    let message = builder.multipart(parts)?;
    Ok(TestMessage { message_id, content: message.formatted() })
}

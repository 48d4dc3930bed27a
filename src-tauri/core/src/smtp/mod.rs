//! The SMTP dialogue with Exchange Online (RFC 5321, RFC 3207, RFC 4954,
//! XOAUTH2): one line at a time, every reply kept whole, every line in the
//! transcript without its secrets.
//!
//! lettre gives the commands, the reply parser and the message builder. Its
//! connection is not used: a diagnosis needs each stage on its own, the
//! greeting, a 334 challenge, and whatever stood unread before TLS.

mod dialogue;
mod envelope;
mod evidence;
mod message;
#[cfg(any(test, fuzzing))]
pub(crate) mod properties;
mod reply;
mod transcript;
mod wire;
mod xoauth2;

pub use lettre::Address;

pub use dialogue::{Capabilities, ehlo, greeting, quit, starttls};
pub use envelope::Envelope;
pub use evidence::{Exchange, SmtpEvidence, Stop};
pub use message::{TestMessage, reference, test_message};
pub use reply::Reply;
pub use transcript::{Direction, Transcript, TranscriptLine};
pub use wire::Wire;
pub use xoauth2::sign_in;

//! What holds of replies, whatever a server sends.

use std::sync::Arc;

use secrecy::SecretString;
use tokio::time::Instant;

use super::{Reply, Transcript, Wire};
use crate::fuzzing::{SECRET, at_once};
use crate::net::Fault;
use crate::redact::Redactor;
use crate::redact::properties::{assert_all_safe, assert_shows};

/// Every reply in the bytes shows, holds no secret, and is the same when it is
/// written again and read again.
pub fn replies(input: &[u8]) {
    let redactor = Redactor::default();
    redactor.add(&SecretString::from(SECRET));
    let transcript = Arc::new(Transcript::new(Instant::now(), redactor, Arc::new(|_| {})));
    let mut wire = Wire::new(tokio::io::join(input, tokio::io::sink()), Arc::clone(&transcript));
    let fault = at_once(async {
        loop {
            match wire.reply().await {
                Ok(reply) => assert_same_again(&reply, &transcript),
                Err(fault) => break fault,
            }
        }
    });
    assert!(matches!(fault, Fault::Dropped | Fault::Protocol { .. }), "{fault:?}");
    assert_all_safe(&fault, SECRET);
    assert_all_safe(&transcript.lines(), SECRET);
}

fn assert_same_again(reply: &Reply, transcript: &Transcript) {
    assert!((200..600).contains(&reply.code), "{reply:?}");
    assert_all_safe(reply, SECRET);
    assert_shows(&reply.text());
    let last = reply.lines.len() - 1;
    let mark = |index| if index == last { ' ' } else { '-' };
    let lines = reply.lines.iter().enumerate();
    let written: String = lines.map(|(index, line)| format!("{}{}{line}\r\n", reply.code, mark(index))).collect();
    assert_eq!(Reply::parse(&written, |text| transcript.clean(text)).as_ref(), Some(reply));
}

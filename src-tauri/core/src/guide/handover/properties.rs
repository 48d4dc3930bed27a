//! What holds of replies, whatever is pasted and whatever was sealed.

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use uuid::Uuid;

use super::block::{self, LABEL};
use super::key::SEALED_BYTES;
use super::reply;
use super::requests::{Request, Requests};
use crate::document;
use crate::redact::properties::assert_shows;

/// As pasted text, a refusal shows. As what was sealed, with a first byte that
/// chooses what happens to it on its way, the block arrives whole.
pub fn reply_block(input: &[u8]) {
    if let Err(refusal) = block::read(&String::from_utf8_lossy(input)) {
        assert_shows(&refusal.text());
    }
    let (way, contents) = input.split_first().unwrap_or((&0, &[]));
    let mut signed: Vec<u8> = contents.iter().copied().take(16 + SEALED_BYTES).collect();
    signed.resize(16 + SEALED_BYTES, 0);
    let checked = [&signed, &digest(&SHA256, &signed).as_ref()[..8]].concat();
    let arrived = travelled(*way, &block::armoured(LABEL, &checked));
    let block = block::read(&arrived).unwrap_or_else(|refusal| panic!("{refusal:?}: {arrived}"));
    assert_eq!([block.request.as_bytes(), block.sealed.as_slice()].concat(), signed);
}

/// What mail and chat do to a block, one a bit.
fn travelled(way: u8, block: &str) -> String {
    let does = |bit: u8| way & (1 << bit) != 0;
    let mut text = block.to_owned();
    if does(0) {
        text = text.replace("-----", "—");
    }
    if does(1) {
        text = text.lines().map(|line| format!("> {line}\u{200b}\n")).collect();
    }
    if does(2) {
        text = text.replace('\n', "\r\n");
    }
    if does(3) {
        text = text.replace('\n', " ");
    }
    if does(4) {
        text = format!("Hello,\nhere is the reply, from -----BEGIN to -----END:\n\n{text}\nKind regards");
    }
    if does(5) {
        text = format!("```\n{text}```");
    }
    if does(6) {
        text = text.replace("INCORTA MAIL", "incorta\u{a0}mail");
    }
    if does(7) {
        text = text.replace('>', "&gt;").replace(" REPLY", "&nbsp;REPLY");
    }
    text
}

/// What was sealed: a reply that is taken is in order, and the same when it is
/// sealed again; a refusal shows and holds nothing of the secret.
pub fn reply_contents(input: &[u8]) {
    let now = Timestamp::UNIX_EPOCH;
    let mut request = Request::new("a-profile", String::new(), now);
    request.id = Uuid::from_u128(1);
    match reply::read(input, request.clone(), now) {
        Ok(found) => {
            let secret = found.secret.expose_secret();
            assert!(!secret.is_empty() && !secret.contains(char::is_control));
            let again = json!({
                "v": reply::VERSION,
                "r": request.id,
                "t": found.tenant_id,
                "c": found.client_id,
                "o": found.object_id,
                "s": secret,
                "e": found.ends_on.to_string(),
            });
            let again = reply::read(again.to_string().as_bytes(), request, now).expect("it was taken before");
            assert_eq!(again.secret.expose_secret(), secret);
            assert_eq!(
                (again.tenant_id, again.client_id, again.object_id, again.ends_on),
                (found.tenant_id, found.client_id, found.object_id, found.ends_on)
            );
        }
        Err(refusal) => {
            let text = refusal.text();
            assert_shows(&text);
            let json: Option<Value> = serde_json::from_slice(input).ok();
            let secret = json.as_ref().and_then(|json| json.get("s")?.as_str()).filter(|secret| secret.len() >= 16);
            assert!(secret.is_none_or(|secret| !text.contains(secret)), "{text}");
        }
    }
}

/// The file of the requests: what is read is the same when it is written and read
/// again, and a refusal shows.
pub fn requests_file(input: &[u8]) {
    document::properties::file::<Requests>(input);
}

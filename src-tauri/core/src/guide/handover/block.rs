//! The block of text in which a reply travels by mail or chat:
//!
//! ```text
//! -----BEGIN INCORTA MAIL REPLY-----
//! 544 characters of base64 (RFC 4648, section 4) in lines of 64
//! -----END INCORTA MAIL REPLY-----
//! ```
//!
//! Its 408 bytes are the request ID (16, big-endian), the sealed contents (384), and
//! the first 8 bytes of the SHA-256 of both. The request ID stands outside the seal
//! so that a reply that comes again is known when its key is gone, and the checksum
//! tells a block that was damaged on its way from one that is for another key.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

use super::key::SEALED_BYTES;
use super::refusal::{Damage, Refusal};

/// What stands between BEGIN or END and the dashes.
pub(super) const LABEL: &str = "INCORTA MAIL REPLY";

const LINE: usize = 64;
const ID_BYTES: usize = 16;
const CHECKSUM_BYTES: usize = 8;
const CHARACTERS: usize = (ID_BYTES + SEALED_BYTES + CHECKSUM_BYTES) / 3 * 4;

/// A block that arrived whole.
#[derive(Debug)]
pub(super) struct Block {
    /// The request that it says it answers.
    pub(super) request: Uuid,
    /// Its contents, sealed.
    pub(super) sealed: Vec<u8>,
}

/// Finds the first whole block in a text and reads it.
pub(super) fn read(text: &str) -> Result<Block, Refusal> {
    let body = body(text)?;
    if let Some(character) = body.chars().find(|character| !is_base64(*character)) {
        return Err(Refusal::Damaged(Damage::Character { character }));
    }
    if body.len() != CHARACTERS {
        return Err(Refusal::Damaged(Damage::Length { expected: CHARACTERS, found: body.len() }));
    }
    let bytes = STANDARD.decode(&body).map_err(|_| Refusal::Damaged(Damage::Checksum))?;
    let (signed, checksum) = bytes.split_at(ID_BYTES + SEALED_BYTES);
    if digest(&SHA256, signed).as_ref()[..CHECKSUM_BYTES] != *checksum {
        return Err(Refusal::Damaged(Damage::Checksum));
    }
    let (request, sealed) = signed.split_at(ID_BYTES);
    let request = Uuid::from_slice(request).map_err(|_| Refusal::Damaged(Damage::Checksum))?;
    Ok(Block { request, sealed: sealed.to_owned() })
}

/// The characters between the two lines. The lines are known by their words alone:
/// programs for mail turn dashes into others and break lines where they like.
fn body(text: &str) -> Result<String, Refusal> {
    let text = ["&nbsp;", "&#160;", "&gt;"].iter().fold(text.to_owned(), |text, entity| text.replace(entity, " "));
    let text: String = text.chars().filter(|character| !travels_along(*character)).collect();
    let words = text.to_ascii_uppercase();
    let label: String = LABEL.split(' ').collect();
    let (begin, end) = (format!("BEGIN{label}"), format!("END{label}"));
    match (words.find(&end), words.rfind(&begin)) {
        (Some(place), _) => match words[..place].rfind(&begin) {
            Some(begins) => Ok(text[begins + begin.len()..place].to_owned()),
            None => Err(Refusal::Damaged(Damage::FirstLine)),
        },
        (None, Some(_)) => Err(Refusal::Damaged(Damage::LastLine)),
        (None, None) => Err(Refusal::NotReply),
    }
}

/// What mail, chat and quoting put between the characters: space of any width, marks
/// that cannot be seen, dashes of any length, marks of a quotation or of code.
fn travels_along(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '>' | '|' | '`' | '*' | '-' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2060}'
                | '\u{2212}' | '\u{feff}'
        )
}

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '+' | '/')
}

/// Bytes in base64 between a line that begins and a line that ends them (RFC 7468).
pub(super) fn armoured(label: &str, bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    let lines: String =
        encoded.as_bytes().chunks(LINE).map(|line| format!("{}\n", String::from_utf8_lossy(line))).collect();
    format!("-----BEGIN {label}-----\n{lines}-----END {label}-----\n")
}

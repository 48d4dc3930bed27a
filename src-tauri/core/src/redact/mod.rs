//! The one redactor: text passes through it before it reaches a report, a
//! transcript, a log or an error.
//!
//! It knows each secret in every form in which it travels: as typed, URL-encoded
//! (RFC 6749, appendix B), escaped for JSON or HTML, and base64 (RFC 4954), on its
//! own or within a longer text. It does not guess: text that merely looks secret is
//! left alone, so that a report stays useful.

mod base64_runs;
mod spelling;

#[cfg(any(test, fuzzing))]
pub(crate) mod properties;

use std::sync::{Arc, RwLock};

use secrecy::{ExposeSecret, SecretString};

/// Shorter text is no secret of Entra's (34 characters and more), and taking it
/// out would leave holes everywhere.
const SHORTEST: usize = 6;

/// What stands in place of a secret.
pub const REDACTED: &str = "[redacted]";

/// Removes the secrets it was told from any text. Clones share what they know.
#[derive(Clone, Default)]
pub struct Redactor {
    needles: Arc<RwLock<Vec<SecretString>>>,
}

impl Redactor {
    /// Remembers a secret in all the forms in which it may appear. Text of fewer
    /// than six characters is ignored.
    pub fn add(&self, secret: &SecretString) {
        if secret.expose_secret().chars().count() < SHORTEST {
            return;
        }
        let mut needles = self.needles.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        for form in std::iter::once(secret.clone()).chain(base64_runs::of(secret)) {
            if !needles.iter().any(|known| known.expose_secret() == form.expose_secret()) {
                needles.push(form);
            }
        }
    }

    /// The text without any secret this redactor knows.
    pub fn redact(&self, text: &str) -> String {
        let needles = self.needles.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut clean = String::with_capacity(text.len());
        let mut kept = 0;
        let mut hidden = 0;
        for (at, _) in text.char_indices() {
            let found = needles.iter().filter_map(|needle| spelling::length(&text[at..], needle.expose_secret())).max();
            let Some(end) = found.map(|length| at + length) else { continue };
            // A secret that begins within another one lengthens the hole.
            if at >= hidden {
                clean.push_str(&text[kept..at]);
                clean.push_str(REDACTED);
            }
            hidden = hidden.max(end);
            kept = hidden;
        }
        clean.push_str(&text[kept..]);
        clean
    }

    /// Redacts every string inside a JSON value; keys are the program's own.
    pub fn redact_json(&self, value: serde_json::Value) -> serde_json::Value {
        use serde_json::Value;
        match value {
            Value::String(text) => Value::String(self.redact(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.redact_json(item)).collect(),
            Value::Object(entries) => entries.into_iter().map(|(key, item)| (key, self.redact_json(item))).collect(),
            other => other,
        }
    }
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Redactor")
    }
}

/// Server text made safe to show: control characters (terminal escapes among
/// them) become visible as `\u{1b}`; line ends are left to the caller.
pub fn printable(text: &str) -> String {
    text.chars()
        .flat_map(|character| {
            let escape = character.is_control() || is_bidirectional_control(character);
            let escaped = escape.then(|| character.escape_unicode());
            let plain = (!escape).then_some(character);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// The beginning of a text, at most `limit` characters; an ellipsis shows that there is more.
pub fn excerpt(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Marks that reorder text on the screen and could disguise a server's words.
pub(crate) fn is_bidirectional_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;

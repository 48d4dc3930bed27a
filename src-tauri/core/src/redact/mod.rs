//! The one redactor: text passes through it before it reaches a report, a
//! transcript, a log or an error.
//!
//! It knows each secret in every form in which it travels: as typed,
//! URL-encoded (RFC 6749, appendix B), base64 (RFC 4954) and escaped for JSON.
//! It does not guess: text that merely looks secret is left alone, so that a
//! report stays useful.

#[cfg(any(test, fuzzing))]
pub(crate) mod properties;

use std::sync::{Arc, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
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
        let plain = secret.expose_secret();
        if plain.chars().count() < SHORTEST {
            return;
        }
        let mut forms = vec![
            plain.to_owned(),
            url::form_urlencoded::byte_serialize(plain.as_bytes()).collect::<String>(),
            utf8_percent_encode(plain, NON_ALPHANUMERIC).to_string(),
            STANDARD.encode(plain),
            STANDARD_NO_PAD.encode(plain),
            URL_SAFE_NO_PAD.encode(plain),
        ];
        if let Ok(quoted) = serde_json::to_string(plain) {
            forms.push(quoted.trim_matches('"').to_owned());
        }
        // Hexadecimal digits may be written in either case (RFC 3986, section 2.1).
        let lower_case: Vec<String> = forms[1..3].iter().map(|form| lower_case_escapes(form)).collect();
        forms.extend(lower_case);
        let mut needles = self.needles.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        for form in forms {
            if !needles.iter().any(|known| known.expose_secret() == form) {
                needles.push(SecretString::from(form));
            }
        }
        // Longest first, so that no short form leaves the rest of a longer one standing.
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.expose_secret().len()));
    }

    /// The text without any secret this redactor knows.
    pub fn redact(&self, text: &str) -> String {
        let needles = self.needles.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut clean = text.to_owned();
        for needle in needles.iter() {
            if clean.contains(needle.expose_secret()) {
                clean = clean.replace(needle.expose_secret(), REDACTED);
            }
        }
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

/// `%7E` as `%7e`.
fn lower_case_escapes(text: &str) -> String {
    let mut pieces = text.split('%');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |written, piece| {
        let (digits, rest) = piece.split_at(piece.len().min(2));
        format!("{written}%{}{rest}", digits.to_ascii_lowercase())
    })
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
mod tests {
    use super::*;

    #[test]
    fn every_travelling_form_is_removed() {
        let redactor = Redactor::default();
        redactor.add(&SecretString::from("q~8/+ \"x".to_owned()));
        let seen = format!(
            "plain q~8/+ \"x form q%7E8%2F%2B+%22x percent q%7E8%2F%2B%20%22x lower q%7e8%2f%2b%20%22x base64 {} json q~8/+ \\\"x",
            STANDARD.encode("q~8/+ \"x")
        );
        let clean = redactor.redact(&seen);
        assert_eq!(clean.matches(REDACTED).count(), 6, "{clean}");
    }

    #[test]
    fn other_text_is_left_alone() {
        let redactor = Redactor::default();
        redactor.add(&SecretString::from("535".to_owned()));
        assert_eq!(redactor.redact("535 5.7.3 no"), "535 5.7.3 no");
    }

    #[test]
    fn terminal_escapes_become_visible() {
        assert_eq!(printable("\u{1b}[31mred\u{202e}\u{61c}"), "\\u{1b}[31mred\\u{202e}\\u{61c}");
    }
}

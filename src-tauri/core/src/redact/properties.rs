//! What holds of the redactor, whatever the secret and the text; and what the
//! properties of other rooms ask of texts that come from elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;

use super::{REDACTED, Redactor, printable};

/// A first line is a secret, the rest a text in which it stands in every form:
/// nothing of it is left, and a second pass changes nothing.
pub fn redaction(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let (secret, text) = input.split_once('\n').unwrap_or((&input, ""));
    // A secret that is part of what stands in its place cannot be taken out.
    let is_usual =
        secret.chars().count() >= super::SHORTEST && !secret.contains(['[', ']']) && !REDACTED.contains(secret);
    if !is_usual {
        return;
    }
    let redactor = Redactor::default();
    redactor.add(&SecretString::from(secret.to_owned()));
    let forms = [
        secret.to_owned(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
    ];
    let text = forms.iter().fold(text.to_owned(), |text, form| format!("{text}{form}"));
    let clean = redactor.redact(&text);
    for form in forms {
        assert!(!clean.contains(&form), "{form:?} in {clean:?}");
    }
    assert_eq!(redactor.redact(&clean), clean);
}

/// A text holds nothing that a terminal or a page would obey.
pub(crate) fn assert_shows(text: &str) {
    assert_eq!(printable(text), text);
}

/// Every text in what is serialised shows.
pub(crate) fn assert_all_show(what: &impl Serialize) {
    each_text(&serde_json::to_value(what).expect("it can be serialised"), &mut assert_shows);
}

/// Likewise, and none holds a secret.
pub(crate) fn assert_all_safe(what: &impl Serialize, secret: &str) {
    each_text(&serde_json::to_value(what).expect("it can be serialised"), &mut |text| {
        assert_shows(text);
        assert!(!text.contains(secret), "{text:?}");
    });
}

fn each_text(value: &Value, assert: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => assert(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, assert)),
        Value::Object(entries) => entries.values().for_each(|entry| each_text(entry, assert)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

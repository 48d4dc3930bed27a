//! The port as text in memory, and as a number in JSON whenever the text is
//! exactly that number: a draft keeps what was typed, a file reads naturally.

use serde::{Deserialize, Deserializer, Serializer};

pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match text.parse::<u64>() {
        Ok(number) if number.to_string() == text && number <= u64::from(u32::MAX) => serializer.serialize_u64(number),
        _ => serializer.serialize_str(text),
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Port {
        Number(u64),
        Text(String),
    }
    Ok(match Port::deserialize(deserializer)? {
        Port::Number(number) => number.to_string(),
        Port::Text(text) => text,
    })
}

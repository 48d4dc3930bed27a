//! Forgiving paste: what people copy from Entra, Incorta or a script, brought
//! to the fields it fits, with a note of what was changed.
//!
//! A client secret found in a pasted block is handed out separately, so that
//! the caller can store it without showing it.

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::field::Field;
use super::parse::{is_invisible, split_login_host};
use super::{TOKEN_PATH_V1, TOKEN_PATH_V2};
use crate::cloud::Cloud;
use crate::words;

/// A field's new text and why it differs from what was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// Its new text.
    pub value: String,
    /// What was done, for people.
    pub note: String,
}

/// What a paste means.
#[derive(Debug, Default)]
pub struct Interpretation {
    /// Fields to fill. Empty: the text is nothing special and goes in as it is.
    pub changes: Vec<FieldChange>,
    /// A client secret that stood in the pasted block.
    pub secret: Option<SecretString>,
}

/// A value found in a block, by the name that stood before it.
enum Found {
    ClientId(String),
    TenantId(String),
    Secret(String),
    Mailbox(String),
    /// A value of the Email screen under its own name, as in a settings file.
    Setting(Field, String),
}

/// Reads what was pasted into `field`.
pub fn interpret(field: Field, pasted: &str) -> Interpretation {
    if field == Field::SmtpOauthClientSecret {
        // A secret is never part of a change, which the page would see.
        return Interpretation { changes: Vec::new(), secret: Some(clean_secret(pasted)) };
    }
    let found = named_values(pasted);
    if !found.is_empty() {
        return from_block(found);
    }
    let text = clean(pasted);
    let value = match field {
        Field::SmtpOauthTokenEndpoint => endpoint(&text),
        Field::SmtpOauthClientId => Uuid::try_parse(&text).map_or(text, |id| id.to_string()),
        _ => text,
    };
    if value == pasted || value.is_empty() {
        return Interpretation::default();
    }
    let shortened = field == Field::SmtpOauthTokenEndpoint && pasted.contains("://");
    let note = if shortened { "paste-endpoint-shortened" } else { "paste-cleaned" };
    let change = FieldChange { field, value, note: words::text(note, &[]) };
    Interpretation { changes: vec![change], secret: None }
}

/// A pasted client secret without the wrapping that travels with it.
pub fn clean_secret(pasted: &str) -> SecretString {
    match named_values(pasted).into_iter().find_map(|found| match found {
        Found::Secret(value) => Some(value),
        _ => None,
    }) {
        Some(value) => SecretString::from(value),
        None => SecretString::from(clean(pasted)),
    }
}

/// Without surrounding white space and quotes, and without characters that cannot be seen.
fn clean(text: &str) -> String {
    let visible: String = text.chars().filter(|character| !is_invisible(*character)).collect();
    let layers = std::iter::successors(Some(visible.trim()), |text| unquoted(text));
    layers.last().unwrap_or_default().to_owned()
}

/// What stands between one pair of quotes.
fn unquoted(text: &str) -> Option<&str> {
    let pairs = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('<', '>'), ('`', '`')];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.map(str::trim)
}

/// The part after the login host; a bare tenant gets the v2 path, as does
/// the address of the authorize endpoint that stands beside it in Entra.
fn endpoint(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let (host, rest) = split_login_host(text);
    if !host.is_empty() && Cloud::of_login_host(host).is_none_or(|cloud| !cloud.incorta_reaches()) {
        // Another host is the user's to see: validation names it.
        return text.trim().to_owned();
    }
    let relative = rest.trim_matches(|character: char| character == '/' || character.is_whitespace());
    let (tenant, path) = relative.split_once('/').unwrap_or((relative, ""));
    match path {
        "" if Uuid::try_parse(tenant).is_ok() => format!("{tenant}/{TOKEN_PATH_V2}"),
        "oauth2/v2.0/authorize" | "v2.0" | "v2.0/.well-known/openid-configuration" => {
            format!("{tenant}/{TOKEN_PATH_V2}")
        }
        "oauth2/authorize" => format!("{tenant}/{TOKEN_PATH_V1}"),
        _ => relative.to_owned(),
    }
}

fn from_block(found: Vec<Found>) -> Interpretation {
    let mut interpretation = Interpretation::default();
    for value in found {
        let (field, value, note) = match value {
            Found::Secret(secret) => {
                interpretation.secret = Some(SecretString::from(secret));
                continue;
            }
            Found::ClientId(id) => (Field::SmtpOauthClientId, id, "paste-found-client-id"),
            Found::TenantId(id) => {
                (Field::SmtpOauthTokenEndpoint, format!("{id}/{TOKEN_PATH_V2}"), "paste-found-tenant-id")
            }
            Found::Setting(field, value) => (field, value, "paste-found-setting"),
            Found::Mailbox(address) => (Field::SystemEmailAddress, address, "paste-found-mailbox"),
        };
        // An address of the login host alone names no endpoint.
        if !value.is_empty() && !interpretation.changes.iter().any(|change| change.field == field) {
            interpretation.changes.push(FieldChange { field, value, note: words::text(note, &[]) });
        }
    }
    if let Some(secret) = &interpretation.secret {
        // The same text may stand under another name, too; a change would show it.
        interpretation.changes.retain(|change| !change.value.contains(secret.expose_secret()));
    }
    interpretation
}

/// Values that stand behind their names: a JSON object, lines `name: value`, or
/// Entra's overview page, where the value stands on the next line.
fn named_values(text: &str) -> Vec<Found> {
    if let Ok(serde_json::Value::Object(entries)) = serde_json::from_str(text.trim()) {
        return entries
            .iter()
            .filter_map(|(name, value)| {
                let number = value.as_u64().map(|number| number.to_string());
                named_value(name, value.as_str().or(number.as_deref())?)
            })
            .collect();
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        // A next line with a name of its own is no value.
        let next = lines.get(index + 1).filter(|next| !next.contains([':', '='])).copied().unwrap_or_default();
        let (name, value) = match line.split_once([':', '=', '\t']) {
            Some((name, value)) if !value.trim().is_empty() => (name, value),
            Some((name, _)) => (name, next),
            None => (*line, next),
        };
        found.extend(named_value(name, value));
    }
    found
}

fn named_value(name: &str, value: &str) -> Option<Found> {
    let cell = value.trim().split('\t').next().unwrap_or_default();
    let value = Some(clean(cell.trim_end_matches([',', ';']))).filter(|value| !value.is_empty())?;
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
    let id = || Uuid::try_parse(&value).ok().map(|id| id.to_string());
    match name.as_str() {
        "applicationclientid" | "clientid" | "appid" | "applicationid" | "smtpoauthclientid" => {
            id().map(Found::ClientId)
        }
        "directorytenantid" | "tenantid" | "tenant" | "directoryid" => id().map(Found::TenantId),
        // `password` is what the Azure command line calls it.
        "clientsecret" | "secrettext" | "secretvalue" | "smtpoauthclientsecret" | "password" => {
            is_secret(&value).then_some(Found::Secret(value))
        }
        "mailbox" | "sender" | "systememailaddress" => {
            let address = value.rsplit_once('<').map_or(value.as_str(), |(_, address)| address.trim_end_matches('>'));
            address.parse::<lettre::Address>().ok().map(|address| Found::Mailbox(address.to_string()))
        }
        "smtphost" => Some(Found::Setting(Field::SmtpHost, value)),
        "smtpport" | "port" => value.parse::<u16>().ok().map(|_| Found::Setting(Field::SmtpPort, value)),
        "smtpoauthtokenendpoint" => Some(Found::Setting(Field::SmtpOauthTokenEndpoint, endpoint(&value))),
        "smtpoauthscope" => value.contains("://").then_some(Found::Setting(Field::SmtpOauthScope, value)),
        _ => None,
    }
}

/// A value that can be a client secret: neither prose nor a mask.
fn is_secret(value: &str) -> bool {
    let masked = value.chars().all(|character| matches!(character, '*' | '•' | '●' | '.' | 'x' | 'X'));
    !masked && value.len() >= 16 && value.chars().all(|character| character.is_ascii_graphic())
}

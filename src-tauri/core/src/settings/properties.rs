//! What holds of the form and of what is pasted, whatever the text.

use secrecy::ExposeSecret;
use serde_json::Value;

use super::parse::is_invisible;
use super::paste::interpret;
use super::{Context, EmailSettings, Field, IssueSeverity, Settings, parse};
use crate::redact::properties::{assert_all_show, assert_shows};

/// A line for each field. Settings come out exactly when nothing is an error, fit
/// the lines of a protocol, and are the same when they are typed; every issue
/// shows; and one click after another ends.
pub fn form(input: &[u8]) {
    let mut typed = typed(&String::from_utf8_lossy(input));
    let json = serde_json::to_string(&typed).expect("settings can be serialised");
    assert_eq!(EmailSettings::of_json(&json).as_ref(), Ok(&typed));

    let parsed = parse(&typed, &Context::default());
    let has_error = parsed.issues.iter().any(|issue| issue.severity == IssueSeverity::Error);
    assert_eq!(parsed.settings.is_some(), !has_error, "{:?}", parsed.issues);
    assert_all_show(&parsed.issues);
    if let Some(settings) = parsed.settings {
        let fit = [&settings.smtp_host, &settings.mailbox.to_string(), &settings.token_endpoint, &settings.scope];
        assert!(fit.iter().all(|text| !text.contains(|c: char| c.is_whitespace() || c.is_control())), "{fit:?}");
        let again = parse(&written(&settings), &Context::default());
        // The relative endpoint names no cloud.
        let again = again.settings.map(|again| Settings { login_cloud: settings.login_cloud, ..again });
        assert_eq!(again.as_ref(), Some(&settings));
    }
    for _ in Field::ALL {
        apply_suggestions(&mut typed);
    }
    let issues = parse(&typed, &Context::default()).issues;
    assert!(issues.iter().all(|issue| issue.suggestion.is_none()), "{issues:?}");
}

/// A settings file: what is read is the same when it is written and read again,
/// and a refusal shows.
pub fn settings_file(input: &[u8]) {
    match EmailSettings::of_json(&String::from_utf8_lossy(input)) {
        Ok(settings) => {
            let json = serde_json::to_string(&settings).expect("settings can be serialised");
            assert_eq!(EmailSettings::of_json(&json), Ok(settings));
        }
        Err(reason) => assert_shows(&reason),
    }
}

/// A first byte chooses the field, the rest is pasted into it. A secret is never
/// invented and never part of a change; what a change gave is not changed again.
pub fn pasted(input: &[u8]) {
    let (first, text) = input.split_first().unwrap_or((&0, &[]));
    let field = Field::ALL[usize::from(*first) % Field::ALL.len()];
    let text = String::from_utf8_lossy(text);
    let read = interpret(field, &text);
    if let Some(secret) = &read.secret {
        let secret = secret.expose_secret();
        assert!(stands_in(secret, &text), "{secret:?} is not in {text:?}");
        let is_shown = read.changes.iter().any(|change| secret.len() >= 16 && change.value.contains(secret));
        assert!(!is_shown, "{:?}", read.changes);
    }
    for (index, change) in read.changes.iter().enumerate() {
        assert!(!change.value.is_empty() && change.field != Field::SmtpOauthClientSecret, "{change:?}");
        assert!(read.changes[..index].iter().all(|other| other.field != change.field), "{:?}", read.changes);
        // A value that has a name before it once more is read once more, and quotes may stand between an endpoint's slashes.
        let in_layers = change.field == Field::SmtpOauthTokenEndpoint || change.value.contains([':', '=', '\t', '\n']);
        for again in interpret(change.field, &change.value).changes {
            assert!(in_layers && again.value.len() < change.value.len(), "{change:?} becomes {again:?}");
        }
    }
}

/// Whether it stands in a text, without what cannot be seen, or in a value of its JSON.
fn stands_in(secret: &str, text: &str) -> bool {
    let holds = |text: &str| text.chars().filter(|c| !is_invisible(*c)).collect::<String>().contains(secret);
    let json = serde_json::from_str(text.trim()).ok();
    let entries = json.as_ref().and_then(Value::as_object);
    holds(text) || entries.is_some_and(|entries| entries.values().filter_map(Value::as_str).any(holds))
}

fn typed(text: &str) -> EmailSettings {
    let mut lines = text.split('\n').map(str::to_owned);
    let mut line = || lines.next().unwrap_or_default();
    let toggles = line();
    let is_on = |place: usize| toggles.as_bytes().get(place) != Some(&b'0');
    EmailSettings {
        protocol: line(),
        smtp_host: line(),
        smtp_port: line(),
        system_email_address: line(),
        email_host_requires_authentication: is_on(0),
        senders_username_auth: is_on(1),
        smtp_oauth_enabled: is_on(2),
        smtp_oauth_client_id: line(),
        smtp_oauth_token_endpoint: line(),
        smtp_oauth_scope: line(),
    }
}

fn written(settings: &Settings) -> EmailSettings {
    EmailSettings {
        smtp_host: settings.smtp_host.clone(),
        smtp_port: settings.smtp_port.to_string(),
        system_email_address: settings.mailbox.to_string(),
        smtp_oauth_client_id: settings.client_id.to_string(),
        smtp_oauth_token_endpoint: settings.token_endpoint.clone(),
        smtp_oauth_scope: settings.scope.clone(),
        ..EmailSettings::default()
    }
}

/// One click at every issue that offers one.
fn apply_suggestions(settings: &mut EmailSettings) {
    for issue in parse(settings, &Context::default()).issues {
        let Some(suggestion) = issue.suggestion else { continue };
        let is_on = suggestion.value == "true";
        match issue.field {
            Field::Protocol => settings.protocol = suggestion.value,
            Field::SmtpHost => settings.smtp_host = suggestion.value,
            Field::SmtpPort => settings.smtp_port = suggestion.value,
            Field::SystemEmailAddress => settings.system_email_address = suggestion.value,
            Field::EmailHostRequiresAuthentication => settings.email_host_requires_authentication = is_on,
            Field::SendersUsernameAuth => settings.senders_username_auth = is_on,
            Field::SmtpOauthEnabled => settings.smtp_oauth_enabled = is_on,
            Field::SmtpOauthClientId => settings.smtp_oauth_client_id = suggestion.value,
            Field::SmtpOauthClientSecret => {}
            Field::SmtpOauthTokenEndpoint => settings.smtp_oauth_token_endpoint = suggestion.value,
            Field::SmtpOauthScope => settings.smtp_oauth_scope = suggestion.value,
        }
    }
}

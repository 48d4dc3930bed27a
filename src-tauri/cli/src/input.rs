//! What is read: settings, secrets, authorities, names of states. Every fault says where it is, what is
//! wrong, and what to do.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use mail_setup_core::check::parse_recipients;
use mail_setup_core::settings::paste::clean_secret;
use mail_setup_core::settings::{self, Context, EmailSettings, Issue, IssueSeverity};
use mail_setup_core::smtp::Address;
use practice_tenant::TenantState;
use secrecy::{ExposeSecret, SecretString};

use crate::Failure;
use crate::arguments::SecretOptions;

/// The environment variable that may hold the client secret.
pub const SECRET_VARIABLE: &str = "INCORTA_MAIL_CLIENT_SECRET";

/// No settings file, secret or bundle of authorities is larger.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// Recipients as typed.
pub fn recipients(to: &[String]) -> Result<Vec<Address>, Failure> {
    parse_recipients(to.iter().map(String::as_str)).map_err(|error| Failure::usage(format!("--to: {error}")))
}

/// Reads a settings file, without judging its values.
pub fn settings(path: &Path) -> Result<EmailSettings, Failure> {
    let text = text(path, "settings")?;
    EmailSettings::of_json(&text)
        .map_err(|error| Failure::usage(format!("{}: not settings in JSON: {error}", path.display())))
}

/// Refuses settings that no check can start with.
pub fn refuse_errors(name: &str, settings: &EmailSettings) -> Result<(), Failure> {
    let issues = settings::parse(settings, &Context::default()).issues.into_iter();
    let errors: Vec<Issue> = issues.filter(|issue| issue.severity == IssueSeverity::Error).collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Failure::usage(format!("{name}: these settings cannot be checked:{}", lines(&errors))))
    }
}

/// Issues, a line each, indented.
pub fn lines(issues: &[Issue]) -> String {
    issues.iter().map(|issue| format!("\n  {}: {}", issue.field.label(), issue.text)).collect()
}

/// The client secret from a file, standard input or the environment; none when
/// none of them was named or set.
pub fn given_secret(options: &SecretOptions) -> Result<Option<SecretString>, Failure> {
    let raw = if let Some(path) = &options.secret_file {
        SecretString::from(text(path, "client secret")?)
    } else if options.secret_stdin {
        SecretString::from(limited(std::io::stdin(), "standard input")?)
    } else if let Ok(value) = std::env::var(SECRET_VARIABLE) {
        SecretString::from(value)
    } else {
        return Ok(None);
    };
    clean(&raw).map(Some)
}

/// The first line without the wrapping that travels with a pasted secret.
pub fn clean(raw: &SecretString) -> Result<SecretString, Failure> {
    let secret = clean_secret(raw.expose_secret().lines().next().unwrap_or_default());
    if secret.expose_secret().is_empty() { Err(no_secret()) } else { Ok(secret) }
}

/// How to give a secret.
pub fn no_secret() -> Failure {
    Failure::unable(format!(
        "no client secret. Give it by --secret-file FILE, --secret-stdin, or the environment variable {SECRET_VARIABLE}"
    ))
}

/// The state of a practice tenant by its name.
pub fn practice_state(name: &str) -> Result<TenantState, Failure> {
    TenantState::named(name).ok_or_else(|| {
        Failure::usage(format!("practice tenant: no state is called {name}. Choose one of:{}", practice_states()))
    })
}

/// Every state of a practice tenant, a line each.
pub fn practice_states() -> String {
    TenantState::names().iter().map(|(name, description)| format!("\n  {name:<38} {description}")).collect()
}

/// A text file of a sane size; `-` is standard input.
pub fn text(path: &Path, what: &str) -> Result<String, Failure> {
    if path == Path::new("-") {
        return limited(std::io::stdin(), "standard input");
    }
    let file = File::open(path)
        .map_err(|error| Failure::unable(format!("cannot read the {what} file {}: {error}", path.display())))?;
    limited(file, &path.display().to_string())
}

fn limited(source: impl Read, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    source
        .take(SIZE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::unable(format!("cannot read {name}: {error}")))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(Failure::usage(format!("{name} is larger than {SIZE_LIMIT} bytes: this is the wrong file")));
    }
    // The bytes may be a secret: the error must not hold them.
    String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{name} is not text in UTF-8")))
}

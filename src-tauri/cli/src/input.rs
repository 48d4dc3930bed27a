//! What is read before a check: settings, secret, authorities. Every fault says
//! which file, what is wrong, and what to do.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use mail_setup_core::settings::paste::clean_secret;
use mail_setup_core::settings::{self, Context, EmailSettings, IssueSeverity};
use secrecy::{ExposeSecret, SecretString};

use crate::Failure;

/// The environment variable that may hold the client secret.
const SECRET_VARIABLE: &str = "INCORTA_MAIL_CLIENT_SECRET";

/// No settings file, secret or bundle of authorities is larger.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// Reads and judges a settings file.
pub fn settings(path: &Path) -> Result<EmailSettings, Failure> {
    let text = text(path, "settings")?;
    let settings: EmailSettings = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{}: not settings in JSON: {error}", path.display())))?;
    let issues = settings::parse(&settings, &Context::default()).issues;
    let errors: Vec<String> = issues
        .iter()
        .filter(|issue| issue.severity == IssueSeverity::Error)
        .map(|issue| format!("\n  {}: {}", issue.field.label(), issue.text))
        .collect();
    if errors.is_empty() {
        Ok(settings)
    } else {
        Err(Failure::usage(format!("{}: these settings cannot be checked:{}", path.display(), errors.concat())))
    }
}

/// The client secret: from a file, from standard input, or from the environment.
pub fn secret(file: Option<&Path>, from_stdin: bool) -> Result<SecretString, Failure> {
    let raw = if let Some(path) = file {
        SecretString::from(text(path, "client secret")?)
    } else if from_stdin {
        SecretString::from(limited(std::io::stdin(), "standard input")?)
    } else {
        SecretString::from(std::env::var(SECRET_VARIABLE).unwrap_or_default())
    };
    let first_line = raw.expose_secret().lines().next().unwrap_or_default();
    let secret = clean_secret(first_line);
    if secret.expose_secret().is_empty() {
        return Err(Failure::unable(format!(
            "no client secret. Give it by --secret-file FILE, --secret-stdin, or the environment variable {SECRET_VARIABLE}"
        )));
    }
    Ok(secret)
}

/// A text file of a sane size.
pub fn text(path: &Path, what: &str) -> Result<String, Failure> {
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

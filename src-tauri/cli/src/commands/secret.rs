//! `incorta-mail secret`: client secrets in the credential store.

use std::path::Path;

use inquire::{Password, PasswordDisplayMode};
use mail_setup_core::guide::reminder as calendar_reminder;
use mail_setup_core::secrets::SecretStatus;
use mail_setup_core::settings::secret_issues;
use secrecy::{ExposeSecret, SecretString};

use crate::arguments::{SecretCommand, SecretOptions};
use crate::terminal::{self, table};
use crate::{Failure, input, kept, report_file};

/// Sets, forgets or tells of a secret.
pub fn secret(command: &SecretCommand) -> Result<u8, Failure> {
    match command {
        SecretCommand::Set { profile, secret } => set(profile, secret),
        SecretCommand::Forget { profile } => forget(profile),
        SecretCommand::Reminder { profile, output } => reminder(profile, output.as_deref()),
        SecretCommand::Status { profile } => status(profile.as_deref()),
    }
}

fn set(name: &str, options: &SecretOptions) -> Result<u8, Failure> {
    let profile = kept::find(&kept::profiles()?, name)?;
    let secrets = kept::secrets();
    let secret = match input::given_secret(options)? {
        Some(secret) => secret,
        None if terminal::can_ask() => ask(&profile.name)?,
        None => return Err(input::no_secret()),
    };
    for issue in secret_issues(secret.expose_secret()) {
        terminal::err(&format!("warning: {}\n", issue.text));
    }
    let store = secrets.store_name();
    secrets.set(&profile.id, secret).map_err(|error| kept::store_failed(&error, store))?;
    terminal::out(&format!("Stored in {store} for “{}”.\n", profile.name));
    Ok(0)
}

/// The terminal echoes nothing from before the question stands there, so that no secret typed early shows.
fn ask(name: &str) -> Result<SecretString, Failure> {
    let question = format!("Client secret of “{name}” (hidden):");
    let prompt = Password::new(&question).without_confirmation().with_display_mode(PasswordDisplayMode::Hidden);
    let typed = prompt.prompt().map_err(terminal::not_answered)?;
    input::clean(&SecretString::from(typed))
}

fn forget(name: &str) -> Result<u8, Failure> {
    let profile = kept::find(&kept::profiles()?, name)?;
    let secrets = kept::secrets();
    let store = secrets.store_name();
    let status = secrets.forget(&profile.id).map_err(|error| kept::store_failed(&error, store))?;
    if status == SecretStatus::StoreUnavailable {
        return Err(Failure::unable(kept::no_store()));
    }
    terminal::out(&format!("No secret is stored for “{}” any more.\n", profile.name));
    Ok(0)
}

fn reminder(name: &str, output: Option<&Path>) -> Result<u8, Failure> {
    let profile = kept::find(&kept::profiles()?, name)?;
    let last_day = profile.secret_expires_on.as_ref().and_then(|day| day.parse().ok()).ok_or_else(|| {
        let name = &profile.name;
        Failure::usage(format!(
            "it is not known when the secret of “{name}” ends. Note it: \
             incorta-mail profiles edit \"{name}\" --secret-expires-on 2027-05-31"
        ))
    })?;
    let text = calendar_reminder(&profile.id, &profile.name, &profile.settings, last_day);
    match output {
        None => terminal::out(&text),
        Some(path) => report_file::write(path, &text)?,
    }
    Ok(0)
}

fn status(name: Option<&str>) -> Result<u8, Failure> {
    let profiles = kept::profiles()?;
    let asked = match name {
        Some(name) => vec![kept::find(&profiles, name)?],
        None => profiles.list().map_err(kept::failed)?,
    };
    let secrets = kept::secrets();
    let statuses: Vec<_> = asked.into_iter().map(|profile| (secrets.status(&profile.id), profile.name)).collect();
    let rows = statuses.iter().map(|(status, name)| [name.clone(), kept::status_words(*status).to_owned()]);
    terminal::out(&table(["Profile", "Client secret"], rows));
    let code = statuses.iter().map(|(status, _)| match status {
        SecretStatus::Stored | SecretStatus::KeptForThisRun => 0,
        SecretStatus::NotStored => 1,
        SecretStatus::StoreLocked | SecretStatus::Unreadable | SecretStatus::StoreUnavailable => 3,
    });
    Ok(code.max().unwrap_or_default())
}

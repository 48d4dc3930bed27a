//! Profiles and secrets of this user: the same that the window keeps.

use std::path::PathBuf;
use std::sync::{Arc, Once};
use std::time::Duration;

use mail_setup_core::clock::SystemClock;
use mail_setup_core::guide::handover::Handovers;
use mail_setup_core::profiles::{FileError, Profile, ProfileError, Profiles};
use mail_setup_core::secrets::{
    OperatingSystemStore, SecretError, SecretStatus, SecretStore as _, Secrets, WithoutStore,
};
use secrecy::SecretString;

use crate::{Failure, terminal};

/// The kept profiles.
pub fn profiles() -> Result<Profiles, Failure> {
    Ok(Profiles::in_folder(&folder()?, Arc::new(SystemClock)))
}

/// The requests to the Microsoft 365 administrator.
pub fn handovers() -> Result<Handovers, Failure> {
    Ok(Handovers::in_folder(&folder()?, Arc::new(SystemClock)))
}

fn folder() -> Result<PathBuf, Failure> {
    Profiles::default_folder().ok_or_else(|| {
        Failure::unable("this user has no home directory, so there are no profiles: use --settings FILE")
    })
}

/// How long a store is waited for where nobody reads that it is: a job must not stay for ever.
const UNATTENDED: Duration = Duration::from_secs(60);

/// The secrets in the credential store: nothing is kept without one, as memory ends with this run.
pub fn secrets() -> Secrets {
    let store = OperatingSystemStore::telling(tell_waiting);
    let store = if terminal::can_ask() { store } else { store.giving_up_after(UNATTENDED) };
    Secrets::new(Box::new(store), WithoutStore::Refuse)
}

fn tell_waiting() {
    static TOLD: Once = Once::new();
    let store = OperatingSystemStore::default().name();
    let end = if terminal::can_ask() { "Ctrl-C stops" } else { "After a minute this run gives up" };
    TOLD.call_once(|| {
        terminal::err(&format!("Waiting for {store}: it may be asking for its password on the desktop. {end}.\n"));
    });
}

/// What went wrong with profiles, and what to do.
pub fn failed(error: ProfileError) -> Failure {
    match error {
        ProfileError::Name => Failure::usage(error.to_string()),
        ProfileError::NotFound => {
            Failure::usage("this profile was removed meanwhile: see 'incorta-mail profiles list'")
        }
        ProfileError::File(FileError::NotRead { .. }) => {
            Failure::unable(format!("{error}. The file stays as it is; the window sets it aside when it starts"))
        }
        ProfileError::File(_) => Failure::unable(error.to_string()),
    }
}

/// A profile by its name, else by its identifier.
pub fn find(profiles: &Profiles, name: &str) -> Result<Profile, Failure> {
    let all = profiles.list().map_err(failed)?;
    let same = |profile: &&Profile| profile.name == name || profile.id == name;
    let alike = |profile: &&Profile| profile.name.to_lowercase() == name.trim().to_lowercase();
    let found = all.iter().find(same).or_else(|| all.iter().find(alike));
    found.cloned().ok_or_else(|| Failure::usage(format!("there is no profile “{name}”. {}", known(&all))))
}

/// A profile by its name; without one, the profile used last.
pub fn find_or_selected(profiles: &Profiles, name: Option<&str>) -> Result<Profile, Failure> {
    if let Some(name) = name {
        return find(profiles, name);
    }
    let all = profiles.list().map_err(failed)?;
    let selected = profiles.selected().map_err(failed)?;
    let is_selected = |profile: &&Profile| selected.as_ref() == Some(&profile.id);
    let found = all.iter().find(is_selected).or_else(|| all.first().filter(|_| all.len() == 1));
    found.cloned().ok_or_else(|| Failure::usage(format!("which profile? {}", known(&all))))
}

fn known(profiles: &[Profile]) -> String {
    if profiles.is_empty() {
        return "None is kept yet: use --settings FILE, or make one with 'incorta-mail profiles add'".to_owned();
    }
    let names: Vec<String> = profiles.iter().map(|profile| format!("“{}”", profile.name)).collect();
    format!("These are kept: {}", names.join(", "))
}

/// The stored secret of a profile.
pub fn secret(profile: &Profile) -> Result<SecretString, Failure> {
    let secrets = secrets();
    let name = &profile.name;
    let stored = secrets.get(&profile.id).map_err(|error| {
        let Failure { code, text } = store_failed(&error, secrets.store_name());
        // A run that needs the secret has another way to it.
        let or_give = matches!(error, SecretError::Locked | SecretError::Failed(_)).then(|| {
            let variable = crate::input::SECRET_VARIABLE;
            format!(", or give the client secret by --secret-file, --secret-stdin or {variable}")
        });
        Failure { code, text: text + &or_give.unwrap_or_default() }
    })?;
    stored.ok_or_else(|| {
        Failure::unable(format!(
            "no client secret is stored for “{name}”. Store it with 'incorta-mail secret set \"{name}\"', \
             or give it by --secret-file, --secret-stdin or {}",
            crate::input::SECRET_VARIABLE
        ))
    })
}

/// What to do where no store answers.
pub fn no_store() -> String {
    format!(
        "no credential store answers on this computer. Give the client secret to each run by --secret-file, \
         --secret-stdin or {}",
        crate::input::SECRET_VARIABLE
    )
}

/// What went wrong with the store, and what to do.
pub fn store_failed(error: &SecretError, store: &str) -> Failure {
    match error {
        SecretError::Locked => {
            Failure::unable(format!("{store} is locked. Unlock it (on most desktops by signing in), then try again"))
        }
        SecretError::Unavailable => Failure::unable(no_store()),
        SecretError::Unreadable => Failure::unable(format!(
            "{store} holds something else under this profile's name, perhaps another program's. Replace it with \
             'incorta-mail secret set', or remove it with 'incorta-mail secret forget'"
        )),
        SecretError::Empty | SecretError::TooLong => Failure::usage(error.to_string()),
        SecretError::Failed(_) => Failure::unable(format!("{error}. Try again")),
    }
}

/// Where a secret is, in words.
pub fn status_words(status: SecretStatus) -> &'static str {
    match status {
        SecretStatus::Stored | SecretStatus::KeptForThisRun => "stored",
        SecretStatus::NotStored => "not stored",
        SecretStatus::StoreLocked => "the store is locked",
        SecretStatus::Unreadable => "unreadable: set it again",
        SecretStatus::StoreUnavailable => "no store answers",
    }
}

//! Profiles: named settings, kept in one JSON file in the operating system's
//! configuration folder. The client secret is never part of it.
//!
//! Every change reads the file, changes it and writes it back under a lock, and
//! a form is saved field by field, so that the window and the terminal lose
//! nothing of each other's. A file that cannot be read is set aside under
//! another name, never overwritten; one of a newer release is left as it is.

mod merge;
#[cfg(any(test, fuzzing))]
pub(crate) mod properties;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use uuid::Uuid;

use crate::clock::Clock;
use crate::document::{self, DocumentFile};
use crate::settings::{AccessPath, EmailSettings};

pub use crate::document::{FileError, SetAside};
pub use merge::merged;

/// The longest name of a profile, in characters.
pub const NAME_LIMIT: usize = 80;

/// The guide's steps that are done for the values as they are, and to be done again for others: these in Incorta,
/// this secret's predecessor removed.
const STEPS_OF_THESE_VALUES: [&str; 3] = ["copy", "report", "renew-remove"];

/// How long a deletion can be undone at least.
const REMOVED_STAYS: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

/// One set of settings with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Profile {
    /// Stable identifier; also the secret's name in the credential store.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The form as typed.
    pub settings: EmailSettings,
    /// How the application gets its rights.
    #[serde(default)]
    pub access_path: AccessPath,
    /// Last day of the client secret, `YYYY-MM-DD`.
    #[serde(default)]
    pub secret_expires_on: Option<String>,
    /// When the user last said that something was changed in Microsoft 365.
    #[serde(default)]
    pub last_change_at: Option<String>,
    /// The enterprise application, as an administrator's reply named it.
    #[serde(default)]
    pub enterprise_application: Option<EnterpriseApplication>,
    /// The guide's steps that the user ticked as done, by their names.
    #[serde(default)]
    pub ticked_steps: BTreeSet<String>,
    /// RFC 3339 UTC.
    pub created_at: String,
    /// RFC 3339 UTC.
    pub changed_at: String,
    /// When it was deleted, until it is purged; a deletion can be undone before. A time that cannot be
    /// read deletes nothing.
    #[serde(default, deserialize_with = "readable", skip_serializing_if = "Option::is_none")]
    #[ts(skip)]
    pub removed_at: Option<Timestamp>,
    /// What a newer release may have added to it.
    #[serde(flatten)]
    #[ts(skip)]
    pub other: Map<String, Value>,
}

/// The service principal of an application in the tenant, which commands in Exchange Online name by its Object ID.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnterpriseApplication {
    /// The application's client ID: the Object ID stands for this application and for no other.
    pub client_id: String,
    /// Its Object ID.
    pub object_id: String,
}

impl Profile {
    /// Changes something, and takes back the ticks that spoke of other values.
    pub fn change(&mut self, change: impl FnOnce(&mut Self)) {
        let before = (self.settings.clone(), self.secret_expires_on.clone());
        change(self);
        if before != (self.settings.clone(), self.secret_expires_on.clone()) {
            self.ticked_steps.retain(|step| !STEPS_OF_THESE_VALUES.contains(&step.as_str()));
        }
    }
}

/// What the file holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Document {
    version: u32,
    #[serde(default)]
    selected: Option<String>,
    #[serde(default, deserialize_with = "told_apart")]
    profiles: Vec<Profile>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Default for Document {
    fn default() -> Self {
        let version = <Self as document::Document>::VERSION;
        Self { version, selected: None, profiles: Vec::new(), other: Map::new() }
    }
}

impl document::Document for Document {
    const NAME: &'static str = "profiles";
    const VERSION: u32 = 1;
}

/// Why profiles could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// Their file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// No profile has this identifier.
    #[error("no such profile")]
    NotFound,
    /// The name is empty, too long or holds control characters.
    #[error("a profile's name has 1 to {NAME_LIMIT} characters")]
    Name,
}

/// The profiles of one user.
pub struct Profiles {
    file: DocumentFile<Document>,
    clock: Arc<dyn Clock>,
}

impl Profiles {
    /// Profiles in `folder`, which is made when it is missing.
    pub fn in_folder(folder: &Path, clock: Arc<dyn Clock>) -> Self {
        Self { file: DocumentFile::in_folder(folder), clock }
    }

    /// The folder that window and terminal share; `None` where the user has no home.
    pub fn default_folder() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "incorta-mail-setup").map(|folders| folders.config_dir().to_owned())
    }

    /// Sets a file aside that cannot be read, and says so.
    ///
    /// # Errors
    /// When the file can neither be read nor moved.
    pub fn set_aside_if_broken(&self) -> Result<Option<SetAside>, ProfileError> {
        Ok(self.file.set_aside_if_broken(self.clock.now())?)
    }

    /// All profiles, in the order in which they were made.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self) -> Result<Vec<Profile>, ProfileError> {
        Ok(self.file.read()?.profiles.into_iter().filter(|profile| profile.removed_at.is_none()).collect())
    }

    /// The profile used last, if it still exists.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn selected(&self) -> Result<Option<String>, ProfileError> {
        let document = self.file.read()?;
        let exists =
            |id: &String| document.profiles.iter().any(|profile| profile.id == *id && profile.removed_at.is_none());
        Ok(document.selected.clone().filter(exists))
    }

    /// One profile.
    ///
    /// # Errors
    /// When it does not exist or the file cannot be read.
    pub fn get(&self, id: &str) -> Result<Profile, ProfileError> {
        self.list()?.into_iter().find(|profile| profile.id == id).ok_or(ProfileError::NotFound)
    }

    /// Adds a profile. An empty name becomes the sender's domain.
    ///
    /// # Errors
    /// When the name is no name or the file cannot be written.
    pub fn create(
        &self,
        name: &str,
        settings: EmailSettings,
        access_path: AccessPath,
    ) -> Result<Profile, ProfileError> {
        let domain = settings.system_email_address.split('@').nth(1).unwrap_or_default();
        let wanted = [name.trim(), domain.trim(), "Microsoft 365"].into_iter().find(|name| !name.is_empty());
        let wanted = valid_name(wanted.unwrap_or_default())?;
        let now = self.now();
        self.file.change(|document| {
            let profile = Profile {
                id: Uuid::new_v4().to_string(),
                name: free_name(&wanted, &names(document)),
                settings,
                access_path,
                secret_expires_on: None,
                last_change_at: None,
                enterprise_application: None,
                ticked_steps: BTreeSet::new(),
                created_at: now.clone(),
                changed_at: now,
                removed_at: None,
                other: Map::new(),
            };
            document.profiles.push(profile.clone());
            document.selected = Some(profile.id.clone());
            Ok(profile)
        })
    }

    /// Changes one profile and notes when.
    ///
    /// # Errors
    /// When it does not exist or the file cannot be written.
    pub fn update(&self, id: &str, change: impl FnOnce(&mut Profile)) -> Result<Profile, ProfileError> {
        let now = self.now();
        self.file.change(|document| {
            let profile = find(document, id).filter(|profile| profile.removed_at.is_none());
            let profile = profile.ok_or(ProfileError::NotFound)?;
            profile.change(change);
            profile.changed_at = now;
            Ok(profile.clone())
        })
    }

    /// Saves a form that was `base` when it was read and is `wanted` now: only the
    /// fields that differ are written; the others stay as another process may have
    /// changed them meanwhile. Gives the profile as it is kept.
    ///
    /// # Errors
    /// When it does not exist or the file cannot be written.
    pub fn save(&self, id: &str, base: &EmailSettings, wanted: EmailSettings) -> Result<Profile, ProfileError> {
        self.update(id, |profile| profile.settings = merged(base, wanted, profile.settings.clone()))
    }

    /// Gives a profile another name.
    ///
    /// # Errors
    /// When the name is no name, the profile does not exist, or the file cannot be written.
    pub fn rename(&self, id: &str, name: &str) -> Result<Profile, ProfileError> {
        let name = valid_name(name)?;
        let others = self.list()?.into_iter().filter(|profile| profile.id != id).map(|profile| profile.name);
        let name = free_name(&name, &others.collect::<Vec<_>>());
        self.update(id, |profile| profile.name = name)
    }

    /// Copies a profile, without its secret.
    ///
    /// # Errors
    /// As [`Profiles::create`].
    pub fn duplicate(&self, id: &str) -> Result<Profile, ProfileError> {
        let original = self.get(id)?;
        let kept: String = original.name.chars().take(NAME_LIMIT - 5).collect();
        self.create(&format!("{kept} copy"), original.settings, original.access_path)
    }

    /// Notes which profile is in use.
    ///
    /// # Errors
    /// When it does not exist or the file cannot be written.
    pub fn select(&self, id: &str) -> Result<(), ProfileError> {
        self.file.change(|document| {
            find(document, id).filter(|profile| profile.removed_at.is_none()).ok_or(ProfileError::NotFound)?;
            document.selected = Some(id.to_owned());
            Ok(())
        })
    }

    /// Deletes a profile so that it can be restored until it is purged.
    ///
    /// # Errors
    /// When it does not exist or the file cannot be written.
    pub fn remove(&self, id: &str) -> Result<(), ProfileError> {
        let now = self.clock.now();
        self.update(id, |profile| profile.removed_at = Some(now)).map(|_| ())
    }

    /// Deletes a profile for good, at once.
    ///
    /// # Errors
    /// When it does not exist or the file cannot be written.
    pub fn erase(&self, id: &str) -> Result<(), ProfileError> {
        self.file.change(|document| {
            let place = document.profiles.iter().position(|profile| profile.id == id).ok_or(ProfileError::NotFound)?;
            document.profiles.remove(place);
            Ok(())
        })
    }

    /// The time, as profiles note it: RFC 3339 UTC.
    pub fn now(&self) -> String {
        self.clock.now().to_string()
    }

    /// Undoes a deletion.
    ///
    /// # Errors
    /// When it was purged or the file cannot be written.
    pub fn restore(&self, id: &str) -> Result<Profile, ProfileError> {
        self.file.change(|document| {
            let profile = find(document, id).ok_or(ProfileError::NotFound)?;
            profile.removed_at = None;
            Ok(profile.clone())
        })
    }

    /// Forgets profiles for good that were deleted a while ago (another window may
    /// still offer to undo a younger deletion). `forget` is asked first to remove
    /// the profile's secret, and says whether it did: if not, the profile stays
    /// marked for a later call, so that no secret is left without one.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn purge(&self, forget: impl Fn(&str) -> bool) -> Result<(), ProfileError> {
        let now = self.clock.now();
        // The clock was set back since: the time begins anew, lest the profile stay for as long as it was wrong.
        let is_ahead = |profile: &Profile| profile.removed_at.is_some_and(|at| at > now);
        let is_old = |profile: &Profile| profile.removed_at.is_some_and(|at| now.duration_since(at) >= REMOVED_STAYS);
        let kept = self.file.read()?.profiles;
        // Not under the lock: the store may wait for a person.
        let gone = kept.iter().filter(|profile| is_old(profile) && forget(&profile.id));
        let gone: BTreeSet<&String> = gone.map(|profile| &profile.id).collect();
        if gone.is_empty() && !kept.iter().any(is_ahead) {
            return Ok(());
        }
        self.file.change(|document| {
            document.profiles.retain(|profile| !(gone.contains(&profile.id) && is_old(profile)));
            let ahead = document.profiles.iter_mut().filter(|profile| is_ahead(profile));
            ahead.for_each(|profile| profile.removed_at = Some(now));
            Ok(())
        })
    }
}

fn find<'a>(document: &'a mut Document, id: &str) -> Option<&'a mut Profile> {
    document.profiles.iter_mut().find(|profile| profile.id == id)
}

fn valid_name(name: &str) -> Result<String, ProfileError> {
    let name = name.trim();
    let valid = (1..=NAME_LIMIT).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if valid { Ok(name.to_owned()) } else { Err(ProfileError::Name) }
}

/// Names in use; a deleted profile's is free again.
fn names(document: &Document) -> Vec<String> {
    let profiles = document.profiles.iter().filter(|profile| profile.removed_at.is_none());
    profiles.map(|profile| profile.name.clone()).collect()
}

/// The name itself, or with the first number that makes it unlike all others.
fn free_name(wanted: &str, taken: &[String]) -> String {
    let taken = |name: &str| taken.iter().any(|other| other.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{wanted} {number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// A time, or none when it cannot be read.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let kept = Value::deserialize(deserializer)?;
    Ok(kept.as_str().and_then(|text| text.parse().ok()))
}

/// Two profiles of one identifier, as a file put together by hand may hold them, would be changed as one. The later
/// one gets an identifier of its own, the same at each reading until it is written.
fn told_apart<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Profile>, D::Error> {
    let mut profiles = Vec::<Profile>::deserialize(deserializer)?;
    let mut taken: BTreeSet<String> = profiles.iter().map(|profile| profile.id.clone()).collect();
    let mut seen = BTreeSet::new();
    for profile in &mut profiles {
        if !seen.insert(profile.id.clone()) {
            let mut numbered = (2..).map(|number| format!("{}-{number}", profile.id));
            profile.id = numbered.find(|id| taken.insert(id.clone())).unwrap_or_default();
        }
    }
    Ok(profiles)
}

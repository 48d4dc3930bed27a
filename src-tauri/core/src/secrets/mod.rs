//! Client secrets, and the private keys of requests to an administrator, kept in
//! the operating system's credential store: Secret Service, Keychain or Windows
//! Credential Manager. Where no store answers, a program that stays open may keep
//! them in memory for this run, and is told so. There is no fallback to a file.

mod store;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::Serialize;
use ts_rs::TS;

use crate::settings::SECRET_LIMIT;

pub use store::{OperatingSystemStore, SecretStore, StoreError};

/// Where a profile's secret is. All that the window ever learns about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretStatus {
    /// Nowhere.
    NotStored,
    /// In the credential store.
    Stored,
    /// In memory until this run ends, because no store answers or it fails.
    KeptForThisRun,
    /// The store is locked: it may hold one.
    StoreLocked,
    /// The store holds something under this name that is no secret of ours; storing one replaces it.
    Unreadable,
    /// No store answers, or it fails, and none is kept.
    StoreUnavailable,
}

/// What to do with a secret that no store keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutStore {
    /// Hold it in memory: for a program that stays open.
    KeepForThisRun,
    /// Do nothing and say so.
    Refuse,
}

/// Why a secret could not be stored or had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// There is nothing to store.
    #[error("the secret is empty")]
    Empty,
    /// Longer than the smallest store takes.
    #[error("the secret is longer than {SECRET_LIMIT} characters")]
    TooLong,
    /// The store is locked and could not be opened.
    #[error("the credential store is locked")]
    Locked,
    /// No store answers.
    #[error("no credential store answers on this computer")]
    Unavailable,
    /// The store holds something under this name that is no secret of ours.
    #[error("the credential store holds something else under this name")]
    Unreadable,
    /// The store failed. The text never holds the secret.
    #[error("the credential store failed: {0}")]
    Failed(String),
}

impl From<StoreError> for SecretError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable => Self::Unavailable,
            StoreError::Locked => Self::Locked,
            StoreError::Unreadable => Self::Unreadable,
            StoreError::Failed(reason) => Self::Failed(reason),
        }
    }
}

/// The secrets of all profiles, and the keys of requests. Calls may wait for the store, even for a
/// person at its password dialog: call from a thread that may block.
pub struct Secrets {
    store: Box<dyn SecretStore>,
    without_store: WithoutStore,
    this_run: Mutex<HashMap<String, Arc<SecretString>>>,
    keys_of_this_run: Mutex<HashMap<String, SecretSlice<u8>>>,
}

impl Secrets {
    /// Secrets in the given store.
    pub fn new(store: Box<dyn SecretStore>, without_store: WithoutStore) -> Self {
        Self { store, without_store, this_run: Mutex::default(), keys_of_this_run: Mutex::default() }
    }

    /// What the store is called.
    pub fn store_name(&self) -> &'static str {
        self.store.name()
    }

    /// Where the profile's secret is.
    pub fn status(&self, profile: &str) -> SecretStatus {
        if self.held(profile).is_some() {
            return SecretStatus::KeptForThisRun;
        }
        match self.store.get(profile) {
            Ok(Some(_)) => SecretStatus::Stored,
            Ok(None) => SecretStatus::NotStored,
            Err(StoreError::Locked) => SecretStatus::StoreLocked,
            Err(StoreError::Unreadable) => SecretStatus::Unreadable,
            Err(StoreError::Unavailable | StoreError::Failed(_)) => SecretStatus::StoreUnavailable,
        }
    }

    /// Stores a secret in place of an earlier one.
    ///
    /// # Errors
    /// When it is empty or too long, or the store is locked; and, where memory is
    /// not enough, when no store answers or it fails.
    pub fn set(&self, profile: &str, secret: SecretString) -> Result<SecretStatus, SecretError> {
        // Windows counts in units of UTF-16.
        let length = secret.expose_secret().encode_utf16().count();
        if length == 0 {
            return Err(SecretError::Empty);
        }
        if length > SECRET_LIMIT {
            return Err(SecretError::TooLong);
        }
        match self.store.set(profile, &secret) {
            Ok(()) => {
                self.this_run().remove(profile);
                Ok(SecretStatus::Stored)
            }
            Err(error) => {
                self.refuse_unless_memory_is_enough(error)?;
                self.this_run().insert(profile.to_owned(), Arc::new(secret));
                Ok(SecretStatus::KeptForThisRun)
            }
        }
    }

    /// The secret itself, for a check or the clipboard. Where memory is enough, a
    /// missing store is one that holds nothing.
    ///
    /// # Errors
    /// When the store is missing or locked, or fails, or holds something else.
    pub fn get(&self, profile: &str) -> Result<Option<SecretString>, SecretError> {
        if let Some(secret) = self.held(profile) {
            return Ok(Some((*secret).clone()));
        }
        match self.store.get(profile) {
            Err(StoreError::Unavailable) if self.without_store == WithoutStore::KeepForThisRun => Ok(None),
            got => Ok(got?),
        }
    }

    /// Stores a private key in place of an earlier one.
    ///
    /// # Errors
    /// When the store is locked; and, where memory is not enough, when no store
    /// answers or it fails.
    pub fn set_key(&self, entry: &str, key: SecretSlice<u8>) -> Result<SecretStatus, SecretError> {
        match self.store.set_bytes(entry, &key) {
            Ok(()) => {
                self.keys_of_this_run().remove(entry);
                Ok(SecretStatus::Stored)
            }
            Err(error) => {
                self.refuse_unless_memory_is_enough(error)?;
                self.keys_of_this_run().insert(entry.to_owned(), key);
                Ok(SecretStatus::KeptForThisRun)
            }
        }
    }

    /// A private key.
    ///
    /// # Errors
    /// When the store is missing or locked, or fails.
    pub fn key(&self, entry: &str) -> Result<Option<SecretSlice<u8>>, SecretError> {
        if let Some(key) = self.keys_of_this_run().get(entry) {
            return Ok(Some(key.clone()));
        }
        Ok(self.store.get_bytes(entry)?)
    }

    /// Removes the secret or the key everywhere.
    ///
    /// # Errors
    /// When the store is locked or fails.
    pub fn forget(&self, profile: &str) -> Result<SecretStatus, SecretError> {
        self.this_run().remove(profile);
        self.keys_of_this_run().remove(profile);
        match self.store.forget(profile) {
            Ok(()) | Err(StoreError::Unavailable) => Ok(self.status(profile)),
            Err(error) => Err(error.into()),
        }
    }

    /// Only a person opens a locked store; for any other failure memory may be enough.
    fn refuse_unless_memory_is_enough(&self, error: StoreError) -> Result<(), SecretError> {
        match (error, self.without_store) {
            (
                StoreError::Unavailable | StoreError::Unreadable | StoreError::Failed(_),
                WithoutStore::KeepForThisRun,
            ) => Ok(()),
            (error, _) => Err(error.into()),
        }
    }

    fn held(&self, profile: &str) -> Option<Arc<SecretString>> {
        self.this_run().get(profile).cloned()
    }

    fn keys_of_this_run(&self) -> std::sync::MutexGuard<'_, HashMap<String, SecretSlice<u8>>> {
        self.keys_of_this_run.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn this_run(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<SecretString>>> {
        self.this_run.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

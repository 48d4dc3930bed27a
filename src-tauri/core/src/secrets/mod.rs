//! Client secrets, and the private keys of requests to an administrator, kept in the operating system's credential store: Secret
//! Service, Keychain or Windows Credential Manager. Where no store answers, a
//! secret is kept in memory for this run, and the caller is told so. There is
//! no fallback to a file.

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
    /// No store answers, and none is kept.
    StoreUnavailable,
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
    /// The store failed. The text never holds the secret.
    #[error("the credential store failed: {0}")]
    Failed(String),
}

/// The secrets of all profiles, and the keys of requests. Calls may wait for the store, even for a
/// person at its password dialog: call from a thread that may block.
pub struct Secrets {
    store: Box<dyn SecretStore>,
    this_run: Mutex<HashMap<String, Arc<SecretString>>>,
    keys_of_this_run: Mutex<HashMap<String, SecretSlice<u8>>>,
}

impl Secrets {
    /// Secrets in the given store.
    pub fn new(store: Box<dyn SecretStore>) -> Self {
        Self { store, this_run: Mutex::default(), keys_of_this_run: Mutex::default() }
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
            Err(StoreError::Unavailable | StoreError::Failed(_)) => SecretStatus::StoreUnavailable,
        }
    }

    /// Stores a secret in place of an earlier one.
    ///
    /// # Errors
    /// When it is empty or too long, or the store is locked.
    pub fn set(&self, profile: &str, secret: SecretString) -> Result<SecretStatus, SecretError> {
        let length = secret.expose_secret().chars().count();
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
            Err(StoreError::Unavailable | StoreError::Failed(_)) => {
                self.this_run().insert(profile.to_owned(), Arc::new(secret));
                Ok(SecretStatus::KeptForThisRun)
            }
            Err(StoreError::Locked) => Err(SecretError::Locked),
        }
    }

    /// The secret itself, for a check or the clipboard.
    ///
    /// # Errors
    /// When the store is locked or fails.
    pub fn get(&self, profile: &str) -> Result<Option<SecretString>, SecretError> {
        if let Some(secret) = self.held(profile) {
            return Ok(Some((*secret).clone()));
        }
        match self.store.get(profile) {
            Ok(secret) => Ok(secret),
            Err(StoreError::Unavailable) => Ok(None),
            Err(StoreError::Locked) => Err(SecretError::Locked),
            Err(StoreError::Failed(reason)) => Err(SecretError::Failed(reason)),
        }
    }

    /// Stores a private key in place of an earlier one.
    ///
    /// # Errors
    /// When the store is locked.
    pub fn set_key(&self, entry: &str, key: SecretSlice<u8>) -> Result<SecretStatus, SecretError> {
        match self.store.set_bytes(entry, &key) {
            Ok(()) => {
                self.keys_of_this_run().remove(entry);
                Ok(SecretStatus::Stored)
            }
            Err(StoreError::Unavailable | StoreError::Failed(_)) => {
                self.keys_of_this_run().insert(entry.to_owned(), key);
                Ok(SecretStatus::KeptForThisRun)
            }
            Err(StoreError::Locked) => Err(SecretError::Locked),
        }
    }

    /// A private key. Of one that is not there, [`Secrets::status`] tells whether a store answers at all.
    ///
    /// # Errors
    /// When the store is locked or fails.
    pub fn key(&self, entry: &str) -> Result<Option<SecretSlice<u8>>, SecretError> {
        if let Some(key) = self.keys_of_this_run().get(entry) {
            return Ok(Some(key.clone()));
        }
        match self.store.get_bytes(entry) {
            Ok(key) => Ok(key),
            Err(StoreError::Unavailable) => Ok(None),
            Err(StoreError::Locked) => Err(SecretError::Locked),
            Err(StoreError::Failed(reason)) => Err(SecretError::Failed(reason)),
        }
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
            Err(StoreError::Locked) => Err(SecretError::Locked),
            Err(StoreError::Failed(reason)) => Err(SecretError::Failed(reason)),
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

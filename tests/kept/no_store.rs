//! A computer without a credential store.

use mail_setup_core::secrets::{SecretStore, StoreError};
use secrecy::{SecretSlice, SecretString};

pub struct NoStore;

impl SecretStore for NoStore {
    fn name(&self) -> &'static str {
        "no store"
    }

    fn get(&self, _: &str) -> Result<Option<SecretString>, StoreError> {
        Err(StoreError::Unavailable)
    }

    fn set(&self, _: &str, _: &SecretString) -> Result<(), StoreError> {
        Err(StoreError::Unavailable)
    }

    fn get_bytes(&self, _: &str) -> Result<Option<SecretSlice<u8>>, StoreError> {
        Err(StoreError::Unavailable)
    }

    fn set_bytes(&self, _: &str, _: &SecretSlice<u8>) -> Result<(), StoreError> {
        Err(StoreError::Unavailable)
    }

    fn forget(&self, _: &str) -> Result<(), StoreError> {
        Err(StoreError::Unavailable)
    }
}

//! A credential store that answers every call with the same error, as a real one cannot be made to.

use mail_setup_core::secrets::{SecretStore, StoreError};
use secrecy::{SecretSlice, SecretString};

/// Fails in one way, always.
#[derive(Debug)]
pub struct FailingStore(pub StoreError);

impl SecretStore for FailingStore {
    fn name(&self) -> &'static str {
        "a failing store"
    }

    fn get(&self, _: &str) -> Result<Option<SecretString>, StoreError> {
        Err(self.0.clone())
    }

    fn set(&self, _: &str, _: &SecretString) -> Result<(), StoreError> {
        Err(self.0.clone())
    }

    fn get_bytes(&self, _: &str) -> Result<Option<SecretSlice<u8>>, StoreError> {
        Err(self.0.clone())
    }

    fn set_bytes(&self, _: &str, _: &SecretSlice<u8>) -> Result<(), StoreError> {
        Err(self.0.clone())
    }

    fn forget(&self, _: &str) -> Result<(), StoreError> {
        Err(self.0.clone())
    }
}

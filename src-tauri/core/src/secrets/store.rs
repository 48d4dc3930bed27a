//! The operating system's credential store behind a small trait. A store that
//! was missing is looked for again at each call, so that a retry can succeed.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

/// The service name under which secrets are stored: one entry a profile, and one a request to an administrator.
const SERVICE: &str = "incorta-mail-setup";

/// A store that nobody has to open answers sooner.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why the store did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No store answers on this computer.
    Unavailable,
    /// It is locked, or the user did not open it.
    Locked,
    /// What it holds under this name is not of this program: no text, or several entries.
    Unreadable,
    /// Anything else, in words that never hold the secret.
    Failed(String),
}

/// A place for secrets.
pub trait SecretStore: Send + Sync {
    /// What people call it, with its article.
    fn name(&self) -> &'static str;
    /// The secret of a profile.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn get(&self, profile: &str) -> Result<Option<SecretString>, StoreError>;
    /// Stores a secret in place of an earlier one.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn set(&self, profile: &str, secret: &SecretString) -> Result<(), StoreError>;
    /// The bytes of an entry, such as a private key.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn get_bytes(&self, entry: &str) -> Result<Option<SecretSlice<u8>>, StoreError>;
    /// Stores bytes in place of earlier ones: 2,560 at most, which is what Windows holds.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn set_bytes(&self, entry: &str, bytes: &SecretSlice<u8>) -> Result<(), StoreError>;
    /// Removes an entry, whatever it holds; none is no error.
    ///
    /// # Errors
    /// See [`StoreError`].
    fn forget(&self, entry: &str) -> Result<(), StoreError>;
}

type Api = Arc<dyn CredentialStoreApi + Send + Sync>;

/// The store of this operating system. One call at a time: the stores are not
/// made for several at once.
#[derive(Default)]
pub struct OperatingSystemStore {
    opened: Arc<Mutex<Option<Api>>>,
    waiting: Option<Box<dyn Fn() + Send + Sync>>,
    limit: Option<Duration>,
}

impl OperatingSystemStore {
    /// One that calls `waiting` whenever a call takes long: the store may be asking a person for its password.
    pub fn telling(waiting: impl Fn() + Send + Sync + 'static) -> Self {
        let mut store = Self::default();
        store.waiting = Some(Box::new(waiting));
        store
    }

    /// Gives a call up that takes longer: nobody is there who could answer the store.
    #[must_use]
    pub fn giving_up_after(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Works with an entry, on a thread of its own: the stores run event loops
    /// that no thread of an asynchronous runtime may enter, and may fail as they please there.
    fn with_entry<T: Send + 'static>(
        &self,
        name: &str,
        work: impl Fn(&Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (opened, name) = (Arc::clone(&self.opened), name.to_owned());
        let (answer, answered) = mpsc::channel();
        let worker = std::thread::Builder::new().name("credential store".to_owned());
        let started = worker.spawn(move || {
            // Nobody may be waiting any more.
            let _ = answer.send(with_entry_of(&opened, &name, &work));
        });
        started.map_err(|error| StoreError::Failed(error.to_string()))?;
        let ended = match answered.recv_timeout(PATIENCE) {
            Err(RecvTimeoutError::Timeout) => {
                self.waiting.iter().for_each(|tell| tell());
                self.limit.map_or_else(|| Ok(answered.recv()?), |limit| answered.recv_timeout(limit))
            }
            ended => ended,
        };
        ended.unwrap_or_else(|error| {
            Err(StoreError::Failed(match error {
                RecvTimeoutError::Timeout => "it did not answer in time".to_owned(),
                RecvTimeoutError::Disconnected => "it ended unexpectedly".to_owned(),
            }))
        })
    }
}

/// A connection to the store that fails is given up, and one that may be stale is
/// tried once more with a fresh one.
fn with_entry_of<T>(
    opened: &Mutex<Option<Api>>,
    name: &str,
    work: &impl Fn(&Entry) -> Result<T, Error>,
) -> Result<T, StoreError> {
    let mut opened = opened.lock().unwrap_or_else(PoisonError::into_inner);
    let attempt = |store: &Api| {
        let entry = store.build(SERVICE, name, None).map_err(of_error)?;
        work(&entry).map_err(of_error)
    };
    if let Some(store) = opened.as_ref() {
        match attempt(store) {
            Err(StoreError::Unavailable | StoreError::Failed(_)) => *opened = None,
            ended => return ended,
        }
    }
    let store = open().map_err(|_| StoreError::Unavailable)?;
    let ended = attempt(&store);
    if matches!(ended, Ok(_) | Err(StoreError::Locked | StoreError::Unreadable)) {
        *opened = Some(store);
    }
    ended
}

impl Drop for OperatingSystemStore {
    /// A connection is closed where it was used: on a thread outside any asynchronous runtime. One that a call
    /// which was given up still holds stays with it.
    fn drop(&mut self) {
        let Ok(mut opened) = self.opened.try_lock() else { return };
        let opened = opened.take();
        let _ = std::thread::spawn(move || drop(opened)).join();
    }
}

impl SecretStore for OperatingSystemStore {
    fn name(&self) -> &'static str {
        if cfg!(target_os = "macos") {
            "the Keychain"
        } else if cfg!(target_os = "windows") {
            "Windows Credential Manager"
        } else {
            "the system keyring"
        }
    }

    fn get(&self, profile: &str) -> Result<Option<SecretString>, StoreError> {
        self.with_entry(profile, |entry| match entry.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn set(&self, profile: &str, secret: &SecretString) -> Result<(), StoreError> {
        let secret = secret.clone();
        self.with_entry(profile, move |entry| only(entry, |entry| entry.set_password(secret.expose_secret())))
    }

    fn get_bytes(&self, entry: &str) -> Result<Option<SecretSlice<u8>>, StoreError> {
        self.with_entry(entry, |entry| match entry.get_secret() {
            Ok(bytes) => Ok(Some(SecretSlice::from(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn set_bytes(&self, entry: &str, bytes: &SecretSlice<u8>) -> Result<(), StoreError> {
        let bytes = bytes.clone();
        self.with_entry(entry, move |entry| only(entry, |entry| entry.set_secret(bytes.expose_secret())))
    }

    fn forget(&self, entry: &str) -> Result<(), StoreError> {
        self.with_entry(entry, |entry| match only(entry, Entry::delete_credential) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
    }
}

/// Does the work; where other programs made several entries of this name, they go first, and one or none is left.
fn only(entry: &Entry, work: impl Fn(&Entry) -> Result<(), Error>) -> Result<(), Error> {
    match work(entry) {
        Err(Error::Ambiguous(entries)) => {
            entries.iter().try_for_each(Entry::delete_credential)?;
            work(entry)
        }
        ended => ended,
    }
}

#[cfg(target_os = "linux")]
fn open() -> Result<Api, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn open() -> Result<Api, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(target_os = "windows")]
fn open() -> Result<Api, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// The variants that carry stored bytes are told without them.
fn of_error(error: Error) -> StoreError {
    match error {
        Error::NoStorageAccess(_) => StoreError::Locked,
        Error::NoDefaultStore => StoreError::Unavailable,
        Error::PlatformFailure(source) => StoreError::Failed(source.to_string()),
        Error::TooLong(attribute, limit) => StoreError::Failed(format!("{attribute} is longer than {limit}")),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) | Error::Ambiguous(_) => {
            StoreError::Unreadable
        }
        _ => StoreError::Failed("the store does not support this".to_owned()),
    }
}

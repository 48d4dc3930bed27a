//! The system clipboard. Ordinary values stay on it; a secret is kept out of
//! clipboard histories where the system allows it and is taken off again after
//! a while, if it is still there.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::error::CommandError;

/// How long a secret stays.
const SECRET_STAYS: Duration = Duration::from_secs(30);

/// How often, and how long after one another, a busy clipboard is tried.
const ATTEMPTS: u32 = 10;
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// The clipboard of this session. On X11 its content lives as long as this does.
#[derive(Default)]
pub struct Clipboard {
    board: Mutex<Option<arboard::Clipboard>>,
    /// The secret put there last, until it was taken back.
    secret: Mutex<Option<Arc<SecretString>>>,
}

impl Clipboard {
    /// Puts text on the clipboard.
    pub fn copy(&self, text: &str) -> Result<(), CommandError> {
        self.with_board(|board| board.set_text(text))
    }

    /// Puts a secret on the clipboard and takes it back after 30 seconds.
    pub fn copy_secret(self: &Arc<Self>, secret: SecretString) -> Result<(), CommandError> {
        self.with_board(|board| confidential(board.set()).text(secret.expose_secret()))?;
        let copied = Arc::new(secret);
        *lock(&self.secret) = Some(Arc::clone(&copied));
        let clipboard = Arc::clone(self);
        tauri::async_runtime::spawn_blocking(move || {
            std::thread::sleep(SECRET_STAYS);
            for _ in 0..ATTEMPTS {
                // A secret copied again meanwhile has its own time.
                let is_last = lock(&clipboard.secret).as_ref().is_some_and(|last| Arc::ptr_eq(last, &copied));
                if !is_last || clipboard.take_back_secret().is_ok() {
                    return;
                }
                std::thread::sleep(BETWEEN_ATTEMPTS);
            }
        });
        Ok(())
    }

    /// Clears the clipboard if it still holds the secret; an error when it is busy.
    pub fn take_back_secret(&self) -> Result<(), CommandError> {
        let Some(secret) = lock(&self.secret).clone() else { return Ok(()) };
        self.with_board(|board| match board.get_text().map(SecretString::from) {
            Ok(text) if text.expose_secret() == secret.expose_secret() => board.clear(),
            Err(arboard::Error::ClipboardOccupied) => Err(arboard::Error::ClipboardOccupied),
            // Other text, or none: the secret is gone already.
            _ => Ok(()),
        })?;
        lock(&self.secret).take();
        Ok(())
    }

    fn with_board(
        &self,
        work: impl FnOnce(&mut arboard::Clipboard) -> Result<(), arboard::Error>,
    ) -> Result<(), CommandError> {
        let unavailable = |error: arboard::Error| CommandError::ClipboardUnavailable { reason: error.to_string() };
        let mut slot = lock(&self.board);
        let board = match slot.take() {
            Some(board) => board,
            None => arboard::Clipboard::new().map_err(unavailable)?,
        };
        work(slot.insert(board)).map_err(unavailable)
    }
}

#[cfg(target_os = "linux")]
fn confidential(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(target_os = "macos")]
fn confidential(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

#[cfg(target_os = "windows")]
fn confidential(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtWindows::exclude_from_history(set)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

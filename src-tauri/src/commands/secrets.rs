//! Client secrets: in, away, and onto the clipboard; never back to the window.

use std::sync::Arc;

use mail_setup_core::secrets::{SecretStatus, Secrets};
use mail_setup_core::settings::{self, paste};
use secrecy::{ExposeSecret, SecretString};

use super::{Answer, State};
use crate::app_state::blocking;
use crate::error::CommandError;
use crate::requests::SecretStored;

/// Calls the store on a thread that may wait for a person at its password dialog.
async fn with_secrets<T: Send + 'static>(
    state: &State<'_>,
    work: impl FnOnce(&Secrets) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let secrets = Arc::clone(&state.secrets);
    blocking(move || work(&secrets)).await
}

pub(super) async fn store(state: &State<'_>, profile_id: String, secret: SecretString) -> Answer<SecretStatus> {
    with_secrets(state, move |secrets| Ok(secrets.set(&profile_id, secret)?)).await
}

pub(super) async fn load(state: &State<'_>, profile_id: String) -> Answer<SecretString> {
    let secret = with_secrets(state, move |secrets| Ok(secrets.get(&profile_id)?)).await?;
    secret.ok_or(CommandError::SecretNotStored)
}

#[tauri::command]
pub async fn secret_status(state: State<'_>, profile_id: String) -> Answer<SecretStatus> {
    with_secrets(&state, move |secrets| Ok(secrets.status(&profile_id))).await
}

#[tauri::command]
pub async fn secret_store(state: State<'_>, profile_id: String, secret: SecretString) -> Answer<SecretStored> {
    let secret = paste::clean_secret(secret.expose_secret());
    let issues = settings::secret_issues(secret.expose_secret());
    let status = store(&state, profile_id, secret).await?;
    Ok(SecretStored { status, issues })
}

#[tauri::command]
pub async fn secret_forget(state: State<'_>, profile_id: String) -> Answer<SecretStatus> {
    with_secrets(&state, move |secrets| Ok(secrets.forget(&profile_id)?)).await
}

#[tauri::command]
pub async fn secret_copy(state: State<'_>, profile_id: String) -> Answer<()> {
    let secret = load(&state, profile_id).await?;
    let clipboard = Arc::clone(&state.clipboard);
    blocking(move || clipboard.copy_secret(secret)).await
}

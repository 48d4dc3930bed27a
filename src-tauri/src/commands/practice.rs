//! The practice tenant: its switches, its inbox, and the values it hands over.

use std::sync::Arc;

use mail_setup_core::profiles::Profile;
use secrecy::SecretString;

use super::{Answer, State};
use crate::app_state::blocking;
use crate::error::CommandError;
use crate::practice::PROFILE_ID;
use crate::requests::Practice;

#[tauri::command]
pub async fn practice_start(state: State<'_>) -> Answer<Practice> {
    state.with_practice(|room| Ok(room.look())).await
}

#[tauri::command]
pub async fn practice_look(state: State<'_>) -> Answer<Practice> {
    practice_start(state).await
}

#[tauri::command]
pub async fn practice_profile(state: State<'_>) -> Answer<Profile> {
    state.profile(PROFILE_ID).await
}

#[tauri::command]
pub async fn practice_switch(state: State<'_>, id: String, value: String) -> Answer<Practice> {
    let turn = |room: &mut crate::practice::PracticeRoom| {
        let mut turned = Ok(());
        room.tenant.change(|tenant| turned = tenant.set(&id, &value));
        turned.map_err(|error| CommandError::InvalidRequest { reason: error.to_string() })?;
        Ok(room.look())
    };
    state.with_practice(turn).await
}

#[tauri::command]
pub async fn practice_fill(state: State<'_>) -> Answer<Profile> {
    let fill = |room: &mut crate::practice::PracticeRoom| {
        room.fill();
        Ok((room.profile(), SecretString::from(room.tenant.client_secret())))
    };
    let (profile, secret) = state.with_practice(fill).await?;
    super::secrets::store(&state, PROFILE_ID.to_owned(), secret).await?;
    Ok(profile)
}

#[tauri::command]
pub async fn practice_copy_secret(state: State<'_>) -> Answer<()> {
    let secret = state.with_practice(|room| Ok(SecretString::from(room.tenant.client_secret()))).await?;
    let clipboard = Arc::clone(&state.clipboard);
    blocking(move || clipboard.copy_secret(secret)).await
}

//! Profiles. The practice tenant's profile takes changes in memory; it cannot
//! be renamed, copied or deleted.

use std::sync::Arc;

use mail_setup_core::profiles::{Profile, ProfileError, Profiles, merged};
use mail_setup_core::settings::{self, AccessPath, EmailSettings};

use super::{Answer, State};
use crate::app_state::blocking;
use crate::error::CommandError;
use crate::practice::PROFILE_ID;

/// Calls the profiles on a thread that may wait for the disk.
async fn with_profiles<T: Send + 'static>(
    state: &State<'_>,
    work: impl FnOnce(&Profiles) -> Result<T, ProfileError> + Send + 'static,
) -> Answer<T> {
    let profiles = Arc::clone(&state.profiles);
    blocking(move || Ok(work(&profiles)?)).await
}

#[tauri::command]
pub async fn profiles_list(state: State<'_>) -> Answer<Vec<Profile>> {
    with_profiles(&state, Profiles::list).await
}

#[tauri::command]
pub async fn profile_create(state: State<'_>, name: String, address: String) -> Answer<Profile> {
    let settings = EmailSettings { system_email_address: address.trim().to_owned(), ..EmailSettings::default() };
    let issues = settings::sender_issues(&settings);
    if !issues.is_empty() {
        return Err(CommandError::SettingsInvalid { issues });
    }
    with_profiles(&state, move |profiles| profiles.create(&name, settings, AccessPath::default())).await
}

#[tauri::command]
pub async fn profile_rename(state: State<'_>, profile_id: String, name: String) -> Answer<Profile> {
    with_profiles(&state, move |profiles| profiles.rename(&profile_id, &name)).await
}

#[tauri::command]
pub async fn profile_duplicate(state: State<'_>, profile_id: String) -> Answer<Profile> {
    with_profiles(&state, move |profiles| profiles.duplicate(&profile_id)).await
}

#[tauri::command]
pub async fn profile_remove(state: State<'_>, profile_id: String) -> Answer<()> {
    with_profiles(&state, move |profiles| profiles.remove(&profile_id)).await
}

#[tauri::command]
pub async fn profile_restore(state: State<'_>, profile_id: String) -> Answer<Profile> {
    with_profiles(&state, move |profiles| profiles.restore(&profile_id)).await
}

#[tauri::command]
pub async fn profile_select(state: State<'_>, profile_id: String) -> Answer<()> {
    if profile_id == PROFILE_ID {
        return Ok(());
    }
    with_profiles(&state, move |profiles| profiles.select(&profile_id)).await
}

#[tauri::command]
pub async fn profile_save(
    state: State<'_>,
    profile_id: String,
    base: EmailSettings,
    settings: EmailSettings,
) -> Answer<Profile> {
    if profile_id == PROFILE_ID {
        let keep = |room: &mut crate::practice::PracticeRoom| {
            room.settings = merged(&base, settings, room.settings.clone());
            Ok(room.profile())
        };
        return state.with_practice(keep).await;
    }
    with_profiles(&state, move |profiles| profiles.save(&profile_id, &base, settings)).await
}

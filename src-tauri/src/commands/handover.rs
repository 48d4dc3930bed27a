//! What goes to the Microsoft 365 administrator and comes back: scripts, the request with its package, the sealed
//! reply; and the reminder of the secret's end.

use std::sync::Arc;

use mail_setup_core::guide::handover::{Accepted, Asking, NewRequest, Scripts, package, sealing, zipped};
use mail_setup_core::guide::{self, ScriptKind, ScriptRequest};
use mail_setup_core::profiles::Profile;

use super::{Answer, State};
use crate::app_state::{AppState, blocking};
use crate::downloads;
use crate::error::CommandError;
use crate::requests::RequestMade;

/// What the scripts of a profile are about.
fn script_request(profile: &Profile) -> Answer<ScriptRequest> {
    ScriptRequest::of(&profile.name, &profile.settings, profile.access_path)
        .map_err(|issues| CommandError::SettingsInvalid { issues })
}

#[tauri::command]
pub async fn script(state: State<'_>, profile_id: String, kind: ScriptKind) -> Answer<String> {
    Ok(guide::script(kind, &script_request(&state.profile(&profile_id).await?)?))
}

#[tauri::command]
pub async fn script_save(state: State<'_>, profile_id: String, kind: ScriptKind) -> Answer<String> {
    let text = script(state, profile_id, kind).await?;
    let stem = format!("incorta-mail-{}", kind.file_name().trim_end_matches(".ps1"));
    blocking(move || Ok(downloads::save(&stem, "ps1", text.as_bytes())?.display().to_string())).await
}

#[tauri::command]
pub async fn reminder_save(state: State<'_>, profile_id: String) -> Answer<String> {
    let profile = state.profile(&profile_id).await?;
    let last_day = profile.secret_expires_on.as_deref().and_then(|day| day.parse().ok());
    let last_day = last_day.ok_or(CommandError::DateMalformed)?;
    let text = guide::reminder(&profile.id, &profile.name, &profile.settings, last_day);
    let stem = format!("incorta-mail-secret-ends-{last_day}");
    blocking(move || Ok(downloads::save(&stem, "ics", text.as_bytes())?.display().to_string())).await
}

/// Makes a request for a profile and writes its package. `asked_by` names who asks; it may be empty.
#[tauri::command]
pub async fn handover_request(state: State<'_>, profile_id: String, asked_by: String) -> Answer<RequestMade> {
    let profile = state.profile(&profile_id).await?;
    let app = Arc::clone(&state);
    blocking(move || request(&app, &profile, &asked_by)).await
}

fn request(app: &AppState, profile: &Profile, asked_by: &str) -> Answer<RequestMade> {
    let about = script_request(profile)?;
    let made = app.handovers.request(&profile.id, &app.secrets)?;
    let path = write(&made, about, asked_by).inspect_err(|_| {
        // What could not be sent can never be answered; the fault to tell is the first.
        let _ = app.handovers.withdraw(&made.request, &app.secrets);
    })?;
    Ok(RequestMade { path, expires_at: made.request.expires_at.to_string(), key: made.key })
}

fn write(made: &NewRequest, about: ScriptRequest, asked_by: &str) -> Answer<String> {
    let about = ScriptRequest { sealing: Some(sealing(made)), ..about };
    let [setup, verify, undo] = ScriptKind::ALL.map(|kind| guide::script(kind, &about));
    let scripts = Scripts { setup: Some(&setup), verify: Some(&verify), undo: Some(&undo) };
    let asking = Asking { mailbox: about.mailbox.as_ref(), access_path: about.access_path, asked_by };
    let bytes = zipped(&package(made, &asking, &scripts), made.request.made_at)
        .map_err(|error| CommandError::InvalidRequest { reason: error.to_string() })?;
    let stem = made.request.made_at.strftime("incorta-mail-request-%Y%m%d-%H%M").to_string();
    Ok(downloads::save(&stem, "zip", &bytes)?.display().to_string())
}

/// Opens a reply and fills the profile that its request was made for.
#[tauri::command]
pub async fn handover_accept(state: State<'_>, text: String) -> Answer<Accepted> {
    let app = Arc::clone(&state);
    blocking(move || Ok(app.handovers.accept(&text, &app.profiles, &app.secrets)?)).await
}

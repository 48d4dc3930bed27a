//! The form: its start, its rules, paste, discovery, and the way of its values
//! to the clipboard.

use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::cloud::Cloud;
use mail_setup_core::diagnosis::FindingCode;
use mail_setup_core::entra::{LoginHost, TenantDiscovery, discover_tenant as discover};
use mail_setup_core::profiles::SetAside;
use mail_setup_core::report;
use mail_setup_core::settings::{self, CopyRow, EmailSettings, Field, IssueSeverity, paste as forgiving};

use super::{Answer, State};
use crate::app_state::{AppState, blocking};
use crate::links;
use crate::practice::PROFILE_ID;
use crate::requests::{PasteOutcome, Start, StartNotice, Validation};

/// How long discovery may take: it only helps, and nobody waits for it.
const DISCOVERY_LIMIT: Duration = Duration::from_secs(8);

#[tauri::command]
pub async fn start(state: State<'_>) -> Answer<Start> {
    let app = Arc::clone(&state);
    let started = blocking(move || starting(&app)).await?;
    let app = Arc::clone(&state);
    // Nobody waits for it: the store may be asking for its password. What fails now, the next start does.
    tauri::async_runtime::spawn_blocking(move || app.profiles.purge(|id| app.secrets.forget(id).is_ok()));
    Ok(started)
}

fn starting(app: &AppState) -> Answer<Start> {
    let profiles_aside = app.profiles.set_aside_if_broken()?;
    // A file that cannot be reached is told of when a request is made or answered: the rest works without it.
    let requests_aside = app.handovers.set_aside_if_broken().unwrap_or_default();
    let profiles_aside = profiles_aside
        .map(|SetAside { path, reason }| StartNotice::ProfilesSetAside { path: path.display().to_string(), reason });
    let requests_aside = requests_aside
        .map(|SetAside { path, reason }| StartNotice::RequestsSetAside { path: path.display().to_string(), reason });
    Ok(Start {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        fields: settings::definitions(),
        profiles: app.profiles.list()?,
        selected: app.profiles.selected()?,
        secret_store_name: app.secrets.store_name().to_owned(),
        notices: profiles_aside.into_iter().chain(requests_aside).collect(),
        practice_profile_id: PROFILE_ID.to_owned(),
        report_size_limit: report::SIZE_LIMIT,
        failure_codes: FindingCode::ALL.iter().map(|code| code.identifier().to_owned()).collect(),
    })
}

#[tauri::command]
pub fn validate(state: State<'_>, settings: EmailSettings) -> Validation {
    let context = state.context.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let issues = settings::parse(&settings, &context).issues;
    let ready = issues.iter().all(|issue| issue.severity != IssueSeverity::Error);
    Validation { issues, shown: settings::shown(&settings), ready }
}

#[tauri::command]
pub async fn paste(state: State<'_>, profile_id: String, field: Field, text: String) -> Answer<PasteOutcome> {
    // The secret's own box hands its text to `secret_store`; a block may hold a secret anywhere else.
    let read = forgiving::interpret(field, &text);
    let stored = match read.secret {
        Some(secret) => Some(super::secrets::store(&state, profile_id, secret).await),
        None => None,
    };
    let (secret_status, secret_error) = match stored {
        Some(Ok(status)) => (Some(status), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    Ok(PasteOutcome { changes: read.changes, secret_status, secret_error })
}

#[tauri::command]
pub async fn discover_tenant(state: State<'_>, profile_id: String, address: String) -> Answer<TenantDiscovery> {
    let typed = EmailSettings { system_email_address: address, ..EmailSettings::default() };
    let Some(domain) = settings::sender_domain(&typed) else { return Ok(TenantDiscovery::Unreachable) };
    let network = state.network(&profile_id).await?;
    let found = discover(&network, &LoginHost::microsoft(Cloud::Global), &domain, DISCOVERY_LIMIT).await;
    let mut context = state.context.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    context.discovered_tenant = found.tenant();
    Ok(found)
}

#[tauri::command]
pub fn copy_rows(settings: EmailSettings) -> Vec<CopyRow> {
    settings::copy_rows(&settings)
}

#[tauri::command]
pub async fn copy_all(state: State<'_>, settings: EmailSettings) -> Answer<()> {
    copy_text(state, settings::copy_text(&settings)).await
}

#[tauri::command]
pub async fn copy_text(state: State<'_>, text: String) -> Answer<()> {
    let clipboard = Arc::clone(&state.clipboard);
    blocking(move || clipboard.copy(&text)).await
}

#[tauri::command]
pub async fn open_link(url: String) -> Answer<()> {
    blocking(move || links::open(&url)).await
}

//! The check: one at a time, its events streamed while it runs; and the report
//! of a check that ran elsewhere.

use std::sync::Arc;

use mail_setup_core::check::{CheckEvent, Plan, Report, Timeouts, parse_recipients, run};
use mail_setup_core::diagnosis::diagnose;
use mail_setup_core::report;
use mail_setup_core::settings::{self, IssueSeverity};
use tauri::ipc::Channel;

use super::{Answer, State};
use crate::app_state::blocking;
use crate::error::CommandError;
use crate::requests::CheckRequest;

#[tauri::command]
pub async fn check_start(state: State<'_>, request: CheckRequest, events: Channel<CheckEvent>) -> Answer<Report> {
    let running = state.begin_check()?;
    let profile = state.profile(&request.profile_id).await?;
    let context = state.context.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
    let issues = settings::parse(&profile.settings, &context).issues;
    if issues.iter().any(|issue| issue.severity == IssueSeverity::Error) {
        return Err(CommandError::SettingsInvalid { issues });
    }
    let recipients = parse_recipients(request.recipients.iter().map(String::as_str))
        .map_err(|error| CommandError::InvalidRequest { reason: error.to_string() })?;
    // The store may wait for a person at its password dialog: stopping must not.
    let secret = tokio::select! {
        secret = super::secrets::load(&state, request.profile_id.clone()) => secret?,
        () = running.cancel.cancelled() => return Err(CommandError::StoreLocked),
    };
    let plan = Plan {
        profile: profile.name,
        settings: profile.settings,
        depth: request.depth,
        recipients,
        access_path: profile.access_path,
        last_change_at: profile.last_change_at.and_then(|at| at.parse().ok()),
        secret_expires_on: profile.secret_expires_on.and_then(|day| day.parse().ok()),
        login_host: None,
        network: state.network(&request.profile_id).await?,
        timeouts: Timeouts::default(),
        shared: Arc::default(),
    };
    // A window that is gone needs no events; the check ends by itself.
    let listener = Arc::new(move |event| drop(events.send(event)));
    Ok(diagnose(run(plan, secret, state.clock.as_ref(), listener, running.cancel.clone()).await))
}

#[tauri::command]
pub fn check_cancel(state: State<'_>) {
    state.cancel_check();
}

#[tauri::command]
pub async fn report_open(text: String) -> Answer<Report> {
    blocking(move || Ok(report::read(&text)?)).await
}

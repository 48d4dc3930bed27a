//! The check: one at a time, its events streamed while it runs, and repeated until
//! it passes where that was asked for.

use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::check::{self, KEEP_TRYING, Outcome, Plan, Report, Timeouts, parse_recipients, waits};
use mail_setup_core::diagnosis::diagnose;
use mail_setup_core::report::accepted_by;
use mail_setup_core::settings::{self, IssueSeverity};
use secrecy::SecretString;
use tauri::ipc::Channel;
use tauri::{UserAttentionType, WebviewWindow};
use tokio_util::sync::CancellationToken;

use super::{Answer, State};
use crate::app_state::AppState;
use crate::error::CommandError;
use crate::requests::{CheckEnded, CheckNews, CheckRequest, WaitEvent};

#[tauri::command]
pub async fn check_start(
    state: State<'_>,
    window: WebviewWindow,
    request: CheckRequest,
    events: Channel<CheckNews>,
) -> Answer<CheckEnded> {
    let running = state.begin_check()?;
    let plan = plan(&state, &request).await?;
    // The store may wait for a person at its password dialog: stopping must not.
    let secret = tokio::select! {
        secret = super::secrets::load(&state, request.profile_id.clone()) => secret?,
        () = running.cancel.cancelled() => return Err(CommandError::StoreLocked),
    };
    let round = Round { state: &state, plan, secret, events, cancel: &running.cancel };
    let mut report = round.check().await;
    for wait in waits(if request.keep_trying { KEEP_TRYING } else { Duration::ZERO }) {
        if report.outcome != Outcome::Failed || !round.wait(wait, &report).await {
            break;
        }
        report = round.check().await;
    }
    if request.keep_trying && !running.cancel.is_cancelled() {
        // A desktop that cannot point at a window has the message in it all the same.
        let _ = window.request_user_attention(Some(UserAttentionType::Informational));
    }
    Ok(CheckEnded { accepted_by: accepted_by(&report), report })
}

#[tauri::command]
pub fn check_cancel(state: State<'_>) {
    state.cancel_check();
}

/// What was asked for, unless the form holds an error.
async fn plan(state: &State<'_>, request: &CheckRequest) -> Answer<Plan> {
    let profile = state.profile(&request.profile_id).await?;
    let context = state.context.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
    let issues = settings::parse(&profile.settings, &context).issues;
    if issues.iter().any(|issue| issue.severity == IssueSeverity::Error) {
        return Err(CommandError::SettingsInvalid { issues });
    }
    let recipients = parse_recipients(request.recipients.iter().map(String::as_str))
        .map_err(|error| CommandError::InvalidRequest { reason: error.to_string() })?;
    Ok(Plan {
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
    })
}

/// Checks of one plan, one after another.
struct Round<'a> {
    state: &'a AppState,
    plan: Plan,
    secret: SecretString,
    events: Channel<CheckNews>,
    cancel: &'a CancellationToken,
}

impl Round<'_> {
    /// One check. It shares with nobody, so that its token is fresh: an old one lacks
    /// what was granted since.
    async fn check(&self) -> Report {
        let plan = Plan { shared: Arc::default(), ..self.plan.clone() };
        let events = self.events.clone();
        // A window that is gone needs no events; the check ends by itself.
        let listener = Arc::new(move |event| drop(events.send(CheckNews::Check(event))));
        let clock = self.state.clock.as_ref();
        diagnose(check::run(plan, self.secret.clone(), clock, listener, self.cancel.clone()).await)
    }

    /// Tells of the next check and waits for it; false when the user stops it.
    async fn wait(&self, wait: Duration, report: &Report) -> bool {
        let next_check_at = (self.state.clock.now() + wait).to_string();
        let not_yet = WaitEvent::NotYet { report: Box::new(report.clone()), next_check_at };
        // As above.
        let _ = self.events.send(CheckNews::Wait(not_yet));
        tokio::select! {
            () = self.cancel.cancelled() => false,
            () = tokio::time::sleep(wait) => true,
        }
    }
}

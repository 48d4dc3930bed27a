//! Mail from Incorta itself, ordered through its public API.

use std::time::Duration;

use mail_setup_core::incorta::{SendReport, SendReportOutcome};
use secrecy::SecretString;

use super::{Answer, State};
use crate::requests::ReportOrder;

/// Incorta starts a job and answers; it does not wait for the mail.
const LIMIT: Duration = Duration::from_secs(30);

/// Orders a report. The API token is used once and kept nowhere.
#[tauri::command]
pub async fn send_report(
    state: State<'_>,
    profile_id: String,
    order: ReportOrder,
    token: SecretString,
) -> Answer<SendReportOutcome> {
    let report = SendReport::parse(&order.cluster, &order.tenant, &order.dashboard, &order.to)?;
    Ok(report.send(&state.network(&profile_id).await?, &token, LIMIT).await)
}

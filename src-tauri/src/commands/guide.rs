//! The guide: its parts with the profile's values, and what the last check proves of them.

use mail_setup_core::guide::{self, Subject};
use mail_setup_core::report;

use super::{Answer, State};
use crate::app_state::blocking;
use crate::requests::Guide;

/// The guide of a profile. `report` is the last check's, as long as it is about the profile as it is now.
#[tauri::command]
pub async fn guide(state: State<'_>, profile_id: String, report: Option<String>) -> Answer<Guide> {
    let profile = state.profile(&profile_id).await?;
    let today = state.today();
    blocking(move || {
        let report = report.as_deref().map(report::read).transpose()?;
        let subject = Subject { profile: &profile, report: report.as_ref() };
        let parts = guide::guide(subject);
        let (proven, provable) = guide::proven(&parts);
        Ok(Guide { parts, renewal: guide::renewal(subject, today), proven, provable })
    })
    .await
}

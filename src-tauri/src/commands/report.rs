//! Reports: one from a file, and what can be made of one. A report comes back from
//! the page as text and is read as a file is, so that nothing unchecked comes in.

use std::sync::Arc;

use mail_setup_core::check::{Owner, Report};
use mail_setup_core::diagnosis::{FailurePage, explain};
use mail_setup_core::report::{self, Detail};

use super::{Answer, State};
use crate::app_state::blocking;
use crate::error::CommandError;
use crate::report_file;
use crate::requests::ReportFormat;

#[tauri::command]
pub async fn report_open(text: String) -> Answer<Report> {
    blocking(move || Ok(report::read(&text)?)).await
}

#[tauri::command]
pub async fn report_details(text: String) -> Answer<Vec<Detail>> {
    blocking(move || Ok(report::details(&report::read(&text)?))).await
}

#[tauri::command]
pub async fn report_message(state: State<'_>, text: String, owner: Owner) -> Answer<()> {
    let clipboard = Arc::clone(&state.clipboard);
    blocking(move || {
        let nothing = || CommandError::InvalidRequest { reason: format!("nothing for the {}", owner.name()) };
        clipboard.copy(&report::message_for(&report::read(&text)?, owner).ok_or_else(nothing)?)
    })
    .await
}

#[tauri::command]
pub async fn report_save(text: String, format: ReportFormat, mask: bool) -> Answer<String> {
    blocking(move || {
        let mut report = report::read(&text)?;
        if mask {
            report = report::masked(&report).ok_or(CommandError::ReportNotMasked)?;
        }
        Ok(report_file::save(&report, format)?.display().to_string())
    })
    .await
}

#[tauri::command]
pub fn failure_page(code: String) -> Option<FailurePage> {
    explain(&code)
}

//! A report as a file: its text and its name.

use std::path::PathBuf;

use jiff::Timestamp;
use mail_setup_core::check::Report;
use mail_setup_core::report::{html, markdown};

use crate::downloads;
use crate::error::CommandError;
use crate::requests::ReportFormat;

/// Saves a report; gives its path.
pub fn save(report: &Report, format: ReportFormat) -> Result<PathBuf, CommandError> {
    let ending = match format {
        ReportFormat::Html => "html",
        ReportFormat::Markdown => "md",
        ReportFormat::Json => "json",
    };
    downloads::save(&stem_of(report)?, ending, text_of(report, format)?.as_bytes())
}

fn text_of(report: &Report, format: ReportFormat) -> Result<String, CommandError> {
    match format {
        ReportFormat::Html => Ok(html(report)),
        ReportFormat::Markdown => Ok(markdown(report)),
        ReportFormat::Json => serde_json::to_string_pretty(report)
            .map(|text| format!("{text}\n"))
            .map_err(|error| CommandError::InvalidRequest { reason: error.to_string() }),
    }
}

/// The file's name without its ending, by the time of the check in UTC.
fn stem_of(report: &Report) -> Result<String, CommandError> {
    let invalid = |error: jiff::Error| CommandError::InvalidRequest { reason: error.to_string() };
    let at: Timestamp = report.started_at.parse().map_err(invalid)?;
    Ok(at.strftime("incorta-mail-check-%Y%m%d-%H%M").to_string())
}

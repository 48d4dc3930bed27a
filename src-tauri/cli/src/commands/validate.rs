//! `incorta-mail validate`: what is wrong with settings, without any connection.

use mail_setup_core::settings::{self, Context, IssueSeverity};
use serde_json::json;

use crate::arguments::ShowOptions;
use crate::subject::Named;
use crate::terminal::{self, BAD, GOOD, WARNING, styled, wrapped};
use crate::{Failure, report_file};

/// Prints the issues; 2 when one of them stops a check.
pub fn validate(options: &ShowOptions) -> Result<u8, Failure> {
    let named = Named::read(&options.subject)?;
    let issues = settings::parse(&named.settings, &Context::default()).issues;
    let ready = issues.iter().all(|issue| issue.severity != IssueSeverity::Error);
    if options.json {
        terminal::out(&report_file::json(&json!({ "ready": ready, "issues": issues }))?);
    } else {
        for issue in &issues {
            let (style, severity) = match issue.severity {
                IssueSeverity::Error => (BAD, "error"),
                IssueSeverity::Warning => (WARNING, "warning"),
            };
            let plain = format!("{severity:<9}");
            let text = wrapped(&format!("{}: {}", issue.field.label(), issue.text), &plain, &" ".repeat(plain.len()));
            terminal::out(&text.replacen(severity, &styled(style, severity), 1));
        }
        let conclusion = match (ready, issues.is_empty()) {
            (true, true) => styled(GOOD, "The form is complete."),
            (true, false) => styled(WARNING, "A check can start."),
            (false, _) => styled(BAD, "A check cannot start."),
        };
        terminal::out(&format!("{}: {conclusion}\n", named.name));
    }
    Ok(if ready { 0 } else { 2 })
}

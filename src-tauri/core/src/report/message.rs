//! A message to the person who must act: what was tried, what the servers said, and
//! what to do. Made from a report, so it holds no secret and no token.

use crate::check::{Finding, Owner, Report, Severity, Stage, StageEvidence, StageOutcome};
use crate::words;

/// Text to send to `owner`; `None` when no finding is theirs.
pub fn message_for(report: &Report, owner: Owner) -> Option<String> {
    let findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.owner == owner).collect();
    let first = findings.first()?;
    let is_failure = findings.iter().any(|finding| finding.severity == Severity::Error);
    let mailbox = report.settings.system_email_address.trim();
    let time = time_of(report);
    let (subject, opening) = match is_failure {
        true => ("message-subject", "message-failed"),
        false => ("message-subject-warning", "message-warned"),
    };
    let mut paragraphs = vec![
        words::text(subject, &[("title", &first.title)]),
        words::text("message-greeting", &[]),
        words::text(opening, &[("mailbox", mailbox), ("time", &time)]),
    ];
    paragraphs.extend(findings.iter().enumerate().map(|(index, finding)| self::finding(index + 1, finding)));
    paragraphs.push(facts(report, &time));
    paragraphs.push(words::text("message-thanks", &[]));
    paragraphs.push(words::text("message-footer", &[]));
    Some(format!("{}\n", paragraphs.join("\n\n")))
}

fn finding(number: usize, finding: &Finding) -> String {
    let mut text = format!("{number}. {}", super::markdown::title(finding));
    if finding.part > 0 {
        let owner = finding.owner.name();
        let part = words::text("report-part", &[("part", &finding.part.to_string()), ("owner", &owner)]);
        text.push_str(&format!("\n   {part}"));
    }
    text.push_str(&format!("\n   {}", finding.explanation));
    for fix in &finding.fixes {
        text.push_str(&format!("\n   - {}", fix.text));
        for line in fix.command.iter().chain(&fix.url) {
            text.push_str(&format!("\n       {line}"));
        }
    }
    text
}

/// What the person may want to look up: identifiers, times, the servers' own words.
fn facts(report: &Report, time: &str) -> String {
    let settings = &report.settings;
    let mut rows = vec![
        (words::text("message-mailbox", &[]), settings.system_email_address.trim().to_owned()),
        (words::text("message-client-id", &[]), settings.smtp_oauth_client_id.trim().to_owned()),
        (words::text("message-endpoint", &[]), settings.smtp_oauth_token_endpoint.trim().to_owned()),
        (words::text("message-object-id", &[]), object_id(report).unwrap_or_default()),
        (words::text("message-time", &[]), time.to_owned()),
    ];
    let failed = report.stages.iter().filter(|record| record.outcome == StageOutcome::Failed);
    rows.extend(
        failed.map(|record| (words::text("message-stage", &[("stage", &record.stage.name())]), record.summary.clone())),
    );
    let lines = rows.iter().filter(|(_, value)| !value.is_empty());
    let lines: String = lines.map(|(name, value)| format!("\n   {name}: {value}")).collect();
    format!("{}{lines}", words::text("message-facts", &[]))
}

fn object_id(report: &Report) -> Option<String> {
    let record = report.stages.iter().find(|record| record.stage == Stage::Claims)?;
    match &record.evidence {
        StageEvidence::Claims(evidence) => evidence.claims.as_ref()?.object_id.clone(),
        _ => None,
    }
}

/// When the check began, to the second, UTC.
pub(super) fn time_of(report: &Report) -> String {
    let started_at = report.started_at.parse::<jiff::Timestamp>();
    let shown = started_at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string());
    shown.unwrap_or_else(|_| report.started_at.clone())
}

//! From evidence to named causes: pure, driven by tables.
//!
//! [`diagnose`] takes a finished check and gives the report with its findings,
//! most likely first. Matching is on AADSTS numbers, enhanced status codes and
//! short phrases, never on whole sentences. Words come from the catalogue.

mod catalogue;
mod causes;
mod command;
mod facts;
mod fixes;
mod page;
mod rules;

pub(crate) use command::{Command, Values};

pub(crate) use causes::WARNED_BEFORE_END;

pub use catalogue::FindingCode;
pub use page::{FailurePage, catalogue, explain, failures_markdown};

use crate::check::{Outcome, Record, Report, SCHEMA, Severity, StageOutcome};
use crate::redact::Redactor;
use crate::words;
use facts::Facts;

/// The report of a check, with its findings; every text has passed the redactor.
pub fn diagnose(record: Record) -> Report {
    let findings: Vec<_> = causes::causes(&record)
        .into_iter()
        .map(|cause| {
            let (code, facts) = (cause.code, Facts::of(&record, cause.stage));
            let name = code.message();
            let parameters = facts.parameters();
            crate::check::Finding {
                code: code.identifier().to_owned(),
                severity: cause.severity(&record),
                confidence: cause.confidence,
                part: code.part(),
                owner: code.owner(),
                title: words::text(&name, &parameters),
                explanation: words::text(&format!("{name}.explanation"), &parameters),
                fixes: fixes::fixes(code, &facts),
            }
        })
        .collect();
    let report = Report {
        schema: SCHEMA,
        outcome: outcome(&record, findings.iter().map(|finding| finding.severity).min()),
        profile: record.plan.profile,
        started_at: record.started_at.to_string(),
        duration_ms: record.duration_ms,
        depth: record.plan.depth,
        settings: record.plan.settings,
        stages: record.stages,
        findings,
        transcript: record.transcript,
        message_id: record.message_id,
        reference: record.reference,
    };
    redacted(report, &record.redactor)
}

/// The last gate: evidence was redacted where it arose and when its stage ended; here every text of the report passes
/// the redactor once more, which may have learned of the token since.
fn redacted(mut report: Report, redactor: &Redactor) -> Report {
    let clean = |text: &mut String| *text = redactor.redact(text);
    let settings = &mut report.settings;
    for text in [
        &mut report.profile,
        &mut settings.protocol,
        &mut settings.smtp_host,
        &mut settings.smtp_port,
        &mut settings.system_email_address,
        &mut settings.smtp_oauth_client_id,
        &mut settings.smtp_oauth_token_endpoint,
        &mut settings.smtp_oauth_scope,
    ] {
        clean(text);
    }
    report.stages.iter_mut().for_each(|stage| stage.redact(redactor));
    for finding in &mut report.findings {
        clean(&mut finding.title);
        clean(&mut finding.explanation);
        for fix in &mut finding.fixes {
            clean(&mut fix.text);
            fix.command.iter_mut().for_each(clean);
        }
    }
    report.transcript.iter_mut().for_each(|line| clean(&mut line.line));
    report
}

/// What the user asked for decides: a stage beyond the depth is not missed.
fn outcome(record: &Record, worst: Option<Severity>) -> Outcome {
    let wanted = || record.stages.iter().filter(|stage| record.plan.depth.includes(stage.stage));
    let any = |outcome: StageOutcome| wanted().any(|stage| stage.outcome == outcome);
    if any(StageOutcome::Cancelled) {
        return Outcome::Cancelled;
    }
    if any(StageOutcome::Failed) || any(StageOutcome::Skipped) {
        return Outcome::Failed;
    }
    match worst {
        Some(Severity::Error) => Outcome::Failed,
        Some(Severity::Warning) => Outcome::Warned,
        _ if any(StageOutcome::Warned) => Outcome::Warned,
        _ => Outcome::Passed,
    }
}

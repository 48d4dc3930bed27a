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
mod rules;

pub use catalogue::FindingCode;

use crate::check::{Outcome, Record, Report, SCHEMA, Severity, StageOutcome};
use crate::words;
use facts::Facts;

/// The report of a check, with its findings; every text has passed the redactor.
pub fn diagnose(record: Record) -> Report {
    let facts = Facts::of(&record);
    let findings: Vec<_> = causes::causes(&record)
        .into_iter()
        .map(|(code, confidence)| {
            let name = code.message();
            let parameters = facts.parameters();
            crate::check::Finding {
                code: code.identifier().to_owned(),
                severity: causes::severity(code, &record),
                confidence,
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

/// The last gate: evidence was redacted where it arose; here the whole report
/// passes the redactor once more.
fn redacted(report: Report, redactor: &crate::redact::Redactor) -> Report {
    let swept = serde_json::to_value(&report).map(|json| redactor.redact_json(json));
    swept.and_then(serde_json::from_value).unwrap_or(report)
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

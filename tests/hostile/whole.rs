//! What holds of every report, whatever the peers did.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_setup_core::check::{CheckEvent, Outcome, Report, Stage, StageOutcome};
use mail_setup_core::report::{details, html, markdown, message_for, read};
use serde_json::{Number, Value};

use crate::bench::codes;
use crate::cell::Complaints;
use crate::dialogue::{SECRET, TOKEN};
use crate::harmless::{is_obeyed, strings};

/// The longest report in bytes, and the longest conversation in lines: a fraction of what is read back.
const SIZE_LIMIT: usize = 1024 * 1024;
const LINES_LIMIT: usize = 2500;

/// The longest single text, in bytes.
const TEXT_LIMIT: usize = 64 * 1024;

/// The longest check in milliseconds: what one stage may take where the peer is not slow, and several where it is.
const TIME_LIMIT_MS: u64 = 30_000;

/// Complaints about a report that should have failed in this stage, with this finding alone.
pub fn complaints(report: &Report, stage: Stage, code: &str) -> Complaints {
    let mut complaints = harmful(report);
    if report.outcome != Outcome::Failed {
        complaints.push(format!("the outcome is {:?}", report.outcome));
    }
    let failed = stages(report, StageOutcome::Failed);
    // A reset before the first word may overtake the connection itself.
    let overtaken = failed == [Stage::Connect] && (stage, code) == (Stage::Greeting, "connection_dropped");
    if failed != [stage] && !overtaken {
        let summaries = report.stages.iter().filter(|record| failed.contains(&record.stage));
        let summaries: Vec<&str> = summaries.map(|record| record.summary.as_str()).collect();
        complaints.push(format!("expected {stage:?} to fail, it was {failed:?}: {summaries:?}"));
    }
    if codes(report) != [code] {
        complaints.push(format!("expected {code}, found {:?}", codes(report)));
    }
    // Nothing after the failure was reached, on its own lane or behind both.
    let reached = report.stages.iter().filter(|record| record.outcome != StageOutcome::Skipped);
    let beyond = reached.map(|record| record.stage).find(|reached| {
        *reached > stage && (stage > Stage::Claims || !(Stage::Resolve..=Stage::Starttls).contains(reached))
    });
    if let Some(beyond) = beyond {
        complaints.push(format!("{beyond:?} was reached"));
    }
    complaints
}

/// Complaints that any report may give reason for.
pub fn harmful(report: &Report) -> Complaints {
    let mut complaints = Complaints::new();
    let named: Vec<Stage> = report.stages.iter().map(|record| record.stage).collect();
    if named != Stage::ALL {
        complaints.push(format!("the stages are {named:?}"));
    }
    let json = serde_json::to_string(report).unwrap();
    if json.len() > SIZE_LIMIT || report.transcript.len() > LINES_LIMIT {
        complaints.push(format!("{} bytes, {} lines of conversation", json.len(), report.transcript.len()));
    }
    if report.duration_ms > TIME_LIMIT_MS {
        complaints.push(format!("it took {} ms", report.duration_ms));
    }
    match read(&json) {
        Ok(again) if again == *report => {}
        Ok(_) => complaints.push("another report is read back".to_owned()),
        Err(error) => complaints.push(format!("it is not read back: {error}")),
    }
    let value = serde_json::to_value(report).unwrap();
    if let Some(number) = numbers(&value).into_iter().find(|number| !is_exact(number)) {
        complaints.push(format!("the window cannot hold the number {number}"));
    }
    let mut shown = strings(&value);
    shown.extend(details(report).into_iter().flat_map(|detail| [detail.label, detail.value]));
    if let Some(long) = shown.iter().find(|text| text.len() > TEXT_LIMIT) {
        complaints.push(format!("{} bytes are shown of {:?}", long.len(), start(long)));
    }
    // Line ends are the form's own.
    let documents = [markdown(report), html(report)].into_iter();
    let messages = report.findings.iter().filter_map(|finding| message_for(report, finding.owner));
    shown.extend(documents.chain(messages).map(|text| text.replace('\n', " ")));
    complaints.extend(unfit(&shown));
    complaints
}

/// Complaints about what was told while the check ran.
pub fn harmful_events(events: &[CheckEvent]) -> Complaints {
    unfit(&strings(&serde_json::to_value(events).unwrap()))
}

/// Complaints about texts that must not be shown.
fn unfit(shown: &[String]) -> Complaints {
    let mut complaints = Complaints::new();
    for text in shown {
        if text.contains(is_obeyed) {
            complaints.push(format!("a terminal would obey {:?}", start(text)));
        }
        if secrets().iter().any(|secret| text.contains(secret)) {
            complaints.push(format!("a secret stands in {:?}", start(text)));
        }
    }
    complaints
}

/// Every number in a value.
fn numbers(value: &Value) -> Vec<&Number> {
    match value {
        Value::Number(number) => vec![number],
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Object(entries) => entries.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

/// Whether JavaScript reads the number as it is written: it holds integers of 53 bits.
fn is_exact(number: &Number) -> bool {
    number.as_i64().is_some_and(|number| number.unsigned_abs() < 1 << 53)
}

/// The stages that ended so.
pub fn stages(report: &Report, outcome: StageOutcome) -> Vec<Stage> {
    let ended = report.stages.iter().filter(|record| record.outcome == outcome);
    ended.map(|record| record.stage).collect()
}

fn start(text: &str) -> String {
    text.chars().take(100).collect()
}

/// The first half of each: it is as bad as the whole.
fn secrets() -> [String; 4] {
    let response = format!("user=reports@contoso.com\u{1}auth=Bearer {TOKEN}\u{1}\u{1}");
    let forms = [SECRET.to_owned(), TOKEN.to_owned(), STANDARD.encode(TOKEN), STANDARD.encode(response)];
    forms.map(|form| form[..form.len() / 2].to_owned())
}

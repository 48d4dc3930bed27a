//! A report read back from a file. The file comes from somewhere else and is
//! trusted with nothing: its size and counts are bounded, every text is made
//! safe to show, and a link that the product does not open is not offered.
//!
//! Whatever a release of the same schema may add is passed over: fields,
//! finding codes, kinds of evidence. Anything else that does not fit is refused
//! with its place, never guessed at.

#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::check::{Finding, Report, SCHEMA, StageEvidence, StageRecord};
use crate::links;
use crate::redact::printable;
use crate::settings::EmailSettings;
use crate::smtp::TranscriptLine;
use crate::words;

/// The largest file read, in bytes. A usual report has some twenty thousand.
pub const SIZE_LIMIT: usize = 4 * 1024 * 1024;

/// The longest single text, in bytes: many times what a server says at once.
const TEXT_LIMIT: usize = 64 * 1024;

/// How many entries of each list are read: far beyond what a check leaves, and
/// few enough for the window to draw.
const STAGES_LIMIT: usize = 32;
const FINDINGS_LIMIT: usize = 100;
const FIXES_LIMIT: usize = 16;
const TRANSCRIPT_LIMIT: usize = 5000;

/// The longest time, in milliseconds: a day.
const TIME_LIMIT: u64 = 24 * 60 * 60 * 1000;

/// Why a text is not read as a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is longer than a report may be.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// It is not JSON.
    #[error("not JSON: line {line}, column {column}")]
    NotJson {
        /// Where it stops being JSON; the first line is 1.
        line: usize,
        /// In that line; the first character is 1.
        column: usize,
    },
    /// It is JSON, but not a report.
    #[error("not a report: {place}: {reason}")]
    Malformed {
        /// The part in question: `schema`, `findings[0]`.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It was written by a release with a newer schema.
    #[error("schema {schema} is newer than this release reads")]
    Newer {
        /// The report's schema.
        schema: u64,
    },
}

/// Reads a report of schema 1.
///
/// # Errors
/// [`ReadError`], when the text is no report that this release can show.
pub fn read(text: &str) -> Result<Report, ReadError> {
    if text.len() > SIZE_LIMIT {
        return Err(ReadError::TooLarge { limit: SIZE_LIMIT });
    }
    let value: Value = serde_json::from_str(text)
        .map_err(|error| ReadError::NotJson { line: error.line(), column: error.column() })?;
    let Value::Object(mut whole) = value else { return Err(malformed("schema", "report-part-missing")) };
    match whole.get("schema").map(Value::as_u64) {
        None => return Err(malformed("schema", "report-part-missing")),
        Some(Some(schema)) if schema == u64::from(SCHEMA) => {}
        Some(Some(schema)) if schema > u64::from(SCHEMA) => return Err(ReadError::Newer { schema }),
        Some(_) => return Err(malformed("schema", "report-schema-unknown")),
    }
    let stages = list(&mut whole, "stages", STAGES_LIMIT, stage)?;
    let findings = list(&mut whole, "findings", FINDINGS_LIMIT, finding)?;
    let transcript = list(&mut whole, "transcript", TRANSCRIPT_LIMIT, line)?;
    let settings = whole.insert("settings".to_owned(), json!({}));
    let settings = settings.map(known_settings).ok_or_else(|| malformed("settings", "report-part-missing"))?;
    let report: Report = part("report", Value::Object(whole))?;
    if report.started_at.parse::<jiff::Timestamp>().is_err() {
        return Err(malformed("started_at", "report-time-malformed"));
    }
    time("duration_ms", report.duration_ms)?;
    Ok(Report { settings: part("settings", settings)?, stages, findings, transcript, ..report })
}

fn malformed(place: &str, message: &str) -> ReadError {
    ReadError::Malformed { place: place.to_owned(), reason: words::text(message, &[]) }
}

/// One part of the report, its texts made safe to show before anything else sees them.
fn part<T: DeserializeOwned>(place: &str, mut value: Value) -> Result<T, ReadError> {
    make_printable(place, &mut value)?;
    serde_json::from_value(value)
        .map_err(|error| ReadError::Malformed { place: place.to_owned(), reason: error.to_string() })
}

fn make_printable(place: &str, value: &mut Value) -> Result<(), ReadError> {
    match value {
        Value::String(text) if text.len() > TEXT_LIMIT => Err(malformed(place, "report-text-too-long")),
        Value::String(text) => {
            *text = printable(text);
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| make_printable(place, item)),
        Value::Object(entries) => entries.values_mut().try_for_each(|entry| make_printable(place, entry)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// Takes a list out of the report, so that each entry can be read, and named, by itself.
fn list<T>(
    whole: &mut Map<String, Value>,
    name: &str,
    limit: usize,
    read: impl Fn(&str, Value) -> Result<T, ReadError>,
) -> Result<Vec<T>, ReadError> {
    match whole.insert(name.to_owned(), json!([])) {
        Some(Value::Array(entries)) if entries.len() > limit => Err(malformed(name, "report-list-too-long")),
        Some(Value::Array(entries)) => {
            let entries = entries.into_iter().enumerate();
            entries.map(|(index, entry)| read(&format!("{name}[{index}]"), entry)).collect()
        }
        Some(_) => Err(malformed(name, "report-list-malformed")),
        None => Err(malformed(name, "report-part-missing")),
    }
}

/// A stage; evidence of an unknown kind is left out.
fn stage(place: &str, mut value: Value) -> Result<StageRecord, ReadError> {
    let evidence = value.as_object_mut().and_then(|stage| stage.insert("evidence".to_owned(), json!({"kind": "none"})));
    let mut record: StageRecord = part(place, value)?;
    time(place, record.start_ms)?;
    time(place, record.duration_ms)?;
    record.evidence = evidence.and_then(|evidence| part(place, evidence).ok()).unwrap_or(StageEvidence::None);
    Ok(record)
}

/// A finding; a link that the product does not open is left out.
fn finding(place: &str, value: Value) -> Result<Finding, ReadError> {
    let mut finding: Finding = part(place, value)?;
    if finding.fixes.len() > FIXES_LIMIT {
        return Err(malformed(place, "report-list-too-long"));
    }
    for fix in &mut finding.fixes {
        fix.url.take_if(|url| links::allowed(url).is_none());
    }
    Ok(finding)
}

fn line(place: &str, value: Value) -> Result<TranscriptLine, ReadError> {
    let line: TranscriptLine = part(place, value)?;
    time(place, line.at_ms)?;
    Ok(line)
}

fn time(place: &str, milliseconds: u64) -> Result<(), ReadError> {
    if milliseconds > TIME_LIMIT { Err(malformed(place, "report-time-malformed")) } else { Ok(()) }
}

/// The settings without fields that this release does not know; a settings file
/// with such fields is refused, but a report only tells what was.
fn known_settings(mut settings: Value) -> Value {
    let known = serde_json::to_value(EmailSettings::default()).unwrap_or_default();
    if let Value::Object(entries) = &mut settings {
        entries.retain(|name, _| known.get(name).is_some());
    }
    settings
}

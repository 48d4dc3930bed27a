//! What is read, what is refused and where, and that no text brings it down.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::check::Outcome;

fn sample() -> Value {
    json!({
        "schema": 1,
        "outcome": "failed",
        "profile": "Production",
        "started_at": "2026-11-23T09:14:00.25Z",
        "duration_ms": 914,
        "depth": "message",
        "settings": { "smtp_port": 587, "system_email_address": "reports@contoso.com" },
        "stages": [{
            "stage": "message",
            "outcome": "failed",
            "start_ms": 500,
            "duration_ms": 414,
            "summary": "430 4.2.0 STOREDRV",
            "evidence": { "kind": "settings", "issues": ["none"] },
        }],
        "findings": [{
            "code": "full_access_missing",
            "severity": "error",
            "confidence": "likely",
            "part": 4,
            "owner": "exchange_admin",
            "title": "The application may not open the mailbox",
            "explanation": "It lacks FullAccess.",
            "fixes": [{
                "kind": "powershell",
                "text": "Grant it.",
                "command": "Add-MailboxPermission",
                "url": "https://learn.microsoft.com/exchange",
            }],
        }],
        "transcript": [{ "at_ms": 54, "direction": "sent", "line": "EHLO contoso" }],
        "message_id": null,
        "reference": null,
    })
}

/// The sample with the value at a JSON pointer replaced.
fn with(pointer: &str, value: Value) -> String {
    let mut report = sample();
    *report.pointer_mut(pointer).unwrap() = value;
    report.to_string()
}

fn place_of(text: &str) -> String {
    match read(text) {
        Err(ReadError::Malformed { place, reason }) => {
            assert!(!reason.is_empty() && !reason.starts_with("report-"), "{reason}");
            place
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_is_read_whole() {
    let report = read(&sample().to_string()).unwrap();
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(report.settings.system_email_address, "reports@contoso.com");
    assert!(matches!(report.stages[0].evidence, StageEvidence::Settings(_)));
    assert_eq!(report.findings[0].fixes[0].url.as_deref(), Some("https://learn.microsoft.com/exchange"));
    assert_eq!(report.transcript[0].line, "EHLO contoso");
}

#[test]
fn what_a_later_release_may_add_is_passed_over() {
    let mut report = sample();
    report["added"] = json!({ "any": ["thing"] });
    report["settings"]["added"] = json!(true);
    report["stages"][0]["added"] = json!(1);
    report["stages"][0]["evidence"] = json!({ "kind": "added", "what": "ever" });
    report["findings"][0]["code"] = json!("added_in_a_later_release");
    report["findings"][0]["fixes"][0]["added"] = json!(null);
    report["transcript"][0]["added"] = json!(2);
    let report = read(&report.to_string()).unwrap();
    assert_eq!(report.findings[0].code, "added_in_a_later_release");
    assert_eq!(report.stages[0].evidence, StageEvidence::None);
    assert_eq!(report.settings.smtp_port, "587");
}

#[test]
fn text_that_is_not_json_is_told_with_its_place() {
    assert_eq!(read("{\n  \"schema\": 1,\n  oops").unwrap_err(), ReadError::NotJson { line: 3, column: 3 });
    assert!(matches!(read("").unwrap_err(), ReadError::NotJson { line: 1, .. }));
}

#[test]
fn a_newer_schema_is_told_as_such_whatever_else_is_in_it() {
    assert_eq!(read(r#"{"schema": 2, "stages": 7}"#).unwrap_err(), ReadError::Newer { schema: 2 });
}

#[test]
fn json_that_is_no_report_is_told_with_the_part_that_does_not_fit() {
    for text in ["[]", "{}", "null", r#"{"schema": "1"}"#, r#"{"schema": 0}"#, r#"{"schema": -1}"#] {
        assert_eq!(place_of(text), "schema", "{text}");
    }
    for name in ["stages", "findings", "transcript", "settings"] {
        let mut report = sample();
        report.as_object_mut().unwrap().remove(name);
        assert_eq!(place_of(&report.to_string()), name);
        assert_eq!(place_of(&with(&format!("/{name}"), json!("text"))), name);
    }
    let day_and_more = json!(TIME_LIMIT + 1);
    for (pointer, value, place) in [
        ("/outcome", json!("splendid"), "report"),
        ("/started_at", json!("yesterday"), "started_at"),
        ("/duration_ms", day_and_more.clone(), "duration_ms"),
        ("/stages/0/stage", json!("added"), "stages[0]"),
        ("/stages/0/duration_ms", day_and_more.clone(), "stages[0]"),
        ("/stages/0", json!(7), "stages[0]"),
        ("/findings/0/owner", json!(null), "findings[0]"),
        ("/transcript/0/at_ms", day_and_more, "transcript[0]"),
    ] {
        assert_eq!(place_of(&with(pointer, value)), place, "{pointer}");
    }
}

#[test]
fn what_would_burden_the_window_is_refused() {
    assert_eq!(read(&" ".repeat(SIZE_LIMIT + 1)).unwrap_err(), ReadError::TooLarge { limit: SIZE_LIMIT });
    let one_of = |pointer: &str| sample().pointer(pointer).unwrap().clone();
    let many = |pointer: &str, count: usize| json!(vec![one_of(pointer); count]);
    assert_eq!(place_of(&with("/stages", many("/stages/0", STAGES_LIMIT + 1))), "stages");
    assert_eq!(place_of(&with("/findings", many("/findings/0", FINDINGS_LIMIT + 1))), "findings");
    assert_eq!(place_of(&with("/findings/0/fixes", many("/findings/0/fixes/0", FIXES_LIMIT + 1))), "findings[0]");
    assert_eq!(place_of(&with("/transcript", many("/transcript/0", TRANSCRIPT_LIMIT + 1))), "transcript");
    assert_eq!(place_of(&with("/findings/0/title", json!("x".repeat(TEXT_LIMIT + 1)))), "findings[0]");
    assert!(read(&with("/transcript", many("/transcript/0", TRANSCRIPT_LIMIT))).is_ok());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(read(&deep).unwrap_err(), ReadError::NotJson { .. }));
}

#[test]
fn hostile_text_is_made_visible() {
    let command = "Get-Mailbox\nRemove-Mailbox";
    let report = read(&with("/findings/0/fixes/0/command", json!(command))).unwrap();
    assert_eq!(report.findings[0].fixes[0].command.as_deref(), Some("Get-Mailbox\\u{a}Remove-Mailbox"));
    let report = read(&with("/profile", json!("\u{202e}drowssap\u{1b}[2J"))).unwrap();
    assert_eq!(report.profile, "\\u{202e}drowssap\\u{1b}[2J");
    let text = read(&with("/outcome", json!("\u{1b}[31m"))).unwrap_err().to_string();
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn a_link_to_anywhere_else_is_not_offered() {
    for url in ["https://example.com/", "javascript:alert(1)", "file:///etc/passwd", "http://entra.microsoft.com/"] {
        let report = read(&with("/findings/0/fixes/0/url", json!(url))).unwrap();
        assert_eq!(report.findings[0].fixes[0].url, None, "{url}");
        assert_eq!(report.findings[0].fixes[0].text, "Grant it.");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Every place in the sample that something else can stand in.
fn pointers(value: &Value, here: String, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            entries.iter().for_each(|(name, entry)| pointers(entry, format!("{here}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| pointers(item, format!("{here}/{index}"), found));
        }
        _ => {}
    }
    found.push(here);
}

fn any_pointer() -> impl Strategy<Value = String> {
    let mut found = Vec::new();
    pointers(&sample(), String::new(), &mut found);
    prop::sample::select(found)
}

/// What was read can be shown, and reading it again changes nothing.
fn is_safe(report: &Report) -> bool {
    let json = serde_json::to_string(report).unwrap();
    let text: Value = serde_json::from_str(&json).unwrap();
    fn shows(value: &Value) -> bool {
        match value {
            Value::String(text) => printable(text) == *text,
            Value::Array(items) => items.iter().all(shows),
            Value::Object(entries) => entries.values().all(shows),
            _ => true,
        }
    }
    shows(&text) && read(&json).as_ref() == Ok(report)
}

proptest! {
    #[test]
    fn no_text_brings_it_down(text in any::<String>()) {
        prop_assert!(read(&text).is_err());
    }

    #[test]
    fn no_value_in_any_place_brings_it_down(pointer in any_pointer(), value in any_json()) {
        if let Ok(report) = read(&with(&pointer, value)) {
            prop_assert!(is_safe(&report));
        }
    }

    #[test]
    fn any_text_in_any_place_is_safe_to_show(pointer in any_pointer(), text in "[\u{0}-\u{9f}\u{61c}\u{200e}\u{202a}-\u{202e}\u{2066}-\u{2069}]*") {
        if let Ok(report) = read(&with(&pointer, json!(text))) {
            prop_assert!(is_safe(&report));
        }
    }

    #[test]
    fn a_torn_file_is_refused(share in 0.0..1.0) {
        let whole = sample().to_string();
        let end = (whole.len() as f64 * share) as usize;
        let torn = matches!(read(&whole[..end]), Err(ReadError::NotJson { .. }));
        prop_assert!(torn);
    }
}

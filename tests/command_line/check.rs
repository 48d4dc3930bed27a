//! Checks that run against the practice tenant.

use serde_json::Value;

use crate::incorta_mail;

#[test]
fn practice_as_json_is_the_report_alone_and_exits_0() {
    let output = incorta_mail().args(["check", "--practice", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["outcome"], "passed");
    assert_eq!(report["depth"], "message");
    assert_eq!(report["stages"].as_array().unwrap().len(), 11);
    assert_eq!(report["settings"]["smtp_port"], 587);
    assert!(report["reference"].is_string());
    assert!(report["settings"].get("smtp_oauth_client_secret").is_none());
}

#[test]
fn a_failing_state_names_its_cause_and_exits_1() {
    let output = incorta_mail().args(["check", "--practice", "send_as_missing", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(finding["code"], "send_as_denied");
    assert_eq!(finding["owner"], "exchange_admin");
    assert_eq!(finding["part"], 4);
}

#[test]
fn what_an_operator_reads_of_a_failure() {
    let output = incorta_mail().args(["check", "--practice", "full_access_missing"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // The lanes run side by side and times differ: only what comes after the stages is the same each time.
    let (_, result) = text.split_once("\n\n").unwrap();
    insta::assert_snapshot!(result);
}

#[test]
fn quiet_is_silent_on_success_and_tells_what_needs_a_look() {
    let run = |state: &str, more: &[&str]| {
        let output = incorta_mail().args(["check", "--quiet", "--practice", state]).args(more).output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(run("healthy", &[]), (0, String::new()));
    let (code, said) = run("send_as_missing", &[]);
    assert_eq!(code, 1);
    assert!(said.starts_with("The application may not send as the mailbox\n"), "{said}");
    // A program that asked for the report gets it all the same.
    let (code, report) = run("healthy", &["--json"]);
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<Value>(&report).unwrap()["outcome"], "passed");
}

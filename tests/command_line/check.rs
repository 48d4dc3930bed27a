//! Checks that run: against the practice tenant and against Dovecot.

use mail_setup_tests::{DovecotSubmission, LoginHost, SENDER};
use serde_json::Value;

use crate::{incorta_mail, settings};

const SECRET: &str = "canary~Secret-for/the+terminal";

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

#[tokio::test(flavor = "multi_thread")]
async fn the_same_check_runs_against_dovecot() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let login_host = LoginHost::granting(&dovecot.token(SENDER)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let settings = file("dovecot.json", &settings(dovecot.address().port()).to_string());
    let secret = file("secret.txt", &format!("{SECRET}\n"));
    let authority = file("authority.pem", &dovecot.authority_pem());

    let mut command = incorta_mail();
    command.args(["check", "--json", "--to", "admin@contoso.com", "--login-host", &login_host.url()]);
    command.arg("--settings").arg(settings).arg("--secret-file").arg(secret).arg("--ca-file").arg(authority);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();

    let printed = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let report: Value = serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{said}"));
    let outcome = |stage: &str| {
        let stages = report["stages"].as_array().unwrap();
        stages.iter().find(|record| record["stage"] == stage).unwrap()["outcome"].clone()
    };
    assert_eq!(outcome("sign_in"), "passed", "{said}");
    assert_eq!(outcome("message"), "passed", "{said}");
    assert!(dovecot.relay().received()[0].contains("To: admin@contoso.com"));
    let asked = &login_host.requests()[0];
    assert!(asked.form.contains(&("client_secret".to_owned(), SECRET.to_owned())));
    assert!(asked.form.contains(&("grant_type".to_owned(), "client_credentials".to_owned())));
    for output in [printed, said] {
        assert!(!output.contains(SECRET) && !output.contains(&dovecot.token(SENDER)));
    }
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

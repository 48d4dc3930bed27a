//! `check --all`: every profile, one token an application, a table, the worst exit code.

use mail_setup_tests::{DovecotSubmission, LoginHost, SENDER};
use serde_json::Value;

use crate::user::User;
use crate::{said, settings};

const SECRET: &str = "canary~Secret-for/all";

#[tokio::test(flavor = "multi_thread")]
async fn profiles_of_one_application_share_a_token() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let login_host = LoginHost::granting(&dovecot.token(SENDER)).await.unwrap();
    let user = User::new();
    user.file("good.json", &settings(dovecot.address().port()).to_string());
    user.file("refused.json", &settings(9).to_string());
    let authority = user.file("authority.pem", &dovecot.authority_pem()).display().to_string();
    for (name, file) in
        [("One", "good.json"), ("Two", "good.json"), ("Three", "good.json"), ("Refused", "refused.json")]
    {
        user.output(&["profiles", "add", name, "--settings", file]);
    }
    user.output(&["profiles", "add", "Incomplete"]);

    let login_url = login_host.url();
    let output = tokio::task::spawn_blocking(move || {
        let mut command = user.command();
        command.env("INCORTA_MAIL_CLIENT_SECRET", SECRET).args(["check", "--all", "--json"]);
        command.args(["--login-host", &login_url, "--ca-file", &authority]).output().unwrap()
    })
    .await
    .unwrap();

    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let reports: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    // Dovecot's token names a user, so that no check passes; what counts here is how far each one came.
    let messages: Vec<(&str, &Value)> =
        reports.iter().map(|report| (report["profile"].as_str().unwrap(), &report["stages"][10]["outcome"])).collect();
    let (passed, skipped) = (&Value::from("passed"), &Value::from("skipped"));
    let expected =
        [("One", passed), ("Two", passed), ("Three", passed), ("Refused", skipped), ("Incomplete", &Value::Null)];
    assert_eq!(messages, expected, "{}", said(&output));
    assert_eq!(reports[4]["outcome"], "not_run");
    assert_eq!(login_host.requests().len(), 1);
    assert_eq!(dovecot.relay().received().len(), 3);

    let table = String::from_utf8(output.stderr).unwrap();
    assert!(!table.contains(SECRET));
    insta::assert_snapshot!(table);
}

#[test]
fn without_a_profile_there_is_nothing_to_check() {
    insta::assert_snapshot!(User::new().said(&["check", "--all"]));
}

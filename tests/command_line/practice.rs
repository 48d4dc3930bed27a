//! `incorta-mail practice`: a tenant in the foreground that any client can use.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Child;

use serde_json::Value;

use crate::interrupt::{signal, start};
use crate::user::User;

/// Starts it and reads where everything is.
fn practice(arguments: &[&str]) -> (Child, Value) {
    let mut child = start(&[&["practice", "--json"], arguments].concat());
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

/// Checks it as the announcement says; gives the exit code and the first finding.
fn check(told: &Value) -> (Option<i32>, Value) {
    let folder = Path::new(told["folder"].as_str().unwrap());
    let file = |name: &str| folder.join(name).display().to_string();
    let (settings, secret, authority) = (file("settings.json"), file("secret.txt"), file("authority.pem"));
    let login_host = told["login_host"].as_str().unwrap();
    let output = User::new().run(&[
        "check",
        "--json",
        "--settings",
        &settings,
        "--secret-file",
        &secret,
        "--ca-file",
        &authority,
        "--login-host",
        login_host,
    ]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    (output.status.code(), report["findings"][0]["code"].clone())
}

#[test]
fn a_client_finds_all_it_needs_and_nothing_is_left_behind() {
    let (mut child, told) = practice(&[]);
    assert_eq!(check(&told), (Some(0), Value::Null));
    let folder = told["folder"].as_str().unwrap();
    assert!(Path::new(folder).exists());
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(!Path::new(folder).exists());
}

#[test]
fn its_state_is_set_by_flags() {
    for (arguments, code) in [
        (&["send_as_missing"][..], "send_as_denied"),
        (&["--set", "mailbox_smtp_auth=off", "--set", "full_access=missing"], "smtp_auth_disabled_mailbox"),
    ] {
        let (mut child, told) = practice(arguments);
        assert_eq!(check(&told), (Some(1), Value::from(code)));
        signal(&child, "TERM");
        child.wait().unwrap();
    }
}

#[test]
fn an_unknown_state_or_switch_lists_them_all() {
    let user = User::new();
    for arguments in
        [&["practice", "nonsense"][..], &["practice", "--set", "weather=fine"], &["practice", "--set", "x"]]
    {
        let output = user.run(arguments);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("full_access"), "{said}");
    }
    let listed = user.output(&["practice", "--list"]);
    assert!(
        listed.contains("full_access_missing") && listed.contains("mailbox_smtp_auth=      inherit | on | off"),
        "{listed}"
    );
}

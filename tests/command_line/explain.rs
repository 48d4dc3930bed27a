//! `incorta-mail explain`, and the message to whoever must act.

use crate::user::User;
use crate::{incorta_mail, said};

#[test]
fn a_finding_is_explained_by_its_code() {
    let user = User::new();
    let told = [user.said(&["explain", "full_access_missing"]), user.said(&["explain", "nonsense"])];
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn every_code_is_listed_and_explained() {
    let user = User::new();
    let listed = user.output(&["explain"]);
    assert!(listed.lines().count() > 80, "{listed}");
    for line in listed.lines() {
        let code = line.split_whitespace().next().unwrap();
        assert!(user.output(&["explain", code]).contains("Seen: "), "{code}");
    }
}

/// What `check` gives to send to an owner; ports, times and IDs are taken out.
fn message(state: &str, owner: &str, more: &[&str]) -> String {
    let mut command = incorta_mail();
    let output = command.args(["check", "--practice", state, "--message-for", owner]).args(more).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_message_holds_all_that_the_person_needs() {
    let filters = vec![
        (r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d ?(UTC|Z)", "[time]"),
        (r"PROD\.OUTLOOK\.COM [^\]]+\]", "PROD.OUTLOOK.COM [time and id]]"),
        (r"ID: [0-9a-f-]{36}", "ID: [id]"),
    ];
    let told = format!(
        "{}---\n{}---\n{}",
        message("full_access_missing", "exchange-admin", &[]),
        message("conditional_access_blocked", "entra-admin", &[]),
        message("full_access_missing", "exchange-admin", &["--mask-addresses"]),
    );
    assert!(!told.contains("eyJ"), "{told}");
    insta::with_settings!({filters => filters}, { insta::assert_snapshot!(told) });
}

#[test]
fn nobody_gets_a_message_without_a_finding() {
    assert_eq!(message("full_access_missing", "network-admin", &[]), "");
}

#[test]
fn addresses_are_masked_everywhere() {
    let user = User::new();
    let mut command = user.command();
    command.args(["check", "--practice", "full_access_missing", "--json", "--mask-addresses", "--report", "r.html"]);
    let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let written = std::fs::read_to_string(user.folder().join("r.html")).unwrap();
    for text in [printed, written] {
        assert!(text.contains("address-1@masked.example"), "{text}");
        assert!(!text.to_lowercase().contains("contoso"), "{text}");
    }
}

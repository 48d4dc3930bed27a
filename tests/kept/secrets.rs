//! The credential store: GNOME Keyring in a session of its own, and a computer
//! that has none.

use std::process::Command;

use mail_setup_core::secrets::{OperatingSystemStore, SecretError, SecretStatus, Secrets, WithoutStore};
use mail_setup_tests::KeyringSession;
use secrecy::{ExposeSecret, SecretString};

const SECRET: &str = "kept~Secret/1+2=3 \"quoted\"";

fn secrets() -> Secrets {
    Secrets::new(Box::new(OperatingSystemStore::default()), WithoutStore::KeepForThisRun)
}

fn text(secret: &str) -> SecretString {
    SecretString::from(secret.to_owned())
}

/// Runs one of the tests below, which are ignored otherwise, in another session.
fn run(mut command: Command, test: &str) {
    let output = command.args(["--ignored", "--exact", test, "--nocapture"]).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert!(!said.contains(SECRET), "{said}");
}

#[test]
fn a_secret_is_stored_read_replaced_and_forgotten() {
    let session = KeyringSession::new().unwrap();
    run(session.command(std::env::current_exe().unwrap()), "secrets::in_a_keyring");
    // Another process of the same user finds what this one stored.
    run(session.command(std::env::current_exe().unwrap()), "secrets::in_the_same_keyring_later");
}

#[test]
#[ignore = "runs inside the keyring session of the test above"]
fn in_a_keyring() {
    let secrets = secrets();
    assert_eq!(secrets.status("a"), SecretStatus::NotStored);
    assert!(secrets.get("a").unwrap().is_none());
    assert_eq!(secrets.set("a", text("first")).unwrap(), SecretStatus::Stored);
    assert_eq!(secrets.set("a", text(SECRET)).unwrap(), SecretStatus::Stored);
    assert_eq!(secrets.get("a").unwrap().unwrap().expose_secret(), SECRET);
    assert_eq!(secrets.set("b", text("other")).unwrap(), SecretStatus::Stored);
    assert_eq!(secrets.forget("b").unwrap(), SecretStatus::NotStored);
    assert_eq!(secrets.forget("b").unwrap(), SecretStatus::NotStored);
    assert_eq!(secrets.status("a"), SecretStatus::Stored);
    assert_eq!(secrets.set("a", text("")).unwrap_err(), SecretError::Empty);
    assert_eq!(secrets.set("a", text(&"x".repeat(1281))).unwrap_err(), SecretError::TooLong);
    assert_eq!(secrets.get("a").unwrap().unwrap().expose_secret(), SECRET);
}

#[test]
#[ignore = "runs inside the keyring session of the test above"]
fn in_the_same_keyring_later() {
    assert_eq!(secrets().get("a").unwrap().unwrap().expose_secret(), SECRET);
}

#[test]
fn without_a_store_a_secret_is_kept_for_this_run_and_said_so() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let nowhere = tempfile::tempdir().unwrap();
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").env("XDG_RUNTIME_DIR", nowhere.path());
    run(command, "secrets::without_a_store");
}

#[test]
#[ignore = "runs without a session bus, started by the test above"]
fn without_a_store() {
    let secrets = secrets();
    assert_eq!(secrets.status("a"), SecretStatus::StoreUnavailable);
    assert_eq!(secrets.set("a", text(SECRET)).unwrap(), SecretStatus::KeptForThisRun);
    assert_eq!(secrets.status("a"), SecretStatus::KeptForThisRun);
    assert_eq!(secrets.get("a").unwrap().unwrap().expose_secret(), SECRET);
    assert_eq!(secrets.forget("a").unwrap(), SecretStatus::StoreUnavailable);
}

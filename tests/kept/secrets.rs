//! The credential store: GNOME Keyring in a session of its own, and a computer
//! that has none.

use std::process::Command;
use std::time::Duration;

use mail_setup_core::secrets::{OperatingSystemStore, SecretError, SecretStatus, Secrets, StoreError, WithoutStore};
use mail_setup_tests::KeyringSession;
use secrecy::{ExposeSecret, SecretString};

use crate::failing_store::FailingStore;

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
fn a_store_that_never_answers_is_given_up_where_that_was_asked_for() {
    let session = KeyringSession::new().unwrap();
    run(session.command(std::env::current_exe().unwrap()), "secrets::in_a_keyring_that_is_stopped");
}

#[test]
#[ignore = "runs inside the keyring session of the test above"]
fn in_a_keyring_that_is_stopped() {
    let store = OperatingSystemStore::default().giving_up_after(Duration::from_secs(1));
    let secrets = Secrets::new(Box::new(store), WithoutStore::Refuse);
    assert_eq!(secrets.set("a", text(SECRET)).unwrap(), SecretStatus::Stored);
    // Of this session's daemon alone: it is a child of the session's own shell.
    let daemon = r#"gdbus call --session --dest org.freedesktop.DBus --object-path / \
        --method org.freedesktop.DBus.GetConnectionUnixProcessID org.freedesktop.secrets | tr -cd '0-9 ' | cut -d' ' -f2"#;
    let signal = |name: &str, daemon: &str| Command::new("kill").args([name, daemon]).status().unwrap().success();
    let daemon = String::from_utf8(Command::new("sh").args(["-c", daemon]).output().unwrap().stdout).unwrap();
    assert!(signal("-STOP", daemon.trim()));
    let ended = secrets.get("a");
    assert!(signal("-CONT", daemon.trim()));
    assert!(matches!(&ended, Err(SecretError::Failed(reason)) if reason.contains("did not answer")), "{ended:?}");
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

#[test]
fn each_failure_of_a_store_has_a_name_of_its_own() {
    let failed = || StoreError::Failed("it refused".to_owned());
    let refused = || SecretError::Failed("it refused".to_owned());
    let kept = Ok(SecretStatus::KeptForThisRun);
    let cases = [
        (StoreError::Unavailable, SecretStatus::StoreUnavailable, SecretError::Unavailable, kept.clone()),
        (StoreError::Locked, SecretStatus::StoreLocked, SecretError::Locked, Err(SecretError::Locked)),
        (StoreError::Unreadable, SecretStatus::Unreadable, SecretError::Unreadable, kept.clone()),
        (failed(), SecretStatus::StoreUnavailable, refused(), kept),
    ];
    for (error, status, told, set_in_a_window) in cases {
        let terminal = Secrets::new(Box::new(FailingStore(error.clone())), WithoutStore::Refuse);
        assert_eq!(terminal.status("a"), status);
        assert_eq!(terminal.set("a", text(SECRET)).unwrap_err(), told);
        assert_eq!(terminal.get("a").unwrap_err(), told);
        assert_eq!(terminal.set_key("a", vec![1].into()).unwrap_err(), told);
        assert_eq!(terminal.key("a").unwrap_err(), told);

        let window = Secrets::new(Box::new(FailingStore(error)), WithoutStore::KeepForThisRun);
        assert_eq!(window.set("a", text(SECRET)), set_in_a_window);
        assert_eq!(window.set_key("b", vec![1].into()), set_in_a_window);
        if set_in_a_window.is_ok() {
            assert_eq!(window.get("a").unwrap().unwrap().expose_secret(), SECRET);
            assert_eq!(window.key("b").unwrap().unwrap().expose_secret(), [1]);
        }
    }
}

#[test]
fn a_length_is_counted_as_windows_counts_it() {
    let secrets = Secrets::new(Box::new(FailingStore(StoreError::Unavailable)), WithoutStore::KeepForThisRun);
    assert!(secrets.set("a", text(&"x".repeat(1280))).is_ok());
    assert_eq!(secrets.set("a", text(&"x".repeat(1281))).unwrap_err(), SecretError::TooLong);
    // Two units of UTF-16 each.
    assert!(secrets.set("a", text(&"𝄞".repeat(640))).is_ok());
    assert_eq!(secrets.set("a", text(&"𝄞".repeat(641))).unwrap_err(), SecretError::TooLong);
}

#[test]
fn a_store_that_goes_away_is_one_that_may_come_back() {
    let session = KeyringSession::new().unwrap();
    run(session.command(std::env::current_exe().unwrap()), "secrets::in_a_keyring_that_ends");
}

/// Ends the process that owns a name on the session's bus.
fn end_owner(name: &str) {
    let ask = ["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/", "--method"];
    let method = ["org.freedesktop.DBus.GetConnectionUnixProcessID", name];
    let told = Command::new("gdbus").args(ask).args(method).output().unwrap().stdout;
    let told = String::from_utf8(told).unwrap();
    let process = told.trim_start_matches("(uint32 ").trim_end_matches(",)\n");
    assert!(Command::new("kill").args(["-9", process]).status().unwrap().success(), "{told}");
}

#[test]
#[ignore = "runs inside the keyring session of the test above"]
fn in_a_keyring_that_ends() {
    let secrets = secrets();
    assert_eq!(secrets.set("a", text(SECRET)).unwrap(), SecretStatus::Stored);
    // The bus starts another one when it is asked for; nobody unlocks it.
    end_owner("org.freedesktop.secrets");
    assert_eq!(secrets.status("a"), SecretStatus::StoreLocked);
    assert_eq!(secrets.get("a").unwrap_err(), SecretError::Locked);
    assert_eq!(secrets.set("a", text("other")).unwrap_err(), SecretError::Locked);
}

//! The setup that seals what it made, and what is not taken for a reply; the whole way is in
//! `tests/command_line/handover.rs`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretSlice, SecretString};

use super::syntax::faults;
use super::{ScriptKind, request, script};
use crate::clock::Clock;
use crate::guide::handover::{
    Asking, HandoverError, Handovers, NewRequest, Refusal, RequestState, Scripts, package, sealing,
};
use crate::profiles::Profiles;
use crate::secrets::{SecretStore, Secrets, StoreError, WithoutStore};
use crate::settings::AccessPath;

/// A store for one test.
#[derive(Default)]
struct Memory(Mutex<HashMap<String, Vec<u8>>>);

impl SecretStore for Memory {
    fn name(&self) -> &'static str {
        "a memory"
    }

    fn get(&self, profile: &str) -> Result<Option<SecretString>, StoreError> {
        let bytes = self.0.lock().unwrap().get(profile).cloned();
        Ok(bytes.map(|bytes| SecretString::from(String::from_utf8(bytes).unwrap())))
    }

    fn set(&self, profile: &str, secret: &SecretString) -> Result<(), StoreError> {
        self.0.lock().unwrap().insert(profile.to_owned(), secret.expose_secret().as_bytes().to_vec());
        Ok(())
    }

    fn get_bytes(&self, entry: &str) -> Result<Option<SecretSlice<u8>>, StoreError> {
        Ok(self.0.lock().unwrap().get(entry).cloned().map(SecretSlice::from))
    }

    fn set_bytes(&self, entry: &str, bytes: &SecretSlice<u8>) -> Result<(), StoreError> {
        self.0.lock().unwrap().insert(entry.to_owned(), bytes.expose_secret().to_vec());
        Ok(())
    }

    fn forget(&self, entry: &str) -> Result<(), StoreError> {
        self.0.lock().unwrap().remove(entry);
        Ok(())
    }
}

/// A clock that a test sets.
struct Set(Mutex<Timestamp>);

impl Clock for Set {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Requests in a folder of their own.
struct Desk {
    _folder: tempfile::TempDir,
    clock: Arc<Set>,
    handovers: Handovers,
    profiles: Profiles,
    secrets: Secrets,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Set(Mutex::new("2026-11-25T03:07:00Z".parse().unwrap())));
        let handovers = Handovers::in_folder(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
        let secrets = Secrets::new(Box::new(Memory::default()), WithoutStore::Refuse);
        let profiles = Profiles::in_folder(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
        Self { _folder: folder, clock, handovers, profiles, secrets }
    }

    fn request(&self) -> NewRequest {
        self.handovers.request("a-profile", &self.secrets).unwrap()
    }
}

#[test]
fn a_setup_that_seals_is_powershell_and_shows_no_secret() {
    let new = Desk::new().request();
    for path in [AccessPath::Classic, AccessPath::Rbac] {
        let mut about = request(path);
        about.sealing = Some(sealing(&new));
        let text = script(ScriptKind::Setup, &about);
        assert_eq!(faults(&text), Vec::<String>::new());
        assert!(text.is_ascii());
        // Defined before it is asked for.
        let (defined, asked) =
            (text.find("function Protect-Reply").unwrap(), text.find("Protect-Reply @Reply").unwrap());
        assert!(defined < asked);
        for kind in [ScriptKind::Verify, ScriptKind::Undo] {
            assert!(!script(kind, &about).contains("Protect-Reply"));
        }
    }
}

#[test]
fn a_package_without_scripts_asks_for_the_values() {
    let new = Desk::new().request();
    let asking =
        Asking { mailbox: "reports@contoso.com", access_path: AccessPath::Classic, asked_by: "<b>BI team</b>" };
    let files = package(&new, &asking, &Scripts::default());
    let names: Vec<&str> = files.iter().map(|file| file.name).collect();
    assert_eq!(names, ["README.html", "setup.ps1", "key.pem"]);
    assert_eq!(faults(files[1].contents.trim_start_matches('\u{feff}')), Vec::<String>::new());
    assert!(files[1].contents.contains("Read-Host 'Application (client) ID'"));
    assert!(!files[0].contents.contains("<b>"), "{}", files[0].contents);
}

#[test]
fn a_request_ends_after_its_days() {
    let desk = Desk::new();
    let new = desk.request();
    let block = format!(
        "-----BEGIN INCORTA MAIL REPLY-----\n{}\n-----END INCORTA MAIL REPLY-----",
        checked(new.request.id.as_bytes(), &[7; 384])
    );
    // In time the block is known, and only its seal is not ours.
    let refusal = |desk: &Desk| match desk.handovers.open(&block, &desk.secrets) {
        Err(HandoverError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refusal(&desk), Refusal::Foreign(_)), "{:?}", refusal(&desk));
    *desk.clock.0.lock().unwrap() += (14 * 24 + 1).hours();
    assert!(matches!(refusal(&desk), Refusal::Expired { .. }), "{:?}", refusal(&desk));
}

#[test]
fn a_request_made_by_a_clock_that_was_ahead_does_not_stay_open() {
    let desk = Desk::new();
    let turn = |hours: i64| *desk.clock.0.lock().unwrap() += hours.hours();
    let five_years = 5 * 365 * 24;
    turn(five_years);
    let new = desk.request();
    turn(-five_years);
    let block = format!(
        "-----BEGIN INCORTA MAIL REPLY-----\n{}\n-----END INCORTA MAIL REPLY-----",
        checked(new.request.id.as_bytes(), &[7; 384])
    );
    // A reply is still awaited when the clock is right again, and from then on no longer than from any request.
    for (hours, state) in [(0, RequestState::Pending), (14 * 24 - 1, RequestState::Pending), (1, RequestState::Expired)]
    {
        turn(hours);
        assert!(desk.handovers.accept(&block, &desk.profiles, &desk.secrets).is_err());
        assert_eq!(desk.handovers.list().unwrap()[0].1, state, "after {hours} hours more");
    }
    // Its key has gone, and a clock set back anew opens nothing.
    turn(-24);
    assert!(desk.secrets.key(&format!("handover-{}", new.request.id)).unwrap().is_none());
    assert!(desk.handovers.open(&block, &desk.secrets).is_err());
}

/// Base64 of an identifier, a ciphertext, and their checksum.
fn checked(id: &[u8], sealed: &[u8]) -> String {
    use base64::Engine as _;
    let head = [id, sealed].concat();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &head);
    base64::engine::general_purpose::STANDARD.encode([&head, &digest.as_ref()[..8]].concat())
}

proptest! {
    #[test]
    fn no_text_is_taken_for_a_reply(text in prop_oneof![
        ".{0,200}",
        "(> )?-----BEGIN INCORTA MAIL REPLY-----\r?\n[A-Za-z0-9+/= \u{a0}\r\n]{0,600}\n-----END INCORTA MAIL REPLY-----",
    ]) {
        let desk = Desk::new();
        prop_assert!(matches!(desk.handovers.open(&text, &desk.secrets), Err(HandoverError::Refused(_))));
    }
}

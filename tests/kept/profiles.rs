//! The profiles' file: changes survive, two at once lose nothing, a broken file
//! is set aside, clocks may be set back.

use std::cell::RefCell;
use std::fs;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::profiles::{FileError, ProfileError, Profiles};
use mail_setup_core::settings::{AccessPath, EmailSettings};
use tempfile::TempDir;

/// A clock that a test sets.
struct SetClock(Mutex<Timestamp>);

impl SetClock {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new("2026-11-23T09:14:00Z".parse().unwrap())))
    }

    fn turn(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

fn profiles() -> (TempDir, Profiles) {
    let folder = tempfile::tempdir().unwrap();
    let profiles = Profiles::in_folder(&folder.path().join("made when needed"), SetClock::new());
    (folder, profiles)
}

/// A store that has no secret of the profile any more.
fn forgotten(_: &str) -> bool {
    true
}

fn sender(address: &str) -> EmailSettings {
    EmailSettings { system_email_address: address.to_owned(), ..EmailSettings::default() }
}

#[test]
fn a_profile_keeps_what_was_typed_even_when_it_is_wrong() {
    let (folder, profiles) = profiles();
    let made = profiles.create("", sender("reports@contoso.com"), AccessPath::Classic).unwrap();
    assert_eq!(made.name, "contoso.com");
    profiles.update(&made.id, |profile| profile.settings.smtp_port = "none".to_owned()).unwrap();

    let again = Profiles::in_folder(&folder.path().join("made when needed"), SetClock::new());
    assert_eq!(again.get(&made.id).unwrap().settings.smtp_port, "none");
    assert_eq!(again.selected().unwrap(), Some(made.id));
}

#[test]
fn names_are_told_apart() {
    let (_folder, profiles) = profiles();
    let first = profiles.create("Production", sender("a@contoso.com"), AccessPath::Classic).unwrap();
    assert_eq!(
        profiles.create("production", sender("a@contoso.com"), AccessPath::Classic).unwrap().name,
        "production 2"
    );
    assert_eq!(profiles.duplicate(&first.id).unwrap().name, "Production copy");
    assert_eq!(profiles.duplicate(&first.id).unwrap().name, "Production copy 2");
    for name in ["", "  ", "a\nb", &"x".repeat(81)] {
        assert!(matches!(profiles.rename(&first.id, name), Err(ProfileError::Name)), "{name:?}");
    }
}

#[test]
fn a_deleted_profile_can_come_back_until_it_is_purged() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let profiles = Profiles::in_folder(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
    let made = profiles.create("", sender("a@contoso.com"), AccessPath::Classic).unwrap();
    profiles.remove(&made.id).unwrap();
    assert!(profiles.list().unwrap().is_empty());
    assert_eq!(profiles.selected().unwrap(), None);
    // Another window may still offer to undo it.
    clock.turn(SignedDuration::from_mins(9));
    profiles.purge(forgotten).unwrap();
    assert_eq!(profiles.restore(&made.id).unwrap().id, made.id);
    clock.turn(SignedDuration::from_mins(9));
    profiles.purge(forgotten).unwrap();
    profiles.remove(&made.id).unwrap();
    clock.turn(SignedDuration::from_mins(10));
    profiles.purge(forgotten).unwrap();
    assert!(matches!(profiles.restore(&made.id), Err(ProfileError::NotFound)));
}

#[test]
fn a_profile_whose_secret_cannot_be_forgotten_is_purged_later() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let profiles = Profiles::in_folder(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
    let made = profiles.create("", sender("a@contoso.com"), AccessPath::Classic).unwrap();
    profiles.create("", sender("b@contoso.com"), AccessPath::Classic).unwrap();
    profiles.remove(&made.id).unwrap();
    clock.turn(SignedDuration::from_mins(10));
    let asked = RefCell::new(Vec::new());
    for forgets in [false, true, true] {
        let forget = |id: &str| {
            asked.borrow_mut().push(id.to_owned());
            forgets
        };
        profiles.purge(forget).unwrap();
        assert_eq!(profiles.list().unwrap().len(), 1);
    }
    // The third time there was nothing to forget.
    assert_eq!(asked.into_inner(), [made.id.clone(), made.id]);
}

#[test]
fn a_deletion_by_a_clock_that_was_ahead_is_purged_all_the_same() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let profiles = Profiles::in_folder(folder.path(), Arc::clone(&clock) as Arc<dyn Clock>);
    let made = profiles.create("", sender("a@contoso.com"), AccessPath::Classic).unwrap();
    clock.turn(SignedDuration::from_hours(5 * 365 * 24));
    profiles.remove(&made.id).unwrap();
    clock.turn(SignedDuration::from_hours(-5 * 365 * 24));
    let is_kept = || {
        profiles.purge(forgotten).unwrap();
        fs::read_to_string(folder.path().join("profiles.json")).unwrap().contains("a@contoso.com")
    };
    // Its time begins anew when it is first seen.
    assert!(is_kept());
    clock.turn(SignedDuration::from_mins(9));
    assert!(is_kept());
    clock.turn(SignedDuration::from_mins(1));
    assert!(!is_kept());
}

#[test]
fn times_that_cannot_be_read_lose_no_profile() {
    let folder = tempfile::tempdir().unwrap();
    let (file, profiles) = (folder.path().join("profiles.json"), Profiles::in_folder(folder.path(), SetClock::new()));
    profiles.create("Production", sender("a@contoso.com"), AccessPath::Classic).unwrap();
    for field in ["created_at", "changed_at", "last_change_at", "removed_at", "secret_expires_on"] {
        let mut document: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        document["profiles"][0][field] = "yesterday".into();
        fs::write(&file, document.to_string()).unwrap();
        profiles.purge(forgotten).unwrap();
        assert_eq!(profiles.list().unwrap().len(), 1, "{field}");
    }
}

#[test]
fn changes_at_once_lose_nothing() {
    let (folder, _) = profiles();
    let folder = folder.path();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            scope.spawn(move || {
                // Each has its own view of the file, as two processes would.
                let profiles = Profiles::in_folder(folder, Arc::new(SystemClock));
                for number in 0..10 {
                    profiles
                        .create(&format!("{writer}-{number}"), EmailSettings::default(), AccessPath::Classic)
                        .unwrap();
                }
            });
        }
    });
    let profiles = Profiles::in_folder(folder, Arc::new(SystemClock));
    assert_eq!(profiles.list().unwrap().len(), 40);
}

#[test]
fn two_forms_saved_at_once_lose_no_field_of_each_other() {
    let (folder, profiles) = profiles();
    let folder = folder.path().join("made when needed");
    let made = profiles.create("", sender("reports@contoso.com"), AccessPath::Classic).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let (folder, id, mut base) = (&folder, &made.id, made.settings.clone());
            scope.spawn(move || {
                let profiles = Profiles::in_folder(folder, Arc::new(SystemClock));
                for number in 0..20 {
                    let mut wanted = base.clone();
                    let field = if writer == 0 { &mut wanted.smtp_host } else { &mut wanted.smtp_oauth_client_id };
                    *field = format!("{writer}-{number}");
                    base = profiles.save(id, &base, wanted).unwrap().settings;
                }
            });
        }
    });
    let kept = profiles.get(&made.id).unwrap().settings;
    assert_eq!((kept.smtp_host.as_str(), kept.smtp_oauth_client_id.as_str()), ("0-19", "1-19"));
    assert_eq!(kept.system_email_address, "reports@contoso.com");
}

#[test]
fn a_broken_file_is_set_aside_and_a_version_that_never_was_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profiles.json");
    let profiles = Profiles::in_folder(folder.path(), SetClock::new());
    for broken in ["", "{\"version\": 1, \"profiles\": [", "[]", "{\"version\": 0}"] {
        fs::write(&file, broken).unwrap();
        assert!(
            matches!(
                profiles.create("x", EmailSettings::default(), AccessPath::Classic),
                Err(ProfileError::File(FileError::NotRead { .. }))
            ),
            "{broken}"
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), broken);
        let aside = profiles.set_aside_if_broken().unwrap().unwrap();
        assert_eq!(fs::read_to_string(&aside.path).unwrap(), broken);
        assert!(!aside.reason.is_empty());
        assert!(profiles.list().unwrap().is_empty());
        fs::remove_file(aside.path).unwrap();
    }
    assert_eq!(profiles.set_aside_if_broken().unwrap(), None);
}

#[test]
fn two_broken_files_at_the_same_moment_do_not_overwrite_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profiles.json");
    let profiles = Profiles::in_folder(folder.path(), SetClock::new());
    fs::write(&file, "first").unwrap();
    let first = profiles.set_aside_if_broken().unwrap().unwrap();
    fs::write(&file, "second").unwrap();
    let second = profiles.set_aside_if_broken().unwrap().unwrap();
    assert_eq!(fs::read_to_string(first.path).unwrap(), "first");
    assert_eq!(fs::read_to_string(second.path).unwrap(), "second");
}

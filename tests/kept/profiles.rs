//! The profiles' file: changes survive, two at once lose nothing, a broken file
//! is set aside, clocks may be set back.

use std::fs;
use std::sync::Arc;

use jiff::Timestamp;
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::profiles::{FileError, ProfileError, Profiles};
use mail_setup_core::settings::{AccessPath, EmailSettings};
use tempfile::TempDir;

struct StandingClock;

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        "2026-11-23T09:14:00Z".parse().unwrap()
    }
}

struct LaterClock;

impl Clock for LaterClock {
    fn now(&self) -> Timestamp {
        "2026-11-23T09:25:00Z".parse().unwrap()
    }
}

fn profiles() -> (TempDir, Profiles) {
    let folder = tempfile::tempdir().unwrap();
    let profiles = Profiles::in_folder(&folder.path().join("made when needed"), Arc::new(StandingClock));
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

    let again = Profiles::in_folder(&folder.path().join("made when needed"), Arc::new(StandingClock));
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
    let (folder, profiles) = profiles();
    let made = profiles.create("", sender("a@contoso.com"), AccessPath::Classic).unwrap();
    profiles.remove(&made.id).unwrap();
    assert!(profiles.list().unwrap().is_empty());
    assert_eq!(profiles.selected().unwrap(), None);
    assert_eq!(profiles.restore(&made.id).unwrap().id, made.id);
    profiles.purge(forgotten).unwrap();
    profiles.remove(&made.id).unwrap();
    // Another window may still offer to undo it.
    profiles.purge(forgotten).unwrap();
    assert_eq!(profiles.restore(&made.id).unwrap().id, made.id);
    profiles.remove(&made.id).unwrap();
    let later = Profiles::in_folder(&folder.path().join("made when needed"), Arc::new(LaterClock));
    later.purge(forgotten).unwrap();
    assert!(matches!(profiles.restore(&made.id), Err(ProfileError::NotFound)));
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
    let profiles = Profiles::in_folder(folder.path(), Arc::new(StandingClock));
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
    let profiles = Profiles::in_folder(folder.path(), Arc::new(StandingClock));
    fs::write(&file, "first").unwrap();
    let first = profiles.set_aside_if_broken().unwrap().unwrap();
    fs::write(&file, "second").unwrap();
    let second = profiles.set_aside_if_broken().unwrap().unwrap();
    assert_eq!(fs::read_to_string(first.path).unwrap(), "first");
    assert_eq!(fs::read_to_string(second.path).unwrap(), "second");
}

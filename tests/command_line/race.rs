//! Processes that change profiles at the same time lose nothing of each other's.

use std::process::{Command, Stdio};
use std::sync::Arc;

use mail_setup_core::clock::SystemClock;
use mail_setup_core::profiles::Profiles;
use mail_setup_core::settings::{AccessPath, EmailSettings};

use crate::PROGRAM;
use crate::user::User;

const ROUNDS: usize = 15;

fn command(user: &User, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("XDG_CONFIG_HOME", user.folder().join("config"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn concurrent_edits_are_all_there() {
    let user = User::new();
    user.output(&["profiles", "add", "shared"]);
    std::thread::scope(|scope| {
        for writer in ["one", "two", "three"] {
            let user = &user;
            scope.spawn(move || {
                for round in 1..=ROUNDS {
                    let name = format!("{writer}-{round}");
                    assert!(command(user, &["profiles", "add", &name]).status().unwrap().success());
                }
            });
        }
        // Each of these changes a field of its own of one and the same profile.
        for (option, word) in [("--smtp-host", "host"), ("--scope", "scope"), ("--mailbox", "mailbox")] {
            let user = &user;
            scope.spawn(move || {
                for round in 1..=ROUNDS {
                    let value = format!("{word}-{round}");
                    assert!(command(user, &["profiles", "edit", "shared", option, &value]).status().unwrap().success());
                }
            });
        }
    });

    let all: serde_json::Value = serde_json::from_str(&user.output(&["profiles", "list", "--json"])).unwrap();
    let names: Vec<&str> = all.as_array().unwrap().iter().filter_map(|profile| profile["name"].as_str()).collect();
    assert_eq!(names.len(), 1 + 3 * ROUNDS);
    for writer in ["one", "two", "three"] {
        for round in 1..=ROUNDS {
            assert!(names.contains(&format!("{writer}-{round}").as_str()), "{writer}-{round} is lost");
        }
    }
    let shared = &all[0]["settings"];
    assert_eq!(shared["smtp_host"], format!("host-{ROUNDS}"));
    assert_eq!(shared["smtp_oauth_scope"], format!("scope-{ROUNDS}"));
    assert_eq!(shared["system_email_address"], format!("mailbox-{ROUNDS}"));
}

#[test]
fn the_window_and_the_terminal_lose_nothing_of_each_other() {
    let user = User::new();
    user.output(&["profiles", "add", "shared"]);
    // As the window keeps them.
    let folder = user.folder().join("config/incorta-mail-setup");
    let profiles = Profiles::in_folder(&folder, Arc::new(SystemClock));
    let shared = profiles.list().unwrap().remove(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 1..=ROUNDS {
                let name = format!("terminal-{round}");
                assert!(command(&user, &["profiles", "add", &name]).status().unwrap().success());
                let host = format!("host-{round}");
                assert!(
                    command(&user, &["profiles", "edit", "shared", "--smtp-host", &host]).status().unwrap().success()
                );
            }
        });
        let mut base = shared.settings.clone();
        for round in 1..=ROUNDS {
            let made = profiles.create(&format!("window-{round}"), EmailSettings::default(), AccessPath::Classic);
            // Others come and go without a trace.
            let passing = profiles.duplicate(&made.unwrap().id).unwrap();
            let wanted = EmailSettings { smtp_oauth_scope: format!("scope-{round}"), ..base.clone() };
            base = profiles.save(&shared.id, &base, wanted).unwrap().settings;
            profiles.erase(&passing.id).unwrap();
        }
    });
    let all = profiles.list().unwrap();
    assert_eq!(all.len(), 1 + 2 * ROUNDS);
    for round in 1..=ROUNDS {
        for writer in ["terminal", "window"] {
            assert!(all.iter().any(|profile| profile.name == format!("{writer}-{round}")), "{writer}-{round} is lost");
        }
    }
    let kept = &all[0].settings;
    assert_eq!((&kept.smtp_host, &kept.smtp_oauth_scope), (&format!("host-{ROUNDS}"), &format!("scope-{ROUNDS}")));
}

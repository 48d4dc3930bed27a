//! Processes that change profiles at the same time lose nothing of each other's.

use std::process::{Command, Stdio};

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

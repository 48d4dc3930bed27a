//! On a terminal: colour, a spinner, a hidden prompt; none of them anywhere else.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use crate::user::{User, UserWithStore};
use crate::{PROGRAM, incorta_mail};

/// Runs a command line in a terminal of its own, made by script(1). `typed` comes from its keyboard once
/// the screen shows `prompt`. Gives the exit code and the whole screen.
fn in_terminal(mut command: Command, line: &str, prompt: &str, typed: &str) -> (Option<i32>, String) {
    command.args(["--quiet", "--return", "--command", line, "/dev/null"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut keyboard = child.stdin.take().unwrap();
    let mut screen = child.stdout.take().unwrap();
    let mut shown = Vec::new();
    while !String::from_utf8_lossy(&shown).contains(prompt) {
        let mut byte = [0];
        screen.read_exact(&mut byte).unwrap();
        shown.push(byte[0]);
    }
    keyboard.write_all(typed.as_bytes()).unwrap();
    screen.read_to_end(&mut shown).unwrap();
    (child.wait().unwrap().code(), String::from_utf8(shown).unwrap())
}

fn check_in_terminal(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new("script");
    command.env_remove("NO_COLOR").env("TERM", "xterm-256color").envs(variables.iter().copied());
    let (code, screen) = in_terminal(command, &format!("{PROGRAM} check --practice full_access_missing"), "", "");
    assert_eq!(code, Some(1));
    screen
}

#[test]
fn colour_and_progress_are_for_terminals_that_want_them() {
    let coloured = check_in_terminal(&[]);
    assert!(coloured.contains("\u{1b}[32mpassed"), "{coloured}");
    assert!(coloured.contains("\u{1b}[1m\u{1b}[31mFAILED"), "{coloured}");

    let plain = check_in_terminal(&[("NO_COLOR", "1")]);
    assert!(!plain.contains("\u{1b}[32m") && !plain.contains("\u{1b}[31m"), "{plain}");

    let piped = incorta_mail().args(["check", "--practice", "full_access_missing"]).output().unwrap();
    let piped = [piped.stdout, piped.stderr].concat();
    assert!(!piped.contains(&0x1b) && !piped.contains(&b'\r'));
}

#[test]
fn a_secret_is_asked_for_and_not_echoed() {
    const SECRET: &str = "canary~Secret-from-the-keyboard";
    let user = UserWithStore::new();
    user.run(&["profiles", "add", "Production"], "");
    let line = format!("{PROGRAM} secret set Production");
    let (_, said) = in_terminal(user.other("script"), &line, "(hidden):", &format!("{SECRET}\r"));
    assert!(said.contains("Client secret of “Production” (hidden): "), "{said}");
    assert!(said.contains("Stored in the system keyring for “Production”."), "{said}");
    assert!(!said.contains(SECRET), "{said}");
    let stored = user.other("secret-tool").args(["search", "--all", "service", "incorta-mail-setup"]).output().unwrap();
    assert!(String::from_utf8([stored.stdout, stored.stderr].concat()).unwrap().contains(SECRET));
}

#[test]
fn removing_is_asked_about() {
    let user = User::new();
    user.output(&["profiles", "add", "Production"]);
    let ask = |typed: &str| {
        let mut command = Command::new("script");
        command.env("XDG_CONFIG_HOME", user.folder().join("config")).env_remove("DBUS_SESSION_BUS_ADDRESS");
        in_terminal(command, &format!("{PROGRAM} profiles remove Production"), "(y/N)", typed).1
    };
    let kept = ask("n\r");
    assert!(kept.contains("Nothing was removed."), "{kept}");
    assert!(user.output(&["profiles", "list"]).contains("Production"));
    let removed = ask("y\r");
    assert!(removed.contains("Removed “Production”."), "{removed}");
    assert!(!user.output(&["profiles", "list"]).contains("Production"));
}

#[test]
fn a_broken_pipe_is_silent() {
    for (arguments, code) in [
        (&["practice", "--list"][..], 0),
        (&["check", "--practice"], 0),
        (&["check", "--practice", "send_as_missing"], 1),
        (&["man", "check"], 0),
        (&["--help"], 0),
    ] {
        // Nobody reads any more when the program begins to write.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(PROGRAM);
        let output = command.args(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap().wait_with_output();
        let output = output.unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }
}

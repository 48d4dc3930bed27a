//! A user with a home of their own, and so with profiles of their own.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use mail_setup_tests::KeyringSession;
use tempfile::TempDir;

use crate::{PROGRAM, incorta_mail, said};

pub struct User {
    home: TempDir,
}

impl User {
    /// Without a credential store.
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    pub fn folder(&self) -> &Path {
        self.home.path()
    }

    /// A file in the user's folder.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program, as this user runs it.
    pub fn command(&self) -> Command {
        let mut command = incorta_mail();
        let home = self.home.path();
        command.current_dir(home).env("HOME", home).env("XDG_CONFIG_HOME", home.join("config"));
        command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("XDG_RUNTIME_DIR", home);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// What the program said, as a snapshot holds it.
    pub fn said(&self, arguments: &[&str]) -> String {
        format!("$ incorta-mail {}\n{}", arguments.join(" "), said(&self.run(arguments)))
    }

    /// Standard output of a run that must succeed.
    pub fn output(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }
}

/// A user whose credential store is GNOME Keyring, unlocked.
pub struct UserWithStore {
    session: KeyringSession,
}

impl UserWithStore {
    pub fn new() -> Self {
        Self { session: KeyringSession::new().unwrap() }
    }

    /// Runs the program; `input` is its standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::from_std(self.session.command(PROGRAM));
        command.current_dir(self.session.home()).env_remove("INCORTA_MAIL_CLIENT_SECRET").env("NO_PROXY", "*");
        command.args(arguments).write_stdin(input).output().unwrap()
    }

    pub fn said(&self, arguments: &[&str], input: &str) -> String {
        let said = said(&self.run(arguments, input));
        // The session's bus may complain about limits of this computer.
        let own = said.lines().filter(|line| !line.starts_with("dbus-daemon["));
        format!("$ incorta-mail {}\n{}\n", arguments.join(" "), own.collect::<Vec<_>>().join("\n"))
    }

    /// Another program in the same session.
    pub fn other(&self, program: &str) -> std::process::Command {
        self.session.command(program)
    }

    pub fn home(&self) -> &Path {
        self.session.home()
    }
}

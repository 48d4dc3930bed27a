//! A credential store for one test: GNOME Keyring, unlocked, on a session bus of its own.
//!
//! A process finds its store through its environment, so whatever uses the store runs as a command of
//! its own: a program of the workspace, or the test binary again with the name of one ignored test.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A private home directory whose store keeps what one command leaves for the next, as after a
/// restart. It is removed when this is dropped.
#[derive(Debug)]
pub struct KeyringSession {
    home: TempDir,
}

impl KeyringSession {
    /// An empty home; the store is made by the first command.
    ///
    /// # Errors
    ///
    /// When the directory cannot be made.
    pub fn new() -> io::Result<Self> {
        Ok(Self { home: tempfile::Builder::new().prefix("keyring-").tempdir()? })
    }

    /// The home directory that the commands see.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// `program`, to be run with a bus and the unlocked store. Needs the Debian packages
    /// dbus-daemon, gnome-keyring and libglib2.0-bin; without one of them the command ends with 127 and
    /// names it.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../scripts/with-keyring.sh");
        let mut command = Command::new(script);
        command.env("KEYRING_HOME", self.home.path()).arg(program);
        command
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Output, Stdio};

    use super::*;

    fn run(command: &mut Command, input: &str) -> Output {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// secret-tool (Debian package libsecret-tools) stands for any program that uses the store.
    fn store(session: &KeyringSession, secret: &str) {
        let mut command = session.command("secret-tool");
        let output = run(command.args(["store", "--label=Test", "application", "test"]), secret);
        assert!(output.status.success(), "{output:?}");
    }

    fn look_up(session: &KeyringSession) -> Output {
        run(session.command("secret-tool").args(["lookup", "application", "test"]), "")
    }

    #[test]
    fn a_secret_is_there_for_the_next_command() {
        let session = KeyringSession::new().unwrap();
        store(&session, "a secret");
        let output = look_up(&session);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "a secret", "{output:?}");
    }

    #[test]
    fn two_sessions_do_not_see_each_other() {
        let (one, other) = (KeyringSession::new().unwrap(), KeyringSession::new().unwrap());
        store(&one, "a secret");
        let output = look_up(&other);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(output.stdout.is_empty());
    }

    #[test]
    fn the_exit_status_is_the_commands_own() {
        let session = KeyringSession::new().unwrap();
        let status = session.command("sh").args(["-c", "exit 7"]).status().unwrap();
        assert_eq!(status.code(), Some(7));
    }
}

//! `incorta-mail` killed while it changes a profile: the change is made or it is not, and the next run works.

use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;

use mail_setup_core::clock::SystemClock;
use mail_setup_core::profiles::Profiles;

use crate::PROGRAM;
use crate::user::User;

/// A profile whose port is changed again and again.
struct Changed {
    user: User,
    port: u32,
}

impl Changed {
    fn new() -> Self {
        let user = User::new();
        user.output(&["profiles", "add", "shared", "--smtp-port", "0"]);
        Self { user, port: 0 }
    }

    fn folder(&self) -> PathBuf {
        self.user.folder().join("config/incorta-mail-setup")
    }

    /// Changes the profile by a program that `wrapped` names and `run` ends; says whether it ended well.
    fn change(&mut self, wrapped: &[&str], run: impl FnOnce(Command) -> ExitStatus) -> bool {
        let next = self.port + 1;
        let (program, arguments) = wrapped.split_first().map_or((PROGRAM, &[][..]), |(first, rest)| (*first, rest));
        let mut command = Command::new(program);
        command.args(arguments).args(["profiles", "edit", "shared", "--smtp-port", &next.to_string()]);
        command.env("XDG_CONFIG_HOME", self.user.folder().join("config")).stdout(Stdio::null()).stderr(Stdio::null());
        let ended_well = run(command).success();
        let profiles = Profiles::in_folder(&self.folder(), Arc::new(SystemClock));
        let kept: u32 = profiles.list().unwrap()[0].settings.smtp_port.parse().unwrap();
        assert!(kept == next || (kept == self.port && !ended_well), "{kept} is kept after {} and {next}", self.port);
        self.port = kept;
        ended_well
    }

    /// The lock is free, and nothing unfinished is left beside the file.
    fn works_on(&mut self) {
        assert!(self.change(&[], |mut command| command.status().unwrap()));
        assert_eq!(std::fs::read_dir(self.folder()).unwrap().count(), 2);
    }
}

#[test]
fn at_some_moment_or_other() {
    let mut changed = Changed::new();
    for kill in 1..=25 {
        changed.change(&[], |mut command| {
            let mut child = command.spawn().unwrap();
            // The whole run takes some milliseconds: it is killed at another point each time.
            std::thread::sleep(std::time::Duration::from_micros(kill * 400));
            child.kill().unwrap();
            child.wait().unwrap()
        });
    }
    changed.works_on();
}

/// strace kills the program as it enters a system call, here every one that can change what is kept.
#[cfg(target_os = "linux")]
#[test]
fn at_every_system_call_that_writes() {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    if !tried.is_ok_and(|ended| ended.success()) {
        println!("skipped: strace is missing, or may not trace here");
        return;
    }
    let mut changed = Changed::new();
    // Not every kind of computer has all of them.
    for call in ["openat", "write", "fsync", "flock", "?unlink", "?unlinkat", "?rename", "?renameat", "?renameat2"] {
        let kills = (1..).take_while(|number| {
            let (trace, inject) = (format!("trace={call}"), format!("inject={call}:signal=KILL:when={number}"));
            let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject, PROGRAM];
            !changed.change(&strace, |mut command| command.status().unwrap())
        });
        println!("{call}: {} kills", kills.count());
        changed.works_on();
    }
}

//! `kill -9` while profiles and requests are written: the files stay whole, every change that was acknowledged is in
//! them and at most one more, nothing piles up beside them, and nobody is locked out.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::clock::SystemClock;
use mail_setup_core::guide::handover::Handovers;
use mail_setup_core::profiles::Profiles;
use mail_setup_core::secrets::{Secrets, StoreError, WithoutStore};
use mail_setup_core::settings::{AccessPath, EmailSettings};
use mail_setup_tests::Random;

use crate::failing_store::FailingStore;

/// Names the folder to a killed process.
const FOLDER: &str = "KEPT_FOLDER";
/// A run with the seed of another one kills after the same changes and pauses.
const SEED: &str = "KEPT_SEED";

/// Runs a test of this file that writes until it is killed, and kills it; gives what it acknowledged.
fn killed(test: &str, folder: &Path, random: &mut Random) -> Vec<String> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", test, "--nocapture"]).env(FOLDER, folder);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    let mut acknowledged = Vec::new();
    for _ in 0..=random.below(4) {
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        acknowledged.push(line.trim_end().to_owned());
    }
    std::thread::sleep(Duration::from_micros(random.below(6000)));
    child.kill().unwrap();
    let mut rest = String::new();
    told.read_to_string(&mut rest).unwrap();
    child.wait().unwrap();
    acknowledged.extend(rest.lines().map(str::to_owned));
    acknowledged
}

fn profiles(folder: &Path) -> Profiles {
    Profiles::in_folder(folder, Arc::new(SystemClock))
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Where a killed process left a file that was not finished, it is as private as the others.
fn unfinished_is_private(path: PathBuf) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if let Ok(left) = fs::metadata(&path) {
            assert_eq!(left.permissions().mode() & 0o777, 0o600);
        }
    }
    path.exists()
}

/// The number that the last change wrote.
fn number(folder: &Path) -> u64 {
    profiles(folder).list().unwrap()[0].settings.smtp_port.parse().unwrap()
}

fn profiles_survive(kills: usize) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut random = Random::seeded(SEED);
    let kept = profiles(folder);
    // Large enough for several writes of the operating system.
    for name in 0..40 {
        let settings = EmailSettings { smtp_port: "0".to_owned(), ..EmailSettings::default() };
        kept.create(&format!("{name}"), settings, AccessPath::Classic).unwrap();
    }
    let (mut writes, mut unfinished, mut unacknowledged) = (0, 0, 0);
    for _ in 0..kills {
        let before = number(folder);
        let acknowledged = killed("killed::changes_profiles_until_killed", folder, &mut random);
        let last: u64 = acknowledged.last().unwrap().parse().unwrap();
        let found = number(folder);
        assert!(found == last || found == last + 1, "{found} is kept, {last} was acknowledged");
        assert_eq!(kept.list().unwrap().len(), 40);
        writes += found - before;
        unacknowledged += found - last;
        unfinished += u64::from(unfinished_is_private(folder.join("profiles.json.new")));
        // The lock is free, and the next write takes away what was left.
        kept.select(&kept.list().unwrap()[1].id).unwrap();
        assert_eq!(names(folder), BTreeSet::from(["profiles.json", "profiles.lock"].map(str::to_owned)));
    }
    println!(
        "profiles: {kills} kills, {writes} writes survived, {unacknowledged} of them killed before they were \
         acknowledged; {unfinished} kills left an unfinished file"
    );
}

#[test]
#[ignore = "writes until the tests below kill it"]
fn changes_profiles_until_killed() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let (kept, first) = (profiles(&folder), number(&folder));
    let id = kept.list().unwrap()[0].id.clone();
    for number in first + 1.. {
        kept.update(&id, |profile| profile.settings.smtp_port = number.to_string()).unwrap();
        eprintln!("{number}");
    }
}

#[test]
fn profiles_survive_kills() {
    profiles_survive(25);
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_profiles_survive_kills() {
    profiles_survive(500);
}

fn requests_survive(kills: usize) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut random = Random::seeded(SEED);
    let handovers = Handovers::in_folder(folder, Arc::new(SystemClock));
    let mut known = BTreeSet::new();
    for _ in 0..kills {
        let acknowledged = killed("killed::makes_requests_until_killed", folder, &mut random);
        known.extend(acknowledged);
        let kept = handovers.list().unwrap().into_iter().map(|(request, _)| request.id.to_string());
        let kept: BTreeSet<String> = kept.collect();
        assert!(kept.is_superset(&known), "{:?} are lost", known.difference(&kept));
        assert!(kept.len() <= known.len() + 1, "{:?} were never acknowledged", kept.difference(&known));
        known = kept;
        unfinished_is_private(folder.join("handovers.json.new"));
        // The lock is free, and the next write takes away what was left.
        let (first, _) = handovers.list().unwrap().swap_remove(0);
        handovers.withdraw(&first, &secrets()).unwrap();
        known.remove(&first.id.to_string());
        assert_eq!(names(folder), BTreeSet::from(["handovers.json", "handovers.lock"].map(str::to_owned)));
    }
    println!("requests: {kills} kills, {} requests survived", known.len() + kills);
}

fn secrets() -> Secrets {
    Secrets::new(Box::new(FailingStore(StoreError::Unavailable)), WithoutStore::KeepForThisRun)
}

#[test]
#[ignore = "writes until the tests below kill it"]
fn makes_requests_until_killed() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let handovers = Handovers::in_folder(&folder, Arc::new(SystemClock));
    let secrets = secrets();
    loop {
        eprintln!("{}", handovers.request("a profile", &secrets).unwrap().request.id);
    }
}

#[test]
fn requests_survive_kills() {
    requests_survive(3);
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_requests_survive_kills() {
    requests_survive(100);
}

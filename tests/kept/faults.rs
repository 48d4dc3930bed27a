//! Files and disks as they should not be: an error says what and where, nothing is lost, and a later write works.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use mail_setup_core::clock::SystemClock;
use mail_setup_core::guide::handover::{HandoverError, Handovers};
use mail_setup_core::profiles::{FileError, ProfileError, Profiles};
use mail_setup_core::secrets::{Secrets, StoreError, WithoutStore};
use mail_setup_core::settings::{AccessPath, EmailSettings};
use serde_json::Value;
use tempfile::TempDir;

use crate::failing_store::FailingStore;

/// Names the folder to a test that runs in another process.
const FOLDER: &str = "KEPT_FOLDER";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self) -> PathBuf {
        self.path().join("profiles.json")
    }

    fn profiles(&self) -> Profiles {
        profiles(self.path())
    }
}

fn profiles(folder: &Path) -> Profiles {
    Profiles::in_folder(folder, Arc::new(SystemClock))
}

fn add(profiles: &Profiles, name: &str) -> Result<String, ProfileError> {
    Ok(profiles.create(name, EmailSettings::default(), AccessPath::Classic)?.id)
}

fn secrets() -> Secrets {
    Secrets::new(Box::new(FailingStore(StoreError::Unavailable)), WithoutStore::KeepForThisRun)
}

fn names(profiles: &Profiles) -> Vec<String> {
    profiles.list().unwrap().into_iter().map(|profile| profile.name).collect()
}

/// The words of a write that failed.
fn refused(profiles: &Profiles) -> String {
    let error = add(profiles, "refused").unwrap_err();
    assert!(matches!(error, ProfileError::File(FileError::NotWritten { .. })), "{error}");
    let said = error.to_string();
    assert!(said.contains("profiles.json"), "{said}");
    said
}

/// Runs a test of this file, which is ignored otherwise, through a shell: `"$@"` is the test.
fn run(script: &str, folder: &Path, test: &str) {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]).arg(program).args(["--ignored", "--exact", test, "--nocapture"]);
    let output = command.env(FOLDER, folder).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

/// Mounts need a user namespace, which some systems deny.
fn can_mount() -> bool {
    let tried = Command::new("unshare").args(["--user", "--map-root-user", "--mount", "true"]).output();
    let can = tried.is_ok_and(|ended| ended.status.success());
    if !can {
        println!("skipped: this system gives no user namespace, so no disk can be mounted for the test");
    }
    can
}

fn folder_of_the_other_process() -> PathBuf {
    PathBuf::from(std::env::var_os(FOLDER).unwrap())
}

#[test]
fn a_full_disk_keeps_the_old_file() {
    let folder = Folder::new();
    if can_mount() {
        let script = "exec unshare --user --map-root-user --mount sh -c \
                      'mount -t tmpfs -o size=256k tmpfs \"$KEPT_FOLDER\" && exec \"$@\"' sh \"$@\"";
        run(script, folder.path(), "faults::on_a_small_disk");
    }
}

#[test]
#[ignore = "runs on the disk that the test above mounts"]
fn on_a_small_disk() {
    let folder = folder_of_the_other_process();
    let kept = profiles(&folder);
    let handovers = Handovers::in_folder(&folder, Arc::new(SystemClock));
    let secrets = secrets();
    add(&kept, "Production").unwrap();
    handovers.request("a profile", &secrets).unwrap();
    let (profiles, requests) = (folder.join("profiles.json"), folder.join("handovers.json"));
    let before = (fs::read(&profiles).unwrap(), fs::read(&requests).unwrap());
    let filler = folder.join("filler");
    fs::write(&filler, vec![0; 1024 * 1024]).unwrap_err();

    assert!(refused(&kept).contains("No space left on device"));
    let request = handovers.request("a profile", &secrets).unwrap_err();
    assert!(matches!(request, HandoverError::File(FileError::NotWritten { .. })), "{request}");
    assert!(request.to_string().contains("handovers.json"), "{request}");
    assert_eq!((fs::read(&profiles).unwrap(), fs::read(&requests).unwrap()), before);

    fs::remove_file(filler).unwrap();
    add(&kept, "Test").unwrap();
    handovers.request("a profile", &secrets).unwrap();
    assert_eq!(names(&kept), ["Production", "Test"]);
    assert_eq!(handovers.list().unwrap().len(), 2);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 4, "nothing unfinished is left");
}

#[test]
fn a_read_only_disk_is_read_and_not_written() {
    let folder = Folder::new();
    add(&folder.profiles(), "Production").unwrap();
    if can_mount() {
        let script = "exec unshare --user --map-root-user --mount sh -c \
                      'mount --bind \"$KEPT_FOLDER\" \"$KEPT_FOLDER\" && \
                       mount -o remount,bind,ro \"$KEPT_FOLDER\" && exec \"$@\"' sh \"$@\"";
        run(script, folder.path(), "faults::on_a_read_only_disk");
    }
    add(&folder.profiles(), "Test").unwrap();
}

#[test]
#[ignore = "runs on the disk that the test above mounts"]
fn on_a_read_only_disk() {
    let kept = profiles(&folder_of_the_other_process());
    assert_eq!(names(&kept), ["Production"]);
    assert!(refused(&kept).contains("Read-only file system"));
    assert_eq!(names(&kept), ["Production"]);
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let folder = Folder::new();
    let kept = folder.profiles();
    add(&kept, "Production").unwrap();
    let writable = fs::metadata(folder.file()).unwrap().permissions();
    let mut read_only = writable.clone();
    read_only.set_readonly(true);
    fs::set_permissions(folder.file(), read_only).unwrap();
    assert!(refused(&kept).contains("the file is read-only"));
    fs::set_permissions(folder.file(), writable).unwrap();
    add(&kept, "Test").unwrap();
    assert_eq!(names(&kept), ["Production", "Test"]);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told() {
    let folder = Folder::new();
    let taken = folder.path().join("taken");
    fs::write(&taken, "a note").unwrap();
    let kept = profiles(&taken);
    assert!(kept.list().unwrap_err().to_string().contains("taken/profiles.json: Not a directory"));
    assert!(refused(&kept).contains("no folder can be made for it: File exists"));
    assert_eq!(fs::read_to_string(&taken).unwrap(), "a note");
}

#[test]
fn a_folder_in_the_place_of_the_file_is_told() {
    let folder = Folder::new();
    fs::create_dir(folder.file()).unwrap();
    let kept = folder.profiles();
    for error in [kept.list().unwrap_err(), add(&kept, "x").unwrap_err(), kept.set_aside_if_broken().unwrap_err()] {
        assert!(error.to_string().contains("profiles.json: Is a directory"), "{error}");
    }
    assert!(folder.file().is_dir());
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_a_link_and_is_written_where_it_is() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    add(&elsewhere.profiles(), "Production").unwrap();
    std::os::unix::fs::symlink(elsewhere.file(), folder.file()).unwrap();
    add(&folder.profiles(), "Test").unwrap();
    assert!(folder.file().is_symlink());
    assert_eq!(names(&elsewhere.profiles()), ["Production", "Test"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_no_empty_file() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    std::os::unix::fs::symlink(elsewhere.file(), folder.file()).unwrap();
    let kept = folder.profiles();
    for error in [kept.list().unwrap_err(), add(&kept, "x").unwrap_err(), kept.set_aside_if_broken().unwrap_err()] {
        assert!(error.to_string().contains("profiles.json: it is a link, and No such file"), "{error}");
    }
    assert!(folder.file().is_symlink());
    // What was away comes back.
    add(&elsewhere.profiles(), "Production").unwrap();
    assert_eq!(names(&kept), ["Production"]);
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_a_lock_that_is_never_given_back_is_told() {
    let folder = Folder::new();
    let kept = folder.profiles();
    add(&kept, "Production").unwrap();
    let lock = fs::File::open(folder.path().join("profiles.lock")).unwrap();
    lock.lock().unwrap();
    assert!(refused(&kept).contains("another window or terminal is changing it"));
    assert_eq!(names(&kept), ["Production"]);
    lock.unlock().unwrap();
    add(&kept, "Test").unwrap();
}

#[test]
fn what_is_no_document_is_set_aside_whole() {
    let folder = Folder::new();
    let kept = folder.profiles();
    add(&kept, "Production").unwrap();
    let good = fs::read(folder.file()).unwrap();
    let mut not_utf_8 = good.clone();
    let letter = not_utf_8.windows(10).position(|bytes| bytes == b"Production").unwrap();
    not_utf_8[letter] = 0xff;
    let cases: [(&str, Vec<u8>); 6] = [
        ("empty", Vec::new()),
        ("zeros", vec![0; good.len()]),
        ("cut short", good[..good.len() / 2].to_vec()),
        ("not UTF-8", not_utf_8),
        ("nested", b"[".repeat(1_000_000)),
        ("huge", [&good[..], &b" ".repeat(16 * 1024 * 1024)].concat()),
    ];
    for (what, bytes) in cases {
        fs::write(folder.file(), &bytes).unwrap();
        let error = add(&kept, "x").unwrap_err();
        assert!(matches!(error, ProfileError::File(FileError::NotRead { .. })), "{what}: {error}");
        assert!(fs::read(folder.file()).unwrap() == bytes, "{what}: it was changed");
        let aside = kept.set_aside_if_broken().unwrap().unwrap();
        assert!(fs::read(&aside.path).unwrap() == bytes, "{what}: it was not set aside whole");
        assert!(aside.reason.contains("line") || aside.reason.contains("larger"), "{what}: {}", aside.reason);
        add(&kept, "A new beginning").unwrap();
    }
}

#[test]
fn a_byte_order_mark_breaks_nothing() {
    let folder = Folder::new();
    add(&folder.profiles(), "Production").unwrap();
    let marked = [b"\xef\xbb\xbf".to_vec(), fs::read(folder.file()).unwrap()].concat();
    fs::write(folder.file(), marked).unwrap();
    assert_eq!(folder.profiles().set_aside_if_broken().unwrap(), None);
    assert_eq!(names(&folder.profiles()), ["Production"]);
}

#[test]
fn a_file_of_a_newer_release_is_left_alone() {
    let folder = Folder::new();
    let (kept, requests) = (folder.profiles(), folder.path().join("handovers.json"));
    let handovers = Handovers::in_folder(folder.path(), Arc::new(SystemClock));
    let secrets = secrets();
    // Of another shape altogether.
    let newer = r#"{"version": 2, "profiles": {"Production": {"mailbox": "reports@contoso.com"}}, "requests": 7}"#;
    fs::write(folder.file(), newer).unwrap();
    fs::write(&requests, newer).unwrap();

    assert_eq!(kept.set_aside_if_broken().unwrap(), None);
    assert_eq!(handovers.set_aside_if_broken().unwrap(), None);
    for error in [kept.list().unwrap_err(), add(&kept, "x").unwrap_err(), kept.purge(|_| true).unwrap_err()] {
        let said = error.to_string();
        assert!(said.contains("profiles.json was written by a newer release"), "{said}");
        assert!(said.contains("version 2") && said.contains("update this one"), "{said}");
    }
    for error in [handovers.list().unwrap_err(), handovers.request("a profile", &secrets).unwrap_err()] {
        assert!(error.to_string().contains("handovers.json was written by a newer release"), "{error}");
    }
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), newer);
    assert_eq!(fs::read_to_string(requests).unwrap(), newer);
}

#[test]
fn what_a_newer_release_added_survives_a_change() {
    let folder = Folder::new();
    let kept = folder.profiles();
    let id = add(&kept, "Production").unwrap();
    let handovers = Handovers::in_folder(folder.path(), Arc::new(SystemClock));
    let secrets = secrets();
    handovers.request(&id, &secrets).unwrap();
    let added = serde_json::json!({"nested": [1, "two", null]});
    let grow = |name: &str, list: &str| {
        let path = folder.path().join(name);
        let mut document: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        document["added"] = added.clone();
        document[list][0]["added"] = added.clone();
        fs::write(path, document.to_string()).unwrap();
    };
    grow("profiles.json", "profiles");
    grow("handovers.json", "requests");

    kept.rename(&id, "Europe").unwrap();
    handovers.request(&id, &secrets).unwrap();
    for (name, list) in [("profiles.json", "profiles"), ("handovers.json", "requests")] {
        let document: Value = serde_json::from_slice(&fs::read(folder.path().join(name)).unwrap()).unwrap();
        assert_eq!((&document["added"], &document[list][0]["added"]), (&added, &added), "{name}");
    }
}

#[test]
fn two_profiles_of_one_identifier_are_told_apart() {
    let folder = Folder::new();
    let kept = folder.profiles();
    let id = add(&kept, "Production").unwrap();
    let mut document: Value = serde_json::from_slice(&fs::read(folder.file()).unwrap()).unwrap();
    let mut copy = document["profiles"][0].clone();
    copy["name"] = "Copied by hand".into();
    document["profiles"].as_array_mut().unwrap().push(copy);
    fs::write(folder.file(), document.to_string()).unwrap();

    let other = kept.list().unwrap().pop().unwrap();
    assert_eq!((other.name.as_str(), other.id != id), ("Copied by hand", true));
    kept.rename(&other.id, "Test").unwrap();
    kept.erase(&id).unwrap();
    assert_eq!(names(&kept), ["Test"]);
}

#[cfg(unix)]
#[test]
fn files_are_the_users_alone_whatever_the_umask() {
    let folder = Folder::new();
    run("umask 000; exec \"$@\"", folder.path(), "faults::with_an_open_umask");
}

#[cfg(unix)]
#[test]
#[ignore = "runs with the umask that the test above sets"]
fn with_an_open_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = folder_of_the_other_process().join("made/when needed");
    let kept = profiles(&folder);
    let secrets = secrets();
    let id = add(&kept, "Production").unwrap();
    Handovers::in_folder(&folder, Arc::new(SystemClock)).request(&id, &secrets).unwrap();
    assert_eq!(mode(&folder), 0o700);
    for name in ["profiles.json", "profiles.lock", "handovers.json", "handovers.lock"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    // A file that was opened to others, by a copy perhaps, is private again with the next change.
    fs::set_permissions(folder.join("profiles.json"), fs::Permissions::from_mode(0o666)).unwrap();
    kept.rename(&id, "Europe").unwrap();
    assert_eq!(mode(&folder.join("profiles.json")), 0o600);
}

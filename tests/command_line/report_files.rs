//! `--report FILE`: the report in three forms, and what is refused before a check runs for nothing.

use serde_json::Value;

use crate::PROGRAM;
use crate::user::{User, UserWithStore};

#[test]
fn a_report_is_written_in_the_form_of_its_ending() {
    let user = User::new();
    let read = |name: &str| std::fs::read_to_string(user.folder().join(name)).unwrap();
    let check = |name: &str| user.run(&["check", "--practice", "full_access_missing", "--json", "--report", name]);

    let output = check("report.json");
    assert_eq!(output.status.code(), Some(1));
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let written: Value = serde_json::from_str(&read("report.json")).unwrap();
    assert_eq!(written, printed);

    check("report.md");
    let markdown = read("report.md");
    assert!(markdown.starts_with("# Incorta mail check: Practice tenant\n"), "{markdown}");
    assert!(markdown.contains("### Likely: The application may not open the mailbox"), "{markdown}");
    assert!(markdown.contains("  Add-MailboxPermission -Identity 'reports@contoso.com'"), "{markdown}");
    assert!(markdown.contains("AUTH XOAUTH2 ["), "{markdown}");

    check("report.HTML");
    let html = read("report.HTML");
    assert!(html.starts_with("<!doctype html>") && html.contains("<body class=\"failed\">"), "{html}");
    assert!(!html.contains("<script") && !html.contains("src="), "{html}");
}

#[test]
fn a_report_takes_the_place_of_an_earlier_one() {
    let user = User::new();
    let file = user.file("report.md", "an earlier report");
    user.output(&["check", "--practice", "--quiet", "--report", "report.md"]);
    assert!(std::fs::read_to_string(file).unwrap().contains("Accepted by the practice tenant"));
}

#[test]
fn a_path_that_cannot_be_written_is_told_before_the_check() {
    let user = User::new();
    for (path, code, words) in [
        ("report.txt", 2, "end the file's name in .json, .md or .html"),
        ("report", 2, "end the file's name in .json, .md or .html"),
        ("missing/report.md", 3, "no file can be written there"),
    ] {
        let output = user.run(&["check", "--practice", "--report", path]);
        assert_eq!(output.status.code(), Some(code), "{path}");
        assert!(output.stdout.is_empty(), "the check ran all the same");
        assert!(String::from_utf8(output.stderr).unwrap().contains(words), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_written_is_the_users_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let user = UserWithStore::new();
    let script = r#"
        umask 000
        cd "$HOME"
        "$0" profiles add Production --mailbox reports@contoso.com
        "$0" profiles edit Production --secret-expires-on 2099-05-31
        "$0" check --practice --report report.json
        "$0" script setup Production --output setup.ps1
        "$0" secret reminder Production --output ends.ics
        "$0" profiles export --output export.json
        "$0" handover request Production --output request.zip
        "$0" handover request Production --output package
    "#;
    assert!(user.other("sh").args(["-e", "-c", script, PROGRAM]).output().unwrap().status.success());
    let mode = |name: &str| std::fs::metadata(user.home().join(name)).unwrap().permissions().mode() & 0o777;
    let in_package =
        ["README.html", "key.pem", "setup.ps1", "undo.ps1", "verify.ps1"].map(|name| format!("package/{name}"));
    let files = ["report.json", "setup.ps1", "ends.ics", "export.json", "request.zip"].map(str::to_owned);
    for name in files.iter().chain(&in_package) {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    assert_eq!(mode("package"), 0o700);
}

#[cfg(unix)]
#[test]
fn a_report_that_was_opened_to_others_stays_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let user = User::new();
    let file = user.file("report.md", "an earlier report");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let mode = || std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    user.output(&["check", "--practice", "--quiet", "--report", "report.md"]);
    assert_eq!(mode(), 0o640);
    // A link says nothing of who may read: it is replaced by a file of the user's own.
    std::fs::rename(&file, user.folder().join("elsewhere.md")).unwrap();
    std::os::unix::fs::symlink("elsewhere.md", &file).unwrap();
    user.output(&["check", "--practice", "--quiet", "--report", "report.md"]);
    assert_eq!((file.is_symlink(), mode()), (false, 0o600));
}

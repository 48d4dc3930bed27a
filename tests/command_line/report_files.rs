//! `--report FILE`: the report in three forms, and what is refused before a check runs for nothing.

use serde_json::Value;

use crate::user::User;

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

//! Misuse and bad input: one clear message, the right exit code, no secret.

use std::path::Path;

use crate::{incorta_mail, settings};

/// Exit code and standard error, with the folder's name taken out.
fn run(folder: &Path, arguments: &[&str], secret: Option<&str>) -> String {
    let mut command = incorta_mail();
    command.current_dir(folder).env("XDG_CONFIG_HOME", folder).args(arguments);
    if let Some(secret) = secret {
        command.env("INCORTA_MAIL_CLIENT_SECRET", secret);
    }
    let output = command.output().unwrap();
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    format!("exit {}\n{}", output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn each_misuse_says_what_to_type_instead() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("good.json", settings(587).to_string().as_bytes());
    write("empty.json", b"");
    write("cut.json", br#"{"smtp_host": "smtp.off"#);
    write("brackets.json", "[".repeat(1_000_000).as_bytes());
    write("binary.json", &[0xff, 0xfe, 0x00, 0x80]);
    write("types.json", br#"{"smtp_oauth_enabled": "yes"}"#);
    write("secret.json", br#"{"smtp_oauth_client_secret": "canary"}"#);
    write("invalid.json", br#"{"system_email_address": "reports", "smtp_port": 0}"#);
    write("not.pem", b"no certificate");
    let cases: &[&[&str]] = &[
        &["check"],
        &["check", "--practice", "nonsense"],
        &["check", "--settings", "missing.json"],
        &["check", "--settings", "empty.json"],
        &["check", "--settings", "cut.json"],
        &["check", "--settings", "brackets.json"],
        &["check", "--settings", "binary.json"],
        &["check", "--settings", "types.json"],
        &["check", "--settings", "secret.json"],
        &["check", "--settings", "invalid.json"],
        &["check", "--settings", "good.json"],
        &["check", "--settings", "good.json", "--login-host", "http://login.example.com"],
        &["check", "--settings", "good.json", "--to", "nobody"],
        &["check", "--settings", "good.json", "--secret-file", "secret.json", "--ca-file", "not.pem"],
        &["check", "--settings", "good.json", "--secret-file", "missing.txt"],
        &["check", "--settings", "good.json", "--secret-stdin"],
        &["check", "--settings", "good.json", "Production"],
        &["check", "--settings", "good.json", "--timeout", "0"],
        &["check", "--depth", "everything"],
        &["check", "--all", "--report", "report.md"],
        &["check", "--secret", "hunter2"],
        &["check", "--client-secret=hunter2"],
        &["check", "--secret-stdin=hunter2"],
        &["chekc"],
        &["profiles"],
        &["profiles", "edit", "nobody"],
        &["profiles", "edit", "nobody", "--oauth-enabled", "perhaps"],
        &["profiles", "import", "brackets.json"],
        &["profiles", "import", "types.json"],
        &["profiles", "show", "nobody"],
        &["secret", "set"],
        &["secret", "set", "nobody", "hunter2"],
        &["token", "nobody"],
        &["validate", "--settings", "binary.json"],
        &["values", "--settings", "cut.json"],
        &["practice", "--set", "nothing"],
        &["completions", "tcsh"],
        &["script"],
        &["script", "setup"],
        &["script", "setup", "--settings", "empty.json"],
        &["script", "undo", "--settings", "invalid.json"],
        &["scripts"],
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|arguments| format!("$ incorta-mail {}\n{}", arguments.join(" "), run(folder.path(), arguments, None)))
        .collect();
    let said = said.join("\n");
    let answers: Vec<&str> = said.lines().filter(|line| !line.starts_with('$')).collect();
    assert!(!answers.concat().contains("hunter2"));
    insta::assert_snapshot!(said);
}

#[test]
fn a_secret_in_the_environment_is_in_no_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.json"), settings(1).to_string()).unwrap();
    let arguments = ["check", "--settings", "good.json", "--login-host", "http://127.0.0.1:9", "--timeout", "5"];
    let mut command = incorta_mail();
    let output = command
        .current_dir(folder.path())
        .args(arguments)
        .env("INCORTA_MAIL_CLIENT_SECRET", "canary~Secret-1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("The login host cannot be reached"), "{said}");
    assert!(said.contains("The connection to the SMTP server is refused"), "{said}");
    assert!(!said.contains("canary"), "{said}");
}

#[test]
fn a_hostile_file_sends_the_terminal_no_escape() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("field.json", r#"{"\u001b[2J\u202e": 1}"#);
    write("value.json", r#"{"senders_username_auth": "\u001b[2J\u202e"}"#);
    write("export.json", r#"{"version": 1, "profiles": [{"\u001b[2J\u202e": 1}]}"#);
    write("mailbox.json", r#"{"system_email_address": "reports\u202e@contoso.com"}"#);
    let cases: &[&[&str]] = &[
        &["validate", "--settings", "field.json"],
        &["check", "--settings", "value.json"],
        &["check", "--settings", "mailbox.json"],
        &["profiles", "import", "field.json"],
        &["profiles", "import", "export.json"],
    ];
    for arguments in cases {
        let said = run(folder.path(), arguments, None);
        assert!(said.starts_with("exit 2\n"), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{arguments:?}: {said:?}");
    }
}

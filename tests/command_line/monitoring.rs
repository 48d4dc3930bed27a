//! The files of docs/monitoring, as an operator copies them: each is run, with the paths of a test in place
//! of those of a server.

use std::path::Path;
use std::process::{Command, Output};

use mail_setup_tests::NodemailerSubmission;
use tempfile::TempDir;

use crate::peers::Peer;
use crate::{PROGRAM, said};

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/monitoring");
const UNITS: [&str; 3] = ["incorta-mail@.service", "incorta-mail.timer", "incorta-mail-daily.timer"];

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(FILES).join(name)).unwrap()
}

/// The folder of the program, for a search path.
fn programs() -> &'static str {
    Path::new(PROGRAM).parent().unwrap().to_str().unwrap()
}

/// A command in an environment with nothing in it but a search path that begins with the program's folder,
/// as cron and systemd give little more.
fn bare(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", format!("{}:/usr/bin:/bin", programs()));
    command
}

/// Runs a line of shell, which may have to wait for servers of this test.
async fn shell(line: String, environment: Option<(&'static str, &Path)>) -> Output {
    let mut command = bare("/bin/sh");
    command.args(["-c", &line]).envs(environment);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// A server, and the peer that leads to it.
async fn server() -> (NodemailerSubmission, Peer) {
    let server = NodemailerSubmission::start().await.unwrap();
    let peer = Peer::new(server.address().port(), &server.authority_pem(), server.token()).await;
    (server, peer)
}

/// The line of a check with the peer's files in place of those in /etc, and what leads to the peer after it.
fn towards(peer: &Peer, line: &str) -> String {
    let line = line.replace("/etc/incorta-mail", peer.folder.path().to_str().unwrap());
    let reach = peer.reach().map(|word| word.into_string().unwrap());
    format!("{line} {}", reach.join(" "))
}

/// The commands of the cron file: for the sign-in, then for the message.
fn cron_commands() -> [String; 2] {
    let file = read("incorta-mail.cron");
    let jobs = file.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    let commands: Vec<String> = jobs
        .map(|job| {
            let mut fields = job.split_whitespace();
            for field in fields.by_ref().take(5) {
                assert!(field.chars().all(|sign| sign.is_ascii_digit() || "*,/-".contains(sign)), "{job}");
            }
            assert_eq!(fields.next(), Some("incorta-mail"), "the user");
            // cron would end the line there.
            assert!(!job.contains('%'), "{job}");
            fields.collect::<Vec<_>>().join(" ")
        })
        .collect();
    commands.try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cron_lines_sign_in_and_send_a_message() {
    let (server, peer) = server().await;
    for (command, messages) in cron_commands().iter().zip([0, 1]) {
        let output = shell(towards(&peer, command), None).await;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(peer.login_host.requests().len(), messages + 1);
        assert_eq!(server.received().len(), messages);
    }
}

#[tokio::test]
async fn cron_has_nothing_to_mail_until_a_check_fails() {
    for command in cron_commands() {
        let practice = |state: &str| {
            let files = "--settings /etc/incorta-mail/settings.json --secret-file /etc/incorta-mail/client-secret";
            assert!(command.contains(files), "{command}");
            shell(command.replace(files, &format!("--practice {state}")), None)
        };
        assert_eq!(said(&practice("healthy").await), "exit 0\n");
        let failed = said(&practice("secret_wrong").await);
        assert!(failed.starts_with("exit 1\nThe client secret is not right\n"), "{failed}");
    }
}

/// The command of the service, with the instance's depth.
fn exec_start(depth: &str) -> String {
    let unit = read("incorta-mail@.service");
    let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/")).unwrap();
    line.replace("%i", depth)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_finds_the_secret_among_its_credentials() {
    let (server, peer) = server().await;
    let credentials = tempfile::tempdir().unwrap();
    std::fs::rename(peer.folder.path().join("client-secret"), credentials.path().join("client-secret")).unwrap();
    for (timer, messages) in [("incorta-mail.timer", 0), ("incorta-mail-daily.timer", 1)] {
        let timer = read(timer);
        let instance = timer.lines().find_map(|line| line.strip_prefix("Unit=incorta-mail@")).unwrap();
        let command = exec_start(instance.strip_suffix(".service").unwrap());
        let environment = Some(("CREDENTIALS_DIRECTORY", credentials.path()));
        let output = shell(towards(&peer, &command), environment).await;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(peer.login_host.requests().len(), messages + 1);
        assert_eq!(server.received().len(), messages);
    }
}

#[test]
fn systemd_takes_the_units_and_finds_them_closed() {
    let folder = tempfile::tempdir().unwrap();
    for unit in UNITS {
        let text = read(unit).replace("/usr/local/bin", programs());
        std::fs::write(folder.path().join(unit), text).unwrap();
    }
    let analyze = |arguments: &[&str]| Command::new("systemd-analyze").current_dir(&folder).args(arguments).output();
    let Ok(verified) = analyze(&[&["verify"], &UNITS[..]].concat()) else {
        println!("skipped: there is no systemd-analyze here (Debian package systemd)");
        return;
    };
    // It warns of a misspelt key and succeeds; what it says of this system's own units is not our affair.
    let complaint = said(&verified);
    assert!(verified.status.success() && !complaint.contains("incorta-mail"), "{complaint}");
    // From 0, closed, to 100. Most of what is left are the connections themselves.
    let exposure = analyze(&["security", "--offline=true", "--threshold=20", UNITS[0]]).unwrap();
    assert!(exposure.status.success(), "{}", said(&exposure));
}

/// What the plugin says, and its exit code, when it is run as a monitoring system runs it.
fn plugin(program: &mut Command, arguments: &[&str]) -> (i32, String) {
    let output = program.arg(Path::new(FILES).join("check_incorta_mail")).args(arguments).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", said(&output));
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// Splits the time off the first line, and holds its form: `time=1.234s`.
fn without_time(said: &str) -> &str {
    let (text, time) = said.lines().next().unwrap().split_once(" | ").unwrap();
    let seconds = time.strip_prefix("time=").and_then(|time| time.strip_suffix('s')).unwrap();
    assert!(seconds.len() >= 5 && seconds.parse::<f64>().is_ok(), "{time}");
    text
}

#[test]
fn the_plugin_is_ok_when_the_check_passes() {
    for (depth, expected) in [
        ("message", "accepted by the practice tenant"),
        ("sign-in", "sign-in accepted by the practice tenant"),
        ("connection", "token issued, encrypted connection to the practice tenant"),
        ("token", "token issued"),
    ] {
        let (code, said) = plugin(&mut bare("/bin/sh"), &["--practice", "--depth", depth]);
        assert_eq!((code, without_time(&said)), (0, format!("INCORTA MAIL OK - {expected}").as_str()));
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn the_plugin_is_critical_with_the_first_finding_when_the_check_fails() {
    let (code, said) = plugin(&mut bare("/bin/sh"), &["--practice", "full_access_missing"]);
    assert_eq!((code, without_time(&said)), (2, "INCORTA MAIL CRITICAL - The application may not open the mailbox"));
    let explanation = said.lines().nth(1).unwrap();
    assert!(explanation.starts_with("Exchange Online accepted the sign-in, then refused to open"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plugin_warns_when_the_check_passes_with_a_warning() {
    let (_server, peer) = server().await;
    let line =
        towards(&peer, "--settings /etc/incorta-mail/settings.json --secret-file /etc/incorta-mail/client-secret");
    let run = move || plugin(&mut bare("/bin/sh"), &line.split(' ').collect::<Vec<_>>());
    let (code, said) = tokio::task::spawn_blocking(run).await.unwrap();
    assert_eq!(code, 1, "{said}");
    let expected = "INCORTA MAIL WARNING - accepted by Exchange Online; SMTP Host: Exchange Online takes mail at smtp.office365.com, not at localhost.";
    assert!(without_time(&said).starts_with(expected), "{said}");
}

#[test]
fn the_plugin_does_not_know_when_there_was_no_check() {
    let unknown = |program: &mut Command, arguments: &[&str]| {
        let (code, said) = plugin(program, arguments);
        assert_eq!(code, 3, "{said}");
        said.strip_prefix("INCORTA MAIL UNKNOWN - ").unwrap().to_owned()
    };
    let usage = unknown(&mut bare("/bin/sh"), &["--practice", "nonsense"]);
    assert!(usage.contains("no state is called nonsense"), "{usage}");
    let unreadable = unknown(&mut bare("/bin/sh"), &["--settings", "/nowhere/settings.json"]);
    assert!(unreadable.contains("cannot read the settings file /nowhere/settings.json"), "{unreadable}");
    let (_folder, path) = stand_in("exit 130");
    let stopped = unknown(bare("/bin/sh").env("PATH", path), &[]);
    assert_eq!(stopped, "incorta-mail ended with exit code 130\n");
    let (_folder, path) = stand_in("echo '{}'");
    let nothing = unknown(bare("/bin/sh").env("PATH", path), &[]);
    assert_eq!(nothing, "incorta-mail gave no report that can be read (exit code 0)\n");
}

/// A program of the same name that does this instead, and a search path to it.
fn stand_in(script: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    // Written by another process: while this one has the file open, a child that another test starts at
    // the same time may hold it open, too, and a file open for writing cannot be run.
    let mut install = assert_cmd::Command::new("install");
    install.args(["-m", "755", "/dev/stdin"]).arg(folder.path().join("incorta-mail"));
    install.write_stdin(format!("#!/bin/sh\n{script}\n")).assert().success();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    (folder, path)
}

#[test]
fn the_plugin_keeps_a_bar_out_of_its_text() {
    const SCRIPT: &str = r#"cat <<'END'
{
  "outcome": "failed",
  "duration_ms": 1234,
  "depth": "message",
  "findings": [
    {
      "title": "Say \"Get-It | Show\"",
      "explanation": "One\nline | each"
    }
  ]
}
END
exit 1"#;
    let (_folder, path) = stand_in(SCRIPT);
    let said = plugin(bare("/bin/sh").env("PATH", path), &[]);
    let expected = "INCORTA MAIL CRITICAL - Say \"Get-It / Show\" | time=1.234s\nOne line / each\n";
    assert_eq!(said, (2, expected.to_owned()));
}

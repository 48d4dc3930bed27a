//! Every help text, the manual and the completions.

use std::process::Command;

use crate::incorta_mail;

const COMMANDS: &[&str] = &[
    "check",
    "validate",
    "values",
    "token",
    "explain",
    "script",
    "profiles",
    "profiles list",
    "profiles show",
    "profiles add",
    "profiles edit",
    "profiles remove",
    "profiles import",
    "profiles export",
    "secret",
    "secret set",
    "secret forget",
    "secret reminder",
    "secret status",
    "handover",
    "handover request",
    "handover accept",
    "handover list",
    "practice",
    "completions",
    "man",
];

fn output(arguments: &[&str]) -> String {
    let output = incorta_mail().env("COLUMNS", "80").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_help_teaches_with_examples() {
    insta::assert_snapshot!("help", output(&["--help"]));
    for command in COMMANDS {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.push("--help");
        insta::assert_snapshot!(format!("help-{}", command.replace(' ', "-")), output(&arguments));
    }
}

#[test]
fn the_snapshots_miss_no_command() {
    let listed = |help: String| {
        let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
        let names = commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        let names = names.filter_map(|line| line.split_whitespace().next().map(str::to_owned));
        names.filter(|name| name != "help").collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for name in listed(output(&["--help"])) {
        found.push(name.clone());
        if output(&[&name, "--help"]).contains("Commands:\n") {
            found.extend(listed(output(&[&name, "--help"])).into_iter().map(|below| format!("{name} {below}")));
        }
    }
    assert_eq!(found, COMMANDS);
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    assert!(output(&["man"]).starts_with(".ie"), "{}", output(&["man"]));
    for command in COMMANDS.iter().filter(|command| !command.contains(' ')) {
        let page = output(&["man", command]);
        assert!(page.contains(&format!(".TH incorta-mail-{command} 1")), "{page}");
    }
    let unknown = incorta_mail().args(["man", "nonsense"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_shell_reads_its_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(output(&["completions", shell]).contains("keep-trying"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("incorta-mail.bash");
    std::fs::write(&script, output(&["completions", "bash"])).unwrap();
    let typed = r#"source "$1"; COMP_WORDS=(incorta-mail pro); COMP_CWORD=1; COMP_LINE="incorta-mail pro"
        _incorta__mail incorta-mail pro incorta-mail; echo "${COMPREPLY[@]}""#;
    let completed = Command::new("bash").args(["-c", typed, "bash"]).arg(&script).output().unwrap();
    assert_eq!(String::from_utf8(completed.stdout).unwrap(), "profiles\n");
}

//! Ctrl-C: a check ends at once with the report so far and exit code 130.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::PROGRAM;

/// Starts the program; its standard output and error are piped.
pub fn start(arguments: &[&str]) -> Child {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Sends a signal as a shell does.
pub fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap().success());
}

/// Reads lines until one holds `words`.
pub fn wait_for(reader: &mut impl BufRead, words: &str) -> String {
    let mut read = String::new();
    while !read.contains(words) {
        assert_ne!(reader.read_line(&mut read).unwrap(), 0, "no {words} in {read}");
    }
    read
}

#[test]
fn a_check_is_stopped_with_the_report_so_far() {
    for name in ["INT", "TERM"] {
        let mut child = start(&["check", "--practice", "silent", "--json"]);
        let mut people = BufReader::new(child.stderr.take().unwrap());
        // From here on the server is waited for.
        wait_for(&mut people, "Connect");
        signal(&child, name);
        let mut printed = String::new();
        child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));

        let report: Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(report["outcome"], "cancelled");
        let stages = report["stages"].as_array().unwrap();
        let outcome = |stage: &str| &stages.iter().find(|record| record["stage"] == stage).unwrap()["outcome"];
        assert_eq!(outcome("connect"), "passed");
        assert_eq!(outcome("greeting"), "cancelled");
        assert_eq!(outcome("message"), "skipped");
    }
}

#[test]
fn waiting_for_the_next_check_is_stopped_too() {
    let mut child = start(&["check", "--practice", "full_access_missing", "--keep-trying", "--json"]);
    let mut people = BufReader::new(child.stderr.take().unwrap());
    let said = wait_for(&mut people, "Ctrl-C stops");
    assert!(said.contains("Not yet: Likely: The application may not open the mailbox"), "{said}");
    signal(&child, "INT");
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(report["findings"][0]["code"], "full_access_missing");
}

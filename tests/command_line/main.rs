//! `incorta-mail` as an operator runs it: a process, its output, its exit code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
#![allow(clippy::print_stdout, reason = "what was measured is read with --nocapture")]

mod all;
mod check;
mod errors;
mod explain;
mod handover;
mod help;
mod interrupt;
mod keep_trying;
mod killed;
mod leaks;
mod monitoring;
mod peers;
mod practice;
mod profiles;
mod program;
mod proxy;
mod race;
mod report_files;
mod script;
mod secrets;
#[cfg(target_os = "linux")]
mod seen_from_outside;
mod stores;
mod tenant;
mod terminal;
mod token;
mod user;

use std::process::Output;

use assert_cmd::Command;

/// The program's path.
const PROGRAM: &str = env!("CARGO_BIN_EXE_incorta-mail");

/// The program, without a secret in its environment.
fn incorta_mail() -> Command {
    let mut command = Command::new(PROGRAM);
    command.env_remove("INCORTA_MAIL_CLIENT_SECRET").env_remove("NO_COLOR").env("NO_PROXY", "*");
    command
}

/// Exit code, standard output and standard error, for snapshots.
fn said(output: &Output) -> String {
    let code = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!("exit {code}\n{}{}", text(&output.stdout), text(&output.stderr))
}

/// Settings for a server on this computer.
fn settings(smtp_port: u16) -> serde_json::Value {
    serde_json::json!({
        "protocol": "smtp",
        "smtp_host": "localhost",
        "smtp_port": smtp_port,
        "system_email_address": "reports@contoso.com",
        "smtp_oauth_client_id": "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346",
        "smtp_oauth_token_endpoint": "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token",
        "smtp_oauth_scope": "https://outlook.office365.com/.default"
    })
}

//! `incorta-mail` as an operator runs it: a process, its output, its exit code.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

mod errors;
mod reports;

use assert_cmd::Command;

/// The program, without a secret in its environment.
fn incorta_mail() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_incorta-mail"));
    command.env_remove("INCORTA_MAIL_CLIENT_SECRET").env("NO_PROXY", "*");
    command
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

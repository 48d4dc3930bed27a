//! Checks that run against servers nobody here wrote, with the options an operator would type.

use std::ffi::OsString;

use mail_setup_tests::{DovecotSubmission, LoginHost, NodemailerSubmission, SENDER};
use serde_json::Value;
use tempfile::TempDir;

use crate::{incorta_mail, settings};

const SECRET: &str = "canary~Secret-for/the+terminal";

/// A login host that grants a server's token, and a folder with the files that a check against both needs:
/// `settings.json`, `client-secret` and `authority.pem`.
pub struct Peer {
    pub login_host: LoginHost,
    token: String,
    pub folder: TempDir,
}

impl Peer {
    /// Everything for the SMTP server on this port, which takes this token.
    pub async fn new(smtp_port: u16, authority_pem: &str, token: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("settings.json", &settings(smtp_port).to_string());
        write("client-secret", &format!("{SECRET}\n"));
        write("authority.pem", authority_pem);
        Self { login_host: LoginHost::granting(token).await.unwrap(), token: token.to_owned(), folder }
    }

    /// The options that lead a check to this peer, besides settings and secret.
    pub fn reach(&self) -> [OsString; 4] {
        let authority = self.folder.path().join("authority.pem");
        ["--login-host".into(), self.login_host.url().into(), "--ca-file".into(), authority.into()]
    }
}

/// Runs the check against a server that takes everything, holds what it prints against it, and gives the
/// exit code.
async fn accepted_by(peer: Peer) -> Option<i32> {
    let mut command = incorta_mail();
    command.current_dir(peer.folder.path()).args(["check", "--json", "--to", "admin@contoso.com"]).args(peer.reach());
    command.args(["--settings", "settings.json", "--secret-file", "client-secret"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();

    let printed = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let report: Value = serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{said}"));
    let outcome = |stage: &str| {
        let stages = report["stages"].as_array().unwrap();
        stages.iter().find(|record| record["stage"] == stage).unwrap()["outcome"].clone()
    };
    assert_eq!(outcome("sign_in"), "passed", "{said}");
    assert_eq!(outcome("message"), "passed", "{said}");
    let asked = &peer.login_host.requests()[0];
    assert!(asked.form.contains(&("client_secret".to_owned(), SECRET.to_owned())));
    assert!(asked.form.contains(&("grant_type".to_owned(), "client_credentials".to_owned())));
    for text in [printed, said] {
        assert!(!text.contains(SECRET) && !text.contains(&peer.token));
    }
    output.status.code()
}

#[tokio::test(flavor = "multi_thread")]
async fn dovecot_accepts_the_message() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let peer = Peer::new(dovecot.address().port(), &dovecot.authority_pem(), &dovecot.token(SENDER)).await;
    // Dovecot finds the user in the token, and an application's token has none.
    assert_eq!(accepted_by(peer).await, Some(1));
    assert!(dovecot.relay().received()[0].contains("To: admin@contoso.com"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nodemailers_server_accepts_the_message() {
    let server = NodemailerSubmission::start().await.unwrap();
    let peer = Peer::new(server.address().port(), &server.authority_pem(), server.token()).await;
    assert_eq!(accepted_by(peer).await, Some(0));
    assert_eq!(server.received()[0].to, ["admin@contoso.com"]);
}

use std::fs;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::client::Client;

/// A connection after STARTTLS and the second EHLO.
async fn secured(dovecot: &DovecotSubmission) -> Client {
    let mut client = Client::connect(dovecot.address()).await;
    assert!(client.reply().await.starts_with("220 "));
    assert!(client.command("EHLO client.test").await.contains("STARTTLS"));
    assert!(client.command("STARTTLS").await.starts_with("220 "));
    let mut client = client.start_tls(&dovecot.authority_pem()).await;
    assert!(client.command("EHLO client.test").await.contains("AUTH XOAUTH2"));
    client
}

#[tokio::test]
async fn a_good_token_sends_a_message_through_to_the_relay() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let mut client = secured(&dovecot).await;

    let reply = client.xoauth2(SENDER, &dovecot.token(SENDER)).await;
    assert!(reply.starts_with("235 "), "{reply}{}", dovecot.log());
    let reply = client.command(&format!("MAIL FROM:<{SENDER}>")).await;
    assert!(reply.starts_with("250 "), "{reply}{}", dovecot.log());
    assert!(client.command("RCPT TO:<someone@contoso.com>").await.starts_with("250 "));
    assert!(client.command("DATA").await.starts_with("354 "));
    assert!(client.command("Subject: A test\r\n\r\n..A dot first\r\n.").await.starts_with("250 "));

    let received = dovecot.relay().received();
    assert_eq!(received.len(), 1);
    assert!(received[0].ends_with("Subject: A test\r\n\r\n.A dot first\r\n"), "{}", received[0]);
}

#[tokio::test]
async fn a_token_signed_by_another_key_gets_a_challenge_and_then_535() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let mut client = secured(&dovecot).await;

    let challenge = client.xoauth2(SENDER, &dovecot.bad_token()).await;
    let json = STANDARD.decode(challenge.strip_prefix("334 ").unwrap().trim_end()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["status"], "401");
    assert_eq!(json["schemes"], "bearer");

    assert!(client.command("").await.starts_with("535 "));
    assert!(dovecot.relay().received().is_empty());
    assert!(dovecot.log().contains("Bad signature"), "{}", dovecot.log());
}

#[tokio::test]
async fn a_token_of_another_user_is_refused() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let mut client = secured(&dovecot).await;

    let reply = client.xoauth2(SENDER, &dovecot.token("other@contoso.com")).await;
    assert!(reply.starts_with("334 "), "{reply}");
    assert!(dovecot.log().contains("did not match 'other@contoso.com'"), "{}", dovecot.log());
}

#[tokio::test]
async fn no_process_outlives_the_value_even_with_a_client_connected() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let mut client = Client::connect(dovecot.address()).await;
    assert!(client.reply().await.starts_with("220 "));
    let (group, directory) = (dovecot._process.0.id(), dovecot.directory.path().to_owned());
    assert!(processes_in(group) > 1);

    drop(dovecot);

    let deadline = Instant::now() + Duration::from_secs(10);
    while processes_in(group) > 0 {
        assert!(Instant::now() < deadline, "processes of group {group} still run");
        tokio::task::yield_now().await;
    }
    assert!(!directory.exists());
}

/// Live processes of a process group; one that waits to be reaped is dead already.
fn processes_in(group: u32) -> usize {
    let stats =
        fs::read_dir("/proc").unwrap().filter_map(|entry| fs::read_to_string(entry.unwrap().path().join("stat")).ok());
    stats
        .filter(|stat| {
            // The fields after the name in parentheses: state, parent, process group.
            let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
            let state = fields.next();
            state != Some("Z") && fields.nth(1) == Some(group.to_string().as_str())
        })
        .count()
}

#[tokio::test]
async fn a_missing_dovecot_is_an_error_that_names_the_package() {
    let empty = tempfile::tempdir().unwrap();
    let error = DovecotSubmission::start_below(empty.path()).await.unwrap_err().to_string();
    assert!(error.contains("install the Debian package dovecot-core"), "{error}");

    fs::create_dir_all(empty.path().join("usr/sbin")).unwrap();
    fs::write(empty.path().join("usr/sbin/dovecot"), "").unwrap();
    let error = DovecotSubmission::start_below(empty.path()).await.unwrap_err().to_string();
    assert!(error.contains("install the Debian package dovecot-submissiond"), "{error}");
}

#[tokio::test]
async fn a_failed_start_carries_dovecots_own_log() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("dovecot.conf"), "no_such_setting = yes\n").unwrap();
    let mut process = Supervised::spawn(directory.path()).unwrap();

    let reason = wait_for_greeting(&mut process, free_port().unwrap(), directory.path()).await.unwrap_err();

    assert_eq!(reason, "ended at once");
    assert!(read_log(directory.path()).contains("no_such_setting"));
}

#[tokio::test]
async fn a_port_taken_by_somebody_else_is_told_by_the_log() {
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = other.local_addr().unwrap().port();
    let directory = tempfile::tempdir().unwrap();
    let (authority, issuer) = (Authority::new().unwrap(), TokenIssuer::new().unwrap());
    write_files(directory.path(), &authority, &issuer).unwrap();
    write_configuration(directory.path(), port, port).unwrap();
    let mut process = Supervised::spawn(directory.path()).unwrap();

    let reason = wait_for_greeting(&mut process, port, directory.path()).await.unwrap_err();

    assert_eq!(reason, "ended at once");
    assert!(read_log(directory.path()).contains(PORT_TAKEN));
}

use super::*;
use crate::client::Client;

/// A connection after STARTTLS and the second EHLO.
async fn secured(server: &NodemailerSubmission) -> Client {
    let mut client = Client::connect(server.address()).await;
    assert!(client.reply().await.starts_with("220 localhost "));
    assert!(client.command("EHLO client.test").await.contains("STARTTLS"));
    assert!(client.command("STARTTLS").await.starts_with("220 "));
    let mut client = client.start_tls(&server.authority_pem()).await;
    assert!(client.command("EHLO client.test").await.contains("AUTH XOAUTH2"));
    client
}

#[tokio::test]
async fn the_good_token_sends_a_message_that_is_kept() {
    let server = NodemailerSubmission::start().await.unwrap();
    let mut client = secured(&server).await;

    let reply = client.xoauth2(SENDER, server.token()).await;
    assert!(reply.starts_with("235 2.7.0 "), "{reply}{}", server.log());
    assert!(client.command(&format!("MAIL FROM:<{SENDER}>")).await.starts_with("250 "));
    assert!(client.command("RCPT TO:<someone@contoso.com>").await.starts_with("250 "));
    assert!(client.command("DATA").await.starts_with("354 "));
    assert!(client.command("Subject: A test\r\n\r\n..A dot first\r\n.").await.starts_with("250 "));

    let message = AcceptedMessage {
        user: SENDER.to_owned(),
        from: SENDER.to_owned(),
        to: vec!["someone@contoso.com".to_owned()],
        content: b"Subject: A test\r\n\r\n.A dot first\r\n".to_vec(),
    };
    assert_eq!(server.received(), [message]);
}

#[tokio::test]
async fn the_other_token_and_the_other_user_get_a_challenge_and_then_535() {
    let server = NodemailerSubmission::start().await.unwrap();
    let mut client = secured(&server).await;
    for (user, token) in [(SENDER, server.bad_token()), ("other@contoso.com", server.token())] {
        let challenge = client.xoauth2(user, token).await;
        let json = STANDARD.decode(challenge.strip_prefix("334 ").unwrap().trim_end()).unwrap();
        let json: Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json["status"], "401");
        assert!(client.command("").await.starts_with("535 5.7.8 "));
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn no_process_outlives_the_value_even_with_a_client_connected() {
    let server = NodemailerSubmission::start().await.unwrap();
    let mut client = Client::connect(server.address()).await;
    assert!(client.reply().await.starts_with("220 "));
    let process = PathBuf::from(format!("/proc/{}", server._process.0.id()));
    let directory = server.directory.path().to_owned();
    assert!(process.exists());

    drop(server);

    assert!(!process.exists() && !directory.exists());
}

#[tokio::test]
async fn the_process_ends_by_itself_when_nobody_holds_its_standard_input() {
    let mut server = NodemailerSubmission::start().await.unwrap();
    drop(server._process.0.stdin.take());
    assert!(server._process.0.wait().unwrap().success());
}

#[tokio::test]
async fn a_failed_start_carries_what_the_server_said() {
    let directory = tempfile::tempdir().unwrap();
    let script = directory.path().join("server.mjs");
    fs::write(&script, "throw new Error('no such setting')").unwrap();

    let error = NodemailerSubmission::start_with(&script).await.unwrap_err().to_string();

    assert!(error.contains("ended without a port") && error.contains("no such setting"), "{error}");
}

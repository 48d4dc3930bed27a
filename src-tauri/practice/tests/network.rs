//! Faults of the network between a client and the SMTP server, and the end of the tenant.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod support;

use std::io::ErrorKind;

use practice_tenant::SmtpNetwork;
use support::{Smtp, start};
use tokio::net::TcpStream;

/// The error of the handshake after STARTTLS.
async fn handshake_error(name: &str) -> String {
    let tenant = start(name).await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.reply().await;
    smtp.say("EHLO localhost").await;
    match smtp.start_tls(&tenant, "smtp.office365.com").await {
        Ok(_) => panic!("{name}: the handshake succeeded"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn certificates_that_a_client_must_refuse() {
    for (name, reason) in [
        ("certificate_untrusted", "UnknownIssuer"),
        ("certificate_expired", "expired"),
        ("certificate_wrong_name", "not valid for name"),
    ] {
        let error = handshake_error(name).await;
        assert!(error.contains(reason), "{name}: {error}");
    }
    handshake_error("tls_handshake_failed").await;
}

#[tokio::test]
async fn a_blocked_port_refuses_until_it_is_opened() {
    let tenant = start("port_blocked").await;
    let refused = TcpStream::connect(tenant.smtp_address()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    tenant.change(|state| state.smtp_network = SmtpNetwork::Open);
    assert!(Smtp::connect(tenant.smtp_address()).await.unwrap().reply().await.starts_with("220 "));
    tenant.change(|state| state.smtp_network = SmtpNetwork::PortBlocked);
    let refused = TcpStream::connect(tenant.smtp_address()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn a_silent_server_says_nothing_until_the_client_gives_up() {
    let tenant = start("silent").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.send("EHLO localhost\r\n").await;
    smtp.hang_up().await;
    assert!(smtp.rest().await.is_empty());
}

#[tokio::test]
async fn greetings_that_are_none() {
    for (name, start_of_reply) in [("busy", "421 4.3.2 Service not active"), ("not_smtp", "HTTP/1.0 400 ")] {
        let tenant = start(name).await;
        let reply = Smtp::connect(tenant.smtp_address()).await.unwrap().reply().await;
        assert!(reply.starts_with(start_of_reply), "{name}: {reply}");
    }
}

#[tokio::test]
async fn connections_are_dropped_where_the_state_says() {
    let tenant = start("connection_dropped").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    assert!(smtp.reply().await.starts_with("220 "));
    assert!(smtp.rest().await.is_empty());

    let tenant = start("connection_dropped_at_starttls").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.reply().await;
    assert!(smtp.say("EHLO localhost").await.contains("STARTTLS"));
    assert_eq!(smtp.say("STARTTLS").await, "");

    let tenant = start("connection_dropped_at_auth").await;
    let mut smtp = Smtp::secure(&tenant).await;
    assert_eq!(smtp.say("AUTH XOAUTH2").await, "");
}

#[tokio::test]
async fn a_middlebox_meddles_with_starttls() {
    let tenant = start("starttls_not_offered").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.reply().await;
    let features = smtp.say("EHLO localhost").await;
    assert!(features.contains("PIPELINING") && !features.contains("STARTTLS"), "{features}");

    for (name, reply) in [("starttls_rejected", "454 4.7.0 "), ("starttls_injected", "220 2.0.0 ")] {
        let tenant = start(name).await;
        let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
        smtp.reply().await;
        smtp.say("EHLO localhost").await;
        assert!(smtp.say("STARTTLS").await.starts_with(reply), "{name}");
        if name == "starttls_injected" {
            assert_eq!(smtp.reply().await, "250 2.0.0 OK\r\n");
        }
    }
}

#[tokio::test]
async fn ehlo_is_refused_or_followed_by_a_refusal() {
    let tenant = start("ehlo_rejected").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.reply().await;
    assert!(smtp.say("EHLO localhost").await.starts_with("502 5.5.1 "));

    let tenant = start("tls_too_old").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.reply().await;
    smtp.say("EHLO localhost").await;
    let mut smtp = smtp.start_tls(&tenant, "localhost").await.unwrap();
    assert!(smtp.say("EHLO localhost").await.starts_with("421 4.7.66 TLS 1.0 and 1.1 are not supported"));
}

#[tokio::test]
async fn dropping_the_tenant_ends_connections_and_closes_both_ports() {
    let tenant = start("healthy").await;
    let (login, smtp_address) = (tenant.login_address(), tenant.smtp_address());
    let mut smtp = Smtp::connect(smtp_address).await.unwrap();
    smtp.reply().await;
    drop(tenant);
    assert!(smtp.rest().await.is_empty());
    for address in [login, smtp_address] {
        assert_eq!(TcpStream::connect(address).await.unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }
}

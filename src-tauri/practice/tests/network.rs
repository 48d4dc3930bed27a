//! Faults of the network between a client and the SMTP server, and the end of the tenant.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod support;

use std::io::ErrorKind;
use std::time::Duration;

use practice_tenant::{PracticeTenant, SmtpNetwork, TenantState};
use support::{Smtp, knock, shown_chain, start, token, xoauth2};
use tokio::net::TcpStream;
use tokio::time::timeout;

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
        ("tls_interception_suspected", "UnknownIssuer"),
        ("certificate_expired", "expired"),
        ("certificate_wrong_name", "not valid for name"),
    ] {
        let error = handshake_error(name).await;
        assert!(error.contains(reason), "{name}: {error}");
    }
    handshake_error("tls_handshake_failed").await;
}

fn tells(certificate: &[u8], name: &str) -> bool {
    certificate.windows(name.len()).any(|part| part == name.as_bytes())
}

#[tokio::test]
async fn interception_and_an_unknown_authority_show_whose_they_are() {
    let tenant = start("tls_interception_suspected").await;
    let chain = shown_chain(Smtp::before_handshake(&tenant).await.into_stream()).await;
    assert!(tells(&chain[0], "Contoso TLS Inspection CA") && !tells(&chain[0], "DigiCert"));

    let tenant = start("certificate_untrusted").await;
    let chain = shown_chain(Smtp::before_handshake(&tenant).await.into_stream()).await;
    assert_eq!(chain.len(), 2);
    assert!(tells(&chain[0], "DigiCert Inc") && tells(&chain[0], "DigiCert Cloud Services CA-1"));
    // The root is named, and not sent.
    assert!(tells(&chain[1], "DigiCert Cloud Services CA-1") && tells(&chain[1], "DigiCert Global Root CA"));
}

#[tokio::test]
async fn a_name_that_is_unknown_has_no_route() {
    let hosts =
        |tenant: &PracticeTenant| tenant.routes().into_iter().map(|(host, port, _)| (host, port)).collect::<Vec<_>>();
    let (login, smtp) = (("login.microsoftonline.com", 443), ("smtp.office365.com", 587));
    let tenant = start("smtp_host_not_found").await;
    assert_eq!(hosts(&tenant), [login]);
    tenant.change(|state| state.smtp_network = SmtpNetwork::Open);
    assert_eq!(hosts(&tenant), [login, smtp]);
    assert_eq!(hosts(&start("login_host_not_found").await), [smtp]);
}

/// Windows refuses where a firewall would stay silent; only Linux is known to do as firewalls do.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_blocked_port_gives_no_answer_until_it_is_opened() {
    let tenant = start("port_blocked").await;
    for _ in 0..3 {
        assert!(knock(tenant.smtp_address()).await.is_none());
    }
    tenant.change(|state| state.smtp_network = SmtpNetwork::Open);
    assert!(Smtp::connect(tenant.smtp_address()).await.unwrap().reply().await.starts_with("220 "));
    tenant.change(|state| state.smtp_network = SmtpNetwork::PortBlocked);
    assert!(knock(tenant.smtp_address()).await.is_none());
    tenant.change(|state| state.smtp_network = SmtpNetwork::ConnectionRefused);
    assert_eq!(knock(tenant.smtp_address()).await.unwrap().unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn a_refusing_port_refuses_until_it_is_opened() {
    let tenant = start("connection_refused").await;
    let refused = TcpStream::connect(tenant.smtp_address()).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    tenant.change(|state| state.smtp_network = SmtpNetwork::Open);
    assert!(Smtp::connect(tenant.smtp_address()).await.unwrap().reply().await.starts_with("220 "));
    tenant.change(|state| state.smtp_network = SmtpNetwork::ConnectionRefused);
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
async fn tls_at_once_says_nothing_in_plaintext() {
    let tenant = start("smtp_wrong_port").await;
    let mut plain = Smtp::connect(tenant.smtp_address()).await.unwrap();
    plain.send("EHLO localhost\r\n").await;
    let answer = plain.rest().await;
    assert_eq!(answer[..2], [0x15, 0x03], "not a TLS alert: {answer:?}");

    let token = token(&tenant).await;
    let mut secure = Smtp::tls_at_once(&tenant).await;
    assert!(secure.reply().await.starts_with("220 "));
    let features = secure.say("EHLO localhost").await;
    assert!(features.contains("AUTH LOGIN XOAUTH2") && !features.contains("STARTTLS"), "{features}");
    let reply = secure.say(&format!("AUTH XOAUTH2 {}", xoauth2("reports@contoso.com", &token))).await;
    assert!(reply.starts_with("235 "), "{reply}");
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
async fn a_message_whose_reply_is_lost_has_arrived() {
    let tenant = start("connection_dropped_after_data").await;
    let mut smtp = Smtp::signed_in(&tenant).await;
    assert_eq!(smtp.message("reports@contoso.com", "From: <reports@contoso.com>\r\n\r\nText").await, "");
    assert_eq!(tenant.inbox().len(), 1);
}

#[tokio::test]
async fn auth_is_never_answered() {
    let tenant = start("silent_at_auth").await;
    let mut smtp = Smtp::secure(&tenant).await;
    smtp.send("AUTH XOAUTH2\r\nNOOP\r\n").await;
    // Neither a reply nor an end of the connection, until the client gives up.
    let waited = timeout(Duration::from_millis(100), smtp.reply()).await;
    assert!(waited.is_err(), "{waited:?}");
    smtp.hang_up().await;
    assert!(smtp.rest().await.is_empty());
}

#[tokio::test]
async fn a_middlebox_meddles_with_starttls() {
    let tenant = start("starttls_not_offered").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.reply().await;
    let features = smtp.say("EHLO localhost").await;
    assert!(features.contains("PIPELINING") && !features.contains("STARTTLS"), "{features}");

    let tenant = start("starttls_masked").await;
    let mut smtp = Smtp::connect(tenant.smtp_address()).await.unwrap();
    smtp.reply().await;
    let features = smtp.say("EHLO localhost").await;
    assert!(features.contains("250-XXXXXXXA\r\n") && !features.contains("STARTTLS"), "{features}");
    assert!(smtp.say("STARTTLS").await.starts_with("500 5.3.3 Unrecognized command"));

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
async fn what_the_network_does_comes_before_what_the_server_does() {
    let mut state = TenantState::named("busy").unwrap();
    state.set("smtp_network", "not_smtp").unwrap();
    let tenant = PracticeTenant::start(state).await.unwrap();
    assert!(Smtp::connect(tenant.smtp_address()).await.unwrap().reply().await.starts_with("HTTP/1.0 400 "));
    tenant.change(|state| state.set("smtp_network", "drops_after_greeting").unwrap());
    assert!(Smtp::connect(tenant.smtp_address()).await.unwrap().reply().await.starts_with("421 4.3.2 "));
    tenant.change(|state| state.set("smtp_service", "tls_at_once").unwrap());
    let mut smtp = Smtp::tls_at_once(&tenant).await;
    assert!(smtp.reply().await.starts_with("220 "));
    assert!(smtp.rest().await.is_empty());
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

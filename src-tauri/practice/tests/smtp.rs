//! The SMTP dialogue over real sockets, in a tenant whose network is open.

mod support;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use practice_tenant::PracticeTenant;
use serde_json::Value;
use support::{Smtp, http, start, token, token_request, xoauth2};

const MESSAGE: &str = "From: <reports@contoso.com>\r\nTo: <ana@contoso.com>\r\nSubject: Test\r\n\
    Message-ID: <1@contoso.com>\r\n\r\nFirst line\r\n..a dot";

/// Whether a reply ends in the server's tag.
fn has_tag(reply: &str) -> bool {
    let Some((_, tag)) = reply.rsplit_once('[') else { return false };
    tag.starts_with("AM0PR01CA0001.EURPRD01.PROD.OUTLOOK.COM 20") && tag.ends_with("]\r\n")
}

/// The reply to signing in as `user` with a fresh token.
async fn sign_in(tenant: &PracticeTenant, user: &str) -> String {
    let token = token(tenant).await;
    let mut smtp = Smtp::secure(tenant).await;
    smtp.say(&format!("AUTH XOAUTH2 {}", xoauth2(user, &token))).await
}

/// The reply to a message after its data.
async fn send(tenant: &PracticeTenant) -> String {
    Smtp::signed_in(tenant).await.message("reports@contoso.com", MESSAGE).await
}

#[tokio::test]
async fn a_message_arrives_in_the_inbox() {
    let tenant = start("healthy").await;
    let mut smtp = Smtp::signed_in(&tenant).await;
    let reply = smtp.message("reports@contoso.com", MESSAGE).await;
    assert!(reply.starts_with("250 2.0.0 OK <1@contoso.com> [Hostname="), "{reply}");
    let inbox = tenant.inbox();
    assert_eq!(inbox.len(), 1);
    assert_eq!((inbox[0].subject.as_str(), inbox[0].from.as_str()), ("Test", "reports@contoso.com"));
    assert_eq!(inbox[0].to, ["ana@contoso.com"]);
    assert_eq!(inbox[0].text.trim_end().replace("\r\n", "\n"), "First line\n.a dot");

    smtp.message("reports@contoso.com", &MESSAGE.replace("Subject: Test", "Subject: Second")).await;
    assert_eq!(tenant.inbox()[0].subject, "Second");
    assert!(smtp.say("QUIT").await.starts_with("221 2.0.0 "));
    assert!(smtp.rest().await.is_empty());
}

#[tokio::test]
async fn features_before_and_after_tls() {
    let tenant = start("healthy").await;
    let mut plain = Smtp::connect(tenant.smtp_address()).await.unwrap();
    let greeting = plain.reply().await;
    assert!(greeting.contains(".outlook.office365.com Microsoft ESMTP MAIL Service ready at "), "{greeting}");
    let before = plain.say("EHLO localhost").await;
    for feature in [
        "SIZE 157286400",
        "PIPELINING",
        "DSN",
        "ENHANCEDSTATUSCODES",
        "STARTTLS",
        "8BITMIME",
        "BINARYMIME",
        "CHUNKING",
        "SMTPUTF8",
    ] {
        assert!(before.contains(feature), "{feature}");
    }
    assert!(!before.contains("AUTH"));
    let mut secure = plain.start_tls(&tenant, "localhost").await.unwrap();
    let after = secure.say("EHLO localhost").await;
    assert!(after.contains("250-AUTH LOGIN XOAUTH2\r\n") && !after.contains("STARTTLS"), "{after}");
}

#[tokio::test]
async fn sign_in_in_two_steps() {
    let tenant = start("healthy").await;
    let blob = xoauth2("reports@contoso.com", &token(&tenant).await);
    let mut smtp = Smtp::secure(&tenant).await;
    assert_eq!(smtp.say("AUTH XOAUTH2").await, "334 \r\n");
    assert!(smtp.say("*").await.starts_with("501 5.7.0 "));
    assert_eq!(smtp.say("AUTH XOAUTH2").await, "334 \r\n");
    assert!(smtp.say(&blob).await.starts_with("235 2.7.0 "));
    assert!(smtp.say(&format!("AUTH XOAUTH2 {blob}")).await.starts_with("503 "));
}

#[tokio::test]
async fn only_issued_tokens_sign_in() {
    let tenant = start("healthy").await;
    let token = token(&tenant).await;
    let mut smtp = Smtp::secure(&tenant).await;
    let forged = format!("{}x", &token[..token.len() - 1]);
    let reply = smtp.say(&format!("AUTH XOAUTH2 {}", xoauth2("reports@contoso.com", &forged))).await;
    assert!(reply.starts_with("535 5.7.3 Authentication unsuccessful [AM0PR01CA0001."), "{reply}");
    assert!(smtp.say("AUTH XOAUTH2 bm90IGEgYmxvYg==").await.starts_with("501 5.5.124 "));

    let graph = http(
        &tenant,
        "POST",
        "/contoso.com/oauth2/v2.0/token",
        &token_request(&tenant, "https://graph.microsoft.com/.default"),
    )
    .await;
    let graph = graph.json()["access_token"].as_str().unwrap().to_owned();
    assert!(
        smtp.say(&format!("AUTH XOAUTH2 {}", xoauth2("reports@contoso.com", &graph))).await.starts_with("535 5.7.3 ")
    );
    assert!(smtp.say(&format!("AUTH XOAUTH2 {}", xoauth2("reports@contoso.com", &token))).await.starts_with("235 "));
}

#[tokio::test]
async fn passwords_are_refused() {
    let tenant = start("healthy").await;
    let mut smtp = Smtp::secure(&tenant).await;
    assert_eq!(smtp.say("AUTH LOGIN").await, "334 VXNlcm5hbWU6\r\n");
    assert_eq!(smtp.say("cmVwb3J0cw==").await, "334 UGFzc3dvcmQ6\r\n");
    let reply = smtp.say("cGFzc3dvcmQ=").await;
    assert!(reply.starts_with("535 5.7.139 Authentication unsuccessful, basic authentication is disabled."), "{reply}");
    assert!(smtp.say("AUTH PLAIN").await.starts_with("504 5.7.4 "));
}

#[tokio::test]
async fn states_that_refuse_the_sign_in() {
    let expected = [
        (
            "smtp_auth_disabled_organization",
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        ),
        (
            "smtp_auth_disabled_mailbox",
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
        ),
        (
            "security_defaults",
            "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.",
        ),
        ("permission_not_consented", "535 5.7.3 Authentication unsuccessful ["),
        ("wrong_permission", "535 5.7.3 Authentication unsuccessful ["),
        ("service_principal_missing", "535 5.7.3 Authentication unsuccessful ["),
        ("wrong_object_id", "535 5.7.3 Authentication unsuccessful ["),
        ("rbac_scope_excludes_mailbox", "535 5.7.3 Authentication unsuccessful ["),
        ("service_principal_pending", "535 5.7.3 Authentication unsuccessful ["),
        ("mailbox_not_found", "535 5.7.3 Authentication unsuccessful ["),
        ("token_wrong_audience", "535 5.7.3 Authentication unsuccessful ["),
        ("token_wrong_tenant", "535 5.7.3 Authentication unsuccessful ["),
        ("token_wrong_application", "535 5.7.3 Authentication unsuccessful ["),
        ("token_is_delegated", "535 5.7.3 Authentication unsuccessful ["),
        ("sign_in_temporarily_refused", "454 4.7.0 "),
        ("basic_auth_refused", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."),
        ("basic_auth_retired", "550 5.7.30 Basic authentication is not supported"),
        ("auth_mechanism_unrecognized", "504 5.7.4 Unrecognized Authentication Type"),
        ("xoauth2_malformed", "501 5.5.124 "),
        ("sign_in_refused", "554 5.7.1 "),
        ("xoauth2_not_offered", "504 5.7.4 "),
    ];
    for (name, start_of_reply) in expected {
        let reply = sign_in(&start(name).await, "reports@contoso.com").await;
        assert!(reply.starts_with(start_of_reply), "{name}: {reply}");
        assert!(has_tag(&reply), "{name}: {reply}");
    }
    let reply = sign_in(&start("healthy").await, "sales@contoso.com").await;
    assert!(reply.starts_with("535 5.7.3 Authentication unsuccessful ["), "{reply}");
}

#[tokio::test]
async fn a_refusal_after_a_challenge_waits_for_the_client() {
    let tenant = start("sign_in_challenged").await;
    let blob = xoauth2("reports@contoso.com", &token(&tenant).await);
    let mut smtp = Smtp::secure(&tenant).await;
    let challenge = smtp.say(&format!("AUTH XOAUTH2 {blob}")).await;
    let json = STANDARD.decode(challenge.strip_prefix("334 ").unwrap().trim_end()).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!((&json["status"], &json["schemes"]), (&Value::from("invalid_token"), &Value::from("bearer")));
    let reply = smtp.say("").await;
    assert!(reply.starts_with("535 5.7.8 ") && has_tag(&reply), "{reply}");
    assert!(smtp.say("NOOP").await.starts_with("250 "));
}

#[tokio::test]
async fn a_forgotten_sign_in_shows_at_mail() {
    let tenant = start("not_authenticated").await;
    let mut smtp = Smtp::signed_in(&tenant).await;
    let reply = smtp.say("MAIL FROM:<reports@contoso.com>").await;
    assert!(reply.starts_with("530 5.7.57 Client not authenticated") && has_tag(&reply), "{reply}");
}

#[tokio::test]
async fn a_sign_in_service_that_is_well_again_asks_the_tenant() {
    let tenant = start("smtp_auth_disabled_mailbox").await;
    tenant.change(|state| state.set("sign_in_service", "temporarily_refused").unwrap());
    assert!(sign_in(&tenant, "reports@contoso.com").await.starts_with("454 4.7.0 "));
    tenant.change(|state| state.set("sign_in_service", "available").unwrap());
    assert!(sign_in(&tenant, "reports@contoso.com").await.starts_with("535 5.7.139 "));
}

#[tokio::test]
async fn states_that_refuse_recipients_or_size() {
    for (name, start_of_reply) in [
        ("recipient_rejected", "550 5.1.10 RESOLVER.ADR.RecipientNotFound;"),
        ("too_many_recipients", "452 4.5.3 Too many recipients"),
    ] {
        let tenant = start(name).await;
        let mut smtp = Smtp::signed_in(&tenant).await;
        smtp.say("MAIL FROM:<reports@contoso.com>").await;
        let reply = smtp.say("RCPT TO:<ana@contoso.com>").await;
        assert!(reply.starts_with(start_of_reply) && has_tag(&reply), "{name}: {reply}");
        assert!(smtp.say("DATA").await.starts_with("503 5.5.2 "), "{name}");
    }

    let tenant = start("message_too_large").await;
    let too_large = "552 5.3.4 Message size exceeds fixed maximum message size";
    assert!(send(&tenant).await.starts_with(too_large));
    let mut smtp = Smtp::signed_in(&tenant).await;
    assert!(smtp.say("MAIL FROM:<reports@contoso.com> SIZE=900").await.starts_with(too_large));
    smtp.say("MAIL FROM:<reports@contoso.com>").await;
    smtp.say("RCPT TO:<ana@contoso.com>").await;
    smtp.send("BDAT 4 LAST\r\ntext").await;
    assert!(smtp.reply().await.starts_with(too_large));
    assert!(tenant.inbox().is_empty());
}

#[tokio::test]
async fn states_that_refuse_the_message() {
    let expected = [
        ("full_access_missing", "430 4.2.0 STOREDRV; mailbox logon failure;"),
        ("changes_not_propagated", "430 4.2.0 STOREDRV; mailbox logon failure;"),
        (
            "send_as_missing",
            "554 5.2.252 SendAsDenied; reports@contoso.com not allowed to send as reports@contoso.com;",
        ),
        ("mailbox_limit_reached", "550 5.1.90 "),
        ("tenant_limit_reached", "550 5.7.233 "),
        ("mailbox_full", "554 5.2.2 mailbox full;"),
        ("sender_blocked", "550 5.1.8 "),
        ("too_many_connections", "432 4.3.2 STOREDRV.ClientSubmit;"),
        ("smtp_temporary_failure", "451 4.7.500 Server busy."),
        ("smtp_error_unknown", "554 5.6.0 "),
    ];
    for (name, start_of_reply) in expected {
        let tenant = start(name).await;
        let reply = send(&tenant).await;
        assert!(reply.starts_with(start_of_reply) && has_tag(&reply), "{name}: {reply}");
        assert!(reply.contains(" [Hostname=AM0PR01MB0001."), "{name}: {reply}");
        assert!(tenant.inbox().is_empty(), "{name}");
    }
    assert!(send(&start("rbac").await).await.starts_with("250 2.0.0 OK "));
}

#[tokio::test]
async fn another_sender_is_denied_by_name() {
    let tenant = start("healthy").await;
    let mut smtp = Smtp::signed_in(&tenant).await;
    let denied = "554 5.2.252 SendAsDenied; reports@contoso.com not allowed to send as sales@contoso.com;";
    assert!(smtp.message("sales@contoso.com", MESSAGE).await.starts_with(denied));
    let other = MESSAGE.replace("From: <reports@", "From: <sales@");
    assert!(smtp.message("reports@contoso.com", &other).await.starts_with(denied));
}

#[tokio::test]
async fn a_switch_takes_effect_within_a_connection() {
    let tenant = start("full_access_missing").await;
    let mut smtp = Smtp::signed_in(&tenant).await;
    assert!(smtp.message("reports@contoso.com", MESSAGE).await.starts_with("430 "));
    tenant.change(|state| state.full_access = true);
    assert!(smtp.message("reports@contoso.com", MESSAGE).await.starts_with("250 2.0.0 OK "));
}

#[tokio::test]
async fn pipelined_commands_are_answered_in_order() {
    let tenant = start("healthy").await;
    let mut smtp = Smtp::signed_in(&tenant).await;
    smtp.send("MAIL FROM:<reports@contoso.com>\r\nRCPT TO:<ana@contoso.com>\r\nRCPT TO:<>\r\nDATA\r\n").await;
    for start_of_reply in ["250 2.1.0 ", "250 2.1.5 ", "501 5.1.7 ", "354 "] {
        let reply = smtp.reply().await;
        assert!(reply.starts_with(start_of_reply), "{reply}");
    }
    smtp.send(&format!("{MESSAGE}\r\n.\r\nNOOP\r\n")).await;
    assert!(smtp.reply().await.starts_with("250 2.0.0 OK <1@contoso.com>"));
    assert_eq!(smtp.reply().await, "250 2.0.0 OK\r\n");
}

#[tokio::test]
async fn chunks_make_a_message() {
    let tenant = start("healthy").await;
    let mut smtp = Smtp::signed_in(&tenant).await;
    assert!(smtp.say("MAIL FROM:<reports@contoso.com>").await.starts_with("250 "));
    assert!(smtp.say("RCPT TO:<ana@contoso.com>").await.starts_with("250 "));
    smtp.send("BDAT 15\r\nSubject: Chunks").await;
    assert!(smtp.reply().await.starts_with("250 2.0.0 OK, 15 octets received"));
    smtp.send("BDAT 8 LAST\r\n\r\n\r\ntext").await;
    assert!(smtp.reply().await.starts_with("250 2.0.0 OK <"));
    assert_eq!((tenant.inbox()[0].subject.as_str(), tenant.inbox()[0].text.as_str()), ("Chunks", "text"));
    smtp.send("BDAT 4 LAST\r\nlostNOOP\r\n").await;
    assert!(smtp.reply().await.starts_with("503 5.5.1 "));
    assert!(smtp.reply().await.starts_with("250 "));
}

#[tokio::test]
async fn commands_out_of_place() {
    let tenant = start("healthy").await;
    let mut plain = Smtp::connect(tenant.smtp_address()).await.unwrap();
    plain.reply().await;
    assert!(plain.say("MAIL FROM:<reports@contoso.com>").await.starts_with("503 5.5.2 "));
    assert!(plain.say("EHLO not a name").await.starts_with("501 5.5.4 Invalid domain name"));
    plain.say("EHLO localhost").await;
    assert!(plain.say("AUTH XOAUTH2").await.starts_with("504 5.7.4 "));
    assert!(plain.say("MAIL FROM:<reports@contoso.com>").await.starts_with("530 5.7.57 Client not authenticated"));

    let mut smtp = Smtp::signed_in(&tenant).await;
    assert!(smtp.say("STARTTLS").await.starts_with("503 5.5.1 "));
    assert!(smtp.say("RCPT TO:<ana@contoso.com>").await.starts_with("503 5.5.1 "));
    assert!(smtp.say("MAIL FROM:<reports@contoso.com> SIZE=40000000").await.starts_with("552 5.3.4 "));
    smtp.say("MAIL FROM:<reports@contoso.com>").await;
    assert!(smtp.say("DATA").await.starts_with("503 5.5.2 "));
    assert!(smtp.say("RSET").await.starts_with("250 2.0.0 "));
    assert!(smtp.say("DATA").await.starts_with("503 5.5.1 "));
    assert!(smtp.say("XYZZY").await.starts_with("500 5.3.3 "));
}

#[tokio::test]
async fn plaintext_behind_starttls_is_dropped() {
    let tenant = start("healthy").await;
    let mut plain = Smtp::connect(tenant.smtp_address()).await.unwrap();
    plain.reply().await;
    plain.say("EHLO localhost").await;
    // One write, so that the server reads both commands at once.
    plain.send("STARTTLS\r\nNOOP\r\n").await;
    assert!(plain.reply().await.starts_with("220 "));
    let mut secure = plain.handshake(&tenant, "localhost").await.unwrap();
    assert!(secure.say("EHLO localhost").await.starts_with("250-"));
}

#[tokio::test]
async fn endless_lines_and_endless_mistakes_end_the_connection() {
    let tenant = start("healthy").await;
    let mut smtp = Smtp::secure(&tenant).await;
    smtp.send(&"x".repeat(13_000)).await;
    assert!(smtp.reply().await.starts_with("500 5.5.2 "));
    assert!(smtp.rest().await.is_empty());

    let mut smtp = Smtp::secure(&tenant).await;
    for _ in 0..20 {
        assert!(smtp.say("XYZZY").await.starts_with("500 "));
    }
    assert!(smtp.say("XYZZY").await.starts_with("421 4.7.0 "));
}

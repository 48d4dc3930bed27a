//! The dialogue against nodemailer's smtp-server, which nobody here wrote either: what it takes arrives
//! whole, byte for byte, and what it refuses comes after a 334 challenge.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use mail_setup_core::check::{Outcome, Report, Stage, StageEvidence, StageOutcome};
use mail_setup_core::net::Trust;
use mail_setup_core::redact::Redactor;
use mail_setup_core::smtp::{Envelope, SmtpEvidence, Transcript, Wire, ehlo, greeting, sign_in, starttls};
use mail_setup_tests::{NodemailerSubmission, SENDER};
use secrecy::SecretString;
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::bench::{outcome, record, report_through};

async fn check(server: &NodemailerSubmission, token: &str) -> Report {
    report_through(server.address().port(), &server.authority_pem(), token).await
}

#[tokio::test]
async fn a_good_token_is_accepted_and_the_message_arrives_whole() {
    let server = NodemailerSubmission::start().await.unwrap();
    let report = check(&server, server.token()).await;
    for stage in [Stage::Starttls, Stage::SignIn, Stage::Sender, Stage::Recipient, Stage::Message] {
        assert_eq!(outcome(&report, stage), StageOutcome::Passed, "{report:#?}");
    }

    let message = server.received().remove(0);
    assert_eq!((message.user.as_str(), message.from.as_str()), (SENDER, SENDER));
    assert_eq!(message.to, [SENDER]);
    let size = format!("[message of {} bytes]", message.content.len());
    assert!(report.transcript.iter().any(|line| line.line == size), "{size}: {:#?}", report.transcript);
    let text = String::from_utf8(message.content).unwrap();
    let (header, body) = text.split_once("\r\n\r\n").unwrap();
    let subject = format!("Subject: Incorta mail test {}", report.reference.clone().unwrap());
    let message_id = format!("Message-ID: {}", report.message_id.unwrap());
    for line in [subject, message_id, format!("To: {SENDER}")] {
        assert!(header.lines().any(|found| found == line), "{line}: {header}");
    }
    assert!(body.contains(&report.reference.unwrap()), "{body}");
    let (_, boundary) = header.split_once("boundary=\"").unwrap();
    let (boundary, _) = boundary.split_once('"').unwrap();
    assert!(body.ends_with(&format!("--{boundary}--\r\n")), "{body}");
}

#[tokio::test]
async fn a_bad_token_is_refused_after_a_challenge() {
    let server = NodemailerSubmission::start().await.unwrap();
    let report = check(&server, server.bad_token()).await;

    assert_eq!(report.outcome, Outcome::Failed);
    let sign_in = record(&report, Stage::SignIn);
    assert_eq!(sign_in.outcome, StageOutcome::Failed);
    assert!(sign_in.summary.starts_with("535 5.7.8"), "{}", sign_in.summary);
    let StageEvidence::Smtp(evidence) = &sign_in.evidence else { panic!("{sign_in:#?}") };
    let challenge = evidence.challenge.as_deref().unwrap();
    let challenge: serde_json::Value = serde_json::from_str(challenge).unwrap();
    assert_eq!(challenge["status"], "401");
    assert_eq!(challenge["scope"], "https://outlook.office365.com/");
    assert!(server.received().is_empty());
}

/// The test message has no line that begins with a dot, so the dialogue is given one that is full of them.
#[tokio::test]
async fn lines_that_begin_with_a_dot_arrive_as_they_were() {
    const CONTENT: &[u8] = b".\r\n..\r\nSubject: .\r\n\r\n.\r\n\r\n.QUIT\r\n...\r\n a.\r\n.\r\n";
    let server = NodemailerSubmission::start().await.unwrap();
    let redactor = Redactor::default();
    let transcript = Arc::new(Transcript::new(Instant::now(), redactor.clone(), Arc::new(|_| {})));
    let own_address = IpAddr::from(Ipv4Addr::LOCALHOST);
    let sender = SENDER.parse().unwrap();
    let recipients = ["admin@contoso.com".parse().unwrap()];
    let mut evidence = SmtpEvidence::default();
    let seen = &mut evidence;

    let mut wire = Wire::new(TcpStream::connect(server.address()).await.unwrap(), transcript);
    greeting(&mut wire, seen).await.unwrap();
    let capabilities = ehlo(&mut wire, own_address, seen).await.unwrap();
    let trust = Trust::only(&server.authority_pem()).unwrap();
    let mut wire = starttls(wire, &capabilities, &trust, "localhost", seen).await.unwrap();
    let capabilities = ehlo(&mut wire, own_address, seen).await.unwrap();
    let token = SecretString::from(server.token());
    sign_in(&mut wire, &capabilities, &sender, &token, &redactor, seen).await.unwrap();
    let mut envelope = Envelope::new(&mut wire, &capabilities, &sender, &recipients);
    envelope.sender(seen).await.unwrap();
    assert!(envelope.recipients(seen).await.unwrap());
    envelope.message(CONTENT, seen).await.unwrap();

    let message = server.received().remove(0);
    assert_eq!(message.to, ["admin@contoso.com"]);
    assert_eq!(message.content, CONTENT);
}

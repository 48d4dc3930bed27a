//! Whatever a server sends: nothing panics, nothing hangs, and nothing that a terminal or a page would obey gets
//! into a report.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use mail_setup_core::check::{Record, Stage, StageEvidence, StageOutcome, StageRecord};
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::diagnosis::diagnose;
use mail_setup_core::entra::Claims;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::redact::Redactor;
use mail_setup_core::report::{details, html, markdown, masked, message_for};
use mail_setup_core::settings::{Context, EmailSettings, IssueSeverity, parse};
use mail_setup_core::smtp::{Capabilities, Envelope, SmtpEvidence, Transcript, Wire, ehlo, greeting, sign_in};
use practice_tenant::TenantState;
use proptest::prelude::*;
use secrecy::SecretString;
use tokio::io::{AsyncWriteExt, duplex};
use tokio::time::Instant;

use crate::bench::{plan, settings};
use crate::harmless::{is_obeyed, strings};

/// Bytes as a hostile or broken server might send them: often almost SMTP.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        "[2-5][0-9]{2}[ -]?[ -~]{0,40}\r\n",
        "(220|250|334|235|535|354|430)[ -][0-9.]{0,8}.{0,40}\r\n",
        "334 [A-Za-z0-9+/=]{0,60}\r\n",
        ".{0,60}\n",
    ];
    let lines = prop::collection::vec(line.prop_map(String::into_bytes), 0..12).prop_map(|lines| lines.concat());
    prop_oneof![lines, prop::collection::vec(any::<u8>(), 0..400)]
}

/// Every stage of the dialogue against a server that sends these bytes and closes. Gives evidence and transcript.
async fn dialogue(server: Vec<u8>) -> (Vec<SmtpEvidence>, Vec<String>) {
    let (client, mut other) = duplex(64 * 1024);
    other.write_all(&server).await.unwrap();
    // What the client sends is read by nobody and fits the buffer.
    other.shutdown().await.unwrap();
    let redactor = Redactor::default();
    let transcript = Arc::new(Transcript::new(Instant::now(), redactor.clone(), Arc::new(|_| {})));
    let mut wire = Wire::new(client, Arc::clone(&transcript));
    let mut evidence = vec![SmtpEvidence::default(); 5];
    let (mailbox, token) = ("reports@contoso.com".parse().unwrap(), SecretString::from("a-token".to_owned()));
    let _ = greeting(&mut wire, &mut evidence[0]).await;
    let offered = ehlo(&mut wire, IpAddr::V4(Ipv4Addr::LOCALHOST), &mut evidence[1]).await;
    let offered: Capabilities = offered.unwrap_or_default();
    let _ = sign_in(&mut wire, &offered, &mailbox, &token, &redactor, &mut evidence[2]).await;
    let mut envelope = Envelope::new(&mut wire, &offered, &mailbox, std::slice::from_ref(&mailbox));
    let _ = envelope.sender(&mut evidence[3]).await;
    let _ = envelope.recipients(&mut evidence[3]).await;
    let _ = envelope.message(b"Subject: x\r\n\r\n.\r\n", &mut evidence[4]).await;
    (evidence, transcript.lines().into_iter().map(|line| line.line).collect())
}

/// A record in which the stages of the dialogue saw this.
fn record(evidence: Vec<SmtpEvidence>, claims: Option<Claims>) -> Record {
    let typed = settings(&TenantState::healthy());
    let parsed = parse(&typed, &Context::default()).settings;
    let stages = [Stage::Greeting, Stage::Starttls, Stage::SignIn, Stage::Sender, Stage::Message];
    let stage = |stage: Stage, evidence| StageRecord {
        stage,
        outcome: StageOutcome::Failed,
        start_ms: 0,
        duration_ms: 1,
        summary: String::new(),
        evidence,
    };
    let mut records: Vec<StageRecord> =
        stages.into_iter().zip(evidence).map(|(name, seen)| stage(name, StageEvidence::Smtp(seen))).collect();
    let seen = mail_setup_core::check::ClaimsEvidence { claims, received_at: 0 };
    records.insert(0, stage(Stage::Claims, StageEvidence::Claims(seen)));
    Record {
        plan: plan(typed, network()),
        settings: parsed,
        started_at: SystemClock.now(),
        duration_ms: 1,
        stages: records,
        transcript: Vec::new(),
        message_id: None,
        reference: None,
        redactor: Redactor::default(),
    }
}

/// No check runs on it; made once, because it reads the system's certificates.
fn network() -> Network {
    static NETWORK: std::sync::OnceLock<Network> = std::sync::OnceLock::new();
    NETWORK.get_or_init(|| Network::open(Trust::operating_system(&[]).unwrap())).clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_dialogue_panics_hangs_or_keeps_what_a_terminal_obeys(server in bytes()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (evidence, lines) = runtime.block_on(dialogue(server));
        let report = diagnose(record(evidence, None));
        let json = serde_json::to_value(&report).unwrap();
        for text in strings(&json).iter().chain(&lines) {
            prop_assert!(!text.contains(is_obeyed), "{text:?}");
        }
        // Line ends are the form's own.
        for text in [markdown(&report), html(&report)] {
            prop_assert!(!text.contains(|c| c != '\n' && is_obeyed(c)), "{text:?}");
        }
        for finding in &report.findings {
            prop_assert!(message_for(&report, finding.owner).is_some());
        }
        details(&report);
        prop_assert!(masked(&report).is_some());
    }

    #[test]
    fn no_token_panics_and_no_claim_keeps_what_a_terminal_obeys(
        payload in prop_oneof![".{0,80}", r#"\{"(aud|tid|appid|oid|scp|upn)":"[^"\\]{0,30}","(nbf|exp)":-?[0-9]{1,20},"roles":\["[^"\\]{0,20}"\]\}"#],
        raw in ".{0,60}",
    ) {
        use base64::Engine as _;
        let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&payload);
        for token in [format!("e30.{encoded}.x"), raw] {
            let claims = Claims::decode(&token);
            let report = diagnose(record(vec![SmtpEvidence::default()], claims));
            for text in strings(&serde_json::to_value(&report).unwrap()) {
                prop_assert!(!text.contains(is_obeyed), "{text:?}");
            }
        }
    }

    #[test]
    fn no_form_panics(texts in prop::collection::vec(".{0,60}", 7)) {
        let settings = EmailSettings {
            protocol: texts[0].clone(),
            smtp_host: texts[1].clone(),
            smtp_port: texts[2].clone(),
            system_email_address: texts[3].clone(),
            smtp_oauth_client_id: texts[4].clone(),
            smtp_oauth_token_endpoint: texts[5].clone(),
            smtp_oauth_scope: texts[6].clone(),
            ..EmailSettings::default()
        };
        let parsed = parse(&settings, &Context::default());
        let has_error = parsed.issues.iter().any(|issue| issue.severity == IssueSeverity::Error);
        prop_assert_eq!(parsed.settings.is_some(), !has_error);
    }
}

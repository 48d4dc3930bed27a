//! The dialogue against Dovecot, which nobody here wrote: a token signed by the
//! key it knows is accepted, another is refused with a 334 challenge first.

use mail_setup_core::check::{Outcome, Report, Stage, StageEvidence, StageOutcome};
use mail_setup_core::entra::LoginHost;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::settings::EmailSettings;
use mail_setup_tests::{DovecotSubmission, LoginHost as FakeLoginHost, SENDER};

use crate::bench::{outcome, plan, record, report};

async fn check(dovecot: &DovecotSubmission, token: String) -> Report {
    let login_host = FakeLoginHost::granting(&token).await.unwrap();
    let settings = EmailSettings {
        smtp_host: "localhost".to_owned(),
        smtp_port: dovecot.address().port().to_string(),
        system_email_address: SENDER.to_owned(),
        smtp_oauth_client_id: "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346".to_owned(),
        smtp_oauth_token_endpoint: "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token".to_owned(),
        ..EmailSettings::default()
    };
    let trust = Trust::only(&dovecot.authority_pem()).unwrap();
    let mut plan = plan(settings, Network::open(trust));
    plan.login_host = Some(LoginHost::parse(&login_host.url()).unwrap());
    report(plan, "a-secret-for-dovecot").await
}

#[tokio::test]
async fn a_good_token_is_accepted_and_the_message_relayed() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let report = check(&dovecot, dovecot.token(SENDER)).await;
    for stage in [Stage::Starttls, Stage::SignIn, Stage::Sender, Stage::Recipient, Stage::Message] {
        assert_eq!(outcome(&report, stage), StageOutcome::Passed, "{report:#?}");
    }
    let relayed = dovecot.relay().received().remove(0);
    assert!(relayed.contains(&format!("Subject: Incorta mail test {}", report.reference.unwrap())), "{relayed}");
}

#[tokio::test]
async fn a_bad_token_is_refused_after_a_challenge() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let report = check(&dovecot, dovecot.bad_token()).await;

    assert_eq!(report.outcome, Outcome::Failed);
    let sign_in = record(&report, Stage::SignIn);
    assert_eq!(sign_in.outcome, StageOutcome::Failed);
    assert!(sign_in.summary.starts_with("535 5.7.8"), "{}", sign_in.summary);
    let StageEvidence::Smtp(evidence) = &sign_in.evidence else { panic!("{sign_in:#?}") };
    assert!(evidence.challenge.as_deref().unwrap().contains("\"status\":\"401\""), "{evidence:#?}");
    assert!(dovecot.relay().received().is_empty());
}

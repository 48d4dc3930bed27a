//! The dialogue against Dovecot, which nobody here wrote: a token signed by the
//! key it knows is accepted, another is refused with a 334 challenge first.

use mail_setup_core::check::{Outcome, Report, Stage, StageEvidence, StageOutcome};
use mail_setup_tests::{DovecotSubmission, SENDER};

use crate::bench::{outcome, record, report_through};

async fn check(dovecot: &DovecotSubmission, token: &str) -> Report {
    report_through(dovecot.address().port(), &dovecot.authority_pem(), token).await
}

#[tokio::test]
async fn a_good_token_is_accepted_and_the_message_relayed() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let report = check(&dovecot, &dovecot.token(SENDER)).await;
    for stage in [Stage::Starttls, Stage::SignIn, Stage::Sender, Stage::Recipient, Stage::Message] {
        assert_eq!(outcome(&report, stage), StageOutcome::Passed, "{report:#?}");
    }
    let relayed = dovecot.relay().received().remove(0);
    assert!(relayed.contains(&format!("Subject: Incorta mail test {}", report.reference.unwrap())), "{relayed}");
}

#[tokio::test]
async fn a_bad_token_is_refused_after_a_challenge() {
    let dovecot = DovecotSubmission::start().await.unwrap();
    let report = check(&dovecot, &dovecot.bad_token()).await;

    assert_eq!(report.outcome, Outcome::Failed);
    let sign_in = record(&report, Stage::SignIn);
    assert_eq!(sign_in.outcome, StageOutcome::Failed);
    assert!(sign_in.summary.starts_with("535 5.7.8"), "{}", sign_in.summary);
    let StageEvidence::Smtp(evidence) = &sign_in.evidence else { panic!("{sign_in:#?}") };
    assert!(evidence.challenge.as_deref().unwrap().contains("\"status\":\"401\""), "{evidence:#?}");
    assert!(dovecot.relay().received().is_empty());
}

//! Peers that break the rules and how the dialogue goes on with them. What each stage makes of each fault is in
//! `tests/hostile`.

use std::sync::Arc;

use mail_setup_core::check::{CheckEvent, Outcome, Stage, StageOutcome, run};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use mail_setup_tests::{Event, LoginHost as FakeLoginHost, Step};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use crate::bench::{codes, outcome, record};
use crate::scripts::{Bench, TOKEN, then, to_replies, to_sign_in};

#[tokio::test]
async fn a_line_too_long_is_sent_in_two_steps() {
    let bench = Bench::new();
    let steps = then(
        to_sign_in(),
        [
            Step::expect("AUTH XOAUTH2 "),
            Step::line("500 5.5.6 Line too long"),
            Step::Expect("AUTH XOAUTH2".to_owned()),
            Step::line("334 "),
            Step::expect("dXNlcj1"),
            Step::line("535 5.7.3 Authentication unsuccessful"),
            Step::Silence,
        ],
    );
    let (report, dialogue) = bench.report(steps).await;
    assert!(dialogue.contains(&Event::Received("AUTH XOAUTH2".to_owned())), "{dialogue:#?}");
    assert_eq!(record(&report, Stage::SignIn).summary, "535 Authentication unsuccessful".replace("535", "535 5.7.3"));
}

#[tokio::test]
async fn commands_sent_ahead_are_brought_to_an_end_after_a_refusal() {
    let bench = Bench::new();
    let steps = then(
        to_replies(),
        [
            Step::line("550 5.7.60 no permission to send as this sender"),
            Step::line("503 5.5.1 no sender"),
            Step::line("354 go on"),
            Step::expect("."),
            Step::line("554 5.5.1 no recipients"),
            Step::expect("QUIT"),
            Step::line("221 2.0.0 bye"),
        ],
    );
    let (report, dialogue) = bench.report(steps).await;
    assert_eq!(codes(&report), ["send_as_denied"]);
    assert_eq!(outcome(&report, Stage::Sender), StageOutcome::Failed);
    assert!(!dialogue.iter().any(|event| matches!(event, Event::Failed(_))), "{dialogue:#?}");
    assert!(dialogue.contains(&Event::Received(".".to_owned())), "{dialogue:#?}");
}

#[tokio::test]
async fn a_server_that_closes_in_between_is_judged_by_its_last_words() {
    let bench = Bench::new();
    let steps = then(to_replies(), [Step::line("250 2.1.0 ok\r\n421 4.3.2 service not active"), Step::Close]);
    let (report, _) = bench.report_to("a@contoso.com, b@contoso.com", steps).await;
    assert_eq!(codes(&report), ["smtp_temporary_failure"]);
}

#[tokio::test]
async fn a_recipient_refused_among_others_is_a_warning_with_its_reply() {
    let bench = Bench::new();
    let steps = then(
        to_replies(),
        [
            Step::line("250 2.1.0 ok\r\n550 5.1.10 no such recipient\r\n250 2.1.5 ok\r\n354 go on"),
            Step::ExpectThrough(".".to_owned()),
            Step::line("250 2.0.0 ok"),
            Step::expect("QUIT"),
            Step::line("221 2.0.0 bye"),
        ],
    );
    let (report, _) = bench.report_to("nobody@contoso.com b@contoso.com", steps).await;
    assert_eq!(report.outcome, Outcome::Warned, "{report:#?}");
    assert_eq!(codes(&report), ["recipient_rejected"]);
    assert!(report.findings[0].explanation.contains("550 5.1.10 no such recipient"), "{report:#?}");
}

#[tokio::test]
async fn a_message_without_an_answer_keeps_its_reference() {
    let bench = Bench::new();
    let steps = then(
        to_replies(),
        [Step::line("250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go on"), Step::ExpectThrough(".".to_owned()), Step::Reset],
    );
    let (report, _) = bench.report(steps).await;
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.reference.is_some());
}

#[tokio::test]
async fn stopping_a_check_ends_it_at_once_with_a_whole_report() {
    let bench = Bench::new();
    let server = bench.server(vec![Step::Silence]).await;
    let login = FakeLoginHost::granting(TOKEN).await.unwrap();
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let events = Arc::new(move |event| {
        if matches!(event, CheckEvent::StageStarted { stage: Stage::Greeting, .. }) {
            stop.cancel();
        }
    });
    let plan = bench.plan(server.address().port(), &login);
    let secret = SecretString::from("a-secret".to_owned());
    let report = diagnose(run(plan, secret, &SystemClock, events, cancel).await);
    assert_eq!(report.outcome, Outcome::Cancelled);
    assert_eq!(outcome(&report, Stage::Greeting), StageOutcome::Cancelled);
    assert_eq!(report.stages.len(), Stage::ALL.len());
    assert!(codes(&report).is_empty());
}

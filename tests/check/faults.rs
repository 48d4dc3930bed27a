//! Peers that break the rules: each ends in a named stage, with a finding, and
//! nothing is sent that should not be.

use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::check::{CheckEvent, Outcome, Stage, StageOutcome, Timeouts, run};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use mail_setup_tests::{Answer, Event, LoginHost as FakeLoginHost, Step};
use secrecy::SecretString;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::bench::{codes, outcome, record, report};
use crate::scripts::{Bench, TOKEN, then, to_replies, to_sign_in, to_starttls};

#[tokio::test]
async fn a_silent_server_ends_in_its_stage() {
    async fn silent(steps: Vec<Step>, stage: Stage) {
        let bench = Bench::new();
        let server = bench.server(steps).await;
        let login = FakeLoginHost::granting(TOKEN).await.unwrap();
        let mut plan = bench.plan(server.address().port(), &login);
        // Long enough for every stage that answers, on a busy computer, too.
        plan.timeouts = Timeouts { every_stage: Some(Duration::from_secs(4)) };
        let report = report(plan, "a-secret").await;
        assert_eq!(outcome(&report, stage), StageOutcome::Failed, "{report:#?}");
        assert_eq!(codes(&report), ["server_timeout"]);
    }
    tokio::join!(
        silent(vec![Step::Silence], Stage::Greeting),
        silent(then(to_starttls(), [Step::Silence]), Stage::Starttls),
        silent(then(to_sign_in(), [Step::expect("AUTH XOAUTH2 "), Step::Silence]), Stage::SignIn),
    );
}

#[tokio::test]
async fn a_port_that_answers_nothing_is_blocked() {
    let bench = Bench::new();
    // A listener whose queue is full drops further attempts without a word, as a firewall does.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let full = socket.listen(1).unwrap();
    let address = full.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(Ok(stream)) = timeout(Duration::from_millis(500), TcpStream::connect(address)).await {
        waiting.push(stream);
    }
    let login = FakeLoginHost::granting(TOKEN).await.unwrap();
    let mut plan = bench.plan(address.port(), &login);
    plan.settings.smtp_host = "127.0.0.1".to_owned();
    plan.timeouts = Timeouts { every_stage: Some(Duration::from_secs(4)) };
    let report = report(plan, "a-secret").await;
    assert_eq!(outcome(&report, Stage::Connect), StageOutcome::Failed, "{report:#?}");
    assert_eq!(codes(&report), ["smtp_port_blocked"]);
}

#[tokio::test]
async fn a_connection_cut_at_any_stage_is_named() {
    let bench = Bench::new();
    let cases = [
        (vec![Step::Reset], Stage::Greeting),
        (then(to_starttls(), [Step::Close]), Stage::Starttls),
        (then(to_sign_in(), [Step::expect("AUTH XOAUTH2 "), Step::Reset]), Stage::SignIn),
        (
            then(
                to_sign_in(),
                [Step::expect("AUTH XOAUTH2 "), Step::line("235 2.7.0 ok"), Step::expect("MAIL "), Step::Reset],
            ),
            Stage::Sender,
        ),
    ];
    for (steps, stage) in cases {
        let (report, _) = bench.report(steps).await;
        assert_eq!(outcome(&report, stage), StageOutcome::Failed, "{report:#?}");
        assert_eq!(codes(&report), ["connection_dropped"], "{stage:?}");
    }
}

#[tokio::test]
async fn plaintext_behind_the_starttls_reply_stops_the_check() {
    let bench = Bench::new();
    let steps = then(to_starttls(), [Step::line("220 2.0.0 ready\r\n250 injected"), Step::Silence]);
    let (report, dialogue) = bench.report(steps).await;
    assert_eq!(codes(&report), ["starttls_injected"]);
    assert!(!dialogue.contains(&Event::Secured));
}

#[tokio::test]
async fn what_is_not_smtp_is_named() {
    let bench = Bench::new();
    let (report, _) = bench.report(vec![Step::line("HTTP/1.1 400 Bad Request"), Step::Silence]).await;
    assert_eq!(codes(&report), ["smtp_not_smtp"]);
    let (report, _) = bench.report(vec![Step::Send(vec![b'x'; 20_000]), Step::Silence]).await;
    assert_eq!(codes(&report), ["smtp_not_smtp"]);
}

#[tokio::test]
async fn a_server_without_xoauth2_gets_no_token() {
    let bench = Bench::new();
    let steps = then(
        to_starttls(),
        [
            Step::line("220 2.0.0 ready"),
            Step::StartTls,
            Step::expect("EHLO "),
            Step::line("250-mail.example\r\n250 AUTH LOGIN PLAIN"),
            Step::Silence,
        ],
    );
    let (report, dialogue) = bench.report(steps).await;
    assert_eq!(codes(&report), ["xoauth2_not_offered"]);
    assert!(!dialogue.iter().any(|event| matches!(event, Event::Received(line) if line.starts_with("AUTH"))));
}

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
async fn a_reply_without_text_is_a_reply() {
    let bench = Bench::new();
    let steps = then(
        to_sign_in(),
        [Step::expect("AUTH XOAUTH2 "), Step::line("334"), Step::expect(""), Step::line("535"), Step::Silence],
    );
    let (report, _) = bench.report(steps).await;
    assert_eq!(codes(&report), ["sign_in_refused"]);
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
async fn a_redirect_never_takes_the_secret_elsewhere() {
    let bench = Bench::new();
    let elsewhere = FakeLoginHost::granting(TOKEN).await.unwrap();
    let redirect = Answer::Reply {
        status: hyper::StatusCode::TEMPORARY_REDIRECT,
        headers: vec![("Location".to_owned(), format!("{}/x/oauth2/v2.0/token", elsewhere.url()))],
        body: Vec::new(),
    };
    let login = FakeLoginHost::answering([redirect]).await.unwrap();
    let server = bench.server(to_sign_in()).await;
    let report = report(bench.plan(server.address().port(), &login), "a-secret").await;
    assert_eq!(codes(&report)[0], "login_unexpected_response");
    assert!(elsewhere.requests().is_empty());
    assert_eq!(login.requests().len(), 1);
}

#[tokio::test]
async fn a_token_that_could_break_the_line_is_not_used() {
    let bench = Bench::new();
    let login = FakeLoginHost::granting("abc\r\nRCPT TO:<x@y.example>").await.unwrap();
    let server = bench.server(then(to_sign_in(), [Step::Silence])).await;
    let report = report(bench.plan(server.address().port(), &login), "a-secret").await;
    assert_eq!(codes(&report), ["login_unexpected_response"]);
    assert_eq!(outcome(&report, Stage::SignIn), StageOutcome::Skipped);
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

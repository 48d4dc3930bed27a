//! Checks that run at the same time: all at once, yet one token an application and three connections a mailbox.
//! Each is proven by counting and by holding back, never by the clock.

use std::sync::Arc;

use mail_setup_core::check::{Depth, Outcome, Plan, Report, Shared, Stage, StageOutcome};
use mail_setup_core::entra::LoginHost;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::settings::EmailSettings;
use mail_setup_tests::{LoginHost as FakeLoginHost, NodemailerSubmission, SENDER, Turnstile};
use tokio::task::JoinSet;

use crate::bench::{outcome, plan, report};

const SECRET: &str = "a-secret-for-many";

fn settings(smtp_port: u16, mailbox: &str, client_id: u128) -> EmailSettings {
    EmailSettings {
        smtp_host: "localhost".to_owned(),
        smtp_port: smtp_port.to_string(),
        system_email_address: mailbox.to_owned(),
        smtp_oauth_client_id: format!("{client_id:032x}"),
        smtp_oauth_token_endpoint: "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token".to_owned(),
        ..EmailSettings::default()
    }
}

/// Runs plans at the same time, sharing what `check --all` shares.
async fn all(plans: Vec<Plan>) -> Vec<Report> {
    let shared: Arc<Shared> = Arc::default();
    let mut running = JoinSet::new();
    for plan in plans {
        let shared = Arc::clone(&shared);
        running.spawn(async move { report(Plan { shared, ..plan }, SECRET).await });
    }
    running.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_applications_ask_for_their_tokens_at_once() {
    let login_host = FakeLoginHost::granting("opaque").await.unwrap();
    let address = login_host.url().trim_start_matches("http://").parse().unwrap();
    // Nobody gets an answer before all fifty have asked.
    let turnstile = Turnstile::holding(address, 50).await.unwrap();
    let plans = (1..=50).map(|client_id| {
        let mut plan = plan(settings(9, SENDER, client_id), Network::open(Trust::operating_system(&[]).unwrap()));
        plan.depth = Depth::Token;
        plan.login_host = Some(LoginHost::parse(&format!("http://{}", turnstile.address())).unwrap());
        plan
    });
    let reports = all(plans.collect()).await;
    assert!(reports.iter().all(|report| outcome(report, Stage::Token) == StageOutcome::Passed), "{reports:#?}");
    assert_eq!(login_host.requests().len(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_application_asks_once_and_one_mailbox_has_three_connections() {
    let server = NodemailerSubmission::start().await.unwrap();
    let login_host = FakeLoginHost::granting(server.token()).await.unwrap();
    let turnstile = Turnstile::counting(server.address()).await.unwrap();
    let plan_for = |mailbox: &str, depth| {
        let settings = settings(turnstile.address().port(), mailbox, 1);
        let mut plan = plan(settings, Network::open(Trust::only(&server.authority_pem()).unwrap()));
        plan.depth = depth;
        plan.login_host = Some(LoginHost::parse(&login_host.url()).unwrap());
        plan
    };
    let reports = all((0..12).map(|_| plan_for(SENDER, Depth::Message)).collect()).await;
    assert!(reports.iter().all(|report| outcome(report, Stage::Message) == StageOutcome::Passed), "{reports:#?}");
    assert_eq!(login_host.requests().len(), 1);
    assert_eq!(server.received().len(), 12);

    // However it is written, it is the same mailbox.
    let spellings = [SENDER.to_owned(), SENDER.to_uppercase()];
    let reports = all((0..12).map(|number| plan_for(&spellings[number % 2], Depth::Connection)).collect()).await;
    assert!(reports.iter().all(|report| report.outcome == Outcome::Warned), "{reports:#?}");
    assert!(turnstile.most_at_once() <= 3, "{}", turnstile.most_at_once());
}

#[tokio::test(flavor = "multi_thread")]
async fn different_mailboxes_do_not_wait_for_each_other() {
    let server = NodemailerSubmission::start().await.unwrap();
    let login_host = FakeLoginHost::granting(server.token()).await.unwrap();
    // No connection is let through before ten are there.
    let turnstile = Turnstile::holding(server.address(), 10).await.unwrap();
    let plans = (0..10).map(|number| {
        let settings = settings(turnstile.address().port(), &format!("mailbox-{number}@contoso.com"), 1);
        let mut plan = plan(settings, Network::open(Trust::only(&server.authority_pem()).unwrap()));
        plan.depth = Depth::Connection;
        plan.login_host = Some(LoginHost::parse(&login_host.url()).unwrap());
        plan
    });
    let reports = all(plans.collect()).await;
    assert!(reports.iter().all(|report| report.outcome == Outcome::Warned), "{reports:#?}");
}

#[tokio::test]
async fn a_check_on_its_own_asks_anew() {
    let login_host = FakeLoginHost::granting("opaque").await.unwrap();
    for _ in 0..2 {
        let mut plan = plan(settings(9, SENDER, 1), Network::open(Trust::operating_system(&[]).unwrap()));
        plan.depth = Depth::Token;
        plan.login_host = Some(LoginHost::parse(&login_host.url()).unwrap());
        report(plan, SECRET).await;
    }
    assert_eq!(login_host.requests().len(), 2);
}

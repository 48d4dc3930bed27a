//! A healthy tenant: every stage passes and the message arrives.

use mail_setup_core::check::{CheckEvent, Depth, Outcome, Stage, StageOutcome};
use mail_setup_core::cloud::Cloud;
use mail_setup_core::entra::{LoginHost, TenantDiscovery, discover_tenant};
use practice_tenant::{PracticeTenant, TenantState};
use std::time::Duration;

use crate::bench::{codes, network, outcome, plan, record, report, report_with_events, settings};

#[tokio::test]
async fn every_stage_passes_and_the_mail_arrives() {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let plan = plan(settings(&tenant.state()), network(&tenant));
    let (report, events) = report_with_events(plan, &tenant.client_secret()).await;

    assert_eq!(report.outcome, Outcome::Passed, "{report:#?}");
    assert_eq!(report.schema, 1);
    assert!(report.findings.is_empty());
    for stage in Stage::ALL {
        assert_eq!(outcome(&report, stage), StageOutcome::Passed, "{stage:?}");
    }
    let mail = tenant.inbox().remove(0);
    assert_eq!(mail.subject, format!("Incorta mail test {}", report.reference.clone().unwrap()));
    assert_eq!(mail.from, "reports@contoso.com");
    assert_eq!(mail.to, ["reports@contoso.com"]);
    assert!(mail.text.contains(&report.reference.unwrap()), "{}", mail.text);

    // The window draws the stages from the events alone.
    let finished: Vec<Stage> = events
        .iter()
        .filter_map(|event| match event {
            CheckEvent::StageFinished { record } => Some(record.stage),
            _ => None,
        })
        .collect();
    assert_eq!(finished.len(), Stage::ALL.len());
}

#[tokio::test]
async fn mail_rcpt_and_data_go_in_one_write_with_pipelining() {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let mut plan = plan(settings(&tenant.state()), network(&tenant));
    plan.recipients = vec!["admin@contoso.com".parse().unwrap(), "it@contoso.com".parse().unwrap()];
    let report = report(plan, &tenant.client_secret()).await;

    let lines: Vec<&str> = report.transcript.iter().map(|line| line.line.as_str()).collect();
    let mail = lines.iter().position(|line| line.starts_with("MAIL FROM")).unwrap();
    assert!(lines[mail + 1].starts_with("RCPT TO:<admin@"), "{lines:#?}");
    assert!(lines[mail + 2].starts_with("RCPT TO:<it@"));
    assert_eq!(lines[mail + 3], "DATA");
    assert_eq!(tenant.inbox()[0].to, ["admin@contoso.com", "it@contoso.com"]);
}

#[tokio::test]
async fn a_check_goes_only_as_deep_as_asked() {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let depths = [
        (Depth::Token, Stage::Claims, Stage::Resolve),
        (Depth::Connection, Stage::Starttls, Stage::SignIn),
        (Depth::SignIn, Stage::SignIn, Stage::Sender),
    ];
    for (depth, last, not_reached) in depths {
        let mut plan = plan(settings(&tenant.state()), network(&tenant));
        plan.depth = depth;
        let report = report(plan, &tenant.client_secret()).await;
        assert_eq!(report.outcome, Outcome::Passed, "{depth:?}");
        assert_eq!(outcome(&report, last), StageOutcome::Passed, "{depth:?}");
        assert_eq!(outcome(&report, not_reached), StageOutcome::Skipped, "{depth:?}");
    }
    assert!(tenant.inbox().is_empty());
}

#[tokio::test]
async fn invalid_settings_never_reach_the_network() {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let mut settings = settings(&tenant.state());
    settings.smtp_port = "none".to_owned();
    settings.system_email_address = "reports@contoso.com\r\nRCPT TO:<x@y.example>".to_owned();
    let report = report(plan(settings, network(&tenant)), &tenant.client_secret()).await;

    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(outcome(&report, Stage::Token), StageOutcome::Skipped);
    assert_eq!(outcome(&report, Stage::Resolve), StageOutcome::Skipped);
    assert!(record(&report, Stage::Settings).summary.starts_with("Port: "), "{report:#?}");
    assert!(report.transcript.is_empty());
}

#[tokio::test]
async fn a_closed_network_reaches_nothing_else() {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let mut settings = settings(&tenant.state());
    // A name that every computer resolves.
    settings.smtp_host = "localhost".to_owned();
    let report = report(plan(settings, network(&tenant)), &tenant.client_secret()).await;
    assert_eq!(codes(&report), ["smtp_host_not_found"]);
}

#[tokio::test]
async fn the_tenant_is_found_from_the_mailbox() {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let state = tenant.state();
    let host = LoginHost::microsoft(Cloud::Global);
    let limit = Duration::from_secs(20);

    let found = discover_tenant(&network(&tenant), &host, "contoso.com", limit).await;
    let TenantDiscovery::Found { tenant_id, token_endpoint, incorta_reaches, .. } = found else {
        panic!("not found: {found:?}");
    };
    assert_eq!(tenant_id, state.identities.tenant_id);
    assert_eq!(token_endpoint, format!("{tenant_id}/oauth2/v2.0/token"));
    assert!(incorta_reaches);

    let unknown = discover_tenant(&network(&tenant), &host, "nobody.example", limit).await;
    assert_eq!(unknown, TenantDiscovery::NotFound { domain: "nobody.example".to_owned() });

    let closed = network(&tenant);
    drop(tenant);
    let silent = discover_tenant(&closed, &host, "contoso.com", limit).await;
    assert_eq!(silent, TenantDiscovery::Unreachable);
}

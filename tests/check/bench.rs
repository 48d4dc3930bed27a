//! A plan, its secret and a practice tenant to run it against.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail_setup_core::check::{
    CheckEvent, Depth, Plan, Report, Severity, Stage, StageOutcome, StageRecord, Timeouts, run,
};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use mail_setup_core::entra::LoginHost;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::settings::{AccessPath, EmailSettings};
use mail_setup_tests::{LoginHost as FakeLoginHost, SENDER};
use practice_tenant::{PracticeTenant, TenantState};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

/// The form as filled in for a practice tenant.
pub fn settings(state: &TenantState) -> EmailSettings {
    EmailSettings {
        system_email_address: state.identities.mailbox.clone(),
        smtp_oauth_client_id: state.identities.client_id.clone(),
        smtp_oauth_token_endpoint: format!("{}/oauth2/v2.0/token", state.identities.tenant_id),
        ..EmailSettings::default()
    }
}

/// A network that knows the practice tenant and nothing else.
pub fn network(tenant: &PracticeTenant) -> Network {
    Network::closed(Trust::only(tenant.authority_pem()).unwrap(), tenant.routes())
}

/// A plan for a message.
pub fn plan(settings: EmailSettings, network: Network) -> Plan {
    Plan {
        profile: "Production".to_owned(),
        settings,
        depth: Depth::Message,
        recipients: Vec::new(),
        access_path: AccessPath::Classic,
        last_change_at: None,
        secret_expires_on: None,
        login_host: None,
        network,
        timeouts: Timeouts { every_stage: Some(Duration::from_secs(20)) },
        shared: Arc::default(),
    }
}

/// Runs a plan to its report.
pub async fn report(plan: Plan, secret: &str) -> Report {
    let secret = SecretString::from(secret.to_owned());
    diagnose(run(plan, secret, &SystemClock, Arc::new(|_| {}), CancellationToken::new()).await)
}

/// Runs a plan; gives the events, too.
pub async fn report_with_events(plan: Plan, secret: &str) -> (Report, Vec<CheckEvent>) {
    let events: Arc<Mutex<Vec<CheckEvent>>> = Arc::default();
    let listener = Arc::clone(&events);
    let secret = SecretString::from(secret.to_owned());
    let record = run(
        plan,
        secret,
        &SystemClock,
        Arc::new(move |event| listener.lock().unwrap().push(event)),
        CancellationToken::new(),
    );
    let report = diagnose(record.await);
    let events = events.lock().unwrap().clone();
    (report, events)
}

/// The report of a message sent through a practice tenant in this state.
pub async fn report_in(state: TenantState) -> Report {
    let tenant = PracticeTenant::start(state).await.unwrap();
    let state = tenant.state();
    report(plan(settings(&state), network(&tenant)), &tenant.client_secret()).await
}

/// A plan that leads to servers that know no practice tenant: an SMTP server at this port of `localhost`, with this
/// authority alone to trust, and a login host.
pub fn plan_to(smtp_port: u16, authority_pem: &str, login_url: &str) -> Plan {
    let settings = EmailSettings {
        smtp_host: "localhost".to_owned(),
        smtp_port: smtp_port.to_string(),
        system_email_address: SENDER.to_owned(),
        smtp_oauth_client_id: "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346".to_owned(),
        smtp_oauth_token_endpoint: "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token".to_owned(),
        ..EmailSettings::default()
    };
    let mut plan = plan(settings, Network::open(Trust::only(authority_pem).unwrap()));
    plan.login_host = Some(LoginHost::parse(login_url).unwrap());
    plan
}

/// The report of a message sent through such a server with this token to show.
pub async fn report_through(smtp_port: u16, authority_pem: &str, token: &str) -> Report {
    let login_host = FakeLoginHost::granting(token).await.unwrap();
    report(plan_to(smtp_port, authority_pem, &login_host.url()), "a-secret-for-another-server").await
}

/// How a stage ended.
pub fn outcome(report: &Report, stage: Stage) -> StageOutcome {
    record(report, stage).outcome
}

/// A stage's record.
pub fn record(report: &Report, stage: Stage) -> &StageRecord {
    report.stages.iter().find(|record| record.stage == stage).unwrap()
}

/// The codes of the findings that ask for something to be done, in order; notes are left out, such as the one
/// that a scripted token cannot be read.
pub fn codes(report: &Report) -> Vec<&str> {
    let to_do = report.findings.iter().filter(|finding| finding.severity != Severity::Info);
    to_do.map(|finding| finding.code.as_str()).collect()
}

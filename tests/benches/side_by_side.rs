//! How long fifty checks at fifty practice tenants take side by side, compared with the slowest of them alone.
//! One tenant's SMTP server never answers, so that its check lasts until its time-out, as on a bad day.
//!
//! `cargo bench --package mail-setup-tests --bench side_by_side`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and cannot go on without its servers"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use mail_setup_core::check::{Depth, Plan, Shared, Timeouts, run};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::settings::{AccessPath, EmailSettings};
use practice_tenant::{PracticeTenant, TenantState};
use secrecy::SecretString;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const TENANTS: usize = 50;
const TIMEOUT: Duration = Duration::from_secs(3);

fn plan(tenant: &PracticeTenant, shared: &Arc<Shared>) -> Plan {
    let identities = tenant.state().identities;
    Plan {
        profile: "Benchmark".to_owned(),
        settings: EmailSettings {
            system_email_address: identities.mailbox,
            smtp_oauth_client_id: identities.client_id,
            smtp_oauth_token_endpoint: format!("{}/oauth2/v2.0/token", identities.tenant_id),
            ..EmailSettings::default()
        },
        depth: Depth::Message,
        recipients: Vec::new(),
        access_path: AccessPath::Classic,
        last_change_at: None,
        secret_expires_on: None,
        login_host: None,
        network: Network::closed(Trust::only(tenant.authority_pem()).unwrap(), tenant.routes()),
        timeouts: Timeouts { every_stage: Some(TIMEOUT) },
        shared: Arc::clone(shared),
    }
}

/// Seconds that checks of these tenants take at the same time.
async fn side_by_side(tenants: &[PracticeTenant]) -> f64 {
    let shared: Arc<Shared> = Arc::default();
    let begun = Instant::now();
    let mut running = JoinSet::new();
    for tenant in tenants {
        let (plan, secret) = (plan(tenant, &shared), SecretString::from(tenant.client_secret()));
        running.spawn(run(plan, secret, &SystemClock, Arc::new(|_| {}), CancellationToken::new()));
    }
    running.join_all().await;
    begun.elapsed().as_secs_f64()
}

#[tokio::main]
async fn main() {
    let mut tenants = vec![PracticeTenant::start(TenantState::named("silent").unwrap()).await.unwrap()];
    while tenants.len() < TENANTS {
        tenants.push(PracticeTenant::start(TenantState::healthy()).await.unwrap());
    }
    let mut slowest: f64 = 0.0;
    for tenant in &tenants {
        slowest = slowest.max(side_by_side(std::slice::from_ref(tenant)).await);
    }
    let all = side_by_side(&tenants).await;
    println!("slowest alone {slowest:.2} s, {TENANTS} side by side {all:.2} s, ratio {:.2}", all / slowest);
}

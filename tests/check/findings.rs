//! How findings are ranked, and what they hold besides their names; the names themselves are in `catalogue.rs`.

use mail_setup_core::check::{Outcome, Stage};
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::settings::AccessPath;
use practice_tenant::{PracticeTenant, TenantState};

use crate::bench::{codes, network, plan, report, report_in, settings};

#[tokio::test]
async fn one_run_shows_the_faults_of_both_lanes() {
    let mut state = TenantState::named("secret_expired").unwrap();
    state.set("smtp_certificate", "expired").unwrap();
    let report = report_in(state).await;
    assert_eq!(codes(&report), ["client_secret_expired", "tls_certificate_expired"]);
}

#[tokio::test]
async fn an_unexplained_refusal_lists_what_else_it_may_be() {
    let report = report_in(TenantState::named("service_principal_missing").unwrap()).await;
    assert_eq!(
        codes(&report),
        ["service_principal_not_registered", "wrong_object_id", "mailbox_not_found", "changes_not_propagated"]
    );
}

#[tokio::test]
async fn a_change_made_just_now_comes_first() {
    for (state, second) in [
        ("full_access_missing", "full_access_missing"),
        ("service_principal_missing", "service_principal_not_registered"),
    ] {
        let tenant = PracticeTenant::start(TenantState::named(state).unwrap()).await.unwrap();
        let mut plan = plan(settings(&tenant.state()), network(&tenant));
        plan.last_change_at = Some(SystemClock.now());
        let report = report(plan, &tenant.client_secret()).await;
        assert_eq!(codes(&report)[..2], ["changes_not_propagated", second], "{state}");
    }
}

#[tokio::test]
async fn a_change_noted_by_a_clock_that_was_far_ahead_tells_nothing() {
    let tenant = PracticeTenant::start(TenantState::named("full_access_missing").unwrap()).await.unwrap();
    let mut plan = plan(settings(&tenant.state()), network(&tenant));
    plan.last_change_at = Some(SystemClock.now() + jiff::SignedDuration::from_hours(365 * 24));
    let report = report(plan, &tenant.client_secret()).await;
    assert_eq!(codes(&report)[0], "full_access_missing");
}

#[tokio::test]
async fn without_the_role_the_rbac_path_is_right() {
    for (state, outcome, expected) in [
        ("rbac", Outcome::Passed, None),
        ("rbac_scope_excludes_mailbox", Outcome::Failed, Some("rbac_scope_excludes_mailbox")),
    ] {
        let tenant = PracticeTenant::start(TenantState::named(state).unwrap()).await.unwrap();
        let mut plan = plan(settings(&tenant.state()), network(&tenant));
        plan.access_path = AccessPath::Rbac;
        let report = report(plan, &tenant.client_secret()).await;
        assert_eq!((report.outcome, codes(&report).first().copied()), (outcome, expected), "{state}");
    }
}

#[tokio::test]
async fn another_port_than_587_is_named() {
    for port in ["465", "25"] {
        let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
        let mut settings = settings(&tenant.state());
        settings.smtp_port = port.to_owned();
        let report = report(plan(settings, network(&tenant)), &tenant.client_secret()).await;
        assert_eq!(codes(&report), ["smtp_wrong_port"]);
    }
}

#[tokio::test]
async fn commands_carry_the_object_id_of_the_token() {
    let state = TenantState::named("full_access_missing").unwrap();
    let object_id = state.identities.object_id.clone();
    let report = report_in(state).await;
    assert_eq!(
        report.findings[0].fixes[0].command.as_deref(),
        Some(
            format!(
                "Add-MailboxPermission -Identity 'reports@contoso.com' -User '{object_id}' -AccessRights FullAccess"
            )
            .as_str()
        )
    );
}

#[tokio::test]
async fn the_servers_own_words_stand_in_the_summary() {
    let report = report_in(TenantState::named("full_access_missing").unwrap()).await;
    let message = report.stages.iter().find(|record| record.stage == Stage::Message).unwrap();
    assert!(message.summary.starts_with("430 4.2.0 STOREDRV"), "{}", message.summary);
}

//! Each state of the practice tenant is named by its cause, with the guide's
//! part, who must act, and a way out.

use mail_setup_core::check::{Outcome, Owner, Stage, StageOutcome};
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::settings::AccessPath;
use practice_tenant::{PracticeTenant, TenantState};

use crate::bench::{codes, network, outcome, plan, report, report_in, settings};

/// State, first finding, part, owner, the stage that ends the check.
const EXPECTED: &[(&str, &str, u8, Owner, Stage)] = &[
    ("secret_wrong", "client_secret_wrong", 1, Owner::IncortaAdmin, Stage::Token),
    ("secret_expired", "client_secret_expired", 1, Owner::EntraAdmin, Stage::Token),
    ("application_not_found", "application_not_found", 1, Owner::IncortaAdmin, Stage::Token),
    ("tenant_not_found", "tenant_not_found", 1, Owner::IncortaAdmin, Stage::Token),
    ("permission_not_consented", "permission_not_consented", 2, Owner::EntraAdmin, Stage::SignIn),
    ("wrong_permission", "wrong_permission_granted", 2, Owner::EntraAdmin, Stage::SignIn),
    ("smtp_auth_disabled_organization", "smtp_auth_disabled_tenant", 5, Owner::ExchangeAdmin, Stage::SignIn),
    ("smtp_auth_disabled_mailbox", "smtp_auth_disabled_mailbox", 5, Owner::ExchangeAdmin, Stage::SignIn),
    ("service_principal_missing", "service_principal_not_registered", 3, Owner::ExchangeAdmin, Stage::SignIn),
    ("wrong_object_id", "service_principal_not_registered", 3, Owner::ExchangeAdmin, Stage::SignIn),
    ("full_access_missing", "full_access_missing", 4, Owner::ExchangeAdmin, Stage::Message),
    ("send_as_missing", "send_as_denied", 4, Owner::ExchangeAdmin, Stage::Message),
    ("port_blocked", "smtp_connection_refused", 0, Owner::NetworkAdmin, Stage::Connect),
    ("certificate_untrusted", "tls_certificate_untrusted", 0, Owner::NetworkAdmin, Stage::Starttls),
    ("certificate_expired", "tls_certificate_expired", 0, Owner::NetworkAdmin, Stage::Starttls),
    ("certificate_wrong_name", "tls_name_mismatch", 0, Owner::NetworkAdmin, Stage::Starttls),
    ("connection_dropped", "connection_dropped", 0, Owner::NetworkAdmin, Stage::Greeting),
    ("starttls_not_offered", "starttls_not_offered", 0, Owner::NetworkAdmin, Stage::Starttls),
    ("ehlo_rejected", "ehlo_rejected", 0, Owner::NetworkAdmin, Stage::Greeting),
    ("tls_too_old", "tls_too_old", 0, Owner::NetworkAdmin, Stage::Starttls),
    ("too_many_connections", "too_many_connections", 0, Owner::IncortaAdmin, Stage::Message),
    ("busy", "smtp_service_unavailable", 0, Owner::Microsoft, Stage::Greeting),
    ("login_not_json", "login_unexpected_response", 0, Owner::NetworkAdmin, Stage::Token),
    ("login_unavailable", "login_unavailable", 0, Owner::Microsoft, Stage::Token),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_named_first() {
    for (state, code, part, owner, failed) in EXPECTED {
        let report = report_in(TenantState::named(state).unwrap()).await;
        let first = report.findings.first().unwrap_or_else(|| panic!("{state}: no finding in {report:#?}"));
        assert_eq!((first.code.as_str(), first.part, first.owner), (*code, *part, *owner), "{state}: {report:#?}");
        assert_eq!(report.outcome, Outcome::Failed, "{state}");
        assert_eq!(outcome(&report, *failed), StageOutcome::Failed, "{state}");
        assert!(!first.fixes.is_empty(), "{state}");
        assert!(!first.explanation.contains('{'), "{state}: {}", first.explanation);
    }
}

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

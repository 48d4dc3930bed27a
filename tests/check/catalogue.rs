//! The whole failure catalogue through real sockets: each state of the practice tenant is named by its cause, with
//! the guide's part, who must act, and words that a person can use; each number and reply that Microsoft documents
//! means what the catalogue says.

use std::collections::BTreeMap;
use std::time::Duration;

use mail_setup_core::check::{Confidence, Finding, Outcome, Owner, Plan, Report, Severity, Timeouts};
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::diagnosis::FindingCode;
use mail_setup_core::settings::AccessPath;
use practice_tenant::{PracticeTenant, TenantState};
use tokio::task::JoinSet;

use crate::bench::{codes, network, plan, report, settings};

/// State, code, part, owner.
const EXPECTED: &[(&str, &str, u8, Owner)] = &[
    ("login_host_unreachable", "login_host_unreachable", 0, Owner::NetworkAdmin),
    ("login_host_not_found", "login_host_unreachable", 0, Owner::NetworkAdmin),
    ("login_port_blocked", "login_host_unreachable", 0, Owner::NetworkAdmin),
    ("login_tls_failed", "login_tls_failed", 0, Owner::NetworkAdmin),
    ("login_certificate_expired", "login_tls_failed", 0, Owner::NetworkAdmin),
    ("login_certificate_wrong_name", "login_tls_failed", 0, Owner::NetworkAdmin),
    ("login_certificate_untrusted", "login_tls_failed", 0, Owner::NetworkAdmin),
    ("tls_interception_suspected", "tls_interception_suspected", 0, Owner::NetworkAdmin),
    ("login_intercepted", "tls_interception_suspected", 0, Owner::NetworkAdmin),
    ("proxy_refused", "proxy_refused", 0, Owner::NetworkAdmin),
    ("login_not_json", "login_unexpected_response", 0, Owner::NetworkAdmin),
    ("login_redirect", "login_unexpected_response", 0, Owner::NetworkAdmin),
    ("secret_wrong", "client_secret_wrong", 1, Owner::IncortaAdmin),
    ("secret_expired", "client_secret_expired", 1, Owner::EntraAdmin),
    ("client_secret_missing", "client_secret_missing", 1, Owner::IncortaAdmin),
    ("application_not_found", "application_not_found", 1, Owner::IncortaAdmin),
    ("application_without_service_principal", "application_without_service_principal", 1, Owner::EntraAdmin),
    ("application_disabled", "application_disabled", 1, Owner::EntraAdmin),
    ("tenant_not_found", "tenant_not_found", 1, Owner::IncortaAdmin),
    ("wrong_cloud", "wrong_cloud", 6, Owner::IncortaAdmin),
    ("exchange_resource_not_found", "exchange_resource_not_found", 6, Owner::IncortaAdmin),
    ("exchange_resource_disabled", "exchange_resource_disabled", 2, Owner::EntraAdmin),
    ("application_not_assigned", "application_not_assigned", 2, Owner::EntraAdmin),
    ("conditional_access_blocked", "conditional_access_blocked", 1, Owner::EntraAdmin),
    ("wrong_grant_type", "wrong_grant_type", 6, Owner::IncortaAdmin),
    ("token_request_malformed", "token_request_malformed", 0, Owner::NetworkAdmin),
    ("login_throttled", "login_throttled", 0, Owner::Microsoft),
    ("login_unavailable", "login_unavailable", 0, Owner::Microsoft),
    ("login_service_unavailable", "login_unavailable", 0, Owner::Microsoft),
    ("token_error_unknown", "token_error_unknown", 1, Owner::EntraAdmin),
    ("token_wrong_audience", "token_wrong_audience", 6, Owner::IncortaAdmin),
    ("token_wrong_tenant", "token_wrong_tenant", 6, Owner::IncortaAdmin),
    ("token_wrong_application", "token_wrong_application", 6, Owner::IncortaAdmin),
    ("token_is_delegated", "token_is_delegated", 2, Owner::EntraAdmin),
    ("permission_not_consented", "permission_not_consented", 2, Owner::EntraAdmin),
    ("wrong_permission", "wrong_permission_granted", 2, Owner::EntraAdmin),
    ("clock_skew", "clock_skew", 0, Owner::IncortaAdmin),
    ("clock_skew_fast", "clock_skew", 0, Owner::IncortaAdmin),
    ("token_opaque", "token_opaque", 0, Owner::Microsoft),
    ("smtp_host_not_found", "smtp_host_not_found", 0, Owner::IncortaAdmin),
    ("port_blocked", "smtp_port_blocked", 0, Owner::NetworkAdmin),
    ("connection_refused", "smtp_connection_refused", 0, Owner::NetworkAdmin),
    ("smtp_wrong_port", "smtp_wrong_port", 0, Owner::IncortaAdmin),
    ("not_smtp", "smtp_not_smtp", 0, Owner::NetworkAdmin),
    ("busy", "smtp_service_unavailable", 0, Owner::Microsoft),
    ("ehlo_rejected", "ehlo_rejected", 0, Owner::NetworkAdmin),
    ("starttls_not_offered", "starttls_not_offered", 0, Owner::NetworkAdmin),
    ("starttls_masked", "starttls_not_offered", 0, Owner::NetworkAdmin),
    ("starttls_rejected", "starttls_rejected", 0, Owner::Microsoft),
    ("starttls_injected", "starttls_injected", 0, Owner::NetworkAdmin),
    ("certificate_untrusted", "tls_certificate_untrusted", 0, Owner::NetworkAdmin),
    ("certificate_wrong_name", "tls_name_mismatch", 0, Owner::NetworkAdmin),
    ("certificate_expired", "tls_certificate_expired", 0, Owner::NetworkAdmin),
    ("tls_handshake_failed", "tls_handshake_failed", 0, Owner::NetworkAdmin),
    ("tls_too_old", "tls_too_old", 0, Owner::NetworkAdmin),
    ("xoauth2_not_offered", "xoauth2_not_offered", 0, Owner::IncortaAdmin),
    ("connection_dropped", "connection_dropped", 0, Owner::NetworkAdmin),
    ("connection_dropped_at_starttls", "connection_dropped", 0, Owner::NetworkAdmin),
    ("connection_dropped_at_auth", "connection_dropped", 0, Owner::NetworkAdmin),
    ("connection_dropped_after_data", "connection_dropped", 0, Owner::NetworkAdmin),
    ("silent", "server_timeout", 0, Owner::NetworkAdmin),
    ("silent_at_auth", "server_timeout", 0, Owner::NetworkAdmin),
    ("smtp_auth_disabled_organization", "smtp_auth_disabled_tenant", 5, Owner::ExchangeAdmin),
    ("smtp_auth_disabled_mailbox", "smtp_auth_disabled_mailbox", 5, Owner::ExchangeAdmin),
    ("security_defaults", "security_defaults_block", 5, Owner::EntraAdmin),
    ("basic_auth_refused", "basic_auth_refused", 6, Owner::IncortaAdmin),
    ("basic_auth_retired", "basic_auth_refused", 6, Owner::IncortaAdmin),
    ("service_principal_missing", "service_principal_not_registered", 3, Owner::ExchangeAdmin),
    ("wrong_object_id", "wrong_object_id", 3, Owner::ExchangeAdmin),
    ("mailbox_not_found", "mailbox_not_found", 6, Owner::IncortaAdmin),
    ("changes_not_propagated", "changes_not_propagated", 3, Owner::Microsoft),
    ("service_principal_pending", "changes_not_propagated", 3, Owner::Microsoft),
    ("rbac_scope_excludes_mailbox", "rbac_scope_excludes_mailbox", 4, Owner::ExchangeAdmin),
    ("auth_mechanism_unrecognized", "auth_mechanism_unrecognized", 0, Owner::NetworkAdmin),
    ("xoauth2_malformed", "xoauth2_malformed", 0, Owner::Microsoft),
    ("sign_in_temporarily_refused", "sign_in_temporarily_refused", 0, Owner::Microsoft),
    ("sign_in_refused", "sign_in_refused", 3, Owner::ExchangeAdmin),
    ("sign_in_challenged", "sign_in_refused", 3, Owner::ExchangeAdmin),
    ("not_authenticated", "not_authenticated", 5, Owner::ExchangeAdmin),
    ("full_access_missing", "full_access_missing", 4, Owner::ExchangeAdmin),
    ("send_as_missing", "send_as_denied", 4, Owner::ExchangeAdmin),
    ("recipient_rejected", "recipient_rejected", 6, Owner::IncortaAdmin),
    ("too_many_recipients", "too_many_recipients", 6, Owner::IncortaAdmin),
    ("too_many_connections", "too_many_connections", 0, Owner::IncortaAdmin),
    ("mailbox_limit_reached", "mailbox_limit_reached", 0, Owner::ExchangeAdmin),
    ("tenant_limit_reached", "tenant_limit_reached", 0, Owner::ExchangeAdmin),
    ("sender_blocked", "sender_blocked", 0, Owner::ExchangeAdmin),
    ("mailbox_full", "mailbox_full", 4, Owner::ExchangeAdmin),
    ("message_too_large", "message_too_large", 0, Owner::IncortaAdmin),
    ("smtp_temporary_failure", "smtp_temporary_failure", 0, Owner::Microsoft),
    ("smtp_error_unknown", "smtp_error_unknown", 0, Owner::ExchangeAdmin),
];

/// Causes that nothing tells from a likelier one: they are listed below it.
const LISTED_BELOW: [&str; 2] = ["wrong_object_id", "mailbox_not_found"];

/// Codes that what is typed or kept brings about, whatever the tenant is like; each has a test of its own.
const OF_FORM_OR_PROFILE: [&str; 10] = [
    "client_secret_is_secret_id",
    "tenant_pasted_as_client_id",
    "tenant_id_malformed",
    "tenant_missing",
    "tenant_not_specific",
    "scope_not_default",
    "scope_malformed",
    "permission_not_needed",
    "client_secret_ends_soon",
    "client_secret_past_end_date",
];

/// What a person does in such a state: says that rights come by RBAC, or that something was changed just now.
fn plan_for(state: &str, tenant: &PracticeTenant) -> Plan {
    let mut plan = plan(settings(&tenant.state()), network(tenant));
    // Nothing answers there: long enough for every stage that does, on a busy computer, too.
    let waits = state.contains("blocked") || state.contains("silent") || *state == *"smtp_wrong_port";
    let every_stage = if waits { 5 } else { 30 };
    plan.timeouts = Timeouts { every_stage: Some(Duration::from_secs(every_stage)) };
    if state.starts_with("rbac") {
        plan.access_path = AccessPath::Rbac;
    }
    if matches!(state, "changes_not_propagated" | "service_principal_pending") {
        plan.last_change_at = Some(SystemClock.now());
    }
    plan
}

/// The report of each state.
async fn reports() -> BTreeMap<&'static str, Report> {
    let mut running = JoinSet::new();
    for (state, ..) in EXPECTED {
        running.spawn(async move {
            let tenant = PracticeTenant::start(TenantState::named(state).unwrap()).await.unwrap();
            (*state, report(plan_for(state, &tenant), &tenant.client_secret()).await)
        });
    }
    running.join_all().await.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_named() {
    let reports = reports().await;
    let mut told = String::new();
    let mut wrong = Vec::new();
    for (state, code, part, owner) in EXPECTED {
        let report = &reports[state];
        let found = report.findings.iter().position(|finding| finding.code == *code);
        let is_first = found == Some(0) || (found.is_some() && LISTED_BELOW.contains(code));
        let Some(finding) = found.map(|place| &report.findings[place]).filter(|_| is_first) else {
            wrong.push(format!("{state}: {:?} instead of {code}", codes(report)));
            continue;
        };
        let fails = finding.severity == Severity::Error;
        if (finding.part, finding.owner, report.outcome == Outcome::Failed) != (*part, *owner, fails) {
            wrong.push(format!("{state}: part {}, {:?}, {:?}", finding.part, finding.owner, report.outcome));
        }
        told.push_str(&format!("{state}\n{}\n", words(finding)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let filters = vec![
        (r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?( UTC)?", "[time]"),
        (r"(Trace|Correlation) ID: [0-9a-f-]{36}", "$1 ID: [id]"),
        (r"\.PROD\.OUTLOOK\.COM \[time\] [0-9A-F]+\]", ".PROD.OUTLOOK.COM [time] [id]]"),
    ];
    insta::with_settings!({filters => filters}, { insta::assert_snapshot!(told) });
}

/// A finding as a person reads it.
fn words(finding: &Finding) -> String {
    let sure = match finding.confidence {
        Confidence::Certain => "",
        Confidence::Likely => "Likely: ",
        Confidence::Possible => "Possible: ",
    };
    let mut text = format!("  {sure}{}\n  {}\n", finding.title, finding.explanation);
    for fix in &finding.fixes {
        text.push_str(&format!("  > {}\n", fix.text));
        for line in fix.command.iter().chain(&fix.url) {
            text.push_str(&format!("      {line}\n"));
        }
    }
    text
}

#[test]
fn no_code_is_left_out() {
    for code in FindingCode::ALL.iter().map(|code| code.identifier()) {
        let expected = EXPECTED.iter().any(|(_, named, ..)| *named == code);
        assert_ne!(expected, OF_FORM_OR_PROFILE.contains(&code), "{code}");
    }
    let sound = ["healthy", "rbac"];
    for (state, _) in TenantState::names() {
        let expected = EXPECTED.iter().any(|(named, ..)| named == state);
        assert_ne!(expected, sound.contains(state), "{state}");
    }
}

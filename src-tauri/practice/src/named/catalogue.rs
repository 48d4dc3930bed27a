//! Every code of the failure catalogue, and the states that provoke it or why none can. A new code
//! without a row is for whoever adds it to see; a state that tells no code fails here.

use crate::state::TenantState;

/// Where a code comes from.
enum Cause {
    /// These states provoke it.
    States(&'static [&'static str]),
    /// It follows from what is typed into the form, whatever the tenant is like.
    Form(&'static str),
    /// It follows from what the profile says besides the form.
    Profile(&'static str),
}
use Cause::{Form, Profile, States};

const CATALOGUE: &[(&str, Cause)] = &[
    // Token.
    ("login_host_unreachable", States(&["login_host_unreachable", "login_host_not_found", "login_port_blocked"])),
    (
        "login_tls_failed",
        States(&[
            "login_tls_failed",
            "login_certificate_expired",
            "login_certificate_wrong_name",
            "login_certificate_untrusted",
        ]),
    ),
    ("tls_interception_suspected", States(&["tls_interception_suspected", "login_intercepted"])),
    ("proxy_refused", States(&["proxy_refused"])),
    ("login_unexpected_response", States(&["login_not_json", "login_redirect"])),
    ("client_secret_wrong", States(&["secret_wrong"])),
    ("client_secret_is_secret_id", Form("the secret has the shape of a GUID")),
    ("client_secret_expired", States(&["secret_expired"])),
    ("client_secret_missing", States(&["client_secret_missing"])),
    ("application_not_found", States(&["application_not_found"])),
    ("tenant_pasted_as_client_id", Form("the client ID is the tenant's")),
    ("application_without_service_principal", States(&["application_without_service_principal"])),
    ("application_disabled", States(&["application_disabled"])),
    ("tenant_not_found", States(&["tenant_not_found"])),
    ("tenant_id_malformed", Form("the token endpoint names a tenant that is neither a GUID nor a domain")),
    ("tenant_missing", Form("the token endpoint names no tenant")),
    ("tenant_not_specific", Form("the token endpoint names common, organizations or consumers")),
    ("wrong_cloud", States(&["wrong_cloud"])),
    ("scope_not_default", Form("the scope is a single permission")),
    ("scope_malformed", Form("the scope is empty, several, or none")),
    ("exchange_resource_not_found", States(&["exchange_resource_not_found"])),
    ("exchange_resource_disabled", States(&["exchange_resource_disabled"])),
    ("application_not_assigned", States(&["application_not_assigned"])),
    ("conditional_access_blocked", States(&["conditional_access_blocked"])),
    ("wrong_grant_type", States(&["wrong_grant_type"])),
    ("token_request_malformed", States(&["token_request_malformed"])),
    ("login_throttled", States(&["login_throttled"])),
    ("login_unavailable", States(&["login_unavailable", "login_service_unavailable"])),
    ("token_error_unknown", States(&["token_error_unknown"])),
    ("token_wrong_audience", States(&["token_wrong_audience"])),
    ("token_wrong_tenant", States(&["token_wrong_tenant"])),
    ("token_wrong_application", States(&["token_wrong_application"])),
    ("token_is_delegated", States(&["token_is_delegated"])),
    ("permission_not_consented", States(&["permission_not_consented"])),
    ("wrong_permission_granted", States(&["wrong_permission"])),
    ("clock_skew", States(&["clock_skew", "clock_skew_fast"])),
    ("token_opaque", States(&["token_opaque"])),
    ("client_secret_ends_soon", Profile("the secret's end date is near")),
    ("client_secret_past_end_date", Profile("the secret's end date has passed")),
    // Connection.
    ("smtp_host_not_found", States(&["smtp_host_not_found"])),
    ("smtp_port_blocked", States(&["port_blocked"])),
    ("smtp_connection_refused", States(&["connection_refused"])),
    ("smtp_wrong_port", States(&["smtp_wrong_port"])),
    ("smtp_not_smtp", States(&["not_smtp"])),
    ("smtp_service_unavailable", States(&["busy"])),
    ("ehlo_rejected", States(&["ehlo_rejected"])),
    ("starttls_not_offered", States(&["starttls_not_offered", "starttls_masked"])),
    ("starttls_rejected", States(&["starttls_rejected"])),
    ("starttls_injected", States(&["starttls_injected"])),
    ("tls_certificate_untrusted", States(&["certificate_untrusted"])),
    ("tls_name_mismatch", States(&["certificate_wrong_name"])),
    ("tls_certificate_expired", States(&["certificate_expired"])),
    ("tls_handshake_failed", States(&["tls_handshake_failed"])),
    ("tls_too_old", States(&["tls_too_old"])),
    ("xoauth2_not_offered", States(&["xoauth2_not_offered"])),
    (
        "connection_dropped",
        States(&[
            "connection_dropped",
            "connection_dropped_at_starttls",
            "connection_dropped_at_auth",
            "connection_dropped_after_data",
        ]),
    ),
    ("server_timeout", States(&["silent", "silent_at_auth"])),
    // Sign-in and message.
    ("smtp_auth_disabled_tenant", States(&["smtp_auth_disabled_organization"])),
    ("smtp_auth_disabled_mailbox", States(&["smtp_auth_disabled_mailbox"])),
    ("security_defaults_block", States(&["security_defaults"])),
    ("basic_auth_refused", States(&["basic_auth_refused", "basic_auth_retired"])),
    ("service_principal_not_registered", States(&["service_principal_missing"])),
    ("wrong_object_id", States(&["wrong_object_id"])),
    ("mailbox_not_found", States(&["mailbox_not_found"])),
    ("changes_not_propagated", States(&["changes_not_propagated", "service_principal_pending"])),
    ("rbac_scope_excludes_mailbox", States(&["rbac_scope_excludes_mailbox"])),
    ("auth_mechanism_unrecognized", States(&["auth_mechanism_unrecognized"])),
    ("xoauth2_malformed", States(&["xoauth2_malformed"])),
    ("sign_in_temporarily_refused", States(&["sign_in_temporarily_refused"])),
    ("sign_in_refused", States(&["sign_in_refused", "sign_in_challenged"])),
    ("not_authenticated", States(&["not_authenticated"])),
    ("full_access_missing", States(&["full_access_missing"])),
    ("send_as_denied", States(&["send_as_missing"])),
    ("recipient_rejected", States(&["recipient_rejected"])),
    ("too_many_recipients", States(&["too_many_recipients"])),
    ("too_many_connections", States(&["too_many_connections"])),
    ("mailbox_limit_reached", States(&["mailbox_limit_reached"])),
    ("tenant_limit_reached", States(&["tenant_limit_reached"])),
    ("sender_blocked", States(&["sender_blocked"])),
    ("mailbox_full", States(&["mailbox_full"])),
    ("message_too_large", States(&["message_too_large"])),
    ("smtp_temporary_failure", States(&["smtp_temporary_failure"])),
    ("smtp_error_unknown", States(&["smtp_error_unknown"])),
];

/// States in which nothing is wrong.
const SOUND: [&str; 2] = ["healthy", "rbac"];

#[test]
fn every_code_has_a_state_or_a_reason_for_none() {
    let mut seen = Vec::new();
    for (code, cause) in CATALOGUE {
        assert!(!seen.contains(code), "{code} is there twice");
        seen.push(code);
        match cause {
            States(names) => {
                assert!(!names.is_empty(), "{code}");
                for name in *names {
                    assert!(TenantState::named(name).is_some(), "{code}: no state {name}");
                }
            }
            Form(reason) | Profile(reason) => {
                assert!(!reason.is_empty(), "{code}");
                assert!(TenantState::named(code).is_none(), "{code} has a state and a reason for none");
            }
        }
    }
}

#[test]
fn every_state_provokes_one_code() {
    for (name, _) in TenantState::names() {
        let codes = CATALOGUE.iter().filter(|(_, cause)| matches!(cause, States(names) if names.contains(name)));
        let expected = usize::from(!SOUND.contains(name));
        assert_eq!(codes.count(), expected, "{name}");
    }
}

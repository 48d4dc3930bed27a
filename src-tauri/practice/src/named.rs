//! Named states: a healthy tenant with one thing wrong, for `--practice STATE`, the window's
//! shortcuts and the tests.

use crate::state::TenantState;

struct Named {
    name: &'static str,
    description: &'static str,
    /// What differs from a healthy tenant: switch and value.
    settings: &'static [(&'static str, &'static str)],
}

const fn named(
    name: &'static str,
    description: &'static str,
    settings: &'static [(&'static str, &'static str)],
) -> Named {
    Named { name, description, settings }
}

const NAMED: &[Named] = &[
    named("healthy", "Everything is set up as the guide says.", &[]),
    named("secret_wrong", "The client secret is not the application's.", &[("client_secret", "replaced")]),
    named("secret_expired", "The client secret has expired.", &[("client_secret", "expired")]),
    named(
        "application_not_found",
        "The tenant has no application with this client ID.",
        &[("application", "not_found")],
    ),
    named("application_disabled", "The application is disabled.", &[("application", "disabled")]),
    named(
        "application_without_service_principal",
        "The application has no enterprise application in the tenant.",
        &[("application", "without_service_principal")],
    ),
    named("tenant_not_found", "The login host does not know the tenant.", &[("directory", "not_found")]),
    named("wrong_cloud", "The tenant lives in another national cloud.", &[("directory", "other_cloud")]),
    named(
        "conditional_access_blocked",
        "A Conditional Access policy blocks the application.",
        &[("conditional_access", "blocks")],
    ),
    named(
        "permission_not_consented",
        "Admin consent for SMTP.SendAsApp is missing.",
        &[("permission", "not_consented")],
    ),
    named("wrong_permission", "Mail.Send was granted in place of SMTP.SendAsApp.", &[("permission", "mail_send")]),
    named("exchange_resource_not_found", "The tenant has no Exchange Online.", &[("exchange_resource", "not_found")]),
    named(
        "exchange_resource_disabled",
        "Exchange Online is disabled in the tenant.",
        &[("exchange_resource", "disabled")],
    ),
    named(
        "application_not_assigned",
        "Exchange Online demands an assignment that the application lacks.",
        &[("exchange_resource", "assignment_required")],
    ),
    named("token_opaque", "The access token cannot be decoded.", &[("token_format", "opaque")]),
    named(
        "service_principal_missing",
        "Exchange Online has no service principal for the application.",
        &[("service_principal", "missing")],
    ),
    named(
        "wrong_object_id",
        "The service principal was made with the app registration's Object ID.",
        &[("service_principal", "wrong_object_id")],
    ),
    named(
        "changes_not_propagated",
        "The mailbox permissions are set and not yet in effect.",
        &[("propagation", "mailbox_access_pending")],
    ),
    named("full_access_missing", "FullAccess on the mailbox is missing.", &[("full_access", "missing")]),
    named("send_as_missing", "SendAs on the mailbox is missing.", &[("send_as", "missing")]),
    named(
        "rbac",
        "Healthy on the second path: RBAC for Applications, without API permission and mailbox permissions.",
        &[
            ("permission", "not_consented"),
            ("full_access", "missing"),
            ("send_as", "missing"),
            ("role_assignment", "includes_mailbox"),
        ],
    ),
    named(
        "rbac_scope_excludes_mailbox",
        "RBAC for Applications, and its scope does not contain the mailbox.",
        &[
            ("permission", "not_consented"),
            ("full_access", "missing"),
            ("send_as", "missing"),
            ("role_assignment", "excludes_mailbox"),
        ],
    ),
    named(
        "mailbox_limit_reached",
        "The mailbox has used up its recipients for the day.",
        &[("sending", "mailbox_limit_reached")],
    ),
    named(
        "tenant_limit_reached",
        "The tenant has used up its recipients for the day.",
        &[("sending", "tenant_limit_reached")],
    ),
    named("mailbox_full", "The mailbox is full.", &[("sending", "mailbox_full")]),
    named("sender_blocked", "Microsoft has blocked the sender.", &[("sending", "sender_blocked")]),
    named(
        "too_many_connections",
        "The mailbox has too many connections at once.",
        &[("sending", "too_many_connections")],
    ),
    named(
        "smtp_auth_disabled_organization",
        "SMTP AUTH is off for the organization.",
        &[("organization_smtp_auth", "off")],
    ),
    named("smtp_auth_disabled_mailbox", "SMTP AUTH is off for the mailbox.", &[("mailbox_smtp_auth", "off")]),
    named("security_defaults", "Security defaults stand in the way of SMTP AUTH.", &[("security_defaults", "on")]),
    named("login_throttled", "The login host throttles requests.", &[("login_service", "throttled")]),
    named("login_unavailable", "The login host is temporarily unavailable.", &[("login_service", "unavailable")]),
    named(
        "login_not_json",
        "A portal's web page answers in place of the login host.",
        &[("login_network", "html_page")],
    ),
    named("login_redirect", "A portal redirects requests to the login host.", &[("login_network", "redirect")]),
    named("login_service_unavailable", "The login host answers HTTP 503.", &[("login_network", "service_unavailable")]),
    named("proxy_refused", "The proxy asks for a sign-in of its own.", &[("login_network", "proxy_refuses")]),
    named("login_intercepted", "TLS to the login host is intercepted.", &[("login_network", "intercepted")]),
    named("clock_skew", "This computer's clock is two hours slow.", &[("tenant_clock", "ahead")]),
    named(
        "certificate_untrusted",
        "The SMTP server's certificate is from an unknown authority.",
        &[("smtp_certificate", "unknown_authority")],
    ),
    named("certificate_expired", "The SMTP server's certificate has expired.", &[("smtp_certificate", "expired")]),
    named(
        "certificate_wrong_name",
        "The SMTP server's certificate is for another name.",
        &[("smtp_certificate", "other_name")],
    ),
    named(
        "connection_dropped",
        "The connection is closed after the greeting.",
        &[("smtp_network", "drops_after_greeting")],
    ),
    named(
        "connection_dropped_at_starttls",
        "The connection is closed at STARTTLS.",
        &[("smtp_network", "drops_at_starttls")],
    ),
    named("connection_dropped_at_auth", "The connection is closed at AUTH.", &[("smtp_network", "drops_at_auth")]),
    named("silent", "The SMTP server accepts connections and never greets.", &[("smtp_network", "silent")]),
    named("starttls_not_offered", "Something on the way strips STARTTLS.", &[("smtp_network", "starttls_not_offered")]),
    named("starttls_rejected", "The SMTP server refuses STARTTLS.", &[("smtp_network", "starttls_rejected")]),
    named(
        "starttls_injected",
        "Something on the way adds plaintext after STARTTLS.",
        &[("smtp_network", "starttls_injected")],
    ),
    named("tls_handshake_failed", "What follows STARTTLS is not TLS.", &[("smtp_network", "tls_handshake_fails")]),
    named("tls_too_old", "The SMTP server calls the TLS version too old.", &[("smtp_network", "tls_too_old")]),
    named("xoauth2_not_offered", "The SMTP server does not offer XOAUTH2.", &[("smtp_network", "xoauth2_not_offered")]),
    named("ehlo_rejected", "EHLO is refused.", &[("smtp_network", "ehlo_rejected")]),
    named("not_smtp", "Something that is not an SMTP server answers.", &[("smtp_network", "not_smtp")]),
    named(
        "sign_in_temporarily_refused",
        "The sign-in is refused for the moment.",
        &[("smtp_network", "sign_in_temporarily_refused")],
    ),
    named("busy", "The SMTP server is busy.", &[("smtp_network", "busy")]),
    named("port_blocked", "Connections to the SMTP server are refused.", &[("smtp_network", "port_blocked")]),
];

const NAMES: [(&str, &str); NAMED.len()] = {
    let mut names = [("", ""); NAMED.len()];
    let mut index = 0;
    while index < NAMED.len() {
        names[index] = (NAMED[index].name, NAMED[index].description);
        index += 1;
    }
    names
};

impl TenantState {
    /// The state of this name; see [`TenantState::names`].
    pub fn named(name: &str) -> Option<Self> {
        let named = NAMED.iter().find(|named| named.name == name)?;
        let mut state = Self::healthy();
        for (switch, value) in named.settings {
            state.set(switch, value).ok()?;
        }
        Some(state)
    }

    /// Every name with a one-line description, `healthy` first.
    pub fn names() -> &'static [(&'static str, &'static str)] {
        &NAMES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_for_a_state_and_no_two_for_the_same() {
        let mut seen = Vec::new();
        for (name, description) in TenantState::names() {
            assert!(description.ends_with('.'), "{name}");
            let values: Vec<_> = TenantState::named(name)
                .unwrap_or_else(|| panic!("{name}"))
                .switches()
                .into_iter()
                .map(|switch| switch.value)
                .collect();
            assert!(!seen.contains(&values), "{name} is the same as another");
            seen.push(values);
        }
    }

    #[test]
    fn healthy_comes_first_and_unknown_names_are_none() {
        assert_eq!(TenantState::names()[0].0, "healthy");
        assert!(TenantState::named("unhealthy").is_none());
    }
}

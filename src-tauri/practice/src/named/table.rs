//! The named states: what each is called, and what differs in it from a healthy tenant.

use super::Named;

const fn named(
    name: &'static str,
    description: &'static str,
    settings: &'static [(&'static str, &'static str)],
) -> Named {
    Named { name, description, settings }
}

/// `healthy` first, then in the order of the guide's parts, the network and this computer last.
pub(super) const NAMED: &[Named] = &[
    named("healthy", "Everything is set up as the guide says.", &[]),
    // Part 1: the application, and Entra ID's decision about it.
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
        "token_error_unknown",
        "The login host fails to issue a token, with a code of its own.",
        &[("login_service", "issuance_fails")],
    ),
    // Part 2: the permission and the token.
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
        "token_wrong_audience",
        "A gateway hands out a token for Microsoft Graph.",
        &[("token_content", "other_resource")],
    ),
    named("token_wrong_tenant", "A gateway hands out a token of another tenant.", &[("token_content", "other_tenant")]),
    named(
        "token_wrong_application",
        "A gateway hands out a token of another application.",
        &[("token_content", "other_application")],
    ),
    named("token_is_delegated", "A gateway hands out a signed-in user's token.", &[("token_content", "delegated")]),
    // Part 3: the service principal.
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
        "service_principal_pending",
        "The service principal is registered and not yet in effect.",
        &[("propagation", "service_principal_pending")],
    ),
    named(
        "changes_not_propagated",
        "The mailbox permissions are set and not yet in effect.",
        &[("propagation", "mailbox_access_pending")],
    ),
    // Part 4: the mailbox.
    named("mailbox_not_found", "The address that sends has no mailbox.", &[("sender_mailbox", "missing")]),
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
    named("recipient_rejected", "Exchange Online does not know the recipient.", &[("recipients", "rejected")]),
    named("too_many_recipients", "The message has more recipients than it may have.", &[("recipients", "too_many")]),
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
    named(
        "message_too_large",
        "The mailbox's size limit lets no message through.",
        &[("sending", "message_too_large")],
    ),
    named("sender_blocked", "Microsoft has blocked the sender.", &[("sending", "sender_blocked")]),
    named(
        "too_many_connections",
        "The mailbox has too many connections at once.",
        &[("sending", "too_many_connections")],
    ),
    named(
        "smtp_temporary_failure",
        "Exchange Online has no time for the message.",
        &[("sending", "temporary_failure")],
    ),
    named(
        "smtp_error_unknown",
        "Exchange Online refuses the message, with a code of its own.",
        &[("sending", "refused")],
    ),
    // Part 5: SMTP AUTH.
    named(
        "smtp_auth_disabled_organization",
        "SMTP AUTH is off for the organization.",
        &[("organization_smtp_auth", "off")],
    ),
    named("smtp_auth_disabled_mailbox", "SMTP AUTH is off for the mailbox.", &[("mailbox_smtp_auth", "off")]),
    named("security_defaults", "Security defaults stand in the way of SMTP AUTH.", &[("security_defaults", "on")]),
    // Part 0: the way to the login host, and this computer's clock.
    named("login_host_not_found", "The login host's name leads nowhere.", &[("login_network", "name_unknown")]),
    named("login_host_unreachable", "Connections to the login host are refused.", &[("login_network", "unreachable")]),
    named(
        "login_port_blocked",
        "Attempts to connect to the login host get no answer.",
        &[("login_network", "port_blocked")],
    ),
    named(
        "login_tls_failed",
        "What answers for the login host is not TLS.",
        &[("login_network", "tls_handshake_fails")],
    ),
    named(
        "login_certificate_expired",
        "The login host's certificate has expired.",
        &[("login_certificate", "expired")],
    ),
    named(
        "login_certificate_wrong_name",
        "The login host's certificate is for another name.",
        &[("login_certificate", "other_name")],
    ),
    named(
        "login_certificate_untrusted",
        "The login host's certificate is from an authority that is not trusted here.",
        &[("login_certificate", "unknown_authority")],
    ),
    named("login_intercepted", "TLS to the login host is intercepted.", &[("login_certificate", "intercepted")]),
    named(
        "login_not_json",
        "A portal's web page answers in place of the login host.",
        &[("login_network", "html_page")],
    ),
    named("login_redirect", "A portal redirects requests to the login host.", &[("login_network", "redirect")]),
    named("login_service_unavailable", "The login host answers HTTP 503.", &[("login_network", "service_unavailable")]),
    named("proxy_refused", "The proxy asks for a sign-in of its own.", &[("login_network", "proxy_refuses")]),
    named(
        "client_secret_missing",
        "A proxy takes the client secret out of the request.",
        &[("login_network", "strips_secret")],
    ),
    named("token_request_malformed", "A proxy garbles the request for a token.", &[("login_network", "mangles_form")]),
    named(
        "wrong_grant_type",
        "A gateway signs in a user in the application's place.",
        &[("login_network", "asks_for_user")],
    ),
    named("login_throttled", "The login host throttles requests.", &[("login_service", "throttled")]),
    named("login_unavailable", "The login host is temporarily unavailable.", &[("login_service", "unavailable")]),
    named("clock_skew", "This computer's clock is two hours slow.", &[("tenant_clock", "ahead")]),
    named("clock_skew_fast", "This computer's clock is two hours fast.", &[("tenant_clock", "behind")]),
    // Part 0: the way to the SMTP server.
    named("smtp_host_not_found", "The SMTP server's name leads nowhere.", &[("smtp_network", "name_unknown")]),
    named(
        "connection_refused",
        "Connections to the SMTP server are refused.",
        &[("smtp_network", "connection_refused")],
    ),
    named("port_blocked", "Attempts to connect to the SMTP server get no answer.", &[("smtp_network", "port_blocked")]),
    named("smtp_wrong_port", "The SMTP server speaks TLS at once, as on port 465.", &[("smtp_service", "tls_at_once")]),
    named("silent", "The SMTP server accepts connections and never greets.", &[("smtp_network", "silent")]),
    named("silent_at_auth", "The SMTP server never answers AUTH.", &[("smtp_network", "silent_at_auth")]),
    named("not_smtp", "Something that is not an SMTP server answers.", &[("smtp_network", "not_smtp")]),
    named("busy", "The SMTP server is busy.", &[("smtp_service", "busy")]),
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
    named(
        "connection_dropped_after_data",
        "The connection is closed after the message, before its reply.",
        &[("smtp_network", "drops_after_data")],
    ),
    named("ehlo_rejected", "EHLO is refused.", &[("smtp_network", "ehlo_rejected")]),
    named("starttls_not_offered", "Something on the way strips STARTTLS.", &[("smtp_network", "starttls_not_offered")]),
    named("starttls_masked", "Something on the way writes X over STARTTLS.", &[("smtp_network", "starttls_masked")]),
    named("starttls_rejected", "The SMTP server refuses STARTTLS.", &[("smtp_service", "starttls_rejected")]),
    named(
        "starttls_injected",
        "Something on the way adds plaintext after STARTTLS.",
        &[("smtp_network", "starttls_injected")],
    ),
    named("tls_handshake_failed", "What follows STARTTLS is not TLS.", &[("smtp_network", "tls_handshake_fails")]),
    named("tls_too_old", "The SMTP server calls the TLS version too old.", &[("smtp_service", "tls_too_old")]),
    named(
        "certificate_untrusted",
        "The SMTP server's certificate is from an authority that is not trusted here.",
        &[("smtp_certificate", "unknown_authority")],
    ),
    named("certificate_expired", "The SMTP server's certificate has expired.", &[("smtp_certificate", "expired")]),
    named(
        "certificate_wrong_name",
        "The SMTP server's certificate is for another name.",
        &[("smtp_certificate", "other_name")],
    ),
    named(
        "tls_interception_suspected",
        "TLS to the SMTP server is intercepted.",
        &[("smtp_certificate", "intercepted")],
    ),
    // Part 0: the sign-in at the SMTP server.
    named("xoauth2_not_offered", "The SMTP server does not offer XOAUTH2.", &[("smtp_service", "xoauth2_not_offered")]),
    named(
        "auth_mechanism_unrecognized",
        "XOAUTH2 is offered and not recognized.",
        &[("sign_in_service", "mechanism_unrecognized")],
    ),
    named("xoauth2_malformed", "The XOAUTH2 response is called malformed.", &[("sign_in_service", "malformed")]),
    named(
        "basic_auth_refused",
        "The sign-in is refused as if it came with a password.",
        &[("sign_in_service", "basic_auth_refused")],
    ),
    named(
        "basic_auth_retired",
        "The sign-in is refused as if passwords were gone for good.",
        &[("sign_in_service", "basic_auth_retired")],
    ),
    named(
        "sign_in_temporarily_refused",
        "The sign-in is refused for the moment.",
        &[("sign_in_service", "temporarily_refused")],
    ),
    named("sign_in_refused", "The sign-in is refused, with a code of its own.", &[("sign_in_service", "refused")]),
    named(
        "sign_in_challenged",
        "The sign-in is refused after a challenge, as by servers of other makes.",
        &[("sign_in_service", "challenged")],
    ),
    named(
        "not_authenticated",
        "The sign-in is accepted and forgotten before the message.",
        &[("sign_in_service", "forgotten")],
    ),
];

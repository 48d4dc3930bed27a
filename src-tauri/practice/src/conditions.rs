//! The conditions a practice tenant can be in, one small enum each.
//!
//! The first value of every condition is the healthy one. The identifier and the label of a value
//! stand beside it, so that the switches a window draws, the JSON and the code cannot drift apart.
//! What follows from a condition is decided elsewhere: in `login` and `smtp`.

use serde::Serialize;

/// A condition of the tenant: a closed set of values.
pub(crate) trait Condition: Copy + PartialEq + 'static {
    /// Every value with its identifier and its label, the healthy one first.
    const VALUES: &'static [(Self, &'static str, &'static str)];

    /// The identifier of this value, as in `VALUES`.
    fn id(self) -> &'static str {
        Self::VALUES.iter().find(|(value, ..)| *value == self).map_or("", |(_, id, _)| id)
    }

    /// The value with this identifier.
    fn from_id(id: &str) -> Option<Self> {
        Self::VALUES.iter().find(|(_, known, _)| *known == id).map(|(value, ..)| *value)
    }
}

macro_rules! condition {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $id:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $id)] $value,)+
        }

        impl Condition for $name {
            const VALUES: &'static [(Self, &'static str, &'static str)] = &[$((Self::$value, $id, $label),)+];
        }
    };
}

/// A permission of the mailbox: granted to the service principal or not.
impl Condition for bool {
    const VALUES: &'static [(Self, &'static str, &'static str)] =
        &[(true, "granted", "Granted"), (false, "missing", "Not granted")];
}

condition! {
    /// What the network does on the way to the login host.
    LoginNetwork {
        /// Nothing is in the way.
        Open = "open", "Open";
        /// A portal answers with a web page of its own and status 200.
        HtmlPage = "html_page", "A portal's web page answers";
        /// A portal redirects every request to its sign-in page.
        Redirect = "redirect", "A portal redirects";
        /// A proxy asks for a sign-in of its own: HTTP 407.
        ProxyRefuses = "proxy_refuses", "The proxy refuses";
        /// The front end answers 503 with a web page.
        ServiceUnavailable = "service_unavailable", "HTTP 503";
        /// A middlebox ends TLS with a certificate of its own authority.
        Intercepted = "intercepted", "TLS is intercepted";
    }
}

condition! {
    /// How well Microsoft Entra ID itself is.
    LoginService {
        /// It answers.
        Available = "available", "Available";
        /// HTTP 429 in plain text, with `Retry-After`.
        Throttled = "throttled", "Throttled";
        /// AADSTS90033.
        Unavailable = "unavailable", "Temporarily unavailable";
    }
}

condition! {
    /// The tenant's clock as seen from this computer.
    TenantClock {
        /// Both agree.
        Right = "right", "Right";
        /// The tenant is two hours ahead: this computer's clock is slow.
        Ahead = "ahead", "Two hours ahead";
        /// The tenant is two hours behind: this computer's clock is fast.
        Behind = "behind", "Two hours behind";
    }
}

condition! {
    /// Whether this login host knows the tenant.
    Directory {
        /// Under its GUID and its domain.
        Known = "known", "Known";
        /// AADSTS90002 for every name.
        NotFound = "not_found", "Not found";
        /// The tenant lives in another national cloud: AADSTS900382.
        OtherCloud = "other_cloud", "In another national cloud";
    }
}

condition! {
    /// The application registration.
    Application {
        /// Registered, enabled, with its enterprise application.
        Registered = "registered", "Registered";
        /// Not in this tenant: AADSTS700016.
        NotFound = "not_found", "Not registered";
        /// Disabled: AADSTS7000112.
        Disabled = "disabled", "Disabled";
        /// Registered, without an enterprise application: AADSTS7000229.
        WithoutServicePrincipal = "without_service_principal", "Without enterprise application";
    }
}

condition! {
    /// The client secret that Incorta was given.
    ClientSecret {
        /// It is the application's secret.
        Valid = "valid", "Valid";
        /// The application has another secret: AADSTS7000215.
        Replaced = "replaced", "Wrong";
        /// AADSTS7000222.
        Expired = "expired", "Expired";
    }
}

condition! {
    /// Conditional Access for workload identities.
    ConditionalAccess {
        /// No policy concerns the application.
        Allows = "allows", "Allows the application";
        /// AADSTS53003.
        Blocks = "blocks", "Blocks the application";
    }
}

condition! {
    /// The form of the access tokens. They are opaque by contract; a client must live with both.
    TokenFormat {
        /// A JSON Web Token, as Exchange Online's tokens are today.
        Jwt = "jwt", "JSON Web Token";
        /// Nothing that can be decoded.
        Opaque = "opaque", "Opaque";
    }
}

condition! {
    /// The application permission that was consented to.
    Permission {
        /// `SMTP.SendAsApp` of Office 365 Exchange Online.
        SmtpSendAsApp = "smtp_send_as_app", "SMTP.SendAsApp";
        /// None: the token comes without `roles`.
        NotConsented = "not_consented", "Not consented";
        /// `Mail.Send` in its place.
        MailSend = "mail_send", "Mail.Send instead";
    }
}

condition! {
    /// Office 365 Exchange Online as a resource in the tenant.
    ExchangeResource {
        /// Present and enabled.
        Enabled = "enabled", "Enabled";
        /// Its service principal is disabled: AADSTS500014.
        Disabled = "disabled", "Disabled";
        /// The tenant has none: AADSTS500011.
        NotFound = "not_found", "Not in this tenant";
        /// It demands an assignment that the application lacks: AADSTS501051.
        AssignmentRequired = "assignment_required", "Application not assigned";
    }
}

condition! {
    /// The service principal in Exchange Online, made with `New-ServicePrincipal`.
    ServicePrincipal {
        /// With the enterprise application's Object ID.
        Registered = "registered", "Registered";
        /// With the app registration's Object ID.
        WrongObjectId = "wrong_object_id", "With the wrong Object ID";
        /// None.
        Missing = "missing", "Not registered";
    }
}

condition! {
    /// How far the last change has travelled through Exchange Online.
    Propagation {
        /// Everything is in effect.
        Complete = "complete", "Complete";
        /// Access to the mailbox is not in effect yet: FullAccess, or the role assignment where
        /// there is no FullAccess to wait for.
        MailboxAccessPending = "mailbox_access_pending", "Mailbox access pending";
        /// The service principal is not known everywhere yet.
        ServicePrincipalPending = "service_principal_pending", "Service principal pending";
    }
}

condition! {
    /// The role assignment *Application SMTP.SendAsApp* of RBAC for Applications, the second path
    /// to a mailbox. A healthy tenant on the classic path has none.
    RoleAssignment {
        /// None: the classic path alone.
        Absent = "absent", "None";
        /// Its scope contains the mailbox: neither API permission nor mailbox permissions are
        /// needed.
        IncludesMailbox = "includes_mailbox", "Scope includes the mailbox";
        /// Its scope does not contain the mailbox.
        ExcludesMailbox = "excludes_mailbox", "Scope excludes the mailbox";
    }
}

condition! {
    /// What Exchange Online makes of a message of this mailbox.
    Sending {
        /// It accepts it.
        Accepted = "accepted", "Accepted";
        /// The mailbox's recipients for the day are used up: 550 5.1.90.
        MailboxLimitReached = "mailbox_limit_reached", "Mailbox limit reached";
        /// The tenant's recipients for the day are used up: 550 5.7.233.
        TenantLimitReached = "tenant_limit_reached", "Tenant limit reached";
        /// Sent copies fill the mailbox: 554 5.2.2.
        MailboxFull = "mailbox_full", "Mailbox full";
        /// The sender is blocked: 550 5.1.8.
        SenderBlocked = "sender_blocked", "Sender blocked";
        /// Too many connections at once: 432 4.3.2.
        TooManyConnections = "too_many_connections", "Too many connections";
    }
}

condition! {
    /// SMTP AUTH for the organization (`Set-TransportConfig -SmtpClientAuthenticationDisabled`).
    OrganizationSmtpAuth {
        /// On.
        On = "on", "On";
        /// Off, unless a mailbox says otherwise.
        Off = "off", "Off";
    }
}

condition! {
    /// SMTP AUTH for the mailbox (`Set-CASMailbox -SmtpClientAuthenticationDisabled`).
    MailboxSmtpAuth {
        /// Blank: the organization's setting holds.
        Inherit = "inherit", "As the organization";
        /// `$false`: on, whatever the organization says.
        On = "on", "On";
        /// `$true`: off, whatever the organization says.
        Off = "off", "Off";
    }
}

condition! {
    /// Entra's security defaults.
    SecurityDefaults {
        /// Off.
        Off = "off", "Off";
        /// On, and in the way of SMTP AUTH.
        On = "on", "On";
    }
}

condition! {
    /// What the network and the front end do on the way to the SMTP server.
    SmtpNetwork {
        /// Nothing is in the way.
        Open = "open", "Open";
        /// Nobody listens: connection refused.
        PortBlocked = "port_blocked", "Port blocked";
        /// Accepts, and never greets.
        Silent = "silent", "Silent";
        /// The greeting is 421 4.3.2.
        Busy = "busy", "Busy";
        /// Something that is not SMTP answers.
        NotSmtp = "not_smtp", "Not an SMTP server";
        /// EHLO is refused.
        EhloRejected = "ehlo_rejected", "EHLO refused";
        /// A middlebox strips STARTTLS.
        StartTlsNotOffered = "starttls_not_offered", "STARTTLS not offered";
        /// STARTTLS is answered 454.
        StartTlsRejected = "starttls_rejected", "STARTTLS refused";
        /// Plaintext is added to the reply to STARTTLS.
        StartTlsInjected = "starttls_injected", "Plaintext after STARTTLS";
        /// What follows STARTTLS is not TLS.
        TlsHandshakeFails = "tls_handshake_fails", "TLS handshake fails";
        /// The TLS version is called too old: 421 4.7.66.
        TlsTooOld = "tls_too_old", "TLS called too old";
        /// AUTH is offered without XOAUTH2.
        XOAuth2NotOffered = "xoauth2_not_offered", "XOAUTH2 not offered";
        /// Closed after the greeting.
        DropsAfterGreeting = "drops_after_greeting", "Drops after the greeting";
        /// Closed at STARTTLS.
        DropsAtStartTls = "drops_at_starttls", "Drops at STARTTLS";
        /// Closed at AUTH.
        DropsAtAuth = "drops_at_auth", "Drops at AUTH";
        /// AUTH is answered 454 4.7.0.
        SignInTemporarilyRefused = "sign_in_temporarily_refused", "Sign-in temporarily refused";
    }
}

condition! {
    /// The certificate shown by the SMTP server.
    SmtpCertificate {
        /// For `smtp.office365.com`, from the practice authority.
        Trusted = "trusted", "Trusted";
        /// Ended two days ago.
        Expired = "expired", "Expired";
        /// For another name.
        OtherName = "other_name", "For another name";
        /// From an authority that nobody was told about, as an intercepting middlebox shows.
        UnknownAuthority = "unknown_authority", "From an unknown authority";
    }
}

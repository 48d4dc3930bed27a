//! The failure catalogue: every cause the product can name, with the guide's
//! part, who must act, and how much it weighs.

use crate::check::{Owner, Severity};

macro_rules! catalogue {
    ($($name:ident = $identifier:literal, $part:literal, $owner:ident, $severity:ident;)*) => {
        /// A named cause. Its identifier is part of the report's contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the word catalogue explains each")]
        pub enum FindingCode { $($name,)* }

        impl FindingCode {
            /// Every code, in the order of the guide's chain.
            pub const ALL: &[FindingCode] = &[$(Self::$name,)*];

            /// The stable name in reports.
            pub fn identifier(self) -> &'static str {
                match self { $(Self::$name => $identifier,)* }
            }

            /// The guide's part, 1–6; 0 is the network and this computer.
            pub fn part(self) -> u8 {
                match self { $(Self::$name => $part,)* }
            }

            /// Who must act.
            pub fn owner(self) -> Owner {
                match self { $(Self::$name => Owner::$owner,)* }
            }

            /// How much it weighs.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

catalogue! {
    LoginHostUnreachable = "login_host_unreachable", 0, NetworkAdmin, Error;
    ProxyRefused = "proxy_refused", 0, NetworkAdmin, Error;
    TlsInterceptionSuspected = "tls_interception_suspected", 0, NetworkAdmin, Error;
    LoginTlsFailed = "login_tls_failed", 0, NetworkAdmin, Error;
    LoginUnexpectedResponse = "login_unexpected_response", 0, NetworkAdmin, Error;
    LoginThrottled = "login_throttled", 0, Microsoft, Error;
    LoginUnavailable = "login_unavailable", 0, Microsoft, Error;
    TokenRequestMalformed = "token_request_malformed", 0, NetworkAdmin, Error;
    ClientSecretIsSecretId = "client_secret_is_secret_id", 1, IncortaAdmin, Error;
    ClientSecretWrong = "client_secret_wrong", 1, IncortaAdmin, Error;
    ClientSecretExpired = "client_secret_expired", 1, EntraAdmin, Error;
    ClientSecretMissing = "client_secret_missing", 1, IncortaAdmin, Error;
    TenantPastedAsClientId = "tenant_pasted_as_client_id", 1, IncortaAdmin, Error;
    ApplicationNotFound = "application_not_found", 1, IncortaAdmin, Error;
    ApplicationWithoutServicePrincipal = "application_without_service_principal", 1, EntraAdmin, Error;
    ApplicationDisabled = "application_disabled", 1, EntraAdmin, Error;
    TenantNotFound = "tenant_not_found", 1, IncortaAdmin, Error;
    ConditionalAccessBlocked = "conditional_access_blocked", 1, EntraAdmin, Error;
    TenantIdMalformed = "tenant_id_malformed", 6, IncortaAdmin, Error;
    TenantMissing = "tenant_missing", 6, IncortaAdmin, Error;
    TenantNotSpecific = "tenant_not_specific", 6, IncortaAdmin, Error;
    WrongCloud = "wrong_cloud", 6, IncortaAdmin, Error;
    ScopeNotDefault = "scope_not_default", 6, IncortaAdmin, Error;
    ScopeMalformed = "scope_malformed", 6, IncortaAdmin, Error;
    ExchangeResourceNotFound = "exchange_resource_not_found", 6, IncortaAdmin, Error;
    ExchangeResourceDisabled = "exchange_resource_disabled", 2, EntraAdmin, Error;
    ApplicationNotAssigned = "application_not_assigned", 2, EntraAdmin, Error;
    WrongGrantType = "wrong_grant_type", 6, IncortaAdmin, Error;
    TokenErrorUnknown = "token_error_unknown", 1, EntraAdmin, Error;
    TokenWrongAudience = "token_wrong_audience", 6, IncortaAdmin, Error;
    TokenWrongTenant = "token_wrong_tenant", 6, IncortaAdmin, Error;
    TokenWrongApplication = "token_wrong_application", 6, IncortaAdmin, Error;
    TokenIsDelegated = "token_is_delegated", 2, EntraAdmin, Error;
    WrongPermissionGranted = "wrong_permission_granted", 2, EntraAdmin, Warning;
    PermissionNotConsented = "permission_not_consented", 2, EntraAdmin, Warning;
    PermissionNotNeeded = "permission_not_needed", 2, EntraAdmin, Info;
    ClockSkew = "clock_skew", 0, IncortaAdmin, Warning;
    TokenOpaque = "token_opaque", 0, Microsoft, Info;
    ClientSecretEndsSoon = "client_secret_ends_soon", 1, EntraAdmin, Warning;
    ClientSecretPastEndDate = "client_secret_past_end_date", 1, IncortaAdmin, Warning;
    SmtpHostNotFound = "smtp_host_not_found", 0, IncortaAdmin, Error;
    SmtpPortBlocked = "smtp_port_blocked", 0, NetworkAdmin, Error;
    SmtpConnectionRefused = "smtp_connection_refused", 0, NetworkAdmin, Error;
    SmtpWrongPort = "smtp_wrong_port", 0, IncortaAdmin, Error;
    SmtpNotSmtp = "smtp_not_smtp", 0, NetworkAdmin, Error;
    SmtpServiceUnavailable = "smtp_service_unavailable", 0, Microsoft, Error;
    EhloRejected = "ehlo_rejected", 0, NetworkAdmin, Error;
    StarttlsNotOffered = "starttls_not_offered", 0, NetworkAdmin, Error;
    StarttlsRejected = "starttls_rejected", 0, Microsoft, Error;
    StarttlsInjected = "starttls_injected", 0, NetworkAdmin, Error;
    TlsCertificateUntrusted = "tls_certificate_untrusted", 0, NetworkAdmin, Error;
    TlsNameMismatch = "tls_name_mismatch", 0, NetworkAdmin, Error;
    TlsCertificateExpired = "tls_certificate_expired", 0, NetworkAdmin, Error;
    TlsHandshakeFailed = "tls_handshake_failed", 0, NetworkAdmin, Error;
    TlsTooOld = "tls_too_old", 0, NetworkAdmin, Error;
    Xoauth2NotOffered = "xoauth2_not_offered", 0, IncortaAdmin, Error;
    ConnectionDropped = "connection_dropped", 0, NetworkAdmin, Error;
    ServerTimeout = "server_timeout", 0, NetworkAdmin, Error;
    SmtpAuthDisabledTenant = "smtp_auth_disabled_tenant", 5, ExchangeAdmin, Error;
    SmtpAuthDisabledMailbox = "smtp_auth_disabled_mailbox", 5, ExchangeAdmin, Error;
    SecurityDefaultsBlock = "security_defaults_block", 5, EntraAdmin, Error;
    BasicAuthRefused = "basic_auth_refused", 6, IncortaAdmin, Error;
    ServicePrincipalNotRegistered = "service_principal_not_registered", 3, ExchangeAdmin, Error;
    WrongObjectId = "wrong_object_id", 3, ExchangeAdmin, Error;
    MailboxNotFound = "mailbox_not_found", 6, IncortaAdmin, Error;
    RbacScopeExcludesMailbox = "rbac_scope_excludes_mailbox", 4, ExchangeAdmin, Error;
    ChangesNotPropagated = "changes_not_propagated", 3, Microsoft, Error;
    AuthMechanismUnrecognized = "auth_mechanism_unrecognized", 0, NetworkAdmin, Error;
    Xoauth2Malformed = "xoauth2_malformed", 0, Microsoft, Error;
    SignInTemporarilyRefused = "sign_in_temporarily_refused", 0, Microsoft, Error;
    SignInRefused = "sign_in_refused", 3, ExchangeAdmin, Error;
    NotAuthenticated = "not_authenticated", 5, ExchangeAdmin, Error;
    FullAccessMissing = "full_access_missing", 4, ExchangeAdmin, Error;
    SendAsDenied = "send_as_denied", 4, ExchangeAdmin, Error;
    RecipientRejected = "recipient_rejected", 6, IncortaAdmin, Error;
    TooManyRecipients = "too_many_recipients", 6, IncortaAdmin, Error;
    TooManyConnections = "too_many_connections", 0, IncortaAdmin, Error;
    MailboxLimitReached = "mailbox_limit_reached", 0, ExchangeAdmin, Error;
    TenantLimitReached = "tenant_limit_reached", 0, ExchangeAdmin, Error;
    SenderBlocked = "sender_blocked", 0, ExchangeAdmin, Error;
    MailboxFull = "mailbox_full", 4, ExchangeAdmin, Error;
    MessageTooLarge = "message_too_large", 0, IncortaAdmin, Error;
    SmtpTemporaryFailure = "smtp_temporary_failure", 0, Microsoft, Error;
    SmtpErrorUnknown = "smtp_error_unknown", 0, ExchangeAdmin, Error;
}

impl FindingCode {
    /// The message in the word catalogue.
    pub fn message(self) -> String {
        format!("finding-{}", self.identifier().replace('_', "-"))
    }
}

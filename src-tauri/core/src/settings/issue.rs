//! What validation says about a field.

use serde::Serialize;
use ts_rs::TS;

use super::field::{Field, identifier};
use crate::words;

/// Errors stop a check, warnings do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IssueSeverity {
    /// The check cannot start.
    Error,
    /// It will probably not work from Incorta, or not as meant.
    Warning,
}

macro_rules! issue_codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident;)*) => {
        /// Every issue validation can raise; stable names in JSON.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum IssueCode { $($(#[$doc])* $name,)* }

        impl IssueCode {
            /// Every code.
            pub const ALL: &[IssueCode] = &[$(Self::$name,)*];

            /// The message in the word catalogue.
            pub fn message(self) -> &'static str {
                match self { $(Self::$name => concat!("issue-", $id),)* }
            }

            /// Whether it stops a check.
            pub fn severity(self) -> IssueSeverity {
                match self { $(Self::$name => IssueSeverity::$severity,)* }
            }
        }
    };
}

issue_codes! {
    /// A field that a check needs is empty.
    Required = "required", Error;
    /// Control characters cannot be part of any value.
    ControlCharacters = "control-characters", Error;
    /// Only SMTP is set up here.
    ProtocolNotSmtp = "protocol-not-smtp", Error;
    /// Not a host name.
    HostMalformed = "host-malformed", Error;
    /// Another server than Exchange Online's.
    HostOther = "host-other", Warning;
    /// Not a number from 1 to 65535.
    PortMalformed = "port-malformed", Error;
    /// Another port than 587.
    PortOther = "port-other", Warning;
    /// Not an e-mail address.
    AddressMalformed = "address-malformed", Error;
    /// More than one address.
    AddressSeveral = "address-several", Error;
    /// The sender's domain is not the tenant's.
    AddressOtherTenant = "address-other-tenant", Warning;
    /// Authentication is off.
    AuthenticationDisabled = "authentication-disabled", Warning;
    /// The sender's own name would be used to sign in.
    SendersUsernameEnabled = "senders-username-enabled", Warning;
    /// OAuth is off.
    OauthDisabled = "oauth-disabled", Warning;
    /// OAuth is off and its fields are not filled, so nothing can be checked.
    OauthFieldsMissing = "oauth-fields-missing", Error;
    /// Not a GUID.
    ClientIdMalformed = "client-id-malformed", Error;
    /// The tenant ID was pasted twice.
    ClientIdIsTenantId = "client-id-is-tenant-id", Warning;
    /// The secret has the shape of a GUID.
    SecretIsSecretId = "secret-is-secret-id", Warning;
    /// Not `<tenant>/oauth2/v2.0/token`.
    EndpointMalformed = "endpoint-malformed", Error;
    /// Only the tenant was given.
    EndpointOnlyTenant = "endpoint-only-tenant", Error;
    /// A full address where Incorta wants the relative part.
    EndpointNotRelative = "endpoint-not-relative", Warning;
    /// Not one of Microsoft's login hosts.
    EndpointForeignHost = "endpoint-foreign-host", Error;
    /// A login host that Incorta does not use.
    EndpointOtherCloud = "endpoint-other-cloud", Warning;
    /// The deprecated v1 endpoint.
    EndpointV1 = "endpoint-v1", Warning;
    /// `common` and its like are no tenant.
    EndpointNotSpecific = "endpoint-not-specific", Warning;
    /// Not one scope.
    ScopeMalformed = "scope-malformed", Error;
    /// Microsoft Graph's scope.
    ScopeGraph = "scope-graph", Warning;
    /// Not `….default`.
    ScopeNotDefault = "scope-not-default", Warning;
    /// Another cloud's scope.
    ScopeOtherCloud = "scope-other-cloud", Warning;
    /// Not Exchange Online's scope.
    ScopeOther = "scope-other", Warning;
}

/// A change that one click applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Suggestion {
    /// What the button says.
    pub label: String,
    /// The field's new text; `true` or `false` for a toggle.
    pub value: String,
}

/// One thing to say about one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Issue {
    /// Where.
    pub field: Field,
    /// How bad.
    pub severity: IssueSeverity,
    /// Which.
    pub code: IssueCode,
    /// In words.
    pub text: String,
    /// The way out, when there is a single one.
    pub suggestion: Option<Suggestion>,
}

impl Issue {
    /// An issue with its words from the catalogue; `parameters` fill them.
    pub(crate) fn new(field: Field, code: IssueCode, parameters: words::Parameters<'_>) -> Self {
        let specific = format!("{}-{}", code.message(), identifier(field));
        let mut all = vec![("label", field.label())];
        all.extend_from_slice(parameters);
        let text = words::find(&specific, &all).unwrap_or_else(|| words::text(code.message(), &all));
        Self { field, severity: code.severity(), code, text, suggestion: None }
    }

    /// Adds a one-click change.
    pub(crate) fn suggest(mut self, value: impl Into<String>) -> Self {
        let value = value.into();
        let label = match value.as_str() {
            "true" => words::text("suggestion-enable", &[]),
            "false" => words::text("suggestion-disable", &[]),
            text => words::text("suggestion-use", &[("value", text)]),
        };
        self.suggestion = Some(Suggestion { label, value });
        self
    }
}

//! Incorta's Email screen, field by field.
//!
//! [`EmailSettings`] is the raw text as typed; [`parse()`] turns it into typed
//! [`Settings`] and [`Issue`]s; [`paste`] understands what people paste;
//! [`copy_rows`] gives the values back in Incorta's order. The client secret is
//! never part of any of these. Labels, order and defaults come from Incorta's
//! guide for Microsoft 365.

mod copy;
mod field;
mod issue;
mod parse;
pub mod paste;
mod port_text;
#[cfg(any(test, fuzzing))]
pub(crate) mod properties;
#[cfg(test)]
mod tests;

use lettre::Address;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::redact::printable;

pub use copy::{CopyRow, copy_rows, copy_text};
pub use field::{Control, Field, FieldDefinition, Group, definitions, shown};
pub use issue::{Issue, IssueCode, IssueSeverity, Suggestion};
pub use parse::{Context, Parsed, looks_like_secret_id, parse, secret_issues, sender_domain, sender_issues};

/// Path of the token endpoint below the tenant (Microsoft identity platform, v2.0).
pub const TOKEN_PATH_V2: &str = "oauth2/v2.0/token";
/// Path of the deprecated v1 token endpoint.
pub const TOKEN_PATH_V1: &str = "oauth2/token";
/// The longest client secret taken, in characters: what Windows' Credential Manager holds.
pub const SECRET_LIMIT: usize = 1280;

/// The Email screen's values as typed, without the secret. This is the settings
/// JSON of files, exports and reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EmailSettings {
    /// *Email Server Protocol*.
    #[serde(default = "default_protocol")]
    pub protocol: String,
    /// *SMTP Host*.
    #[serde(default = "default_smtp_host")]
    pub smtp_host: String,
    /// *Port*: a number in JSON when the text is one, else the text.
    #[serde(default = "default_smtp_port", with = "port_text")]
    #[ts(type = "number | string")]
    pub smtp_port: String,
    /// *System Email Address*: the sender mailbox.
    #[serde(default)]
    pub system_email_address: String,
    /// *Email Host Requires Authentication*.
    #[serde(default = "enabled")]
    pub email_host_requires_authentication: bool,
    /// *Sender's Username Auth*.
    #[serde(default)]
    pub senders_username_auth: bool,
    /// *SMTP OAuth Enabled*.
    #[serde(default = "enabled")]
    pub smtp_oauth_enabled: bool,
    /// *SMTP OAuth Client ID*.
    #[serde(default)]
    pub smtp_oauth_client_id: String,
    /// *SMTP OAuth Token Endpoint*, relative to Incorta's login host.
    #[serde(default)]
    pub smtp_oauth_token_endpoint: String,
    /// *SMTP OAuth Scope*.
    #[serde(default = "default_scope")]
    pub smtp_oauth_scope: String,
}

impl Default for EmailSettings {
    /// The guide's values; the sender, the client ID and the token endpoint are empty.
    fn default() -> Self {
        Self {
            protocol: default_protocol(),
            smtp_host: default_smtp_host(),
            smtp_port: default_smtp_port(),
            system_email_address: String::new(),
            email_host_requires_authentication: true,
            senders_username_auth: false,
            smtp_oauth_enabled: true,
            smtp_oauth_client_id: String::new(),
            smtp_oauth_token_endpoint: String::new(),
            smtp_oauth_scope: default_scope(),
        }
    }
}

impl EmailSettings {
    /// Reads the settings JSON, without judging its values.
    ///
    /// # Errors
    /// Why it is none, safe to show: the names of unknown fields come from the file.
    pub fn of_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| printable(&error.to_string()))
    }
}

fn default_protocol() -> String {
    "smtp".to_owned()
}

fn default_smtp_host() -> String {
    Cloud::Global.smtp_host().to_owned()
}

fn default_smtp_port() -> String {
    "587".to_owned()
}

fn default_scope() -> String {
    Cloud::Global.scope().to_owned()
}

fn enabled() -> bool {
    true
}

/// Who issues the token, as the token endpoint names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tenant {
    /// Directory (tenant) ID.
    Id(Uuid),
    /// A domain of the tenant.
    Domain(String),
    /// `common`, `organizations` or `consumers`: no tenant at all.
    NotSpecific(String),
}

impl std::fmt::Display for Tenant {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => write!(formatter, "{id}"),
            Self::Domain(name) | Self::NotSpecific(name) => formatter.write_str(name),
        }
    }
}

/// Parsed settings: everything a check needs but the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Host of the SMTP server: a DNS name or an IP address.
    pub smtp_host: String,
    /// Its port.
    pub smtp_port: u16,
    /// The sender mailbox: XOAUTH2 user and From at once.
    pub mailbox: Address,
    /// Application (client) ID.
    pub client_id: Uuid,
    /// The tenant in the token endpoint.
    pub tenant: Tenant,
    /// The cloud whose login host the token endpoint named; the global one when it named none.
    pub login_cloud: Cloud,
    /// Relative path of the token endpoint, tenant included, no leading slash.
    pub token_endpoint: String,
    /// The one scope asked for.
    pub scope: String,
}

/// How the application gets its rights in Exchange Online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccessPath {
    /// API permission with admin consent, and rights on the mailbox.
    #[default]
    Classic,
    /// RBAC for Applications: a role assignment with a scope, nothing more.
    Rbac,
}

impl AccessPath {
    /// Whether the token must carry `SMTP.SendAsApp`.
    pub fn needs_role(self) -> bool {
        self == Self::Classic
    }
}

//! The rows of the screen: labels letter for letter, control words, groups and
//! order as Incorta shows them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::EmailSettings;
use crate::words;

/// A row of Incorta's Email screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the row whose label `label` gives")]
pub enum Field {
    Protocol,
    SmtpHost,
    SmtpPort,
    SystemEmailAddress,
    EmailHostRequiresAuthentication,
    SendersUsernameAuth,
    SmtpOauthEnabled,
    SmtpOauthClientId,
    SmtpOauthClientSecret,
    SmtpOauthTokenEndpoint,
    SmtpOauthScope,
}

impl Field {
    /// Every row, in Incorta's order.
    pub const ALL: [Field; 11] = [
        Self::Protocol,
        Self::SmtpHost,
        Self::SmtpPort,
        Self::SystemEmailAddress,
        Self::EmailHostRequiresAuthentication,
        Self::SendersUsernameAuth,
        Self::SmtpOauthEnabled,
        Self::SmtpOauthClientId,
        Self::SmtpOauthClientSecret,
        Self::SmtpOauthTokenEndpoint,
        Self::SmtpOauthScope,
    ];

    /// Incorta's label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Protocol => "Email Server Protocol",
            Self::SmtpHost => "SMTP Host",
            Self::SmtpPort => "Port",
            Self::SystemEmailAddress => "System Email Address",
            Self::EmailHostRequiresAuthentication => "Email Host Requires Authentication",
            Self::SendersUsernameAuth => "Sender's Username Auth",
            Self::SmtpOauthEnabled => "SMTP OAuth Enabled",
            Self::SmtpOauthClientId => "SMTP OAuth Client ID",
            Self::SmtpOauthClientSecret => "SMTP OAuth Client Secret",
            Self::SmtpOauthTokenEndpoint => "SMTP OAuth Token Endpoint",
            Self::SmtpOauthScope => "SMTP OAuth Scope",
        }
    }

    /// The control that Incorta shows.
    pub fn control(self) -> Control {
        match self {
            Self::Protocol => Control::DropDownList,
            Self::EmailHostRequiresAuthentication | Self::SendersUsernameAuth | Self::SmtpOauthEnabled => {
                Control::Toggle
            }
            Self::SmtpOauthClientSecret => Control::SecretTextBox,
            _ => Control::TextBox,
        }
    }

    /// The group the row stands in.
    pub fn group(self) -> Group {
        if self < Self::SmtpOauthEnabled { Group::SmtpServerSettings } else { Group::OauthConfiguration }
    }
}

/// Incorta's two groups of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// *SMTP Server Settings*.
    SmtpServerSettings,
    /// *OAuth Configuration*.
    OauthConfiguration,
}

/// Incorta's control words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// On or off.
    Toggle,
    /// One of a list.
    DropDownList,
    /// One line of text.
    TextBox,
    /// One line that is never shown.
    SecretTextBox,
}

/// What is needed to draw a row.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldDefinition {
    /// Which row.
    pub field: Field,
    /// Its group.
    pub group: Group,
    /// Incorta's label.
    pub label: String,
    /// Incorta's control.
    pub control: Control,
    /// A line of help below the control.
    pub hint: Option<String>,
    /// Choices of a drop down list; else empty.
    pub options: Vec<String>,
}

/// All rows in Incorta's order.
pub fn definitions() -> Vec<FieldDefinition> {
    Field::ALL
        .into_iter()
        .map(|field| FieldDefinition {
            field,
            group: field.group(),
            label: field.label().to_owned(),
            control: field.control(),
            hint: words::find(&format!("field-{}", identifier(field)), &[]),
            options: if field == Field::Protocol { vec!["SMTP".to_owned()] } else { Vec::new() },
        })
        .collect()
}

/// The rows visible with these settings: Incorta hides what a toggle turns off.
pub fn shown(settings: &EmailSettings) -> Vec<Field> {
    Field::ALL
        .into_iter()
        .filter(|field| match field {
            Field::SendersUsernameAuth => settings.email_host_requires_authentication,
            Field::SmtpOauthClientId
            | Field::SmtpOauthClientSecret
            | Field::SmtpOauthTokenEndpoint
            | Field::SmtpOauthScope => settings.smtp_oauth_enabled,
            _ => true,
        })
        .collect()
}

/// The field's name in the word catalogue: `smtp-oauth-client-id`.
pub(super) fn identifier(field: Field) -> String {
    field.label().to_lowercase().replace('\'', "").replace(' ', "-")
}

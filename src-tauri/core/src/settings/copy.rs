//! The proven values on their way back to Incorta: normalised, in Incorta's
//! order, without the secret.

use serde::Serialize;
use ts_rs::TS;

use super::field::{Control, Field};
use super::{Context, EmailSettings, parse};

/// One value to bring into Incorta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CopyRow {
    /// Which row of the Email screen.
    pub field: Field,
    /// Incorta's label.
    pub label: String,
    /// Incorta's control.
    pub control: Control,
    /// The text to paste, or `Enabled`/`Disabled`; `None` for the secret.
    pub value: Option<String>,
}

/// Every row in Incorta's order. What parsing trims is trimmed; what it cannot
/// read stays as typed.
pub fn copy_rows(settings: &EmailSettings) -> Vec<CopyRow> {
    let parsed = parse(settings, &Context::default()).settings;
    let typed = |read: Option<String>, raw: &str| Some(read.unwrap_or_else(|| raw.trim().to_owned()));
    let toggle = |on: bool| Some(if on { "Enabled" } else { "Disabled" }.to_owned());
    Field::ALL
        .into_iter()
        .map(|field| CopyRow {
            field,
            label: field.label().to_owned(),
            control: field.control(),
            value: match field {
                Field::Protocol => {
                    let is_smtp = settings.protocol.trim().eq_ignore_ascii_case("SMTP");
                    typed(is_smtp.then(|| "SMTP".to_owned()), &settings.protocol)
                }
                Field::SmtpHost => typed(parsed.as_ref().map(|s| s.smtp_host.clone()), &settings.smtp_host),
                Field::SmtpPort => typed(parsed.as_ref().map(|s| s.smtp_port.to_string()), &settings.smtp_port),
                Field::SystemEmailAddress => {
                    typed(parsed.as_ref().map(|s| s.mailbox.to_string()), &settings.system_email_address)
                }
                Field::EmailHostRequiresAuthentication => toggle(settings.email_host_requires_authentication),
                Field::SendersUsernameAuth => toggle(settings.senders_username_auth),
                Field::SmtpOauthEnabled => toggle(settings.smtp_oauth_enabled),
                Field::SmtpOauthClientId => {
                    typed(parsed.as_ref().map(|s| s.client_id.to_string()), &settings.smtp_oauth_client_id)
                }
                Field::SmtpOauthClientSecret => None,
                Field::SmtpOauthTokenEndpoint => {
                    typed(parsed.as_ref().map(|s| s.token_endpoint.clone()), &settings.smtp_oauth_token_endpoint)
                }
                Field::SmtpOauthScope => typed(parsed.as_ref().map(|s| s.scope.clone()), &settings.smtp_oauth_scope),
            },
        })
        .collect()
}

/// All rows but the secret as text, a line each: `Label: value`.
pub fn copy_text(settings: &EmailSettings) -> String {
    copy_rows(settings)
        .into_iter()
        .filter_map(|row| row.value.map(|value| format!("{}: {value}\n", row.label)))
        .collect()
}

//! What a check is to do: everything but the secret.

use std::sync::Arc;
use std::time::Duration;

use lettre::Address;

use super::{Depth, Shared, Stage};
use crate::entra::LoginHost;
use crate::net::Network;
use crate::settings::{AccessPath, EmailSettings};

/// Everything a check needs to know beforehand.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The profile's name, for the report.
    pub profile: String,
    /// The form as typed.
    pub settings: EmailSettings,
    /// How far to go.
    pub depth: Depth,
    /// Who gets the test message; the sender mailbox itself when empty.
    pub recipients: Vec<Address>,
    /// Whether rights come by consent (classic) or by RBAC for Applications.
    pub access_path: AccessPath,
    /// When the user last said that something was changed in Microsoft 365.
    pub last_change_at: Option<jiff::Timestamp>,
    /// The last day of the client secret, as far as it is known.
    pub secret_expires_on: Option<jiff::civil::Date>,
    /// Where to ask for the token instead of the settings' cloud.
    pub login_host: Option<LoginHost>,
    /// How hosts are reached.
    pub network: Network,
    /// How long each stage may take.
    pub timeouts: Timeouts,
    /// What it shares with checks that run at the same time.
    pub shared: Arc<Shared>,
}

/// Time for each stage. RFC 5321 (section 4.5.3.2) allows minutes; nobody waits
/// that long at a form, and Exchange Online answers in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timeouts {
    /// The same time for all stages.
    pub every_stage: Option<Duration>,
}

impl Timeouts {
    /// The time for one stage.
    pub fn of(self, stage: Stage) -> Duration {
        let seconds = match stage {
            Stage::Settings | Stage::Claims => 5,
            Stage::Resolve | Stage::Connect => 15,
            Stage::Token | Stage::Greeting | Stage::Starttls | Stage::SignIn => 30,
            Stage::Sender | Stage::Recipient => 30,
            Stage::Message => 90,
        };
        self.every_stage.unwrap_or(Duration::from_secs(seconds))
    }
}

/// A recipient that is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The text in question.
    #[error("not an e-mail address: {0}")]
    Recipient(String),
}

/// Recipients from text: parted by commas, semicolons or white space.
///
/// # Errors
/// [`PlanError::Recipient`] with the part that is no address.
pub fn parse_recipients<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<Address>, PlanError> {
    let parted = texts.into_iter().flat_map(|text| text.split([',', ';', ' ', '\t', '\r', '\n']));
    let mut recipients: Vec<Address> = Vec::new();
    for text in parted.filter(|text| !text.is_empty()) {
        let address: Address = text
            .parse()
            .ok()
            .filter(|_| text.is_ascii())
            .ok_or_else(|| PlanError::Recipient(crate::redact::printable(text)))?;
        if !recipients.contains(&address) {
            recipients.push(address);
        }
    }
    Ok(recipients)
}

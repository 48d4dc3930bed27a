//! What crosses between window and shell besides core's own types.

use mail_setup_core::check::{CheckEvent, Depth, Report};
use mail_setup_core::guide::GuidePart;
use mail_setup_core::profiles::Profile;
use mail_setup_core::report::AcceptedBy;
use mail_setup_core::secrets::SecretStatus;
use mail_setup_core::settings::paste::FieldChange;
use mail_setup_core::settings::{AccessPath, Field, FieldDefinition, Issue};
use practice_tenant::{Mail, Switch};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::CommandError;

/// What the window needs to know at its start.
#[derive(Debug, Serialize, TS)]
pub struct Start {
    /// The product's version.
    pub version: String,
    /// The form's rows, in Incorta's order.
    pub fields: Vec<FieldDefinition>,
    /// All profiles.
    pub profiles: Vec<Profile>,
    /// The one used last.
    pub selected: Option<String>,
    /// What people call the credential store.
    pub secret_store_name: String,
    /// What to say once.
    pub notices: Vec<StartNotice>,
    /// The reserved identifier of the practice tenant's profile.
    pub practice_profile_id: String,
    /// The largest report file that is read, in bytes.
    pub report_size_limit: usize,
    /// The codes of the failures that can be explained.
    pub failure_codes: Vec<String>,
}

/// Something that happened at the start and must be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StartNotice {
    /// The profiles' file could not be read and was set aside.
    ProfilesSetAside {
        /// Where it is now.
        path: String,
        /// What was wrong with it.
        reason: String,
    },
    /// The file of the requests to administrators could not be read and was set aside.
    RequestsSetAside {
        /// Where it is now.
        path: String,
        /// What was wrong with it.
        reason: String,
    },
}

/// What validation says of the form.
#[derive(Debug, Serialize, TS)]
pub struct Validation {
    /// Everything to say, in the order of the fields.
    pub issues: Vec<Issue>,
    /// The rows visible with these settings.
    pub shown: Vec<Field>,
    /// No issue is an error.
    pub ready: bool,
}

/// What a paste did.
#[derive(Debug, Serialize, TS)]
pub struct PasteOutcome {
    /// Fields to fill; empty when the text is nothing special.
    pub changes: Vec<FieldChange>,
    /// Where a secret in the pasted text was stored.
    pub secret_status: Option<SecretStatus>,
    /// Why a secret in the pasted text was not stored.
    pub secret_error: Option<CommandError>,
}

/// What storing a secret did.
#[derive(Debug, Serialize, TS)]
pub struct SecretStored {
    /// Where it is.
    pub status: SecretStatus,
    /// What its form says.
    pub issues: Vec<Issue>,
}

/// One thing to note of a profile besides its form. Each is written by itself, so
/// that two windows do not undo each other's.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum ProfileFact {
    /// How the application gets its rights.
    AccessPath {
        /// The way.
        access_path: AccessPath,
    },
    /// The last day of the client secret.
    SecretExpiresOn {
        /// As typed; empty when it is not known.
        date: String,
    },
    /// Something was changed in Microsoft 365 just now.
    ChangedNow,
    /// A step of the guide is done, or not done after all.
    StepTicked {
        /// The step's name.
        step: String,
        /// Whether it is done.
        ticked: bool,
    },
}

/// The guide of a profile, and how much of it is proven.
#[derive(Debug, Serialize, TS)]
pub struct Guide {
    /// The six parts.
    pub parts: Vec<GuidePart>,
    /// The renewal of the client secret.
    pub renewal: GuidePart,
    /// How many of the parts in Microsoft 365 the last check proved.
    pub proven: usize,
    /// How many of them there are to prove.
    pub provable: usize,
}

/// A request to the Microsoft 365 administrator that was just made.
#[derive(Debug, Serialize, TS)]
pub struct RequestMade {
    /// The file to send.
    pub path: String,
    /// Until when the reply can be opened, RFC 3339 UTC.
    pub expires_at: String,
    /// Where the key that opens the reply is.
    pub key: SecretStatus,
}

/// A report that Incorta is to send, as typed.
#[derive(Debug, Deserialize, TS)]
pub struct ReportOrder {
    /// Incorta's address, or the dashboard's.
    pub cluster: String,
    /// The tenant's name.
    pub tenant: String,
    /// The dashboard's GUID; may be empty where the address holds it.
    pub dashboard: String,
    /// The recipient.
    pub to: String,
}

/// Which check to run.
#[derive(Debug, Deserialize, TS)]
pub struct CheckRequest {
    /// The profile's identifier.
    pub profile_id: String,
    /// Recipients as typed; the sender mailbox when empty.
    pub recipients: Vec<String>,
    /// How far to go.
    pub depth: Depth,
    /// Check again until it passes.
    pub keep_trying: bool,
}

/// What happens between two checks.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum WaitEvent {
    /// A check failed; another one comes.
    NotYet {
        /// What it found.
        report: Box<Report>,
        /// RFC 3339 UTC.
        next_check_at: String,
    },
}

/// What the window hears while it is being checked.
#[derive(Debug, Serialize, TS)]
#[serde(untagged)]
pub enum CheckNews {
    /// Of the check that runs.
    Check(CheckEvent),
    /// Of the time until the next one.
    Wait(WaitEvent),
}

/// What a check came to.
#[derive(Debug, Serialize, TS)]
pub struct CheckEnded {
    /// Its report.
    pub report: Report,
    /// Who accepted the message, if it was.
    pub accepted_by: Option<AcceptedBy>,
}

/// How a saved report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// One page to read in a browser.
    Html,
    /// Text for a ticket.
    Markdown,
    /// The contract; it opens in the window again.
    Json,
}

/// The values a Microsoft 365 administrator would hand over.
#[derive(Debug, Serialize, TS)]
pub struct PracticeValues {
    /// The sender mailbox.
    pub mailbox: String,
    /// Application (client) ID.
    pub client_id: String,
    /// Directory (tenant) ID.
    pub tenant_id: String,
    /// Object ID of the enterprise application.
    pub object_id: String,
}

/// The practice tenant as the window shows it.
#[derive(Debug, Serialize, TS)]
pub struct Practice {
    /// What its administrator hands over, but for the secret.
    pub values: PracticeValues,
    /// What its administrator can change.
    pub switches: Vec<Switch>,
    /// The messages it took, newest first.
    pub inbox: Vec<Mail>,
}

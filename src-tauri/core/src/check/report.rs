//! The report, schema 1: the one contract of window, terminal and file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Depth, StageRecord};
use crate::settings::EmailSettings;
use crate::smtp::TranscriptLine;
use crate::words;

/// The schema this crate writes.
pub const SCHEMA: u32 = 1;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything asked for was proven.
    Passed,
    /// Proven, with something to look at.
    Warned,
    /// Not proven.
    Failed,
    /// Stopped by the user.
    Cancelled,
}

impl Outcome {
    /// Its name for people.
    pub fn name(self) -> String {
        let id = match self {
            Self::Passed => "outcome-name-passed",
            Self::Warned => "outcome-name-warned",
            Self::Failed => "outcome-name-failed",
            Self::Cancelled => "outcome-name-cancelled",
        };
        words::text(id, &[])
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Mail will not go out.
    Error,
    /// Mail goes out, but not for ever or not as meant.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// Its name in JSON and in the word catalogue.
    pub fn identifier(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The server said exactly this.
    Certain,
    /// The best explanation of what was seen.
    Likely,
    /// To be looked at when the likely one is ruled out.
    Possible,
}

/// Who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The user of this product.
    IncortaAdmin,
    /// Who administers Microsoft Entra.
    EntraAdmin,
    /// Who administers Exchange Online.
    ExchangeAdmin,
    /// Who administers the network.
    NetworkAdmin,
    /// Microsoft: wait, or open a case.
    Microsoft,
}

impl Owner {
    /// What people call them.
    pub fn name(self) -> String {
        let id = match self {
            Self::IncortaAdmin => "owner-incorta-admin",
            Self::EntraAdmin => "owner-entra-admin",
            Self::ExchangeAdmin => "owner-exchange-admin",
            Self::NetworkAdmin => "owner-network-admin",
            Self::Microsoft => "owner-microsoft",
        };
        words::text(id, &[])
    }
}

/// Where a fix is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FixKind {
    /// In a portal of Microsoft's.
    Portal,
    /// In Exchange Online PowerShell.
    Powershell,
    /// In this form, and so in Incorta.
    Incorta,
    /// In the network.
    Network,
    /// By waiting.
    Wait,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fix {
    /// Where.
    pub kind: FixKind,
    /// What, in words.
    pub text: String,
    /// The command, filled with this profile's values.
    pub command: Option<String>,
    /// The page to open.
    pub url: Option<String>,
}

/// A named cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Its stable name in the failure catalogue.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// The guide's part, 1–6; 0 is the network and this computer.
    pub part: u8,
    /// Who must act.
    pub owner: Owner,
    /// What is wrong, on one line.
    pub title: String,
    /// What was seen and what it means.
    pub explanation: String,
    /// What to do.
    pub fixes: Vec<Fix>,
}

/// The report of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// The profile's name.
    pub profile: String,
    /// When it began, RFC 3339 UTC.
    pub started_at: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// How far it was to go.
    pub depth: Depth,
    /// The form as typed, without the secret.
    pub settings: EmailSettings,
    /// Every stage, in order.
    pub stages: Vec<StageRecord>,
    /// Named causes, the first to be mended first.
    pub findings: Vec<Finding>,
    /// The SMTP conversation without its secrets.
    pub transcript: Vec<TranscriptLine>,
    /// `Message-ID` of the accepted message.
    pub message_id: Option<String>,
    /// The reference in its subject.
    pub reference: Option<String>,
}

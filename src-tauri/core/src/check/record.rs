//! What a check leaves behind, before it is judged.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Plan, Stage, StageOutcome};
use crate::entra::{Claims, TokenEvidence};
use crate::net::{CertificateSeen, ConnectEvidence, Fault, ResolveEvidence};
use crate::redact::Redactor;
use crate::settings::Settings;
use crate::smtp::{Reply, SmtpEvidence, TranscriptLine};

/// One stage of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StageRecord {
    /// Which stage.
    pub stage: Stage,
    /// How it ended.
    pub outcome: StageOutcome,
    /// When it began, in milliseconds since the check began.
    pub start_ms: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// One line for people; for a refusal, the server's own words.
    pub summary: String,
    /// What was seen.
    #[ts(type = "Record<string, unknown>")]
    pub evidence: StageEvidence,
}

impl StageRecord {
    /// Takes out every secret. Evidence that cannot be rebuilt after that is left out rather than shown.
    pub fn redact(&mut self, redactor: &Redactor) {
        self.summary = redactor.redact(&self.summary);
        let evidence = serde_json::to_value(&self.evidence).map(|json| redactor.redact_json(json));
        self.evidence = evidence.and_then(serde_json::from_value).unwrap_or(StageEvidence::None);
    }
}

/// What a stage saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StageEvidence {
    /// Nothing: it was not reached.
    None,
    /// The form.
    Settings(SettingsEvidence),
    /// The token request.
    Token(TokenEvidence),
    /// The token's claims.
    Claims(ClaimsEvidence),
    /// The SMTP host's addresses.
    Resolve(ResolveEvidence),
    /// The attempts to connect.
    Connect(ConnectEvidence),
    /// A part of the SMTP dialogue.
    Smtp(SmtpEvidence),
}

impl StageEvidence {
    /// Why the stage ended without an answer, if it did.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Token(evidence) => evidence.fault.as_ref(),
            Self::Resolve(evidence) => evidence.fault.as_ref(),
            Self::Connect(evidence) => evidence.fault.as_ref(),
            Self::Smtp(evidence) => evidence.fault.as_ref(),
            Self::None | Self::Settings(_) | Self::Claims(_) => None,
        }
    }

    /// The certificates that the server showed, its own first.
    pub fn certificates(&self) -> &[CertificateSeen] {
        match self {
            Self::Token(evidence) => &evidence.certificates,
            Self::Smtp(evidence) => evidence.tls.as_ref().map(|tls| tls.certificates.as_slice()).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The reply that is judged.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Smtp(evidence) => evidence.last_reply(),
            _ => None,
        }
    }
}

/// What validation said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsEvidence {
    /// The issues in words, errors first: `Label: text`.
    pub issues: Vec<String>,
}

/// What the token says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsEvidence {
    /// The claims; `None` when the token is opaque.
    pub claims: Option<Claims>,
    /// This computer's time on the token's arrival, in seconds since 1970.
    pub received_at: i64,
}

/// A finished check and what it was to do.
#[derive(Debug)]
pub struct Record {
    /// What was to be done.
    pub plan: Plan,
    /// The parsed settings, when they held no error.
    pub settings: Option<Settings>,
    /// When it began.
    pub started_at: jiff::Timestamp,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Every stage, in order.
    pub stages: Vec<StageRecord>,
    /// The SMTP conversation.
    pub transcript: Vec<TranscriptLine>,
    /// `Message-ID` of the accepted message.
    pub message_id: Option<String>,
    /// The reference in its subject.
    pub reference: Option<String>,
    /// Knows every secret of this check.
    pub redactor: Redactor,
}

impl Record {
    /// The record of a stage.
    pub fn stage(&self, stage: Stage) -> Option<&StageRecord> {
        self.stages.iter().find(|record| record.stage == stage)
    }

    /// The token's claims, when there are any.
    pub fn claims(&self) -> Option<&Claims> {
        match &self.stage(Stage::Claims)?.evidence {
            StageEvidence::Claims(evidence) => evidence.claims.as_ref(),
            _ => None,
        }
    }
}

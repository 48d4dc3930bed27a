//! The staged check: settings, token, claims beside resolve, connect, greeting,
//! STARTTLS; then sign-in, sender, recipient, message.
//!
//! A check gathers evidence and judges nothing beyond "passed" or "failed";
//! naming causes is diagnosis. [`run()`] turns a [`Plan`] into a [`Record`];
//! [`Report`] is the contract of window, terminal and file.

mod again;
mod lanes;
mod plan;
mod record;
mod recorder;
mod report;
mod run;
mod shared;

pub use again::{KEEP_TRYING, waits};
pub use lanes::fault_words;
pub use plan::{Plan, PlanError, Timeouts, parse_recipients};
pub use record::{ClaimsEvidence, Record, SettingsEvidence, StageEvidence, StageRecord};
pub use recorder::{CheckEvent, EventListener};
pub use report::{Confidence, Finding, Fix, FixKind, Outcome, Owner, Report, SCHEMA, Severity};
pub use run::run;
pub use shared::Shared;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::words;

/// A step of the check, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The form holds no error.
    Settings,
    /// Microsoft Entra issues a token.
    Token,
    /// The token says what it should.
    Claims,
    /// The SMTP host has an address.
    Resolve,
    /// It takes a connection.
    Connect,
    /// It greets and answers EHLO.
    Greeting,
    /// The connection is encrypted.
    Starttls,
    /// XOAUTH2 is accepted.
    SignIn,
    /// MAIL is accepted.
    Sender,
    /// RCPT is accepted.
    Recipient,
    /// The message is accepted.
    Message,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 11] = [
        Self::Settings,
        Self::Token,
        Self::Claims,
        Self::Resolve,
        Self::Connect,
        Self::Greeting,
        Self::Starttls,
        Self::SignIn,
        Self::Sender,
        Self::Recipient,
        Self::Message,
    ];

    /// The stage's name for people.
    pub fn name(self) -> String {
        words::text(&format!("stage-{}", self.identifier().replace('_', "-")), &[])
    }

    /// The stage's name in JSON and in the word catalogue.
    pub fn identifier(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Token => "token",
            Self::Claims => "claims",
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Greeting => "greeting",
            Self::Starttls => "starttls",
            Self::SignIn => "sign_in",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Message => "message",
        }
    }
}

/// How far a check goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// The token and its claims only.
    Token,
    /// The connection up to TLS, and the token.
    Connection,
    /// Up to the sign-in. Proves no right on the mailbox.
    SignIn,
    /// A real message: the only proof of the whole set-up.
    #[default]
    Message,
}

impl Depth {
    /// The depth's name in JSON and in the word catalogue.
    pub fn identifier(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Connection => "connection",
            Self::SignIn => "sign_in",
            Self::Message => "message",
        }
    }

    /// Whether a check of this depth runs a stage.
    pub fn includes(self, stage: Stage) -> bool {
        let needed = match stage {
            Stage::Settings | Stage::Token | Stage::Claims => Self::Token,
            Stage::Resolve | Stage::Connect | Stage::Greeting | Stage::Starttls => Self::Connection,
            Stage::SignIn => Self::SignIn,
            Stage::Sender | Stage::Recipient | Stage::Message => Self::Message,
        };
        self >= needed
    }
}

/// How a stage ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageOutcome {
    /// As it should be.
    Passed,
    /// It went on, but something needs a look.
    Warned,
    /// It ended here.
    Failed,
    /// It was not reached.
    Skipped,
    /// The user stopped it.
    Cancelled,
}

//! What a stage of the dialogue saw, and why it stopped.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::reply::Reply;
use crate::net::{Fault, TlsEvidence};

/// A command and the reply to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exchange {
    /// The command's verb or line, without secrets; empty for the greeting.
    pub sent: String,
    /// The reply.
    pub reply: Reply,
}

/// What was seen during one stage of the dialogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SmtpEvidence {
    /// Every command and reply of the stage.
    pub exchanges: Vec<Exchange>,
    /// The lines of EHLO's reply after the first.
    pub capabilities: Vec<String>,
    /// The TLS connection.
    pub tls: Option<TlsEvidence>,
    /// The text of a 334 challenge that came after the XOAUTH2 response.
    pub challenge: Option<String>,
    /// Why the stage ended without a reply to judge.
    pub fault: Option<Fault>,
}

impl SmtpEvidence {
    /// The last reply of the stage: the one that is judged.
    pub fn last_reply(&self) -> Option<&Reply> {
        self.exchanges.last().map(|exchange| &exchange.reply)
    }
}

/// Why a stage stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Nothing that could be judged came back.
    Fault(Fault),
    /// The server said no: the evidence's last reply.
    Refused,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

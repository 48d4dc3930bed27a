//! What a check proved, in one sentence. No success is claimed that is none: only
//! Exchange Online's word counts as Exchange Online's.

use std::net::IpAddr;

use serde::Serialize;
use ts_rs::TS;

use crate::check::{Depth, Outcome, Report, Stage, StageEvidence};
use crate::cloud::Cloud;
use crate::words;

/// Whose server accepted a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AcceptedBy {
    /// Exchange Online, in any of its clouds.
    ExchangeOnline,
    /// A server on this computer under Exchange Online's name.
    PracticeTenant,
    /// Any other server.
    OtherServer,
}

/// The sentence that a report ends with.
pub fn conclusion(report: &Report) -> String {
    let id = match (report.outcome, report.depth) {
        (Outcome::Failed, _) => "outcome-failed",
        (Outcome::Cancelled, _) => "outcome-cancelled",
        (_, Depth::Token) => "outcome-passed-token",
        (_, Depth::Connection) => "outcome-passed-connection",
        (_, Depth::SignIn) => "outcome-passed-sign-in",
        (_, Depth::Message) => match server(report) {
            AcceptedBy::ExchangeOnline => "outcome-passed-message",
            AcceptedBy::PracticeTenant => "outcome-practice",
            AcceptedBy::OtherServer => "outcome-other-server",
        },
    };
    let parameters = [
        ("reference", report.reference.as_deref().unwrap_or_default()),
        ("smtp-host", report.settings.smtp_host.trim()),
    ];
    words::text(id, &parameters)
}

/// Who accepted the message; `None` when none was accepted.
pub fn accepted_by(report: &Report) -> Option<AcceptedBy> {
    let is_accepted = matches!(report.outcome, Outcome::Passed | Outcome::Warned) && report.depth == Depth::Message;
    is_accepted.then(|| server(report))
}

/// Whose server it is, by the host's name and the address it was found at.
fn server(report: &Report) -> AcceptedBy {
    if Cloud::of_smtp_host(report.settings.smtp_host.trim()).is_none() {
        AcceptedBy::OtherServer
    } else if is_on_this_computer(report) {
        AcceptedBy::PracticeTenant
    } else {
        AcceptedBy::ExchangeOnline
    }
}

fn is_on_this_computer(report: &Report) -> bool {
    let resolved = report.stages.iter().find(|record| record.stage == Stage::Resolve);
    let Some(StageEvidence::Resolve(evidence)) = resolved.map(|record| &record.evidence) else { return false };
    let mut addresses = evidence.addresses.iter();
    addresses.any(|address| address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()))
}

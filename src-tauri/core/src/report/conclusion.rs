//! What a check proved, in one sentence. No success is claimed that is none: only
//! Exchange Online's word counts as Exchange Online's.

use std::net::IpAddr;

use crate::check::{Depth, Outcome, Report, Stage, StageEvidence};
use crate::cloud::Cloud;
use crate::words;

/// The sentence that a report ends with.
pub fn conclusion(report: &Report) -> String {
    let id = match (report.outcome, report.depth) {
        (Outcome::Failed, _) => "outcome-failed",
        (Outcome::Cancelled, _) => "outcome-cancelled",
        (_, Depth::Token) => "outcome-passed-token",
        (_, Depth::Connection) => "outcome-passed-connection",
        (_, Depth::SignIn) => "outcome-passed-sign-in",
        (_, Depth::Message) => accepted(report),
    };
    let parameters = [
        ("reference", report.reference.as_deref().unwrap_or_default()),
        ("smtp-host", report.settings.smtp_host.trim()),
    ];
    words::text(id, &parameters)
}

/// Who accepted the message, by the host's name and the address it was found at.
fn accepted(report: &Report) -> &'static str {
    if Cloud::of_smtp_host(report.settings.smtp_host.trim()).is_none() {
        "outcome-other-server"
    } else if is_on_this_computer(report) {
        "outcome-practice"
    } else {
        "outcome-passed-message"
    }
}

fn is_on_this_computer(report: &Report) -> bool {
    let resolved = report.stages.iter().find(|record| record.stage == Stage::Resolve);
    let Some(StageEvidence::Resolve(evidence)) = resolved.map(|record| &record.evidence) else { return false };
    let mut addresses = evidence.addresses.iter();
    addresses.any(|address| address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()))
}

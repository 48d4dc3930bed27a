//! What a stage saw beyond its one line, as labels and values: addresses tried, the
//! certificate chain, the TLS version, the identifiers that Microsoft's support asks for.

use serde::Serialize;
use ts_rs::TS;

use crate::check::{Report, Stage, StageEvidence, StageRecord, fault_words};
use crate::entra::TokenEvidence;
use crate::net::{CertificateSeen, ConnectEvidence};
use crate::smtp::SmtpEvidence;
use crate::words;

/// One thing that a stage saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Detail {
    /// Which stage.
    pub stage: Stage,
    /// What it is.
    pub label: String,
    /// What was seen.
    pub value: String,
}

/// Everything that the stages saw, in their order.
pub fn details(report: &Report) -> Vec<Detail> {
    report.stages.iter().flat_map(of_stage).collect()
}

fn of_stage(record: &StageRecord) -> Vec<Detail> {
    let rows = match &record.evidence {
        StageEvidence::Token(evidence) => token(evidence),
        StageEvidence::Resolve(evidence) => some("detail-addresses", evidence.addresses.join(", ")),
        StageEvidence::Connect(evidence) => connect(record.stage, evidence),
        StageEvidence::Smtp(evidence) => smtp(record.stage, evidence),
        StageEvidence::None | StageEvidence::Settings(_) | StageEvidence::Claims(_) => Vec::new(),
    };
    rows.into_iter().map(|(label, value)| Detail { stage: record.stage, label, value }).collect()
}

type Row = (String, String);

/// A row, unless there is nothing to say.
fn some(label: &str, value: String) -> Vec<Row> {
    if value.is_empty() { Vec::new() } else { vec![(words::text(label, &[]), value)] }
}

fn token(evidence: &TokenEvidence) -> Vec<Row> {
    let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    let seconds = |seconds: u64| words::text("detail-seconds", &[("seconds", &seconds.to_string())]);
    let mut rows = some("detail-endpoint", evidence.url.clone());
    rows.extend(some("detail-http-status", number(evidence.status)));
    rows.extend(some("detail-retry-after", evidence.retry_after_s.map(seconds).unwrap_or_default()));
    if let Some(failure) = &evidence.failure {
        let codes: Vec<String> = failure.codes.iter().map(|code| format!("AADSTS{code}")).collect();
        rows.extend(some("detail-codes", codes.join(", ")));
        rows.extend(some("detail-trace-id", failure.trace_id.clone().unwrap_or_default()));
        rows.extend(some("detail-correlation-id", failure.correlation_id.clone().unwrap_or_default()));
        rows.extend(some("detail-timestamp", failure.timestamp.clone().unwrap_or_default()));
    }
    rows.extend(some("detail-unexpected", evidence.unexpected.clone().unwrap_or_default()));
    rows.extend(certificates(&evidence.certificates));
    rows
}

fn connect(stage: Stage, evidence: &ConnectEvidence) -> Vec<Row> {
    let attempts = evidence.attempts.iter().map(|attempt| {
        let ms = attempt.duration_ms.to_string();
        let value = match &attempt.fault {
            None => words::text("detail-address-stands", &[("ms", &ms)]),
            Some(fault) => words::text("detail-address-failed", &[("fault", &fault_words(stage, fault)), ("ms", &ms)]),
        };
        (words::text("detail-address", &[("address", &attempt.address)]), value)
    });
    attempts.collect()
}

fn smtp(stage: Stage, evidence: &SmtpEvidence) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(tls) = &evidence.tls {
        let version = tls.version.as_deref().unwrap_or_default().replace("TLSv", "TLS ").replace('_', ".");
        rows.extend(some("detail-tls", version));
        rows.extend(some("detail-cipher-suite", tls.cipher_suite.clone().unwrap_or_default()));
        rows.extend(certificates(&tls.certificates));
    }
    if matches!(stage, Stage::Greeting | Stage::Starttls) {
        rows.extend(some("detail-offered", evidence.capabilities.join(", ")));
    }
    rows.extend(some("detail-challenge", evidence.challenge.clone().unwrap_or_default()));
    rows.extend(
        evidence
            .exchanges
            .iter()
            .filter(|exchange| !exchange.sent.is_empty())
            .map(|exchange| (words::text("detail-sent", &[("command", &exchange.sent)]), exchange.reply.text())),
    );
    rows
}

fn certificates(chain: &[CertificateSeen]) -> Vec<Row> {
    let mut rows = Vec::new();
    for certificate in chain {
        let parameters = [
            ("subject", certificate.subject.as_str()),
            ("issuer", &certificate.issuer),
            ("from", &certificate.not_before),
            ("until", &certificate.not_after),
        ];
        rows.extend(some("detail-certificate", words::text("detail-certificate-value", &parameters)));
        rows.extend(some("detail-certificate-names", certificate.names.join(", ")));
    }
    rows
}

//! The values that words and commands are filled with.

use crate::check::{Record, Stage, StageEvidence, StageRecord};
use crate::net::CertificateSeen;
use crate::words;

/// What a record says about itself, as text.
pub(super) struct Facts {
    pub(super) mailbox: String,
    pub(super) client_id: String,
    pub(super) tenant: String,
    /// The enterprise application's Object ID, from the token; a gap to fill otherwise.
    pub(super) object_id: String,
    pub(super) object_id_known: bool,
    smtp_host: String,
    smtp_port: String,
    login_host: String,
    stage: String,
    reply: String,
    audience: String,
    roles: String,
    issuer: String,
    names: String,
    not_after: String,
    retry_after: String,
}

impl Facts {
    /// The facts for a cause that a stage's evidence shows.
    pub(super) fn of(record: &Record, stage: Stage) -> Self {
        let settings = record.settings.as_ref();
        let claims = record.claims();
        let object_id = claims.and_then(|claims| claims.object_id.clone());
        let shown = record.stage(stage);
        let certificate = shown.and_then(certificate);
        let token = match record.stage(Stage::Token).map(|stage| &stage.evidence) {
            Some(StageEvidence::Token(evidence)) => Some(evidence),
            _ => None,
        };
        let login_host = match &record.plan.login_host {
            Some(host) => host.name().to_owned(),
            None => settings.map(|settings| settings.login_cloud.login_host().to_owned()).unwrap_or_default(),
        };
        Self {
            mailbox: settings.map(|settings| settings.mailbox.to_string()).unwrap_or_default(),
            client_id: settings.map(|settings| settings.client_id.to_string()).unwrap_or_default(),
            tenant: settings.map(|settings| settings.tenant.to_string()).unwrap_or_default(),
            object_id_known: object_id.is_some(),
            object_id: object_id.unwrap_or_else(|| words::text("object-id-to-fill", &[])),
            smtp_host: settings.map(|settings| settings.smtp_host.clone()).unwrap_or_default(),
            smtp_port: settings.map(|settings| settings.smtp_port.to_string()).unwrap_or_default(),
            login_host,
            stage: stage.name(),
            reply: shown.map(|stage| stage.summary.clone()).unwrap_or_default(),
            audience: claims.and_then(|claims| claims.audience.clone()).unwrap_or_default(),
            roles: claims.map(|claims| claims.roles.join(", ")).unwrap_or_default(),
            issuer: certificate.map(|seen| seen.issuer.clone()).unwrap_or_default(),
            names: certificate.map(|seen| seen.names.join(", ")).unwrap_or_default(),
            not_after: certificate.map(|seen| seen.not_after.clone()).unwrap_or_default(),
            retry_after: token.and_then(|token| token.retry_after_s).unwrap_or(60).to_string(),
        }
    }

    /// The parameters of every message about a finding.
    pub(super) fn parameters(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("mailbox", &self.mailbox),
            ("client-id", &self.client_id),
            ("tenant", &self.tenant),
            ("object-id", &self.object_id),
            ("smtp-host", &self.smtp_host),
            ("smtp-port", &self.smtp_port),
            ("login-host", &self.login_host),
            ("stage", &self.stage),
            ("reply", &self.reply),
            ("audience", &self.audience),
            ("roles", &self.roles),
            ("issuer", &self.issuer),
            ("names", &self.names),
            ("not-after", &self.not_after),
            ("retry-after", &self.retry_after),
        ]
    }
}

/// The server's certificate as a stage saw it.
fn certificate(stage: &StageRecord) -> Option<&CertificateSeen> {
    match &stage.evidence {
        StageEvidence::Token(evidence) => evidence.certificates.first(),
        StageEvidence::Smtp(evidence) => evidence.tls.as_ref().and_then(|tls| tls.certificates.first()),
        _ => None,
    }
}

//! The values that words and commands are filled with.

use super::causes::days_left;
use super::command::Values;
use crate::check::{Record, Stage, StageEvidence};
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
    /// What EHLO listed, where that is in question.
    offered: String,
    /// `yes` when a device has written X over the name of an extension.
    masked: &'static str,
    /// What a 334 challenge said before the refusal; empty without one.
    challenge: String,
    /// The host at which the stage failed.
    host: String,
    end_date: String,
    /// How far away that is, in words.
    days: String,
}

impl Facts {
    /// The facts for a cause that a stage's evidence shows.
    pub(super) fn of(record: &Record, stage: Stage) -> Self {
        let settings = record.settings.as_ref();
        let claims = record.claims();
        let object_id = claims.and_then(|claims| claims.object_id.clone());
        let shown = record.stage(stage);
        let certificate = shown.and_then(|stage| stage.evidence.certificates().first());
        let token = match record.stage(Stage::Token).map(|stage| &stage.evidence) {
            Some(StageEvidence::Token(evidence)) => Some(evidence),
            _ => None,
        };
        let login_host = match &record.plan.login_host {
            Some(host) => host.name().to_owned(),
            None => settings.map(|settings| settings.login_cloud.login_host().to_owned()).unwrap_or_default(),
        };
        let smtp_host = settings.map(|settings| settings.smtp_host.clone()).unwrap_or_default();
        let smtp = shown.and_then(|stage| match &stage.evidence {
            StageEvidence::Smtp(evidence) => Some(evidence),
            _ => None,
        });
        let offered = smtp.map(|evidence| evidence.capabilities.as_slice()).unwrap_or_default();
        Self {
            mailbox: settings.map(|settings| settings.mailbox.to_string()).unwrap_or_default(),
            client_id: settings.map(|settings| settings.client_id.to_string()).unwrap_or_default(),
            tenant: settings.map(|settings| settings.tenant.to_string()).unwrap_or_default(),
            object_id_known: object_id.is_some(),
            object_id: object_id.unwrap_or_else(|| words::text("object-id-to-fill", &[])),
            smtp_port: settings.map(|settings| settings.smtp_port.to_string()).unwrap_or_default(),
            stage: stage.name(),
            reply: shown.map(|stage| stage.summary.clone()).unwrap_or_default(),
            audience: claims.and_then(|claims| claims.audience.clone()).unwrap_or_default(),
            roles: claims.map(|claims| claims.roles.join(", ")).unwrap_or_default(),
            issuer: certificate.map(|seen| seen.issuer.clone()).unwrap_or_default(),
            names: certificate.map(|seen| seen.names.join(", ")).unwrap_or_default(),
            not_after: certificate.map(|seen| seen.not_after.clone()).unwrap_or_default(),
            retry_after: token.and_then(|token| token.retry_after_s).unwrap_or(60).to_string(),
            masked: if offered.iter().any(|line| is_masked(line)) { "yes" } else { "no" },
            offered: offered.join(", "),
            challenge: smtp.and_then(|evidence| evidence.challenge.clone()).unwrap_or_default(),
            host: if stage <= Stage::Claims { login_host.clone() } else { smtp_host.clone() },
            login_host,
            smtp_host,
            end_date: record.plan.secret_expires_on.map(|date| date.to_string()).unwrap_or_default(),
            days: days(days_left(record).unwrap_or_default()),
        }
    }

    /// Example values, for the catalogue's page.
    pub(super) fn example() -> Self {
        let text = str::to_owned;
        Self {
            mailbox: text("reports@contoso.com"),
            client_id: text("3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346"),
            tenant: text("8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4"),
            object_id: text("c51e0f8d-92b3-4f6a-b7d8-1a4e6c3f2095"),
            object_id_known: true,
            smtp_host: text("smtp.office365.com"),
            smtp_port: text("587"),
            login_host: text("login.microsoftonline.com"),
            stage: Stage::SignIn.name(),
            reply: text("…"),
            audience: text("https://graph.microsoft.com"),
            roles: text("Mail.Send"),
            issuer: text("CN=Contoso TLS Inspection CA"),
            names: text("mail.contoso.com"),
            not_after: text("2026-10-31T12:00:00Z"),
            retry_after: text("60"),
            offered: text("SIZE, PIPELINING"),
            masked: "no",
            challenge: String::new(),
            host: text("smtp.office365.com"),
            end_date: text("2026-12-31"),
            days: days(21),
        }
    }

    /// What commands are filled with.
    pub(super) fn values(&self) -> Values {
        Values { mailbox: self.mailbox.clone(), client_id: self.client_id.clone(), object_id: self.object_id.clone() }
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
            ("issuer-known", if self.issuer.is_empty() { "no" } else { "yes" }),
            ("names", &self.names),
            ("not-after", &self.not_after),
            ("retry-after", &self.retry_after),
            ("offered", &self.offered),
            ("masked", self.masked),
            ("challenge", &self.challenge),
            ("challenged", if self.challenge.is_empty() { "no" } else { "yes" }),
            ("host", &self.host),
            ("end-date", &self.end_date),
            ("days", &self.days),
        ]
    }
}

fn days(left: i32) -> String {
    let id = match left {
        0 => "days-today",
        1 => "days-tomorrow",
        _ => "days-more",
    };
    words::text(id, &[("days", &left.to_string())])
}

/// Some firewalls write X over what they do not let pass, as `250-XXXXXXXA`.
fn is_masked(line: &str) -> bool {
    line.len() >= 4 && line.trim_end_matches(char::is_alphanumeric).is_empty() && line.starts_with("XXX")
}

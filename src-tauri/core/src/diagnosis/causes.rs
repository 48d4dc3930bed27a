//! Which causes explain a record, in the order in which they must be mended.

use jiff::SignedDuration;

use super::catalogue::FindingCode::{self, *};
use super::rules::{reply_cause, token_cause};
use crate::check::{Confidence, Record, Severity, Stage, StageEvidence, StageOutcome, StageRecord};
use crate::entra::TokenEvidence;
use crate::net::{CertificateProblem, Fault, Violation};
use crate::smtp::Exchange;

/// A cause, how sure it is, and the stage whose evidence shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) code: FindingCode,
    pub(super) confidence: Confidence,
    pub(super) stage: Stage,
}

impl Cause {
    /// How much it weighs in this record: a missing permission alone is a warning,
    /// beside a refused sign-in it is the error; a refused recipient among others
    /// that were taken is a warning.
    pub(super) fn severity(self, record: &Record) -> Severity {
        let outcome = |stage: Stage| record.stage(stage).map(|record| record.outcome);
        match self.code {
            PermissionNotConsented | WrongPermissionGranted if outcome(Stage::SignIn) == Some(StageOutcome::Failed) => {
                Severity::Error
            }
            RecipientRejected if outcome(Stage::Recipient) == Some(StageOutcome::Warned) => Severity::Warning,
            code => code.severity(),
        }
    }
}

type Named = (FindingCode, Confidence);

/// How long Exchange Online may take to apply a change.
const PROPAGATION: SignedDuration = SignedDuration::from_hours(2);

/// Every cause, the first to be mended first; none twice.
pub(super) fn causes(record: &Record) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for stage in &record.stages {
        let named = match (&stage.evidence, stage.outcome) {
            (StageEvidence::Token(evidence), StageOutcome::Failed) => of_token(record, evidence).into_iter().collect(),
            (StageEvidence::Claims(_), _) => of_claims(record).into_iter().collect(),
            (_, StageOutcome::Failed | StageOutcome::Warned) => of_smtp(record, stage),
            _ => Vec::new(),
        };
        for (code, confidence) in named {
            if !causes.iter().any(|cause| cause.code == code) {
                causes.push(Cause { code, confidence, stage: stage.stage });
            }
        }
    }
    causes.sort_by_key(|cause| cause.severity(record));
    causes
}

fn of_token(record: &Record, evidence: &TokenEvidence) -> Option<Named> {
    if let Some(fault) = &evidence.fault {
        let code = match fault {
            Fault::Certificate { .. } | Fault::TlsHandshake { .. } => LoginTlsFailed,
            Fault::Cancelled => return None,
            _ => LoginHostUnreachable,
        };
        return Some((code, Confidence::Certain));
    }
    let Some(failure) = &evidence.failure else {
        let code = match evidence.status {
            Some(429) => LoginThrottled,
            Some(500..) => LoginUnavailable,
            _ => LoginUnexpectedResponse,
        };
        return Some((code, Confidence::Certain));
    };
    let same_ids =
        record.settings.as_ref().is_some_and(|settings| settings.tenant.to_string() == settings.client_id.to_string());
    let code = match token_cause(&failure.codes, evidence.status) {
        ClientSecretWrong if evidence.secret_looks_like_id => ClientSecretIsSecretId,
        ApplicationNotFound if same_ids => TenantPastedAsClientId,
        code => code,
    };
    Some((code, Confidence::Certain))
}

/// What the token itself says. A missing role is told here as a warning; a
/// refused sign-in makes it the likely cause.
fn of_claims(record: &Record) -> Option<Named> {
    let claims = record.claims()?;
    let settings = record.settings.as_ref()?;
    let client_id = settings.client_id.to_string();
    let same_application = claims.client_id.as_ref().is_none_or(|found| found.eq_ignore_ascii_case(&client_id));
    if !claims.is_for_exchange() {
        Some((TokenWrongAudience, Confidence::Certain))
    } else if !same_application {
        Some((TokenWrongApplication, Confidence::Certain))
    } else if claims.is_delegated() {
        Some((TokenIsDelegated, Confidence::Certain))
    } else if claims.may_send_as_app() || !record.plan.access_path.needs_role() {
        None
    } else if claims.roles.is_empty() {
        Some((PermissionNotConsented, Confidence::Likely))
    } else {
        Some((WrongPermissionGranted, Confidence::Likely))
    }
}

fn of_smtp(record: &Record, stage: &StageRecord) -> Vec<Named> {
    use Confidence::{Certain, Likely, Possible};
    if let Some(fault) = stage.evidence.fault() {
        return of_fault(record, stage.stage, fault).into_iter().map(|code| (code, Certain)).collect();
    }
    let Some(reply) = stage.evidence.reply() else { return Vec::new() };
    if stage.outcome == StageOutcome::Warned {
        return refused_recipients(stage);
    }
    if reply.is_positive() {
        // A positive reply with another code than the stage asks for.
        return vec![(if stage.stage == Stage::Greeting { SmtpNotSmtp } else { SmtpErrorUnknown }, Possible)];
    }
    match reply_cause(stage.stage, command(stage), reply) {
        ServicePrincipalNotRegistered => unexplained_refusal(record),
        FullAccessMissing if changed_lately(record) => {
            vec![(ChangesNotPropagated, Likely), (FullAccessMissing, Likely)]
        }
        FullAccessMissing => {
            vec![(FullAccessMissing, Likely), (ChangesNotPropagated, Possible), (WrongObjectId, Possible)]
        }
        code @ (SignInRefused | SmtpErrorUnknown) => vec![(code, Possible)],
        code => vec![(code, Certain)],
    }
}

/// Whether the user changed something so recently that it may not be in effect.
fn changed_lately(record: &Record) -> bool {
    let since = |change| record.started_at.duration_since(change);
    record.plan.last_change_at.is_some_and(|change| since(change) < PROPAGATION)
}

/// The command that got the stage's last reply.
fn command(stage: &StageRecord) -> &str {
    match &stage.evidence {
        StageEvidence::Smtp(evidence) => evidence.exchanges.last().map_or("", |exchange| &exchange.sent),
        _ => "",
    }
}

/// Some recipients were taken and the last was, too: the refusals stand before it.
fn refused_recipients(stage: &StageRecord) -> Vec<Named> {
    let StageEvidence::Smtp(evidence) = &stage.evidence else { return Vec::new() };
    let refused = evidence.exchanges.iter().find(|exchange| !exchange.reply.is_positive());
    let cause = |exchange: &Exchange| reply_cause(stage.stage, &exchange.sent, &exchange.reply);
    refused.map(|exchange| vec![(cause(exchange), Confidence::Certain)]).unwrap_or_default()
}

fn of_fault(record: &Record, stage: Stage, fault: &Fault) -> Option<FindingCode> {
    let port = record.settings.as_ref().map(|settings| settings.smtp_port);
    Some(match fault {
        Fault::Cancelled => return None,
        // Port 465 expects TLS at once and stays silent, port 25 is for other servers; both are often blocked.
        Fault::ConnectionTimedOut
        | Fault::ConnectionRefused
        | Fault::Unreachable { .. }
        | Fault::TimedOut
        | Fault::Dropped
            if stage <= Stage::Greeting && matches!(port, Some(465 | 25)) =>
        {
            SmtpWrongPort
        }
        Fault::HostNotFound { .. } => SmtpHostNotFound,
        Fault::ConnectionTimedOut | Fault::Unreachable { .. } => SmtpPortBlocked,
        Fault::ConnectionRefused => SmtpConnectionRefused,
        Fault::Certificate { problem, .. } => match problem {
            CertificateProblem::NameMismatch => TlsNameMismatch,
            CertificateProblem::Expired | CertificateProblem::NotYetValid => TlsCertificateExpired,
            CertificateProblem::Untrusted | CertificateProblem::Other => TlsCertificateUntrusted,
        },
        Fault::TlsHandshake { .. } => TlsHandshakeFailed,
        Fault::Protocol { violation, .. } => match violation {
            Violation::NotSmtp => SmtpNotSmtp,
            Violation::MalformedReply => SmtpNotSmtp,
            Violation::StarttlsNotOffered => StarttlsNotOffered,
            Violation::PlaintextAfterStarttls => StarttlsInjected,
            Violation::Xoauth2NotOffered => Xoauth2NotOffered,
        },
        Fault::TimedOut => ServerTimeout,
        Fault::Dropped => ConnectionDropped,
    })
}

/// A bare `535 5.7.3` says only "no". The token's evidence comes first, then the
/// access path, then the time since the last change.
fn unexplained_refusal(record: &Record) -> Vec<Named> {
    use Confidence::{Likely, Possible};
    let claims = record.claims();
    let wrong_token = claims.is_some_and(|claims| !claims.is_for_exchange() || claims.is_delegated());
    if wrong_token {
        return Vec::new();
    }
    let role_missing = record.plan.access_path.needs_role() && claims.is_some_and(|claims| !claims.may_send_as_app());

    let mut causes = Vec::new();
    if changed_lately(record) {
        causes.push((ChangesNotPropagated, Likely));
    }
    if !record.plan.access_path.needs_role() {
        causes.push((RbacScopeExcludesMailbox, Likely));
        causes.extend([(ChangesNotPropagated, Possible), (ServicePrincipalNotRegistered, Possible)]);
    } else if role_missing {
        causes.push((ServicePrincipalNotRegistered, Possible));
    } else {
        causes.push((ServicePrincipalNotRegistered, Likely));
        causes.extend([(WrongObjectId, Possible), (MailboxNotFound, Possible), (ChangesNotPropagated, Possible)]);
    }
    causes
}

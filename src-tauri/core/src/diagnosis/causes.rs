//! Which causes explain a record, in the order in which they must be mended.

use jiff::SignedDuration;

use super::catalogue::FindingCode::{self, *};
use super::rules::{reply_cause, token_cause};
use crate::check::Confidence::{self, Certain, Likely, Possible};
use crate::check::{ClaimsEvidence, Record, Severity, Stage, StageEvidence, StageOutcome, StageRecord};
use crate::cloud::Cloud;
use crate::entra::{Claims, LoginHost, TokenEvidence};
use crate::net::{CertificateProblem, CertificateSeen, Fault, Violation};
use crate::settings::Settings;
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
            (StageEvidence::Token(_), StageOutcome::Passed) => of_end_date(record).into_iter().collect(),
            (StageEvidence::Claims(evidence), _) => of_claims(record, evidence),
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
        let host_is_microsofts = record.plan.login_host.as_ref().is_none_or(LoginHost::is_microsofts);
        return match fault {
            Fault::Cancelled => None,
            Fault::ProxyRefused { .. } => Some((ProxyRefused, Certain)),
            Fault::Certificate { problem, .. }
                if is_interception(*problem, &evidence.certificates, host_is_microsofts) =>
            {
                Some((TlsInterceptionSuspected, Likely))
            }
            Fault::Certificate { .. } | Fault::TlsHandshake { .. } => Some((LoginTlsFailed, Certain)),
            Fault::Protocol { .. } => Some((LoginUnexpectedResponse, Certain)),
            _ => Some((LoginHostUnreachable, Certain)),
        };
    }
    let Some(failure) = &evidence.failure else {
        let code = match evidence.status {
            Some(407) => ProxyRefused,
            Some(429) => LoginThrottled,
            Some(500..) => LoginUnavailable,
            _ => LoginUnexpectedResponse,
        };
        return Some((code, Certain));
    };
    let same_ids =
        record.settings.as_ref().is_some_and(|settings| settings.tenant.to_string() == settings.client_id.to_string());
    let code = match token_cause(&failure.codes, evidence.status) {
        ClientSecretWrong if evidence.secret_looks_like_id => ClientSecretIsSecretId,
        ApplicationNotFound if same_ids => TenantPastedAsClientId,
        code => code,
    };
    Some((code, Certain))
}

/// An untrusted certificate for one of Microsoft's hosts whose issuer does not even
/// claim to be one of the authorities that Microsoft buys from: somebody on the way
/// opens the connection.
fn is_interception(problem: CertificateProblem, chain: &[CertificateSeen], host_is_microsofts: bool) -> bool {
    let issuer = chain.first().map(|certificate| certificate.issuer.to_lowercase()).unwrap_or_default();
    let is_public = PUBLIC_AUTHORITIES.iter().any(|name| issuer.contains(name));
    problem == CertificateProblem::Untrusted && host_is_microsofts && !is_public
}

/// Whose certificates Microsoft's hosts show (Microsoft: Azure certificate authority
/// details), in lower case.
const PUBLIC_AUTHORITIES: [&str; 4] = ["digicert", "microsoft", "globalsign", "entrust"];

/// The secret's end, as far as the profile knows it, while the secret still works.
fn of_end_date(record: &Record) -> Option<Named> {
    let days = days_left(record)?;
    match days {
        ..0 => Some((ClientSecretPastEndDate, Certain)),
        0..=WARNED_BEFORE_END => Some((ClientSecretEndsSoon, Certain)),
        _ => None,
    }
}

/// How many days before its end a secret is warned of.
pub(crate) const WARNED_BEFORE_END: i32 = 30;

/// Days to the secret's last day; negative once it has passed.
pub(super) fn days_left(record: &Record) -> Option<i32> {
    let today = jiff::tz::TimeZone::UTC.to_datetime(record.started_at).date();
    Some(today.until(record.plan.secret_expires_on?).ok()?.get_days())
}

/// What the token itself says. A missing role is told here as a warning; a
/// refused sign-in makes it the likely cause.
fn of_claims(record: &Record, evidence: &ClaimsEvidence) -> Vec<Named> {
    let (Some(claims), Some(settings)) = (&evidence.claims, &record.settings) else {
        return vec![(TokenOpaque, Certain)];
    };
    let needs_role = record.plan.access_path.needs_role();
    let mut causes = Vec::new();
    if !claims.is_for_exchange() {
        causes.push((TokenWrongAudience, Certain));
    } else if !claims.is_of_tenant(&settings.tenant) {
        causes.push((TokenWrongTenant, Certain));
    } else if !claims.is_of_application(&settings.client_id) {
        causes.push((TokenWrongApplication, Certain));
    } else if claims.is_delegated() {
        causes.push((TokenIsDelegated, Certain));
    } else if claims.may_send_as_app() {
        causes.extend((!needs_role).then_some((PermissionNotNeeded, Certain)));
    } else if needs_role {
        let code = if claims.roles.is_empty() { PermissionNotConsented } else { WrongPermissionGranted };
        causes.push((code, Likely));
    }
    let begins_later = claims.not_before.is_some_and(|at| at > evidence.received_at + CLOCK_TOLERANCE_S);
    let is_over = claims.expires.is_some_and(|at| at <= evidence.received_at);
    if begins_later || is_over {
        causes.push((ClockSkew, Certain));
    }
    causes
}

/// Clocks that differ by less are no fault.
const CLOCK_TOLERANCE_S: i64 = 60;

fn of_smtp(record: &Record, stage: &StageRecord) -> Vec<Named> {
    if let Some(fault) = stage.evidence.fault() {
        return of_fault(record, stage, fault).into_iter().collect();
    }
    let Some(reply) = stage.evidence.reply() else { return Vec::new() };
    if stage.outcome == StageOutcome::Warned {
        return refused_recipients(stage);
    }
    if !reply.is_negative() {
        // No refusal, and another code than the stage asks for.
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

/// Whether the user changed something so recently that it may not be in effect. A change noted by a clock that was
/// far ahead tells nothing.
fn changed_lately(record: &Record) -> bool {
    let since = |change| record.started_at.duration_since(change);
    record.plan.last_change_at.is_some_and(|change| since(change).abs() < PROPAGATION)
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
    refused.map(|exchange| vec![(cause(exchange), Certain)]).unwrap_or_default()
}

fn of_fault(record: &Record, stage: &StageRecord, fault: &Fault) -> Option<Named> {
    let settings = record.settings.as_ref();
    let code = match fault {
        Fault::Cancelled => return None,
        // Port 465 expects TLS at once and stays silent, port 25 is for other servers; both are often blocked.
        Fault::ConnectionTimedOut
        | Fault::ConnectionRefused
        | Fault::Unreachable { .. }
        | Fault::TimedOut
        | Fault::Dropped
            if stage.stage <= Stage::Greeting && settings.is_some_and(|known| matches!(known.smtp_port, 465 | 25)) =>
        {
            SmtpWrongPort
        }
        Fault::HostNotFound { .. } => SmtpHostNotFound,
        Fault::ConnectionTimedOut | Fault::Unreachable { .. } => SmtpPortBlocked,
        Fault::ConnectionRefused => SmtpConnectionRefused,
        Fault::Certificate { problem, .. } => {
            let host_is_microsofts = settings.is_some_and(|known| Cloud::of_smtp_host(&known.smtp_host).is_some());
            if is_interception(*problem, stage.evidence.certificates(), host_is_microsofts) {
                return Some((TlsInterceptionSuspected, Likely));
            }
            match problem {
                CertificateProblem::NameMismatch => TlsNameMismatch,
                CertificateProblem::Expired | CertificateProblem::NotYetValid => TlsCertificateExpired,
                CertificateProblem::Untrusted | CertificateProblem::Other => TlsCertificateUntrusted,
            }
        }
        Fault::TlsHandshake { .. } => TlsHandshakeFailed,
        Fault::Protocol { violation, .. } => match violation {
            Violation::NotSmtp | Violation::MalformedReply | Violation::EarlyReply | Violation::NotHttp => SmtpNotSmtp,
            Violation::TlsAtOnce => SmtpWrongPort,
            Violation::StarttlsNotOffered => StarttlsNotOffered,
            Violation::PlaintextAfterStarttls => StarttlsInjected,
            Violation::Xoauth2NotOffered => Xoauth2NotOffered,
        },
        Fault::ProxyRefused { .. } => ProxyRefused,
        Fault::TimedOut => ServerTimeout,
        Fault::Dropped => ConnectionDropped,
    };
    Some((code, Certain))
}

/// A bare `535 5.7.3` says only "no". The token's evidence comes first, then the
/// access path, then the time since the last change.
fn unexplained_refusal(record: &Record) -> Vec<Named> {
    let claims = record.claims();
    let is_wrong = |(claims, settings): (&Claims, &Settings)| {
        !claims.is_for_exchange()
            || claims.is_delegated()
            || !claims.is_of_tenant(&settings.tenant)
            || !claims.is_of_application(&settings.client_id)
    };
    if claims.zip(record.settings.as_ref()).is_some_and(is_wrong) {
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

//! The tables that turn codes into causes. AADSTS numbers come from Microsoft's
//! error-code reference, SMTP replies from Exchange Online's documentation of
//! non-delivery reports and SMTP AUTH.

use super::catalogue::FindingCode::{self, *};
use crate::check::Stage;
use crate::smtp::Reply;

/// AADSTS number → cause.
const TOKEN_RULES: &[(&[u64], FindingCode)] = &[
    (&[7_000_215], ClientSecretWrong),
    (&[7_000_222], ClientSecretExpired),
    (&[700_016], ApplicationNotFound),
    (&[90_002], TenantNotFound),
    (&[50_196], LoginThrottled),
    (&[90_033, 90_006, 90_012, 90_024, 50_033, 90_090, 90_055], LoginUnavailable),
];

/// A pattern for a negative reply. Every part given must fit.
struct ReplyRule {
    /// Where; empty is anywhere.
    stages: &'static [Stage],
    /// The reply's code; 0 is any.
    code: u16,
    /// Its enhanced status code; empty is any.
    enhanced: &'static str,
    /// A phrase in its text, in lower case; empty is any.
    phrase: &'static str,
    /// What it means.
    cause: FindingCode,
}

const fn rule(
    stages: &'static [Stage],
    code: u16,
    enhanced: &'static str,
    phrase: &'static str,
    cause: FindingCode,
) -> ReplyRule {
    ReplyRule { stages, code, enhanced, phrase, cause }
}

const ANYWHERE: &[Stage] = &[];
const SIGN_IN: &[Stage] = &[Stage::SignIn];

/// The first that fits counts.
const REPLY_RULES: &[ReplyRule] = &[
    rule(ANYWHERE, 421, "4.7.66", "", TlsTooOld),
    rule(ANYWHERE, 432, "4.3.2", "", TooManyConnections),
    rule(&[Stage::Greeting], 0, "", "", SmtpServiceUnavailable),
    rule(SIGN_IN, 0, "5.7.139", "for the tenant", SmtpAuthDisabledTenant),
    rule(SIGN_IN, 0, "5.7.139", "for the mailbox", SmtpAuthDisabledMailbox),
    rule(SIGN_IN, 535, "5.7.3", "", ServicePrincipalNotRegistered),
    rule(ANYWHERE, 430, "4.2.0", "", FullAccessMissing),
    rule(ANYWHERE, 0, "", "mapiexceptionlogonfailed", FullAccessMissing),
    rule(ANYWHERE, 0, "5.7.60", "", SendAsDenied),
    rule(ANYWHERE, 0, "5.2.252", "", SendAsDenied),
    rule(ANYWHERE, 0, "", "sendasdenied", SendAsDenied),
];

/// The cause behind a refused token request, by its AADSTS numbers or, without
/// any, by HTTP status.
pub(super) fn token_cause(codes: &[u64], status: Option<u16>) -> FindingCode {
    let listed = |(numbers, _): &&(&[u64], FindingCode)| codes.iter().any(|code| numbers.contains(code));
    match (TOKEN_RULES.iter().find(listed), status) {
        (Some((_, cause)), _) => *cause,
        (None, Some(429)) => LoginThrottled,
        (None, Some(500..)) => LoginUnavailable,
        (None, _) => TokenErrorUnknown,
    }
}

/// The cause behind a negative reply to a command at a stage; the greeting
/// answers no command.
pub(super) fn reply_cause(stage: Stage, command: &str, reply: &Reply) -> FindingCode {
    if command.starts_with("EHLO") && !reply.is_transient() {
        return EhloRejected;
    }
    let fits = |rule: &&ReplyRule| {
        (rule.stages.is_empty() || rule.stages.contains(&stage))
            && (rule.code == 0 || rule.code == reply.code)
            && (rule.enhanced.is_empty() || reply.enhanced.as_deref() == Some(rule.enhanced))
            && (rule.phrase.is_empty() || reply.mentions(rule.phrase))
    };
    match REPLY_RULES.iter().find(fits) {
        Some(rule) => rule.cause,
        None if reply.is_transient() => SmtpTemporaryFailure,
        None if stage == Stage::SignIn => SignInRefused,
        None if stage == Stage::Recipient => RecipientRejected,
        None => SmtpErrorUnknown,
    }
}

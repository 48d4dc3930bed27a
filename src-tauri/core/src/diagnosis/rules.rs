//! The tables that turn codes into causes. AADSTS numbers come from Microsoft's
//! error-code reference, SMTP replies from Exchange Online's documentation of
//! non-delivery reports and SMTP AUTH.

use super::catalogue::FindingCode::{self, *};
use crate::check::Stage;
use crate::smtp::Reply;

/// AADSTS number → cause.
pub(super) const TOKEN_RULES: &[(&[u64], FindingCode)] = &[
    (&[7_000_215], ClientSecretWrong),
    (&[7_000_222], ClientSecretExpired),
    (&[7_000_216, 7_000_218], ClientSecretMissing),
    (&[700_016], ApplicationNotFound),
    (&[7_000_229], ApplicationWithoutServicePrincipal),
    (&[7_000_112], ApplicationDisabled),
    (&[90_002], TenantNotFound),
    (&[900_023], TenantIdMalformed),
    (&[50_059, 50_128], TenantMissing),
    (&[9_001_023, 50_194], TenantNotSpecific),
    (&[90_038, 900_382, 900_432], WrongCloud),
    (&[1_002_012], ScopeNotDefault),
    (&[70_011, 28_002, 28_003, 700_022, 700_023], ScopeMalformed),
    (&[500_011, 50_001], ExchangeResourceNotFound),
    (&[500_014], ExchangeResourceDisabled),
    (&[501_051, 50_105], ApplicationNotAssigned),
    (&[53_003, 530_032, 530_035, 53_000, 53_001, 53_002, 53_011], ConditionalAccessBlocked),
    (&[50_034, 50_053, 50_126, 50_076, 50_079], WrongGrantType),
    (&[90_014, 900_144, 9_002_313, 90_013, 900_561, 901_002, 70_003, 700_025, 700_027], TokenRequestMalformed),
    (&[50_196], LoginThrottled),
    (&[90_033, 90_006, 90_012, 90_024, 50_033, 90_090, 90_055], LoginUnavailable),
];

/// A pattern for a negative reply. Every part given must fit.
pub(super) struct ReplyRule {
    /// Where; empty is anywhere.
    stages: &'static [Stage],
    /// The reply's codes; empty is any.
    codes: &'static [u16],
    /// Its enhanced status codes; empty is any.
    enhanced: &'static [&'static str],
    /// A phrase in its text, in lower case; empty is any.
    phrase: &'static str,
    /// What it means.
    pub(super) cause: FindingCode,
}

const fn rule(
    stages: &'static [Stage],
    codes: &'static [u16],
    enhanced: &'static [&'static str],
    phrase: &'static str,
    cause: FindingCode,
) -> ReplyRule {
    ReplyRule { stages, codes, enhanced, phrase, cause }
}

const ANYWHERE: &[Stage] = &[];
const SIGN_IN: &[Stage] = &[Stage::SignIn];

/// The first that fits counts.
pub(super) const REPLY_RULES: &[ReplyRule] = &[
    rule(ANYWHERE, &[421], &["4.7.66"], "", TlsTooOld),
    rule(&[Stage::Greeting], &[], &[], "", SmtpServiceUnavailable),
    rule(SIGN_IN, &[], &["5.7.139"], "for the tenant", SmtpAuthDisabledTenant),
    rule(SIGN_IN, &[], &["5.7.139"], "for the mailbox", SmtpAuthDisabledMailbox),
    rule(SIGN_IN, &[], &["5.7.139"], "security default", SecurityDefaultsBlock),
    rule(ANYWHERE, &[], &["5.7.139", "5.7.30"], "", BasicAuthRefused),
    rule(SIGN_IN, &[535], &["5.7.3"], "", ServicePrincipalNotRegistered),
    rule(ANYWHERE, &[504], &["5.7.4"], "", AuthMechanismUnrecognized),
    rule(SIGN_IN, &[501], &["5.5.124"], "", Xoauth2Malformed),
    rule(SIGN_IN, &[451, 454], &["4.7.0"], "", SignInTemporarilyRefused),
    rule(ANYWHERE, &[530], &["5.7.57"], "", NotAuthenticated),
    rule(ANYWHERE, &[430], &["4.2.0"], "", FullAccessMissing),
    rule(ANYWHERE, &[], &[], "mapiexceptionlogonfailed", FullAccessMissing),
    rule(ANYWHERE, &[], &["5.7.60", "5.2.252"], "", SendAsDenied),
    rule(ANYWHERE, &[], &[], "sendasdenied", SendAsDenied),
    rule(ANYWHERE, &[452], &["4.5.3"], "", TooManyRecipients),
    rule(ANYWHERE, &[432], &["4.3.2"], "", TooManyConnections),
    rule(ANYWHERE, &[], &["5.1.90"], "", MailboxLimitReached),
    rule(ANYWHERE, &[], &[], "submissionquotaexceeded", MailboxLimitReached),
    rule(ANYWHERE, &[], &["5.7.232", "5.7.233", "5.7.705"], "", TenantLimitReached),
    rule(
        ANYWHERE,
        &[],
        &["5.1.8", "5.7.501", "5.7.502", "5.7.503", "5.7.511", "5.7.708", "5.7.750"],
        "",
        SenderBlocked,
    ),
    rule(ANYWHERE, &[], &["5.2.2"], "", MailboxFull),
    rule(ANYWHERE, &[552], &[], "", MessageTooLarge),
    rule(ANYWHERE, &[], &["5.3.4", "5.2.270"], "", MessageTooLarge),
    rule(ANYWHERE, &[], &[], "maxsubmissionexceeded", MessageTooLarge),
];

impl ReplyRule {
    fn fits(&self, stage: Stage, reply: &Reply) -> bool {
        let enhanced = || reply.enhanced.as_deref().unwrap_or_default();
        (self.stages.is_empty() || self.stages.contains(&stage))
            && (self.codes.is_empty() || self.codes.contains(&reply.code))
            && (self.enhanced.is_empty() || self.enhanced.contains(&enhanced()))
            && (self.phrase.is_empty() || reply.mentions(self.phrase))
    }

    /// What fits, as people write it: `535 5.7.139 … “for the mailbox”`.
    pub(super) fn pattern(&self) -> String {
        let codes: Vec<String> = self.codes.iter().map(u16::to_string).collect();
        let phrase = Some(format!("“{}”", self.phrase)).filter(|_| !self.phrase.is_empty());
        let parts = [codes.join("/"), self.enhanced.join(", "), phrase.unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

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
    match REPLY_RULES.iter().find(|rule| rule.fits(stage, reply)) {
        Some(rule) => rule.cause,
        None if stage == Stage::Starttls && command == "STARTTLS" => StarttlsRejected,
        None if reply.is_transient() => SmtpTemporaryFailure,
        None if stage == Stage::SignIn => SignInRefused,
        None if stage == Stage::Recipient => RecipientRejected,
        None => SmtpErrorUnknown,
    }
}

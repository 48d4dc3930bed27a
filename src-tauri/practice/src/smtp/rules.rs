//! What Exchange Online decides, as pure functions of the tenant's state: may this token sign in to
//! this mailbox, and may this message go out.

use crate::conditions::{
    MailboxSmtpAuth, OrganizationSmtpAuth, Propagation, Recipients, RoleAssignment, SecurityDefaults, SenderMailbox,
    Sending, ServicePrincipal,
};
use crate::state::TenantState;
use crate::token::{Grant, SMTP_SEND_AS_APP};

/// Why a sign-in is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum SignInRefusal {
    /// Exchange Online's catch-all: it does not say which of several things is wrong.
    Unsuccessful,
    /// SMTP AUTH is off for the organization, and the mailbox inherits.
    DisabledForTenant,
    /// SMTP AUTH is off for the mailbox.
    DisabledForMailbox,
    /// Security defaults forbid it.
    SecurityDefaults,
}

/// Why a message is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum MessageRefusal {
    /// The service principal cannot open the mailbox: no FullAccess.
    LogonFailed,
    /// Too many connections at once.
    TooManyConnections,
    /// The service principal may not send as this sender.
    SendAsDenied,
    /// The mailbox's recipients for the day are used up.
    MailboxLimit,
    /// The tenant's recipients for the day are used up.
    TenantLimit,
    /// The mailbox has no room for the sent copy.
    MailboxFull,
    /// The sender is blocked.
    SenderBlocked,
    /// The server has no time for it.
    ServerBusy,
    /// For a reason that clients have no list of.
    Unlisted,
}

/// Why a recipient is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RecipientRefusal {
    /// Nobody has this address.
    NotFound,
    /// The message has as many as it may have.
    TooMany,
}

/// The mailbox's own limit of a message, 35 MB by default, in octets. It binds before the size that
/// EHLO tells.
const MESSAGE_LIMIT: u64 = 35 * 1024 * 1024;

/// Recipients of one message.
const RECIPIENT_LIMIT: usize = 500;

/// Whether a token (`None`: not one of ours) signs in to the mailbox `user`.
///
/// # Errors
///
/// The first refusal in the order in which Exchange Online asks: token and mailbox, SMTP AUTH,
/// service principal, permission.
pub(super) fn sign_in(state: &TenantState, grant: Option<&Grant>, user: &str) -> Result<(), SignInRefusal> {
    let grant = grant.filter(|grant| grant.speaks_for_the_application()).ok_or(SignInRefusal::Unsuccessful)?;
    let exists = state.sender_mailbox == SenderMailbox::Exists;
    if !exists || !state.identities.mailbox.eq_ignore_ascii_case(user) {
        return Err(SignInRefusal::Unsuccessful);
    }
    smtp_auth(state)?;
    if state.security_defaults == SecurityDefaults::On {
        return Err(SignInRefusal::SecurityDefaults);
    }
    let known = state.service_principal == ServicePrincipal::Registered
        && state.propagation != Propagation::ServicePrincipalPending;
    if known && (grant.has_role(SMTP_SEND_AS_APP) || role_assignment_reaches(state)) {
        Ok(())
    } else {
        Err(SignInRefusal::Unsuccessful)
    }
}

/// The mailbox's setting wins over the organization's; a blank one inherits.
fn smtp_auth(state: &TenantState) -> Result<(), SignInRefusal> {
    match (state.mailbox_smtp_auth, state.organization_smtp_auth) {
        (MailboxSmtpAuth::On, _) | (MailboxSmtpAuth::Inherit, OrganizationSmtpAuth::On) => Ok(()),
        (MailboxSmtpAuth::Off, _) => Err(SignInRefusal::DisabledForMailbox),
        (MailboxSmtpAuth::Inherit, OrganizationSmtpAuth::Off) => Err(SignInRefusal::DisabledForTenant),
    }
}

/// RBAC for Applications: the scope contains the mailbox, and the assignment is in effect.
fn role_assignment_reaches(state: &TenantState) -> bool {
    state.role_assignment == RoleAssignment::IncludesMailbox && state.propagation != Propagation::MailboxAccessPending
}

/// Whether a message that has `accepted` recipients may have one more.
///
/// # Errors
///
/// The refusal, which concerns this recipient and leaves the others alone.
pub(super) fn recipient(state: &TenantState, accepted: usize) -> Result<(), RecipientRefusal> {
    match state.recipients {
        Recipients::Rejected => Err(RecipientRefusal::NotFound),
        Recipients::TooMany => Err(RecipientRefusal::TooMany),
        Recipients::Accepted if accepted >= RECIPIENT_LIMIT => Err(RecipientRefusal::TooMany),
        Recipients::Accepted => Ok(()),
    }
}

/// How large a message of the mailbox may be, in octets.
pub(super) fn message_limit(state: &TenantState) -> u64 {
    if state.sending == Sending::MessageTooLarge { 0 } else { MESSAGE_LIMIT }
}

/// Whether the mailbox's message goes out under the addresses `senders` (of the envelope, empty for
/// none, and of the header). Asked only after its data.
///
/// Mailbox permissions are asked for wherever the token carries the role of the classic path, even
/// beside a role assignment.
///
/// # Errors
///
/// The first refusal in the order in which Exchange Online asks: whether it has the time, opening
/// the mailbox, its connections, sending as the sender, limits.
pub(super) fn submit(state: &TenantState, grant: &Grant, senders: &[&str]) -> Result<(), MessageRefusal> {
    if state.sending == Sending::TemporaryFailure {
        return Err(MessageRefusal::ServerBusy);
    }
    let classic = grant.has_role(SMTP_SEND_AS_APP);
    if classic && (!state.full_access || state.propagation == Propagation::MailboxAccessPending) {
        return Err(MessageRefusal::LogonFailed);
    }
    if state.sending == Sending::TooManyConnections {
        return Err(MessageRefusal::TooManyConnections);
    }
    let own = another_sender(&state.identities.mailbox, senders).is_none();
    if !own || (classic && !state.send_as) {
        return Err(MessageRefusal::SendAsDenied);
    }
    match state.sending {
        // Asked about before, or at another command.
        Sending::TemporaryFailure | Sending::TooManyConnections | Sending::MessageTooLarge => Ok(()),
        Sending::Accepted => Ok(()),
        Sending::Refused => Err(MessageRefusal::Unlisted),
        Sending::MailboxLimitReached => Err(MessageRefusal::MailboxLimit),
        Sending::TenantLimitReached => Err(MessageRefusal::TenantLimit),
        Sending::MailboxFull => Err(MessageRefusal::MailboxFull),
        Sending::SenderBlocked => Err(MessageRefusal::SenderBlocked),
    }
}

/// The first of `senders` that is not the mailbox itself.
pub(super) fn another_sender<'a>(mailbox: &str, senders: &[&'a str]) -> Option<&'a str> {
    let another = |sender: &&&str| !sender.is_empty() && !sender.eq_ignore_ascii_case(mailbox);
    senders.iter().find(another).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAILBOX: &str = "reports@contoso.com";

    fn grant(state: &TenantState) -> Grant {
        Grant::new(state, "https://outlook.office365.com", true)
    }

    fn sign_in_named(name: &str) -> Result<(), SignInRefusal> {
        let state = TenantState::named(name).unwrap();
        sign_in(&state, Some(&grant(&state)), MAILBOX)
    }

    fn submit_named(name: &str) -> Result<(), MessageRefusal> {
        let state = TenantState::named(name).unwrap();
        submit(&state, &grant(&state), &[MAILBOX])
    }

    #[test]
    fn smtp_auth_of_the_mailbox_wins_over_the_organization_s() {
        use MailboxSmtpAuth::{Inherit, Off, On};
        let disabled_for_tenant = Err(SignInRefusal::DisabledForTenant);
        let disabled_for_mailbox = Err(SignInRefusal::DisabledForMailbox);
        let table = [
            (OrganizationSmtpAuth::On, Inherit, Ok(())),
            (OrganizationSmtpAuth::On, On, Ok(())),
            (OrganizationSmtpAuth::On, Off, disabled_for_mailbox),
            (OrganizationSmtpAuth::Off, Inherit, disabled_for_tenant),
            (OrganizationSmtpAuth::Off, On, Ok(())),
            (OrganizationSmtpAuth::Off, Off, disabled_for_mailbox),
        ];
        for (organization, mailbox, expected) in table {
            let mut state = TenantState::healthy();
            state.organization_smtp_auth = organization;
            state.mailbox_smtp_auth = mailbox;
            assert_eq!(sign_in(&state, Some(&grant(&state)), MAILBOX), expected, "{organization:?} {mailbox:?}");
        }
    }

    #[test]
    fn named_states_at_sign_in() {
        for name in [
            "healthy",
            "full_access_missing",
            "send_as_missing",
            "changes_not_propagated",
            "rbac",
            "mailbox_limit_reached",
        ] {
            assert_eq!(sign_in_named(name), Ok(()), "{name}");
        }
        for name in [
            "permission_not_consented",
            "wrong_permission",
            "service_principal_missing",
            "wrong_object_id",
            "service_principal_pending",
            "mailbox_not_found",
            "rbac_scope_excludes_mailbox",
        ] {
            assert_eq!(sign_in_named(name), Err(SignInRefusal::Unsuccessful), "{name}");
        }
        assert_eq!(sign_in_named("security_defaults"), Err(SignInRefusal::SecurityDefaults));
    }

    #[test]
    fn only_exchange_s_tokens_and_the_tenant_s_mailbox_sign_in() {
        let state = TenantState::healthy();
        let graph = Grant::new(&state, "https://graph.microsoft.com", false);
        assert_eq!(sign_in(&state, Some(&graph), MAILBOX), Err(SignInRefusal::Unsuccessful));
        // Without the audience's check this one would pass: a role assignment asks for no role.
        let rbac = TenantState::named("rbac").unwrap();
        assert_eq!(sign_in(&rbac, Some(&graph), MAILBOX), Err(SignInRefusal::Unsuccessful));
        assert_eq!(sign_in(&state, None, MAILBOX), Err(SignInRefusal::Unsuccessful));
        assert_eq!(sign_in(&state, Some(&grant(&state)), "sales@contoso.com"), Err(SignInRefusal::Unsuccessful));
        assert_eq!(sign_in(&state, Some(&grant(&state)), "Reports@Contoso.com"), Ok(()));
    }

    #[test]
    fn a_token_keeps_the_roles_it_was_issued_with() {
        let mut state = TenantState::named("permission_not_consented").unwrap();
        let old = grant(&state);
        state.set("permission", "smtp_send_as_app").unwrap();
        assert_eq!(sign_in(&state, Some(&old), MAILBOX), Err(SignInRefusal::Unsuccessful));
        assert_eq!(sign_in(&state, Some(&grant(&state)), MAILBOX), Ok(()));
    }

    #[test]
    fn the_first_of_several_wrong_things_answers() {
        let mut state = TenantState::healthy();
        for (switch, value) in [
            ("mailbox_smtp_auth", "off"),
            ("service_principal", "missing"),
            ("full_access", "missing"),
            ("send_as", "missing"),
        ] {
            state.set(switch, value).unwrap();
        }
        let grant = grant(&state);
        assert_eq!(sign_in(&state, None, MAILBOX), Err(SignInRefusal::Unsuccessful));
        assert_eq!(sign_in(&state, Some(&grant), MAILBOX), Err(SignInRefusal::DisabledForMailbox));
        state.set("mailbox_smtp_auth", "on").unwrap();
        assert_eq!(sign_in(&state, Some(&grant), MAILBOX), Err(SignInRefusal::Unsuccessful));
        state.set("service_principal", "registered").unwrap();
        assert_eq!(sign_in(&state, Some(&grant), MAILBOX), Ok(()));
        assert_eq!(submit(&state, &grant, &[MAILBOX]), Err(MessageRefusal::LogonFailed));
        state.set("full_access", "granted").unwrap();
        assert_eq!(submit(&state, &grant, &[MAILBOX]), Err(MessageRefusal::SendAsDenied));
        state.set("send_as", "granted").unwrap();
        assert_eq!(submit(&state, &grant, &[MAILBOX]), Ok(()));
    }

    #[test]
    fn named_states_after_data() {
        let table = [
            ("healthy", Ok(())),
            ("rbac", Ok(())),
            ("full_access_missing", Err(MessageRefusal::LogonFailed)),
            ("changes_not_propagated", Err(MessageRefusal::LogonFailed)),
            ("send_as_missing", Err(MessageRefusal::SendAsDenied)),
            ("mailbox_limit_reached", Err(MessageRefusal::MailboxLimit)),
            ("tenant_limit_reached", Err(MessageRefusal::TenantLimit)),
            ("mailbox_full", Err(MessageRefusal::MailboxFull)),
            ("sender_blocked", Err(MessageRefusal::SenderBlocked)),
            ("too_many_connections", Err(MessageRefusal::TooManyConnections)),
            ("smtp_temporary_failure", Err(MessageRefusal::ServerBusy)),
            ("smtp_error_unknown", Err(MessageRefusal::Unlisted)),
        ];
        for (name, expected) in table {
            assert_eq!(submit_named(name), expected, "{name}");
        }
    }

    #[test]
    fn recipients_are_counted_or_refused() {
        let state = TenantState::healthy();
        assert_eq!(recipient(&state, RECIPIENT_LIMIT - 1), Ok(()));
        assert_eq!(recipient(&state, RECIPIENT_LIMIT), Err(RecipientRefusal::TooMany));
        let first = |name| recipient(&TenantState::named(name).unwrap(), 0);
        assert_eq!(first("too_many_recipients"), Err(RecipientRefusal::TooMany));
        assert_eq!(first("recipient_rejected"), Err(RecipientRefusal::NotFound));
    }

    #[test]
    fn another_sender_is_denied_on_both_paths() {
        for name in ["healthy", "rbac"] {
            let state = TenantState::named(name).unwrap();
            assert_eq!(
                submit(&state, &grant(&state), &[MAILBOX, "sales@contoso.com"]),
                Err(MessageRefusal::SendAsDenied),
                "{name}"
            );
        }
    }

    #[test]
    fn the_classic_role_beside_a_role_assignment_asks_for_mailbox_permissions() {
        let mut state = TenantState::named("rbac").unwrap();
        state.set("permission", "smtp_send_as_app").unwrap();
        assert_eq!(sign_in(&state, Some(&grant(&state)), MAILBOX), Ok(()));
        assert_eq!(submit(&state, &grant(&state), &[MAILBOX]), Err(MessageRefusal::LogonFailed));
    }

    #[test]
    fn a_role_assignment_that_is_not_in_effect_yet_does_not_sign_in() {
        let mut state = TenantState::named("rbac").unwrap();
        state.set("propagation", "mailbox_access_pending").unwrap();
        assert_eq!(sign_in(&state, Some(&grant(&state)), MAILBOX), Err(SignInRefusal::Unsuccessful));
    }
}

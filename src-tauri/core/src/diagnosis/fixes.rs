//! What to do about each cause: where, with which command or page. The words
//! are attributes `fix-1`, `fix-2` … of the cause's message.

use super::catalogue::FindingCode::{self, *};
use super::command::Command::{self, *};
use super::facts::Facts;
use crate::check::{Fix, FixKind};
use crate::words;

const ENTRA: &str = "https://entra.microsoft.com/";
const ADMIN_CENTER: &str = "https://admin.microsoft.com/";
const EXCHANGE_ADMIN_CENTER: &str = "https://admin.exchange.microsoft.com/";
const SERVICE_HEALTH: &str = "https://admin.microsoft.com/#/servicehealth";

/// A fix before its words and values are filled in.
pub(super) type Template = (FixKind, Option<Command>, Option<&'static str>);

const INCORTA: Template = (FixKind::Incorta, None, None);
const NETWORK: Template = (FixKind::Network, None, None);
const WAIT: Template = (FixKind::Wait, None, None);
const EXCHANGE_PORTAL: Template = (FixKind::Portal, None, Some(EXCHANGE_ADMIN_CENTER));
const ENTRA_PORTAL: Template = (FixKind::Portal, None, Some(ENTRA));

const fn powershell(command: Command) -> Template {
    (FixKind::Powershell, Some(command), None)
}

pub(super) fn templates(code: FindingCode) -> &'static [Template] {
    const HEALTH: Template = (FixKind::Portal, None, Some(SERVICE_HEALTH));
    const ADMIN_PORTAL: Template = (FixKind::Portal, None, Some(ADMIN_CENTER));
    match code {
        LoginHostUnreachable | ProxyRefused | TlsInterceptionSuspected | LoginTlsFailed | LoginUnexpectedResponse => {
            &[NETWORK]
        }
        LoginThrottled | LoginUnavailable | SmtpServiceUnavailable | SmtpTemporaryFailure => &[WAIT, HEALTH],
        StarttlsRejected | SignInTemporarilyRefused => &[WAIT, HEALTH],
        TokenRequestMalformed => &[NETWORK],
        ClientSecretWrong => &[INCORTA, ENTRA_PORTAL],
        ClientSecretIsSecretId | ClientSecretExpired | ClientSecretEndsSoon => &[ENTRA_PORTAL, INCORTA],
        ClientSecretMissing => &[INCORTA, NETWORK],
        ClientSecretPastEndDate => &[ENTRA_PORTAL, INCORTA],
        TenantPastedAsClientId | ApplicationNotFound => &[ENTRA_PORTAL, INCORTA],
        ApplicationWithoutServicePrincipal | ApplicationDisabled | ConditionalAccessBlocked => &[ENTRA_PORTAL],
        ExchangeResourceDisabled => &[ADMIN_PORTAL],
        ApplicationNotAssigned | TokenErrorUnknown => &[ENTRA_PORTAL],
        TenantNotFound | TenantIdMalformed | TenantMissing | TenantNotSpecific | WrongCloud => &[INCORTA],
        ScopeNotDefault | ScopeMalformed | ExchangeResourceNotFound | WrongGrantType => &[INCORTA],
        TokenWrongAudience | TokenWrongTenant | TokenWrongApplication | ClockSkew => &[INCORTA],
        TokenIsDelegated | WrongPermissionGranted | PermissionNotConsented | PermissionNotNeeded => &[ENTRA_PORTAL],
        TokenOpaque => &[],
        SmtpHostNotFound | SmtpWrongPort | Xoauth2NotOffered => &[INCORTA],
        SmtpPortBlocked | SmtpConnectionRefused | SmtpNotSmtp | StarttlsNotOffered | StarttlsInjected => &[NETWORK],
        EhloRejected | TlsTooOld | AuthMechanismUnrecognized => &[NETWORK],
        TooManyConnections => &[WAIT],
        TlsCertificateUntrusted | TlsNameMismatch | TlsCertificateExpired | TlsHandshakeFailed => &[NETWORK],
        ConnectionDropped | ServerTimeout => &[NETWORK],
        SmtpAuthDisabledTenant => {
            const { &[powershell(EnableSmtpAuthMailbox), powershell(ShowSmtpAuthOrganization), ADMIN_PORTAL] }
        }
        SmtpAuthDisabledMailbox => const { &[powershell(EnableSmtpAuthMailbox), ADMIN_PORTAL] },
        NotAuthenticated => const { &[powershell(ShowSmtpAuthMailbox), NETWORK] },
        SecurityDefaultsBlock => &[ENTRA_PORTAL],
        BasicAuthRefused => &[INCORTA],
        ServicePrincipalNotRegistered => const { &[powershell(ShowServicePrincipal), powershell(NewServicePrincipal)] },
        WrongObjectId => const { &[powershell(ShowServicePrincipal)] },
        MailboxNotFound => const { &[powershell(ShowMailbox), INCORTA] },
        RbacScopeExcludesMailbox => const { &[powershell(TestAuthorization)] },
        ChangesNotPropagated => &[WAIT],
        Xoauth2Malformed => &[HEALTH],
        SignInRefused => const { &[powershell(ShowServicePrincipal)] },
        FullAccessMissing => const { &[powershell(AddFullAccess), WAIT] },
        SendAsDenied => const { &[powershell(AddSendAs), WAIT] },
        RecipientRejected | TooManyRecipients | MessageTooLarge => &[INCORTA],
        MailboxLimitReached | TenantLimitReached => const { &[WAIT, EXCHANGE_PORTAL] },
        SenderBlocked => &[(FixKind::Portal, None, None), HEALTH],
        MailboxFull => const { &[powershell(ShowMailboxSize), EXCHANGE_PORTAL] },
        SmtpErrorUnknown => &[HEALTH],
    }
}

/// The fixes for a cause, filled.
pub(super) fn fixes(code: FindingCode, facts: &Facts) -> Vec<Fix> {
    let message = code.message();
    templates(code)
        .iter()
        .enumerate()
        .map(|(index, (kind, command, url))| {
            let id = format!("{message}.fix-{}", index + 1);
            let mut text = words::text(&id, &facts.parameters());
            if command.is_some_and(Command::needs_object_id) {
                let origin = if facts.object_id_known { "object-id-from-token" } else { "object-id-missing" };
                text = format!("{text} {}", words::text(origin, &[]));
            }
            let command = command.map(|command| command.fill(&facts.values()));
            Fix { kind: *kind, text, command, url: url.map(str::to_owned) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_its_words() {
        for code in FindingCode::ALL {
            let message = code.message();
            let mut ids = vec![message.clone(), format!("{message}.explanation")];
            ids.extend((1..=templates(*code).len()).map(|number| format!("{message}.fix-{number}")));
            for id in ids {
                assert!(words::find(&id, &[]).is_some(), "no words for {id}");
            }
        }
    }
}

//! The words of refusals: codes, key phrases and shape are Exchange Online's, for clients look at
//! those.

use super::reply::{Reply, Server};
use super::rules::{MessageRefusal, RecipientRefusal, SignInRefusal, another_sender};
use crate::conditions::SignInService;

/// The reply to a refused AUTH.
pub(super) fn sign_in(server: &Server, refusal: SignInRefusal) -> Reply {
    let disabled = |whom| {
        format!(
            "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the \
             {whom}. Visit https://aka.ms/smtp_auth_disabled for more information."
        )
    };
    let text = match refusal {
        SignInRefusal::Unsuccessful => "5.7.3 Authentication unsuccessful".to_owned(),
        SignInRefusal::DisabledForTenant => disabled("Tenant"),
        SignInRefusal::DisabledForMailbox => disabled("Mailbox"),
        SignInRefusal::SecurityDefaults => {
            "5.7.139 Authentication unsuccessful, user is locked by your organization's security \
             defaults policy. Contact your administrator."
                .to_owned()
        }
    };
    server.tagged(535, &text)
}

/// The reply to AUTH of a service that does not come to a decision about the sign-in.
pub(super) fn sign_in_service(server: &Server, service: SignInService) -> Option<Reply> {
    Some(match service {
        SignInService::TemporarilyRefused => server.tagged(454, "4.7.0 Temporary authentication failure"),
        SignInService::BasicAuthRefused => basic_authentication(server),
        SignInService::BasicAuthRetired => {
            server.tagged(550, "5.7.30 Basic authentication is not supported for Client Submission.")
        }
        SignInService::Malformed => malformed(server),
        SignInService::Refused => server.tagged(554, "5.7.1 The sign-in is not permitted"),
        SignInService::Available
        | SignInService::MechanismUnrecognized
        | SignInService::Challenged
        | SignInService::Forgotten => return None,
    })
}

/// The reply to an XOAUTH2 response that cannot be read.
pub(super) fn malformed(server: &Server) -> Reply {
    server.tagged(501, "5.5.124 The authentication response is malformed")
}

/// The reply to AUTH with a password, right or wrong.
pub(super) fn basic_authentication(server: &Server) -> Reply {
    server.tagged(535, "5.7.139 Authentication unsuccessful, basic authentication is disabled.")
}

/// The reply to a refused RCPT.
pub(super) fn recipient(server: &Server, refusal: RecipientRefusal) -> Reply {
    match refusal {
        RecipientRefusal::NotFound => {
            server.tagged(550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup")
        }
        RecipientRefusal::TooMany => server.tagged(452, "4.5.3 Too many recipients"),
    }
}

/// The reply to a message that is refused after its data. `senders` are those of the envelope and
/// the header, `mailbox` is the one that signed in.
pub(super) fn message(server: &Server, refusal: MessageRefusal, mailbox: &str, senders: &[&str]) -> Reply {
    let (code, text) = match refusal {
        MessageRefusal::LogonFailed => (
            430,
            "4.2.0 STOREDRV; mailbox logon failure; temporary failure with exception message \
             [BeginDiagnosticData]Cannot open mailbox. MapiExceptionLogonFailed: Unable to open \
             message store. (hr=0x80040111, ec=1010)[EndDiagnosticData]"
                .to_owned(),
        ),
        MessageRefusal::TooManyConnections => (
            432,
            "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded; concurrent connections \
             limit exceeded"
                .to_owned(),
        ),
        MessageRefusal::SendAsDenied => {
            let sender = another_sender(mailbox, senders).unwrap_or(mailbox);
            let text = format!(
                "5.2.252 SendAsDenied; {mailbox} not allowed to send as {sender}; \
                 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; \
                 permanent exception with message [BeginDiagnosticData]Cannot submit message.\
                 [EndDiagnosticData]"
            );
            (554, text)
        }
        MessageRefusal::MailboxLimit => (
            550,
            "5.1.90 Your message can't be sent because you've reached your daily limit for \
             message recipients; SubmissionQuotaExceeded"
                .to_owned(),
        ),
        MessageRefusal::TenantLimit => (
            550,
            "5.7.233 Your message can't be sent because your tenant exceeded its daily limit for \
             recipients"
                .to_owned(),
        ),
        MessageRefusal::MailboxFull => (
            554,
            "5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.\
             MapiExceptionShutoffQuotaExceeded"
                .to_owned(),
        ),
        MessageRefusal::SenderBlocked => (550, "5.1.8 Access denied, bad outbound sender".to_owned()),
        MessageRefusal::ServerBusy => (451, "4.7.500 Server busy. Please try again later.".to_owned()),
        MessageRefusal::Unlisted => (
            554,
            "5.6.0 Corrupt message content; STOREDRV.Submission.Exception:ConversionFailedException; \
             permanent exception with message [BeginDiagnosticData]Cannot convert message.[EndDiagnosticData]"
                .to_owned(),
        ),
    };
    server.tagged(code, &format!("{text} [Hostname={}]", server.mailbox_server()))
}

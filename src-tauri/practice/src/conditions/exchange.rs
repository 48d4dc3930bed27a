//! Parts 3 to 5: what Exchange Online holds.

use serde::Serialize;

use super::{Condition, condition};

condition! {
    /// The service principal in Exchange Online, made with `New-ServicePrincipal`.
    ServicePrincipal {
        /// With the enterprise application's Object ID.
        Registered = "registered", "Registered";
        /// With the app registration's Object ID.
        WrongObjectId = "wrong_object_id", "With the wrong Object ID";
        /// None.
        Missing = "missing", "Not registered";
    }
}

condition! {
    /// How far the last change has travelled through Exchange Online.
    Propagation {
        /// Everything is in effect.
        Complete = "complete", "Complete";
        /// Access to the mailbox is not in effect yet: FullAccess, or the role assignment where
        /// there is no FullAccess to wait for.
        MailboxAccessPending = "mailbox_access_pending", "Mailbox access pending";
        /// The service principal is not known everywhere yet.
        ServicePrincipalPending = "service_principal_pending", "Service principal pending";
    }
}

condition! {
    /// The role assignment *Application SMTP.SendAsApp* of RBAC for Applications, the second path
    /// to a mailbox. A healthy tenant on the classic path has none.
    RoleAssignment {
        /// None: the classic path alone.
        Absent = "absent", "None";
        /// Its scope contains the mailbox: neither API permission nor mailbox permissions are
        /// needed.
        IncludesMailbox = "includes_mailbox", "Scope includes the mailbox";
        /// Its scope does not contain the mailbox.
        ExcludesMailbox = "excludes_mailbox", "Scope excludes the mailbox";
    }
}

condition! {
    /// Whether the address that sends has a mailbox of its own.
    SenderMailbox {
        /// It has.
        Exists = "exists", "Exists";
        /// It is no mailbox: removed, or the address of a group or a contact.
        Missing = "missing", "No such mailbox";
    }
}

condition! {
    /// What Exchange Online makes of recipients.
    Recipients {
        /// It accepts them.
        Accepted = "accepted", "Accepted";
        /// It knows none of them: 550 5.1.10.
        Rejected = "rejected", "Refused";
        /// The message's recipients are used up: 452 4.5.3.
        TooMany = "too_many", "Too many";
    }
}

condition! {
    /// What Exchange Online makes of a message of this mailbox.
    Sending {
        /// It accepts it.
        Accepted = "accepted", "Accepted";
        /// The mailbox's recipients for the day are used up: 550 5.1.90.
        MailboxLimitReached = "mailbox_limit_reached", "Mailbox limit reached";
        /// The tenant's recipients for the day are used up: 550 5.7.233.
        TenantLimitReached = "tenant_limit_reached", "Tenant limit reached";
        /// Sent copies fill the mailbox: 554 5.2.2.
        MailboxFull = "mailbox_full", "Mailbox full";
        /// The sender is blocked: 550 5.1.8.
        SenderBlocked = "sender_blocked", "Sender blocked";
        /// Too many connections at once: 432 4.3.2.
        TooManyConnections = "too_many_connections", "Too many connections";
        /// The mailbox's size limit lets no message through: 552 5.3.4.
        MessageTooLarge = "message_too_large", "Message too large";
        /// The server is busy: 451 4.7.500.
        TemporaryFailure = "temporary_failure", "Refused for the moment";
        /// Refused for good, for a reason that concerns none of the above: 554 5.6.0.
        Refused = "refused", "Refused for another reason";
    }
}

condition! {
    /// SMTP AUTH for the organization (`Set-TransportConfig -SmtpClientAuthenticationDisabled`).
    OrganizationSmtpAuth {
        /// On.
        On = "on", "On";
        /// Off, unless a mailbox says otherwise.
        Off = "off", "Off";
    }
}

condition! {
    /// SMTP AUTH for the mailbox (`Set-CASMailbox -SmtpClientAuthenticationDisabled`).
    MailboxSmtpAuth {
        /// Blank: the organization's setting holds.
        Inherit = "inherit", "As the organization";
        /// `$false`: on, whatever the organization says.
        On = "on", "On";
        /// `$true`: off, whatever the organization says.
        Off = "off", "Off";
    }
}

condition! {
    /// Entra's security defaults.
    SecurityDefaults {
        /// Off.
        Off = "off", "Off";
        /// On, and in the way of SMTP AUTH.
        On = "on", "On";
    }
}

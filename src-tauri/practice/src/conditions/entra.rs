//! Parts 1 and 2: what Microsoft Entra ID holds.

use serde::Serialize;

use super::{Condition, condition};

condition! {
    /// Whether this login host knows the tenant.
    Directory {
        /// Under its GUID and its domain.
        Known = "known", "Known";
        /// AADSTS90002 for every name.
        NotFound = "not_found", "Not found";
        /// The tenant lives in another national cloud: AADSTS900382.
        OtherCloud = "other_cloud", "In another national cloud";
    }
}

condition! {
    /// The application registration.
    Application {
        /// Registered, enabled, with its enterprise application.
        Registered = "registered", "Registered";
        /// Not in this tenant: AADSTS700016.
        NotFound = "not_found", "Not registered";
        /// Disabled: AADSTS7000112.
        Disabled = "disabled", "Disabled";
        /// Registered, without an enterprise application: AADSTS7000229.
        WithoutServicePrincipal = "without_service_principal", "Without enterprise application";
    }
}

condition! {
    /// The client secret that Incorta was given.
    ClientSecret {
        /// It is the application's secret.
        Valid = "valid", "Valid";
        /// The application has another secret: AADSTS7000215.
        Replaced = "replaced", "Wrong";
        /// AADSTS7000222.
        Expired = "expired", "Expired";
    }
}

condition! {
    /// Conditional Access for workload identities.
    ConditionalAccess {
        /// No policy concerns the application.
        Allows = "allows", "Allows the application";
        /// AADSTS53003.
        Blocks = "blocks", "Blocks the application";
    }
}

condition! {
    /// The form of the access tokens. They are opaque by contract; a client must live with both.
    TokenFormat {
        /// A JSON Web Token, as Exchange Online's tokens are today.
        Jwt = "jwt", "JSON Web Token";
        /// Nothing that can be decoded.
        Opaque = "opaque", "Opaque";
    }
}

condition! {
    /// What an access token tells. A gateway between, that keeps tokens and hands them out again,
    /// can hand out one that was issued for something else.
    TokenContent {
        /// The application's own token, for what was asked for.
        Own = "own", "The application's own";
        /// `tid` is another tenant's.
        OtherTenant = "other_tenant", "Of another tenant";
        /// `appid` is another application's.
        OtherApplication = "other_application", "Of another application";
        /// `aud` is Microsoft Graph.
        OtherResource = "other_resource", "For Microsoft Graph";
        /// A user's: `scp` and `upn`, and no `roles`.
        Delegated = "delegated", "Of a signed-in user";
    }
}

condition! {
    /// The application permission that was consented to.
    Permission {
        /// `SMTP.SendAsApp` of Office 365 Exchange Online.
        SmtpSendAsApp = "smtp_send_as_app", "SMTP.SendAsApp";
        /// None: the token comes without `roles`.
        NotConsented = "not_consented", "Not consented";
        /// `Mail.Send` in its place.
        MailSend = "mail_send", "Mail.Send instead";
    }
}

condition! {
    /// Office 365 Exchange Online as a resource in the tenant.
    ExchangeResource {
        /// Present and enabled.
        Enabled = "enabled", "Enabled";
        /// Its service principal is disabled: AADSTS500014.
        Disabled = "disabled", "Disabled";
        /// The tenant has none: AADSTS500011.
        NotFound = "not_found", "Not in this tenant";
        /// It demands an assignment that the application lacks: AADSTS501051.
        AssignmentRequired = "assignment_required", "Application not assigned";
    }
}

//! Part 0: the network, this computer, and how well Microsoft's services are.

use serde::Serialize;

use super::{Condition, condition};

condition! {
    /// What the network does on the way to the login host.
    LoginNetwork {
        /// Nothing is in the way.
        Open = "open", "Open";
        /// The host's name leads nowhere.
        NameUnknown = "name_unknown", "Name unknown";
        /// Connections are refused.
        Unreachable = "unreachable", "Connections refused";
        /// Attempts to connect are dropped without an answer.
        PortBlocked = "port_blocked", "Port blocked";
        /// What answers the TLS handshake is not TLS.
        TlsHandshakeFails = "tls_handshake_fails", "TLS handshake fails";
        /// A portal answers with a web page of its own and status 200.
        HtmlPage = "html_page", "A portal's web page answers";
        /// A portal redirects every request to its sign-in page.
        Redirect = "redirect", "A portal redirects";
        /// A proxy asks for a sign-in of its own: HTTP 407.
        ProxyRefuses = "proxy_refuses", "The proxy refuses";
        /// The front end answers 503 with a web page.
        ServiceUnavailable = "service_unavailable", "HTTP 503";
        /// A proxy takes the client secret out of the form.
        StripsSecret = "strips_secret", "A proxy removes the secret";
        /// A proxy rewrites the form as if it were HTML.
        ManglesForm = "mangles_form", "A proxy garbles the request";
        /// A gateway signs in a user of its own in the application's place.
        AsksForUser = "asks_for_user", "A gateway signs in a user";
    }
}

condition! {
    /// How well Microsoft Entra ID itself is.
    LoginService {
        /// It answers.
        Available = "available", "Available";
        /// HTTP 429 in plain text, with `Retry-After`.
        Throttled = "throttled", "Throttled";
        /// AADSTS90033.
        Unavailable = "unavailable", "Temporarily unavailable";
        /// It fails to issue a token: AADSTS50000, which calls for a support case.
        IssuanceFails = "issuance_fails", "Fails to issue tokens";
    }
}

condition! {
    /// The tenant's clock as seen from this computer.
    TenantClock {
        /// Both agree.
        Right = "right", "Right";
        /// The tenant is two hours ahead: this computer's clock is slow.
        Ahead = "ahead", "Two hours ahead";
        /// The tenant is two hours behind: this computer's clock is fast.
        Behind = "behind", "Two hours behind";
    }
}

condition! {
    /// What the network does on the way to the SMTP server.
    SmtpNetwork {
        /// Nothing is in the way.
        Open = "open", "Open";
        /// The host's name leads nowhere.
        NameUnknown = "name_unknown", "Name unknown";
        /// Connections are refused.
        ConnectionRefused = "connection_refused", "Connections refused";
        /// Attempts to connect are dropped without an answer.
        PortBlocked = "port_blocked", "Port blocked";
        /// Accepts, and never greets.
        Silent = "silent", "Never greets";
        /// Something that is not SMTP answers.
        NotSmtp = "not_smtp", "Not an SMTP server";
        /// A middlebox refuses EHLO.
        EhloRejected = "ehlo_rejected", "EHLO refused";
        /// A middlebox takes STARTTLS away.
        StartTlsNotOffered = "starttls_not_offered", "STARTTLS not offered";
        /// A middlebox writes X over STARTTLS, in the server's features and in the command.
        StartTlsMasked = "starttls_masked", "STARTTLS masked";
        /// Plaintext is added to the reply to STARTTLS.
        StartTlsInjected = "starttls_injected", "Plaintext after STARTTLS";
        /// What follows STARTTLS is not TLS.
        TlsHandshakeFails = "tls_handshake_fails", "TLS handshake fails";
        /// Closed after the greeting.
        DropsAfterGreeting = "drops_after_greeting", "Drops after the greeting";
        /// Closed at STARTTLS.
        DropsAtStartTls = "drops_at_starttls", "Drops at STARTTLS";
        /// Closed at AUTH.
        DropsAtAuth = "drops_at_auth", "Drops at AUTH";
        /// No answer to AUTH.
        SilentAtAuth = "silent_at_auth", "Silent at AUTH";
        /// Closed after a message's data: the reply to it is lost.
        DropsAfterData = "drops_after_data", "Drops after the message";
    }
}

condition! {
    /// How well the SMTP server is, and how it is set up.
    SmtpService {
        /// It answers as Exchange Online does.
        Available = "available", "Available";
        /// The greeting is 421 4.3.2.
        Busy = "busy", "Busy";
        /// It speaks TLS from the first octet, as servers do on port 465.
        TlsAtOnce = "tls_at_once", "TLS at once";
        /// STARTTLS is answered 454.
        StartTlsRejected = "starttls_rejected", "STARTTLS refused";
        /// The TLS version is called too old: 421 4.7.66.
        TlsTooOld = "tls_too_old", "TLS called too old";
        /// AUTH is offered without XOAUTH2.
        XOAuth2NotOffered = "xoauth2_not_offered", "XOAUTH2 not offered";
    }
}

condition! {
    /// What stands before Exchange Online's own decision about a sign-in.
    SignInService {
        /// Nothing: the tenant's state decides.
        Available = "available", "Available";
        /// 454 4.7.0.
        TemporarilyRefused = "temporarily_refused", "Refused for the moment";
        /// 535 5.7.139, as for a password.
        BasicAuthRefused = "basic_auth_refused", "Taken for a password";
        /// 550 5.7.30, as for a password once those are gone for good.
        BasicAuthRetired = "basic_auth_retired", "Taken for a password, for good";
        /// 504 5.7.4, though XOAUTH2 is offered.
        MechanismUnrecognized = "mechanism_unrecognized", "XOAUTH2 unrecognized";
        /// 501 5.5.124, whatever the response is.
        Malformed = "malformed", "Response called malformed";
        /// Refused for a reason that concerns none of the above: 554 5.7.1.
        Refused = "refused", "Refused for another reason";
        /// Refused as by servers of other makes: a 334 challenge in JSON, then 535 5.7.8.
        Challenged = "challenged", "Refused after a challenge";
        /// Accepted, and not known any more at MAIL: 530 5.7.57.
        Forgotten = "forgotten", "Accepted and forgotten";
    }
}

condition! {
    /// The certificate that a server shows, or that is shown in its place.
    ServerCertificate {
        /// For the server's name, from the practice authority.
        Trusted = "trusted", "Trusted";
        /// Ended two days ago.
        Expired = "expired", "Expired";
        /// For another name.
        OtherName = "other_name", "For another name";
        /// From a company's own authority: a middlebox ends TLS and looks inside.
        Intercepted = "intercepted", "From a company's TLS inspection";
        /// From what looks like a public authority, whose root is not trusted here.
        UnknownAuthority = "unknown_authority", "From an unknown authority";
    }
}

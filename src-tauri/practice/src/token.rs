//! Access tokens as Exchange Online receives them, and the server's memory of the ones it issued.
//!
//! A token is a JSON Web Token in shape; its signature is random. It needs no key, for nobody
//! verifies it: the SMTP server knows its own tokens, and clients must treat them as opaque.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use crate::clock;
use crate::conditions::{Permission, TenantClock, TokenContent, TokenFormat};
use crate::random;
use crate::state::TenantState;

/// Entra varies the life between 60 and 90 minutes and says one second less.
pub(crate) const LIFE: Duration = Duration::from_secs(3599);

/// Oldest tokens make way, so that a client in a loop cannot fill the memory.
const CAPACITY: usize = 1000;

/// The other tenant, the other application and the user that a token can be of.
const OTHER_TENANT_ID: &str = "5a1e93c7-0f4d-4d86-b1c2-7e8d90a4f36b";
const OTHER_CLIENT_ID: &str = "d4c7b0a9-6e25-4f18-93ab-2c5e8f7d1046";
const OTHER_OBJECT_ID: &str = "91f0c3e5-7d4a-4be2-8a60-f5d2b7c9e318";
const USER: &str = "ana@contoso.com";
const USER_OBJECT_ID: &str = "2b86d1f4-c093-4a7e-9d5b-08e3f6a1c472";

/// The application permission of the classic path.
pub(crate) const SMTP_SEND_AS_APP: &str = "SMTP.SendAsApp";

/// What was granted with a token. Fixed at issue: a token fetched before consent keeps lacking the
/// role.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Grant {
    /// `aud`.
    pub(crate) audience: String,
    /// Whether `aud` is Exchange Online's: no other token signs in.
    pub(crate) for_exchange: bool,
    /// `roles`; empty means that the claim is absent.
    pub(crate) roles: Vec<String>,
    /// Whose it is.
    content: TokenContent,
}

impl Grant {
    /// What a token for `audience` grants in this state. Only Exchange Online's permissions are
    /// known here.
    pub(crate) fn new(state: &TenantState, audience: &str, for_exchange: bool) -> Self {
        let role = match state.permission {
            _ if state.token_content == TokenContent::Delegated => None,
            Permission::SmtpSendAsApp if for_exchange => Some(SMTP_SEND_AS_APP),
            Permission::MailSend => Some("Mail.Send"),
            _ => None,
        };
        Self {
            audience: audience.to_owned(),
            for_exchange,
            roles: role.into_iter().map(str::to_owned).collect(),
            content: state.token_content,
        }
    }

    /// Whether Exchange Online takes it for the application's own token.
    pub(crate) fn speaks_for_the_application(&self) -> bool {
        self.for_exchange && self.content == TokenContent::Own
    }

    pub(crate) fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|granted| granted == role)
    }
}

/// The seconds since the Unix epoch by the tenant's clock.
fn tenant_time(clock: TenantClock) -> i64 {
    let here = clock::now().as_second();
    match clock {
        TenantClock::Right => here,
        TenantClock::Ahead => here + 2 * 3600,
        TenantClock::Behind => here - 2 * 3600,
    }
}

/// The token's text.
fn write(state: &TenantState, grant: &Grant) -> String {
    if state.token_format == TokenFormat::Opaque {
        return random::text(1100);
    }
    let header = json!({
        "typ": "JWT",
        "nonce": random::text(32),
        "alg": "RS256",
        "x5t": random::text(20),
        "kid": random::text(20),
    });
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(&header), part(&claims(state, grant)), random::text(256))
}

fn claims(state: &TenantState, grant: &Grant) -> serde_json::Value {
    let identities = &state.identities;
    let tenant_id = match grant.content {
        TokenContent::OtherTenant => OTHER_TENANT_ID,
        _ => &identities.tenant_id,
    };
    let (client_id, application) = match grant.content {
        TokenContent::OtherApplication => (OTHER_CLIENT_ID, "Contoso Portal"),
        _ => (identities.client_id.as_str(), "Incorta SMTP"),
    };
    // An application has another service principal in every tenant.
    let object_id = match grant.content {
        TokenContent::OtherTenant | TokenContent::OtherApplication => OTHER_OBJECT_ID,
        TokenContent::Delegated => USER_OBJECT_ID,
        TokenContent::Own | TokenContent::OtherResource => &identities.object_id,
    };
    let now = tenant_time(state.tenant_clock);
    let mut claims = json!({
        "aud": grant.audience,
        "iss": format!("https://sts.windows.net/{tenant_id}/"),
        "iat": now - 300,
        "nbf": now - 300,
        "exp": now + LIFE.as_secs() as i64,
        "aio": random::text(36),
        "app_displayname": application,
        "appid": client_id,
        "appidacr": "1",
        "idp": format!("https://sts.windows.net/{tenant_id}/"),
        "idtyp": "app",
        "oid": object_id,
        "rh": random::text(40),
        "sid": uuid::Uuid::new_v4().to_string(),
        "sub": object_id,
        "tenant_region_scope": "NA",
        "tid": tenant_id,
        "uti": random::text(16),
        "ver": "1.0",
    });
    if !grant.roles.is_empty() {
        claims["roles"] = json!(grant.roles);
    }
    if grant.content == TokenContent::Delegated {
        claims["idtyp"] = json!("user");
        claims["scp"] = json!("SMTP.Send");
        claims["upn"] = json!(USER);
    }
    claims
}

/// The tokens that were issued and still live.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<String, (Grant, Instant)>>);

impl Tokens {
    /// Issues a token and remembers it.
    pub(crate) fn issue(&self, state: &TenantState, grant: Grant) -> String {
        let token = write(state, &grant);
        let now = Instant::now();
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        issued.retain(|_, (_, expires)| *expires > now);
        if issued.len() >= CAPACITY
            && let Some(oldest) = issued.iter().min_by_key(|(_, (_, expires))| *expires).map(|(token, _)| token.clone())
        {
            issued.remove(&oldest);
        }
        issued.insert(token.clone(), (grant, now + LIFE));
        token
    }

    /// What this token grants: none when it was not issued here or has expired.
    pub(crate) fn find(&self, token: &str) -> Option<Grant> {
        let issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        issued.get(token).filter(|(_, expires)| *expires > Instant::now()).map(|(grant, _)| grant.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(token: &str) -> serde_json::Value {
        let payload = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    }

    fn issue(state: &TenantState) -> String {
        Tokens::default().issue(state, Grant::new(state, "https://outlook.office365.com", true))
    }

    #[test]
    fn the_claims_are_the_tenant_s() {
        let state = TenantState::healthy();
        let claims = read(&issue(&state));
        assert_eq!(claims["aud"], "https://outlook.office365.com");
        assert_eq!(claims["tid"], state.identities.tenant_id);
        assert_eq!(claims["appid"], state.identities.client_id);
        assert_eq!(claims["oid"], state.identities.object_id);
        assert_eq!(claims["roles"], json!(["SMTP.SendAsApp"]));
    }

    #[test]
    fn without_consent_there_is_no_roles_claim() {
        let state = TenantState::named("permission_not_consented").unwrap();
        assert_eq!(read(&issue(&state)).get("roles"), None);
    }

    #[test]
    fn a_wrong_clock_makes_tokens_that_are_not_valid_yet_or_not_any_more() {
        let time = |name: &str, claim: &str| {
            read(&issue(&TenantState::named(name).unwrap()))[claim].as_i64().unwrap() - clock::now().as_second()
        };
        assert!(time("clock_skew", "nbf") > 3600);
        assert!(time("clock_skew_fast", "exp") < -3600 + 60);
        assert!(time("healthy", "nbf") < 0 && time("healthy", "exp") > 3600 - 60);
    }

    #[test]
    fn a_token_of_something_else_tells_so_and_does_not_speak_for_the_application() {
        let healthy = read(&issue(&TenantState::healthy()));
        for (name, differing) in [
            ("token_wrong_tenant", vec!["idp", "iss", "oid", "sub", "tid"]),
            ("token_wrong_application", vec!["app_displayname", "appid", "oid", "sub"]),
            ("token_is_delegated", vec!["idtyp", "oid", "roles", "scp", "sub", "upn"]),
        ] {
            let state = TenantState::named(name).unwrap();
            let other = read(&issue(&state));
            let mut seen: Vec<&str> = healthy.as_object().unwrap().keys().map(String::as_str).collect();
            seen.extend(other.as_object().unwrap().keys().map(String::as_str));
            // Times and what is random in every token tell nothing.
            seen.retain(|claim| !["aio", "exp", "iat", "nbf", "rh", "sid", "uti"].contains(claim));
            seen.retain(|claim| healthy.get(claim) != other.get(claim));
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen, differing, "{name}");
            assert!(!Grant::new(&state, "https://outlook.office365.com", true).speaks_for_the_application(), "{name}");
        }
        let grant = Grant::new(&TenantState::healthy(), "https://outlook.office365.com", true);
        assert!(grant.speaks_for_the_application());
    }

    #[test]
    fn only_issued_tokens_are_found_and_no_two_are_alike() {
        let state = TenantState::healthy();
        let tokens = Tokens::default();
        let grant = Grant::new(&state, "https://outlook.office365.com", true);
        let token = tokens.issue(&state, grant.clone());
        assert_eq!(tokens.find(&token), Some(grant.clone()));
        assert_eq!(tokens.find(&format!("{token}x")), None);
        assert_ne!(tokens.issue(&state, grant), token);
    }
}

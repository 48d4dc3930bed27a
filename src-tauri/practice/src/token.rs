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
use crate::conditions::{Permission, TenantClock, TokenFormat};
use crate::random;
use crate::state::TenantState;

/// Entra varies the life between 60 and 90 minutes and says one second less.
pub(crate) const LIFE: Duration = Duration::from_secs(3599);

/// Oldest tokens make way, so that a client in a loop cannot fill the memory.
const CAPACITY: usize = 1000;

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
}

impl Grant {
    /// What a token for `audience` grants in this state. Only Exchange Online's permissions are
    /// known here.
    pub(crate) fn new(state: &TenantState, audience: &str, for_exchange: bool) -> Self {
        let role = match state.permission {
            Permission::SmtpSendAsApp if for_exchange => Some(SMTP_SEND_AS_APP),
            Permission::MailSend => Some("Mail.Send"),
            _ => None,
        };
        Self { audience: audience.to_owned(), for_exchange, roles: role.into_iter().map(str::to_owned).collect() }
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
    let identities = &state.identities;
    let now = tenant_time(state.tenant_clock);
    let header = json!({
        "typ": "JWT",
        "nonce": random::text(32),
        "alg": "RS256",
        "x5t": random::text(20),
        "kid": random::text(20),
    });
    let mut claims = json!({
        "aud": grant.audience,
        "iss": format!("https://sts.windows.net/{}/", identities.tenant_id),
        "iat": now - 300,
        "nbf": now - 300,
        "exp": now + LIFE.as_secs() as i64,
        "aio": random::text(36),
        "app_displayname": "Incorta SMTP",
        "appid": identities.client_id,
        "appidacr": "1",
        "idp": format!("https://sts.windows.net/{}/", identities.tenant_id),
        "idtyp": "app",
        "oid": identities.object_id,
        "rh": random::text(40),
        "sid": uuid::Uuid::new_v4().to_string(),
        "sub": identities.object_id,
        "tenant_region_scope": "NA",
        "tid": identities.tenant_id,
        "uti": random::text(16),
        "ver": "1.0",
    });
    if !grant.roles.is_empty() {
        claims["roles"] = json!(grant.roles);
    }
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(&header), part(&claims), random::text(256))
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

    fn claims(token: &str) -> serde_json::Value {
        let payload = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    }

    fn issue(state: &TenantState) -> String {
        Tokens::default().issue(state, Grant::new(state, "https://outlook.office365.com", true))
    }

    #[test]
    fn the_claims_are_the_tenant_s() {
        let state = TenantState::healthy();
        let claims = claims(&issue(&state));
        assert_eq!(claims["aud"], "https://outlook.office365.com");
        assert_eq!(claims["tid"], state.identities.tenant_id);
        assert_eq!(claims["appid"], state.identities.client_id);
        assert_eq!(claims["oid"], state.identities.object_id);
        assert_eq!(claims["roles"], json!(["SMTP.SendAsApp"]));
    }

    #[test]
    fn without_consent_there_is_no_roles_claim() {
        let state = TenantState::named("permission_not_consented").unwrap();
        assert_eq!(claims(&issue(&state)).get("roles"), None);
    }

    #[test]
    fn a_clock_ahead_makes_tokens_that_are_not_valid_yet() {
        let state = TenantState::named("clock_skew").unwrap();
        assert!(claims(&issue(&state))["nbf"].as_i64().unwrap() > clock::now().as_second() + 3600);
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

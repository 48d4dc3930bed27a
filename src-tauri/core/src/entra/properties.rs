//! What holds of answers and tokens, whatever a login host sends.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{Claims, TenantDiscovery, TokenEvidence, discovery, judge, token};
use crate::fuzzing::SECRET;
use crate::redact::Redactor;
use crate::redact::properties::{assert_all_safe, assert_all_show};
use crate::settings::{AccessPath, Context, EmailSettings, Field, parse};

/// A first byte chooses the status, the rest is the body: evidence holds neither
/// secret nor token, and what is taken for a token fits an SMTP line.
pub fn token_answer(input: &[u8]) {
    let (status, body) = answer(input);
    let redactor = Redactor::default();
    redactor.add(&SecretString::from(SECRET));
    let mut evidence = TokenEvidence { status: Some(status), ..TokenEvidence::default() };
    let token = token::read(body, &redactor, &mut evidence);
    assert_all_safe(&evidence, SECRET);
    match token {
        Some(answer) => {
            let token = answer.token.expose_secret();
            assert!((200..300).contains(&status) && !token.is_empty());
            assert!(token.bytes().all(|byte| byte.is_ascii_graphic()), "{token:?}");
            assert!(evidence.failure.is_none() && evidence.unexpected.is_none());
            assert_all_show(&answer.claims);
        }
        None => {
            assert!(evidence.failure.is_some() != evidence.unexpected.is_some());
            // A token that cannot be used is not shown, either.
            let json: Option<Value> = serde_json::from_slice(body).ok();
            let token = json.as_ref().and_then(|json| json.get("access_token")?.as_str());
            if let (Some(token), Some(shown)) = (token.filter(|token| token.len() >= 16), &evidence.unexpected) {
                assert!(!shown.contains(token), "{shown:?}");
            }
        }
    }
}

/// A token's payload: its claims show, and are the same when they are encoded and
/// decoded again; every verdict has words.
pub fn claims(input: &[u8]) {
    // As it is, which is seldom a token, and as the payload of one.
    let _ = Claims::decode(&String::from_utf8_lossy(input));
    let Some(claims) = Claims::decode(&encoded(input)) else { return };
    assert_all_show(&claims);
    assert_eq!(Claims::decode(&encoded(written(&claims).to_string().as_bytes())).as_ref(), Some(&claims));
    let settings = parse(&crate::fuzzing::settings(), &Context::default()).settings.expect("they are in order");
    for verdict in judge(&claims, &settings, AccessPath::Classic, 0) {
        assert!(!verdict.text.starts_with("claim-"), "{verdict:?}");
        assert_all_show(&verdict);
    }
}

/// A first byte chooses the status, the rest is an OpenID configuration: a tenant
/// that is found fills the form with an endpoint that is in order.
pub fn discovery(input: &[u8]) {
    let (status, body) = answer(input);
    let Some(found) = discovery::read("contoso.com", (200..300).contains(&status), body) else { return };
    assert_all_show(&found);
    if let TenantDiscovery::Found { token_endpoint, .. } = &found {
        let settings =
            EmailSettings { smtp_oauth_token_endpoint: token_endpoint.clone(), ..crate::fuzzing::settings() };
        let issues = parse(&settings, &Context { discovered_tenant: found.tenant() }).issues;
        assert!(issues.iter().all(|issue| issue.field != Field::SmtpOauthTokenEndpoint), "{issues:?}");
    }
}

fn answer(input: &[u8]) -> (u16, &[u8]) {
    const STATUSES: [u16; 6] = [200, 400, 401, 429, 503, 302];
    let (first, body) = input.split_first().unwrap_or((&0, &[]));
    (STATUSES[usize::from(*first) % STATUSES.len()], body)
}

/// An unsigned token.
fn encoded(payload: &[u8]) -> String {
    format!("e30.{}.x", URL_SAFE_NO_PAD.encode(payload))
}

/// The payload that these claims stood in.
fn written(claims: &Claims) -> Value {
    json!({
        "aud": claims.audience,
        "tid": claims.tenant_id,
        "appid": claims.client_id,
        "oid": claims.object_id,
        "roles": claims.roles,
        "scp": claims.delegated_scopes,
        "upn": claims.user,
        "iss": claims.issuer,
        "ver": claims.version,
        "nbf": claims.not_before,
        "exp": claims.expires,
    })
}

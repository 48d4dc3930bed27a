//! One token request and everything that came back.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{Claims, LoginHost};
use crate::net::https::{body, client, fault_of};
use crate::net::{CertificateSeen, Fault, Network, TlsObserver};
use crate::redact::{Redactor, excerpt, printable};

/// How much of an unexpected answer is kept, in characters.
const EXCERPT_LIMIT: usize = 600;
/// How much of each text of a refusal, in characters: Microsoft's have some hundreds.
const TEXT_LIMIT: usize = 2000;
/// How many of its codes: Microsoft gives one.
const CODES_LIMIT: usize = 16;
/// No AADSTS number has more than ten digits.
const CODE_LIMIT: u64 = 9_999_999_999;
/// The longest time that is believed, in seconds: a week. A token lives for a day at the most.
const TIME_LIMIT_S: u64 = 7 * 24 * 60 * 60;
/// The longest token that can be used, in bytes: no line of a sign-in is longer (RFC 4954, section 4).
const TOKEN_LIMIT: usize = 12_288;

/// What to ask for.
#[derive(Debug)]
pub struct TokenRequest<'a> {
    /// The origin of the token endpoint.
    pub login_host: &'a LoginHost,
    /// Its path: `<tenant>/oauth2/v2.0/token`.
    pub token_endpoint: &'a str,
    /// Application (client) ID.
    pub client_id: &'a str,
    /// The client secret's Value.
    pub client_secret: &'a SecretString,
    /// The scope, or the resource for the v1 endpoint.
    pub scope: &'a str,
    /// Time for the whole request.
    pub limit: Duration,
}

impl TokenRequest<'_> {
    /// The address that is asked.
    pub fn url(&self) -> String {
        self.login_host.address(self.token_endpoint).to_string()
    }
}

/// What was seen of a token request. Never the token, never the secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenEvidence {
    /// The address asked.
    pub url: String,
    /// HTTP status of the answer.
    pub status: Option<u16>,
    /// `Content-Type` of the answer.
    pub content_type: Option<String>,
    /// `Retry-After`, in seconds.
    pub retry_after_s: Option<u64>,
    /// The certificate chain seen.
    pub certificates: Vec<CertificateSeen>,
    /// Why there was no answer.
    pub fault: Option<Fault>,
    /// The endpoint's refusal.
    pub failure: Option<TokenFailure>,
    /// The beginning of an answer that is neither token nor refusal.
    pub unexpected: Option<String>,
    /// Life of the token, in seconds.
    pub expires_in_s: Option<u64>,
    /// The secret had the shape of a GUID.
    pub secret_looks_like_id: bool,
}

/// An error answer of the token endpoint (RFC 6749, section 5.2, with Entra's additions).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenFailure {
    /// `error`.
    pub error: String,
    /// AADSTS numbers, from `error_codes` or else from the text.
    pub codes: Vec<u64>,
    /// `error_description`, its lines joined.
    pub description: String,
    /// `trace_id`: Microsoft's support asks for it.
    pub trace_id: Option<String>,
    /// `correlation_id`: likewise.
    pub correlation_id: Option<String>,
    /// `timestamp`: when, by the endpoint's clock.
    pub timestamp: Option<String>,
}

/// A token and what it says.
#[derive(Debug)]
pub struct TokenAnswer {
    /// The access token.
    pub token: SecretString,
    /// Its claims; `None` when it is opaque.
    pub claims: Option<Claims>,
}

/// Asks for a token. `redactor` learns it before anything else sees the answer.
/// `None` when there is none: `evidence` says why.
pub(super) async fn request_token(
    network: &Network,
    request: &TokenRequest<'_>,
    redactor: &Redactor,
    evidence: &mut TokenEvidence,
) -> Option<TokenAnswer> {
    let observer = Arc::new(TlsObserver::default());
    let sent = send(network, request, &observer, redactor, evidence).await;
    evidence.certificates = observer.chain();
    match sent {
        Ok(body) => read(&body, redactor, evidence),
        Err(fault) => {
            evidence.fault = Some(fault);
            None
        }
    }
}

async fn send(
    network: &Network,
    request: &TokenRequest<'_>,
    observer: &Arc<TlsObserver>,
    redactor: &Redactor,
    evidence: &mut TokenEvidence,
) -> Result<Vec<u8>, Fault> {
    // The v1 endpoint knows no scope, only a resource.
    let asks = match request.token_endpoint.contains("/v2.0/") {
        true => ("scope", request.scope),
        false => ("resource", request.scope.trim_end_matches("/.default")),
    };
    let form = [
        ("client_id", request.client_id),
        ("client_secret", request.client_secret.expose_secret()),
        asks,
        ("grant_type", "client_credentials"),
    ];
    let address = request.login_host.address(request.token_endpoint);
    let (client, address) = client(network, address, request.limit, observer)?;
    let response = client.post(address).form(&form).send().await.map_err(|error| fault_of(&error, observer))?;
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    evidence.status = Some(response.status().as_u16());
    evidence.content_type = header("content-type").map(|text| clean(redactor, &text, EXCERPT_LIMIT));
    let retry_after = header("retry-after").and_then(|text| text.trim().parse().ok());
    evidence.retry_after_s = retry_after.filter(|seconds| *seconds <= TIME_LIMIT_S);
    body(response).await.map_err(|error| fault_of(&error, observer))
}

pub(super) fn read(body: &[u8], redactor: &Redactor, evidence: &mut TokenEvidence) -> Option<TokenAnswer> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let text = |name: &str| json.as_ref()?.get(name)?.as_str();
    let succeeded = evidence.status.is_some_and(|status| (200..300).contains(&status));

    // RFC 6750, section 2.1: a token is visible ASCII; anything else could break the SMTP line.
    let usable =
        |token: &&str| (1..=TOKEN_LIMIT).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
    if let Some(token) = text("access_token").filter(|_| succeeded).filter(usable) {
        let answer = TokenAnswer { token: SecretString::from(token.to_owned()), claims: Claims::decode(token) };
        redactor.add(&answer.token);
        evidence.expires_in_s = json.as_ref().and_then(|json| json.get("expires_in")).and_then(seconds);
        return Some(answer);
    }
    if let Some(error) = text("error") {
        let description = text("error_description").unwrap_or_default();
        let listed = json.as_ref().and_then(|json| json.get("error_codes")).and_then(Value::as_array);
        let mut codes: Vec<u64> =
            listed.map(|codes| codes.iter().filter_map(Value::as_u64).collect()).unwrap_or_default();
        if codes.is_empty() {
            codes = codes_in(description);
        }
        codes.retain(|code| *code <= CODE_LIMIT);
        codes.truncate(CODES_LIMIT);
        let clean = |found: &str| clean(redactor, found, TEXT_LIMIT);
        evidence.failure = Some(TokenFailure {
            error: clean(error),
            codes,
            description: clean(description),
            trace_id: text("trace_id").map(clean),
            correlation_id: text("correlation_id").map(clean),
            timestamp: text("timestamp").map(clean),
        });
        return None;
    }
    // An answer that holds a token we cannot use must not be shown; its name may be written with escapes.
    let names_token = json.as_ref().is_some_and(|json| json.get("access_token").is_some());
    let text = String::from_utf8_lossy(body);
    let is_shown = !succeeded && !names_token && !text.contains("access_token");
    evidence.unexpected = Some(if is_shown { clean(redactor, &text, EXCERPT_LIMIT) } else { String::new() });
    None
}

/// The beginning of a text on one line, without secrets and harmless. Redacted first: joining or cutting could break
/// a secret into pieces that the redactor does not know.
fn clean(redactor: &Redactor, text: &str, limit: usize) -> String {
    let redacted = redactor.redact(text);
    excerpt(&printable(&redacted.split_whitespace().collect::<Vec<_>>().join(" ")), limit)
}

/// A number, or a number in a string as the v1 endpoint writes it.
fn seconds(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).filter(|seconds| *seconds <= TIME_LIMIT_S)
}

/// The AADSTS numbers in an error's text.
fn codes_in(text: &str) -> Vec<u64> {
    text.match_indices("AADSTS")
        .filter_map(|(at, mark)| {
            let digits: String = text[at + mark.len()..].chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect()
}

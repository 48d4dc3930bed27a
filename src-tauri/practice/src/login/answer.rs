//! From a request to an answer: first what stands on the way, then the service's health, then the
//! two endpoints.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, PRAGMA, PROXY_AUTHENTICATE, RETRY_AFTER,
};
use hyper::{Method, Response, StatusCode};
use serde_json::Value;
use uuid::Uuid;

use super::error::{EntraError, Version};
use super::{discovery, meddling, token_endpoint};
use crate::conditions::{LoginNetwork, LoginService};
use crate::shared::Shared;
use crate::state::TenantState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
const HTML: &str = "text/html; charset=utf-8";

/// An HTTP answer, before it is put on the wire.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Answer {
    fn new(status: StatusCode, content_type: &'static str, body: impl Into<String>) -> Self {
        Self { status, body: body.into(), headers: vec![(CONTENT_TYPE, HeaderValue::from_static(content_type))] }
    }

    pub(super) fn text(status: StatusCode, body: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    pub(super) fn json(status: StatusCode, body: &Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", body.to_string())
    }

    fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    /// Adds the headers that Entra puts on every answer of its own. `request_id` is the answer's
    /// trace ID where it has one.
    fn with_entra_headers(mut self, request_id: Uuid) -> Self {
        if let Ok(value) = HeaderValue::from_str(&request_id.to_string()) {
            self.headers.push((REQUEST_ID, value));
        }
        self.with(CACHE_CONTROL, "no-store, no-cache").with(PRAGMA, "no-cache")
    }

    pub(super) fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::from(self.body));
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers);
        response
    }
}

/// Answers a request for `path`.
pub(super) fn answer(shared: &Shared, method: &Method, path: &str, body: &[u8]) -> Answer {
    let state = shared.state();
    if let Some(in_the_way) = on_the_way(state.login_network) {
        return in_the_way;
    }
    if state.login_service == LoginService::Throttled {
        return Answer::text(StatusCode::TOO_MANY_REQUESTS, "Too many requests. Try again later.")
            .with(RETRY_AFTER, "10");
    }
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    match segments.as_slice() {
        [tenant, "oauth2", "v2.0", "token"] => token(shared, &state, method, tenant, body, Version::V2),
        [tenant, "oauth2", "token"] => token(shared, &state, method, tenant, body, Version::V1),
        ["oauth2", "v2.0", "token"] => token(shared, &state, method, "", body, Version::V2),
        ["oauth2", "token"] => token(shared, &state, method, "", body, Version::V1),
        [tenant, "v2.0", ".well-known", "openid-configuration"] => discover(&state, tenant),
        _ => Answer::text(StatusCode::NOT_FOUND, "Not found.").with_entra_headers(Uuid::new_v4()),
    }
}

fn token(shared: &Shared, state: &TenantState, method: &Method, tenant: &str, body: &[u8], version: Version) -> Answer {
    if method != Method::POST {
        let message = format!("The endpoint accepts POST requests only and received {method}.");
        return refuse(&EntraError::bad_request("invalid_request", 900561, message), version);
    }
    if let Some(unavailable) = unavailable(state) {
        return refuse(&unavailable, version);
    }
    match token_endpoint::grant(state, tenant, &meddling::arrives(state.login_network, body), version) {
        Ok(grant) => {
            let audience = grant.audience.clone();
            let access_token = shared.tokens.issue(state, grant);
            Answer::json(StatusCode::OK, &token_endpoint::success(&access_token, &audience, version))
                .with_entra_headers(Uuid::new_v4())
        }
        Err(error) => refuse(&error, version),
    }
}

fn discover(state: &TenantState, tenant: &str) -> Answer {
    let document = unavailable(state).map_or_else(|| discovery::document(state, tenant), Err);
    match document {
        Ok(document) => Answer::json(StatusCode::OK, &document).with_entra_headers(Uuid::new_v4()),
        Err(error) => refuse(&error, Version::V2),
    }
}

fn refuse(error: &EntraError, version: Version) -> Answer {
    let trace_id = Uuid::new_v4();
    Answer::json(error.status, &error.body(trace_id, version)).with_entra_headers(trace_id)
}

fn unavailable(state: &TenantState) -> Option<EntraError> {
    (state.login_service == LoginService::Unavailable).then(|| {
        let message = "The service is temporarily unavailable. Try again later.".to_owned();
        EntraError::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", 90033, message)
    })
}

/// What answers in place of the login host.
fn on_the_way(network: LoginNetwork) -> Option<Answer> {
    match network {
        LoginNetwork::HtmlPage => Some(Answer::new(
            StatusCode::OK,
            HTML,
            "<!doctype html><title>Contoso guest network</title><h1>Sign in to use this network</h1>",
        )),
        LoginNetwork::Redirect => Some(
            Answer::new(StatusCode::FOUND, HTML, "<!doctype html><title>Found</title>")
                .with(LOCATION, "https://portal.contoso.com/sign-in"),
        ),
        LoginNetwork::ProxyRefuses => Some(
            Answer::new(
                StatusCode::PROXY_AUTHENTICATION_REQUIRED,
                HTML,
                "<!doctype html><title>Proxy authentication required</title>",
            )
            .with(PROXY_AUTHENTICATE, "Basic realm=\"Contoso proxy\""),
        ),
        LoginNetwork::ServiceUnavailable => Some(Answer::new(
            StatusCode::SERVICE_UNAVAILABLE,
            HTML,
            "<!doctype html><title>Service unavailable</title><h2>Our services are not available right now</h2>",
        )),
        // These answer no request at all, or let it through.
        LoginNetwork::Open
        | LoginNetwork::NameUnknown
        | LoginNetwork::Unreachable
        | LoginNetwork::PortBlocked
        | LoginNetwork::TlsHandshakeFails
        | LoginNetwork::StripsSecret
        | LoginNetwork::ManglesForm
        | LoginNetwork::AsksForUser => None,
    }
}

//! A login host on loopback: plain HTTP, one token path, answers as a test says.
//!
//! It checks nothing about the request; a host that judges it as Microsoft's does is the practice
//! tenant, and a certified OpenID provider is tested elsewhere.

use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use url::form_urlencoded;

use crate::loopback::Loopback;

/// What the host does with a token request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Replies as given.
    Reply {
        /// The HTTP status, for example 400.
        status: StatusCode,
        /// Names and values, in order.
        headers: Vec<(String, String)>,
        /// The body as it goes out.
        body: Vec<u8>,
    },
    /// Reads the request and never replies.
    Silence,
    /// Reads the request and closes the connection without a reply.
    Close,
}

impl Answer {
    /// A reply with a JSON body.
    #[must_use]
    pub fn json(status: StatusCode, body: &serde_json::Value) -> Self {
        let headers = vec![("Content-Type".to_owned(), "application/json; charset=utf-8".to_owned())];
        Self::Reply { status, headers, body: body.to_string().into_bytes() }
    }

    /// A granted token, valid for an hour.
    #[must_use]
    pub fn token(access_token: &str) -> Self {
        let body =
            json!({ "token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": access_token });
        Self::json(StatusCode::OK, &body)
    }
}

/// A token request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRequest {
    /// The path, for example `/contoso.com/oauth2/v2.0/token`.
    pub path: String,
    /// The form's fields, decoded, in the order sent. The client secret is among them.
    pub form: Vec<(String, String)>,
}

#[derive(Debug)]
struct State {
    answers: Vec<Answer>,
    requests: Mutex<Vec<TokenRequest>>,
}

/// A running login host.
#[derive(Debug)]
pub struct LoginHost {
    server: Loopback,
    state: Arc<State>,
}

impl LoginHost {
    /// A host that grants `access_token` to everyone.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn granting(access_token: &str) -> io::Result<Self> {
        Self::answering([Answer::token(access_token)]).await
    }

    /// A host that gives these answers in turn to `POST /{tenant}/oauth2/v2.0/token`; the last one
    /// stays. Every other request gets 404, as do token requests when there is no answer.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn answering(answers: impl IntoIterator<Item = Answer>) -> io::Result<Self> {
        let state = Arc::new(State { answers: answers.into_iter().collect(), requests: Mutex::default() });
        let shared = Arc::clone(&state);
        let server = Loopback::start(move |stream| {
            let state = Arc::clone(&shared);
            async move {
                let service = service_fn(move |request| answer(request, Arc::clone(&state)));
                // Closing without a reply is one of the answers, so an error here is no failure.
                drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
            }
        })
        .await?;
        Ok(Self { server, state })
    }

    /// The base URL, as `--login-host` takes it: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// The token requests so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<TokenRequest> {
        self.state.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Tells hyper to drop the connection.
#[derive(Debug, thiserror::Error)]
#[error("closed without a reply")]
struct Closed;

async fn answer(request: Request<Incoming>, state: Arc<State>) -> Result<Response<Full<Bytes>>, Closed> {
    let path = request.uri().path().to_owned();
    if request.method() != Method::POST || !is_token_path(&path) {
        return Ok(reply(StatusCode::NOT_FOUND, &[], b""));
    }
    let body = request.into_body().collect().await.map_err(|_| Closed)?.to_bytes();
    let form = form_urlencoded::parse(&body).into_owned().collect();
    let turn = {
        let mut requests = state.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push(TokenRequest { path, form });
        requests.len() - 1
    };
    match state.answers.get(turn).or(state.answers.last()) {
        None => Ok(reply(StatusCode::NOT_FOUND, &[], b"")),
        Some(Answer::Reply { status, headers, body }) => Ok(reply(*status, headers, body)),
        Some(Answer::Silence) => pending().await,
        Some(Answer::Close) => Err(Closed),
    }
}

fn is_token_path(path: &str) -> bool {
    path.strip_prefix('/')
        .and_then(|path| path.split_once('/'))
        .is_some_and(|(tenant, rest)| !tenant.is_empty() && rest == "oauth2/v2.0/token")
}

fn reply(status: StatusCode, headers: &[(String, String)], body: &[u8]) -> Response<Full<Bytes>> {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    builder
        .body(Full::new(Bytes::copy_from_slice(body)))
        .expect("a test gives header names and values that HTTP allows")
}

#[cfg(test)]
mod tests;

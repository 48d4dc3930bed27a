//! Errors in Entra's shape: an OAuth 2.0 error (RFC 6749, section 5.2) with an AADSTS code in its
//! description. The sentences are this product's own.

use hyper::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock;

/// Which of Entra's two token endpoints speaks. They differ in request fields and in the shape of
/// answers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Version {
    /// `/{tenant}/oauth2/token`
    V1,
    /// `/{tenant}/oauth2/v2.0/token`
    V2,
}

/// A refusal of the login host.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct EntraError {
    pub(super) status: StatusCode,
    /// The OAuth 2.0 error code.
    pub(super) error: &'static str,
    /// The number after `AADSTS`.
    pub(super) code: u32,
    message: String,
}

impl EntraError {
    pub(super) fn new(status: StatusCode, error: &'static str, code: u32, message: String) -> Self {
        Self { status, error, code, message }
    }

    pub(super) fn bad_request(error: &'static str, code: u32, message: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error, code, message)
    }

    pub(super) fn invalid_client(code: u32, message: String) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", code, message)
    }

    /// A required form field is absent.
    pub(super) fn missing_field(field: &str) -> Self {
        Self::bad_request("invalid_request", 900144, format!("The request body must contain the parameter '{field}'."))
    }

    /// The answer's body. The older endpoint parts the description's parts by CR LF, the newer one
    /// by spaces.
    pub(super) fn body(&self, trace_id: Uuid, version: Version) -> Value {
        let correlation_id = Uuid::new_v4();
        let timestamp = clock::now().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let gap = match version {
            Version::V1 => "\r\n",
            Version::V2 => " ",
        };
        let code = self.code;
        let description = [
            format!("AADSTS{code}: {}", self.message),
            format!("Trace ID: {trace_id}"),
            format!("Correlation ID: {correlation_id}"),
            format!("Timestamp: {timestamp}"),
        ]
        .join(gap);
        json!({
            "error": self.error,
            "error_description": description,
            "error_codes": [code],
            "timestamp": timestamp,
            "trace_id": trace_id.to_string(),
            "correlation_id": correlation_id.to_string(),
            "error_uri": format!("https://login.microsoftonline.com/error?code={code}"),
        })
    }
}

//! The claims of an access token (Microsoft identity platform, access token
//! claims reference): decoded for diagnosis, never trusted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::redact::printable;
use crate::settings::Tenant;

/// Exchange Online's audiences besides the clouds' scopes: an older host, and
/// the application ID.
const OTHER_EXCHANGE_AUDIENCES: [&str; 2] = ["https://outlook.office.com", "00000002-0000-0ff1-ce00-000000000000"];

/// What the product looks at in a token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Claims {
    /// `aud`: the resource the token is for.
    pub audience: Option<String>,
    /// `tid`: the tenant.
    pub tenant_id: Option<String>,
    /// `appid` (v1) or `azp` (v2): the application.
    pub client_id: Option<String>,
    /// `oid`: the enterprise application's Object ID.
    pub object_id: Option<String>,
    /// `roles`: application permissions with consent.
    pub roles: Vec<String>,
    /// `scp`: delegated permissions; absent in a token for an application.
    pub delegated_scopes: Option<String>,
    /// `upn`: the user; absent in a token for an application.
    pub user: Option<String>,
    /// `iss`.
    pub issuer: Option<String>,
    /// `ver`.
    pub version: Option<String>,
    /// `nbf`, in seconds since 1970.
    pub not_before: Option<i64>,
    /// `exp`, in seconds since 1970.
    pub expires: Option<i64>,
}

impl Claims {
    /// The application permission for SMTP client submission.
    pub const SEND_AS_APP: &'static str = "SMTP.SendAsApp";

    /// Decodes a JWT's payload; `None` when the token is none.
    pub fn decode(token: &str) -> Option<Self> {
        let mut parts = token.split('.');
        let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        let claims: Value = serde_json::from_slice(&bytes).ok()?;
        let object = claims.as_object()?;
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(printable);
        let list = |name: &str| match object.get(name) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(printable).collect(),
            _ => Vec::new(),
        };
        // Beyond the calendar's ends, a number would lose its last digits in the window.
        let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let time = |name: &str| object.get(name).and_then(Value::as_i64).map(|time| time.clamp(first, last));
        Some(Self {
            audience: text("aud"),
            tenant_id: text("tid"),
            client_id: text("appid").or_else(|| text("azp")),
            object_id: text("oid"),
            roles: list("roles"),
            delegated_scopes: text("scp"),
            user: text("upn"),
            issuer: text("iss"),
            version: text("ver"),
            not_before: time("nbf"),
            expires: time("exp"),
        })
    }

    /// Whether the token is for Exchange Online.
    pub fn is_for_exchange(&self) -> bool {
        let audience = self.audience.as_deref().unwrap_or_default().trim_end_matches('/');
        let scopes = Cloud::ALL.into_iter().map(|cloud| cloud.scope().trim_end_matches("/.default"));
        scopes.chain(OTHER_EXCHANGE_AUDIENCES).any(|known| known.eq_ignore_ascii_case(audience))
    }

    /// Whether the token is from this tenant, as far as both can be compared.
    pub fn is_of_tenant(&self, tenant: &Tenant) -> bool {
        match (&self.tenant_id, tenant) {
            (Some(found), Tenant::Id(id)) => found.eq_ignore_ascii_case(&id.to_string()),
            _ => true,
        }
    }

    /// Whether the token is for this application, unless it does not say.
    pub fn is_of_application(&self, client_id: &Uuid) -> bool {
        self.client_id.as_ref().is_none_or(|found| found.eq_ignore_ascii_case(&client_id.to_string()))
    }

    /// Whether admin consent for `SMTP.SendAsApp` is in the token.
    pub fn may_send_as_app(&self) -> bool {
        self.roles.iter().any(|role| role == Self::SEND_AS_APP)
    }

    /// Whether the token speaks for a user rather than for the application.
    pub fn is_delegated(&self) -> bool {
        self.delegated_scopes.is_some() || self.user.is_some()
    }
}

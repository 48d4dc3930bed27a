//! A verdict on each claim of a token, for people who want to look at them one by
//! one. What a wrong claim means for a check is diagnosis.

use serde::Serialize;

use super::Claims;
use crate::settings::{AccessPath, Settings, Tenant};
use crate::words;

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Worth a look; not wrong by itself.
    Look,
    /// Exchange Online will refuse it.
    Wrong,
}

/// One claim and what to think of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimVerdict {
    /// The claim's name in the token.
    pub claim: &'static str,
    /// Its value, times as RFC 3339 UTC; `None` when the token lacks it.
    pub value: Option<String>,
    /// How it stands.
    pub verdict: Verdict,
    /// Why, in words.
    pub text: String,
}

/// Judges every claim the product looks at. `received_at`: this computer's time on
/// the token's arrival, in seconds since 1970.
pub fn judge(claims: &Claims, settings: &Settings, path: AccessPath, received_at: i64) -> Vec<ClaimVerdict> {
    use Verdict::{Good, Look, Wrong};
    let verdict = |claim: &'static str, value: Option<&str>, verdict: Verdict, id: &str| ClaimVerdict {
        claim,
        value: value.map(str::to_owned),
        verdict,
        text: words::text(&format!("claim-{id}"), &[]),
    };
    let time = |seconds: Option<i64>| {
        let time = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        time.map(|time| time.to_string())
    };

    let (audience, text) = match claims.audience.as_deref() {
        _ if claims.is_for_exchange() => (Good, "aud-exchange"),
        Some(audience) if audience.contains("graph.microsoft.com") || audience.starts_with("00000003-") => {
            (Wrong, "aud-graph")
        }
        _ => (Wrong, "aud-other"),
    };
    let audience = verdict("aud", claims.audience.as_deref(), audience, text);

    let (tenant, text) = match (claims.tenant_id.as_deref(), &settings.tenant) {
        (Some(found), Tenant::Id(id)) if found.eq_ignore_ascii_case(&id.to_string()) => (Good, "tid-same"),
        (Some(_), Tenant::Id(_)) => (Wrong, "tid-other"),
        (Some(_), Tenant::Domain(_) | Tenant::NotSpecific(_)) => (Look, "tid-by-name"),
        (None, _) => (Look, "absent"),
    };
    let tenant = verdict("tid", claims.tenant_id.as_deref(), tenant, text);

    let (application, text) = match claims.client_id.as_deref() {
        Some(found) if found.eq_ignore_ascii_case(&settings.client_id.to_string()) => (Good, "appid-same"),
        Some(_) => (Wrong, "appid-other"),
        None => (Look, "absent"),
    };
    let application = verdict("appid", claims.client_id.as_deref(), application, text);

    let (object, text) = if claims.object_id.is_some() { (Good, "oid") } else { (Look, "absent") };
    let object = verdict("oid", claims.object_id.as_deref(), object, text);

    let roles = Some(claims.roles.join(", ")).filter(|roles| !roles.is_empty());
    let (permission, text) = match (claims.may_send_as_app(), path.needs_role()) {
        (true, true) => (Good, "roles-present"),
        (true, false) => (Look, "roles-present-rbac"),
        (false, true) => (Look, "roles-missing"),
        (false, false) => (Good, "roles-missing-rbac"),
    };
    let permission = verdict("roles", roles.as_deref(), permission, text);

    let user = claims.delegated_scopes.as_deref().or(claims.user.as_deref());
    let (delegated, text) = if claims.is_delegated() { (Wrong, "scp-present") } else { (Good, "scp-absent") };
    let delegated = verdict("scp", user, delegated, text);

    let (begins, text) = match claims.not_before {
        Some(at) if at > received_at => (Look, "nbf-ahead"),
        Some(_) => (Good, "nbf"),
        None => (Look, "absent"),
    };
    let begins = verdict("nbf", time(claims.not_before).as_deref(), begins, text);

    let (ends, text) = match claims.expires {
        Some(at) if at <= received_at => (Look, "exp-behind"),
        Some(_) => (Good, "exp"),
        None => (Look, "absent"),
    };
    let ends = verdict("exp", time(claims.expires).as_deref(), ends, text);

    vec![audience, tenant, application, object, permission, delegated, begins, ends]
}

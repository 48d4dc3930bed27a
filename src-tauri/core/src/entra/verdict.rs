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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Context, EmailSettings, parse};

    const TENANT: &str = "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4";
    const CLIENT: &str = "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346";

    fn settings(tenant: &str) -> Settings {
        let typed = EmailSettings {
            system_email_address: "reports@contoso.com".to_owned(),
            smtp_oauth_client_id: CLIENT.to_owned(),
            smtp_oauth_token_endpoint: format!("{tenant}/oauth2/v2.0/token"),
            ..EmailSettings::default()
        };
        parse(&typed, &Context::default()).settings.unwrap()
    }

    fn good() -> Claims {
        Claims {
            audience: Some("https://outlook.office365.com".to_owned()),
            tenant_id: Some(TENANT.to_owned()),
            client_id: Some(CLIENT.to_uppercase()),
            object_id: Some("c51e0f8d-92b3-4f6a-b7d8-1a4e6c3f2095".to_owned()),
            roles: vec![Claims::SEND_AS_APP.to_owned()],
            not_before: Some(1_000),
            expires: Some(4_600),
            ..Claims::default()
        }
    }

    /// The claims that are not good, with how they stand.
    fn noticed(claims: &Claims, path: AccessPath, received_at: i64) -> Vec<(&'static str, Verdict)> {
        let verdicts = judge(claims, &settings(TENANT), path, received_at).into_iter();
        verdicts.filter(|claim| claim.verdict != Verdict::Good).map(|claim| (claim.claim, claim.verdict)).collect()
    }

    #[test]
    fn a_right_token_is_good_in_every_claim() {
        assert_eq!(noticed(&good(), AccessPath::Classic, 1_000), []);
        let verdicts = judge(&good(), &settings(TENANT), AccessPath::Classic, 1_000);
        assert!(verdicts.iter().all(|claim| !claim.text.starts_with("claim-")), "{verdicts:?}");
        assert_eq!(verdicts.last().unwrap().value.as_deref(), Some("1970-01-01T01:16:40Z"));
    }

    #[test]
    fn each_wrong_claim_is_named() {
        let other = || Some("11111111-2222-3333-4444-555555555555".to_owned());
        let cases: [(Claims, &str, Verdict); 8] = [
            (Claims { audience: Some("https://graph.microsoft.com".to_owned()), ..good() }, "aud", Verdict::Wrong),
            (Claims { audience: None, ..good() }, "aud", Verdict::Wrong),
            (Claims { tenant_id: other(), ..good() }, "tid", Verdict::Wrong),
            (Claims { client_id: other(), ..good() }, "appid", Verdict::Wrong),
            (Claims { object_id: None, ..good() }, "oid", Verdict::Look),
            (Claims { roles: vec!["Mail.Send".to_owned()], ..good() }, "roles", Verdict::Look),
            (Claims { user: Some("a@contoso.com".to_owned()), ..good() }, "scp", Verdict::Wrong),
            (Claims { not_before: None, ..good() }, "nbf", Verdict::Look),
        ];
        for (claims, name, verdict) in cases {
            assert_eq!(noticed(&claims, AccessPath::Classic, 1_000), [(name, verdict)], "{claims:?}");
        }
    }

    #[test]
    fn a_clock_that_is_off_is_noticed() {
        assert_eq!(noticed(&good(), AccessPath::Classic, 999), [("nbf", Verdict::Look)]);
        assert_eq!(noticed(&good(), AccessPath::Classic, 4_600), [("exp", Verdict::Look)]);
    }

    #[test]
    fn the_rbac_path_needs_no_role_and_a_domain_cannot_be_compared() {
        assert_eq!(noticed(&Claims { roles: Vec::new(), ..good() }, AccessPath::Rbac, 1_000), []);
        assert_eq!(noticed(&good(), AccessPath::Rbac, 1_000), [("roles", Verdict::Look)]);
        let by_name = judge(&good(), &settings("contoso.com"), AccessPath::Classic, 1_000);
        assert_eq!(by_name[1].verdict, Verdict::Look);
    }
}

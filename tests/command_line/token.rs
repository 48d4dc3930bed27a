//! `incorta-mail token`: a verdict on each claim, never the token.

use practice_tenant::{PracticeTenant, TenantState};
use serde_json::Value;

use crate::said;
use crate::tenant::tenant_options;
use crate::user::User;

/// What the program says of the token that a tenant in this state issues.
async fn token(state: &str, more: &'static [&'static str]) -> String {
    let tenant = PracticeTenant::start(TenantState::named(state).unwrap()).await.unwrap();
    let user = User::new();
    let options = tenant_options(&user, &tenant);
    let run = move || user.command().arg("token").args(options).args(more).output().unwrap();
    let said = said(&tokio::task::spawn_blocking(run).await.unwrap());
    // A token is a JWT: it begins with the base64 of {"
    assert!(!said.contains("eyJ"), "{said}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_operator_reads_of_a_token() {
    let mut told = String::new();
    for (state, more) in [
        ("healthy", &[][..]),
        ("permission_not_consented", &[]),
        ("permission_not_consented", &["--path", "rbac"]),
        ("wrong_permission", &[]),
        ("token_opaque", &[]),
    ] {
        told.push_str(&format!("{state} {}\n{}\n", more.join(" "), token(state, more).await));
    }
    let filters = vec![
        (r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[time]"),
        (r" +\d+ ms ", " [time] "),
        (r"not at \d{4,}", "not at [port]"),
    ];
    insta::with_settings!({filters => filters}, { insta::assert_snapshot!(told) });
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_the_cause_is_named() {
    let said = token("secret_expired", &[]).await;
    assert!(said.starts_with("exit 1\n"), "{said}");
    assert!(said.contains("AADSTS7000222") && said.contains("The client secret has expired"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_gets_the_verdicts_as_json() {
    let said = token("healthy", &["--json"]).await;
    let json: Value = serde_json::from_str(said.strip_prefix("exit 0\n").unwrap()).unwrap();
    assert_eq!(json["outcome"], "warned");
    assert_eq!(json["claims"][0]["claim"], "aud");
    assert_eq!(json["claims"][0]["verdict"], "good");
}

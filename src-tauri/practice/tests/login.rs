//! The login host over real sockets.

mod support;

use std::io::ErrorKind;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use practice_tenant::{PracticeTenant, TenantState};
use serde_json::Value;
use support::{http, knock, request_token, shown_chain, start, tls, token_request};
use tokio::net::TcpStream;

const SCOPE: &str = "https://outlook.office365.com/.default";

#[tokio::test]
async fn a_token_comes_for_the_tenant_s_guid_and_domain() {
    let tenant = start("healthy").await;
    let identities = tenant.state().identities;
    for name in [&identities.tenant_id, &identities.domain] {
        let answer = http(&tenant, "POST", &format!("/{name}/oauth2/v2.0/token"), &token_request(&tenant, SCOPE)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.head.contains("content-type: application/json; charset=utf-8"));
        assert!(answer.head.contains("cache-control: no-store"));
        assert!(answer.head.contains("x-ms-request-id: "));
        let json = answer.json();
        assert_eq!((&json["token_type"], &json["expires_in"]), (&Value::from("Bearer"), &Value::from(3599)));
        let payload = json["access_token"].as_str().unwrap().split('.').nth(1).unwrap();
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
        assert_eq!(claims["oid"], identities.object_id);
        assert_eq!(claims["roles"][0], "SMTP.SendAsApp");
    }
}

#[tokio::test]
async fn refusals_have_entra_s_shape() {
    let tenant = start("secret_wrong").await;
    let answer = request_token(&tenant).await;
    assert_eq!(answer.status, 401);
    let json = answer.json();
    assert_eq!((&json["error"], &json["error_codes"][0]), (&Value::from("invalid_client"), &Value::from(7000215)));
    let description = json["error_description"].as_str().unwrap();
    let trace = json["trace_id"].as_str().unwrap();
    assert!(description.starts_with("AADSTS7000215: "));
    assert!(description.contains(&format!(" Trace ID: {trace} Correlation ID: ")), "{description}");
    assert!(answer.head.contains(&format!("x-ms-request-id: {trace}")));
    assert!(!answer.body.contains(&tenant.client_secret()));
}

#[tokio::test]
async fn the_older_endpoint_has_a_shape_of_its_own() {
    let tenant = start("healthy").await;
    let with_scope = http(&tenant, "POST", "/contoso.com/oauth2/token", &token_request(&tenant, SCOPE)).await;
    assert_eq!((with_scope.status, &with_scope.json()["error_codes"][0]), (400, &Value::from(900144)));
    assert!(with_scope.json()["error_description"].as_str().unwrap().contains("\r\nTrace ID: "));

    let body = format!("{}&resource=https%3A%2F%2Foutlook.office365.com", token_request(&tenant, SCOPE));
    let granted = http(&tenant, "POST", "/contoso.com/oauth2/token", &body).await;
    assert_eq!((granted.status, &granted.json()["expires_in"]), (200, &Value::from("3599")));
}

#[tokio::test]
async fn discovery_finds_the_tenant_without_a_sign_in() {
    let tenant = start("healthy").await;
    let answer = http(&tenant, "GET", "/contoso.com/v2.0/.well-known/openid-configuration", "").await;
    let guid = tenant.state().identities.tenant_id;
    assert_eq!(answer.json()["issuer"], format!("https://login.microsoftonline.com/{guid}/v2.0"));

    let unknown = http(&tenant, "GET", "/northwind.com/v2.0/.well-known/openid-configuration", "").await;
    assert_eq!((unknown.status, &unknown.json()["error_codes"][0]), (400, &Value::from(90002)));
}

#[tokio::test]
async fn what_is_no_request_for_a_token() {
    let tenant = start("healthy").await;
    assert_eq!(http(&tenant, "GET", "/contoso.com/oauth2/v2.0/token", "").await.json()["error_codes"][0], 900561);
    assert_eq!(http(&tenant, "GET", "/", "").await.status, 404);
    let large = "x".repeat(100 * 1024);
    assert_eq!(http(&tenant, "POST", "/contoso.com/oauth2/v2.0/token", &large).await.status, 413);
}

#[tokio::test]
async fn faults_on_the_way_to_the_login_host() {
    let expected = [
        ("login_not_json", 200, "<!doctype html>"),
        ("login_redirect", 302, "<!doctype html>"),
        ("login_service_unavailable", 503, "<!doctype html>"),
        ("proxy_refused", 407, "<!doctype html>"),
        ("login_throttled", 429, "Too many requests"),
        ("login_unavailable", 503, "{"),
    ];
    for (name, status, start_of_body) in expected {
        let tenant = start(name).await;
        let answer = request_token(&tenant).await;
        assert_eq!(answer.status, status, "{name}");
        assert!(answer.body.starts_with(start_of_body), "{name}: {}", answer.body);
    }
    let throttled = request_token(&start("login_throttled").await).await;
    assert!(throttled.head.contains("retry-after: 10"));
    let unavailable = request_token(&start("login_unavailable").await).await;
    assert_eq!(unavailable.json()["error_codes"][0], 90033);
}

#[tokio::test]
async fn handshakes_that_a_client_must_refuse() {
    for (name, reason) in [
        ("login_intercepted", "UnknownIssuer"),
        ("login_certificate_untrusted", "UnknownIssuer"),
        ("login_certificate_expired", "expired"),
        ("login_certificate_wrong_name", "not valid for name"),
        ("login_tls_failed", "received corrupt message"),
    ] {
        let tenant = start(name).await;
        let stream = TcpStream::connect(tenant.login_address()).await.unwrap();
        let error = tls(&tenant, "login.microsoftonline.com", stream).await.unwrap_err();
        assert!(error.to_string().contains(reason), "{name}: {error}");
    }
    let tenant = start("login_intercepted").await;
    let chain = shown_chain(TcpStream::connect(tenant.login_address()).await.unwrap()).await;
    let issuer = b"Contoso TLS Inspection CA";
    assert!(chain[0].windows(issuer.len()).any(|part| part == issuer));
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_is_reached_again_when_the_network_opens() {
    for (name, kind) in [
        ("login_host_unreachable", Some(ErrorKind::ConnectionRefused)),
        #[cfg(target_os = "linux")]
        ("login_port_blocked", None),
    ] {
        let tenant = start(name).await;
        let error = knock(tenant.login_address()).await.map(|connected| connected.unwrap_err().kind());
        assert_eq!(error, kind, "{name}");
        tenant.change(|state| state.set("login_network", "open").unwrap());
        assert_eq!(request_token(&tenant).await.status, 200, "{name}");
    }
}

#[tokio::test]
async fn a_form_that_is_changed_on_its_way_is_answered_as_it_arrives() {
    for (name, status, code) in [
        ("client_secret_missing", 401, 7000216),
        ("token_request_malformed", 400, 900144),
        ("wrong_grant_type", 400, 50126),
    ] {
        let tenant = start(name).await;
        let answer = request_token(&tenant).await;
        assert_eq!((answer.status, &answer.json()["error_codes"][0]), (status, &Value::from(code)), "{name}");
        tenant.change(|state| state.set("login_network", "open").unwrap());
        assert_eq!(request_token(&tenant).await.status, 200, "{name}");
    }
    // The rest of the tenant is asked as ever: the application comes before its secret and its user.
    for name in ["client_secret_missing", "wrong_grant_type"] {
        let tenant = start(name).await;
        tenant.change(|state| state.set("application", "not_found").unwrap());
        assert_eq!(request_token(&tenant).await.json()["error_codes"][0], 700016, "{name}");
    }
}

#[tokio::test]
async fn an_error_that_no_client_has_on_its_list_carries_both_ids() {
    let tenant = start("token_error_unknown").await;
    let answer = request_token(&tenant).await;
    let json = answer.json();
    assert_eq!((answer.status, &json["error_codes"][0]), (400, &Value::from(50000)));
    let description = json["error_description"].as_str().unwrap();
    for (label, field) in [("Trace ID: ", "trace_id"), ("Correlation ID: ", "correlation_id")] {
        assert!(description.contains(&format!("{label}{}", json[field].as_str().unwrap())), "{description}");
    }
    // Whatever is wrong with the request is said first.
    tenant.change(|state| state.set("client_secret", "expired").unwrap());
    assert_eq!(request_token(&tenant).await.json()["error_codes"][0], 7000222);
}

#[tokio::test]
async fn a_gateway_s_token_for_another_resource_says_so() {
    let tenant = start("token_wrong_audience").await;
    let answer = request_token(&tenant).await;
    let json = answer.json();
    let payload = json["access_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert_eq!((answer.status, &claims["aud"]), (200, &Value::from("https://graph.microsoft.com")));
    assert_eq!(claims.get("roles"), None);
}

#[tokio::test]
async fn the_certificate_is_good_for_all_three_names() {
    let tenant = start("healthy").await;
    for host in ["login.microsoftonline.com", "localhost", "127.0.0.1"] {
        let stream = TcpStream::connect(tenant.login_address()).await.unwrap();
        tls(&tenant, host, stream).await.unwrap();
    }
}

#[tokio::test]
async fn identities_can_be_chosen_and_the_secret_is_never_serialised() {
    let mut state = TenantState::healthy();
    state.identities.client_secret = "canary".to_owned();
    state.identities.client_id = "00000000-0000-4000-8000-0000000000aa".to_owned();
    let tenant = PracticeTenant::start(state).await.unwrap();
    assert_eq!(tenant.client_secret(), "canary");
    assert_eq!(request_token(&tenant).await.status, 200);
    assert!(!serde_json::to_string(&tenant.state()).unwrap().contains("canary"));
    assert!(!format!("{:?}", tenant.state()).contains("canary"));
}

#[tokio::test]
async fn a_switch_takes_effect_at_once() {
    let tenant = start("secret_expired").await;
    assert_eq!(request_token(&tenant).await.json()["error_codes"][0], 7000222);
    tenant.change(|state| state.set("client_secret", "valid").unwrap());
    assert_eq!(request_token(&tenant).await.status, 200);
}

//! Canaries: the client secret and the token, in every form in which they
//! travel, are looked for in all that a check gives out, while both servers do
//! their best to echo them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_setup_core::check::Plan;
use mail_setup_tests::{Answer, Authority, LoginHost as FakeLoginHost, ScriptedSmtp, Step};
use practice_tenant::{PracticeTenant, TenantState};
use serde_json::json;

use crate::bench::{network, plan, plan_to, report_with_events, settings};

const SECRET: &str = "cA~nary+secret/with \"every\" & form=1";
const TOKEN: &str = "canary.token.value-0123456789";

fn forms() -> Vec<String> {
    let blob = format!("user=reports@contoso.com\u{1}auth=Bearer {TOKEN}\u{1}\u{1}");
    vec![
        SECRET.to_owned(),
        "cA%7Enary%2Bsecret%2Fwith+%22every%22+%26+form%3D1".to_owned(),
        "cA%7enary%2bsecret%2fwith+%22every%22+%26+form%3d1".to_owned(),
        STANDARD.encode(SECRET),
        serde_json::to_string(SECRET).unwrap().trim_matches('"').to_owned(),
        TOKEN.to_owned(),
        STANDARD.encode(TOKEN),
        STANDARD.encode(blob),
    ]
}

fn assert_clean(what: &str, text: &str) {
    for form in forms() {
        // A half of it is as bad.
        let half = &form[..form.len() / 2];
        assert!(!text.contains(half), "{what} holds {half:?}: {text}");
    }
}

#[tokio::test]
async fn nothing_a_healthy_check_gives_out_holds_a_secret() {
    let mut state = TenantState::healthy();
    state.identities.client_secret = SECRET.to_owned();
    let tenant = PracticeTenant::start(state).await.unwrap();
    let (report, events) = report_with_events(plan(settings(&tenant.state()), network(&tenant)), SECRET).await;
    assert!(report.message_id.is_some(), "{report:#?}");
    assert_clean("report", &serde_json::to_string(&report).unwrap());
    assert_clean("report (debug)", &format!("{report:?}"));
    assert_clean("events", &serde_json::to_string(&events).unwrap());
    assert_clean("message", &format!("{:?}", tenant.inbox()));
    // The blob is of unknown content here: its place in the transcript must be redacted.
    let auth = report.transcript.iter().find(|line| line.line.starts_with("AUTH")).unwrap();
    assert!(auth.line.ends_with("bytes redacted]"), "{}", auth.line);
}

#[tokio::test]
async fn servers_that_echo_what_they_got_give_nothing_away() {
    let authority = Authority::new().unwrap();
    let identity = authority.issue_for_loopback().unwrap();
    let blob = STANDARD.encode(format!("user=reports@contoso.com\u{1}auth=Bearer {TOKEN}\u{1}\u{1}"));
    let server = ScriptedSmtp::start(
        vec![
            Step::line("220 mail.example ESMTP"),
            Step::expect("EHLO "),
            Step::line("250-mail.example\r\n250 STARTTLS"),
            Step::expect("STARTTLS"),
            Step::line("220 2.0.0 ready"),
            Step::StartTls,
            Step::expect("EHLO "),
            Step::line("250-mail.example\r\n250 AUTH XOAUTH2"),
            Step::expect("AUTH XOAUTH2 "),
            Step::line(&format!("334 {}", STANDARD.encode(format!("you sent {TOKEN}")))),
            Step::expect(""),
            Step::line(&format!("535 5.7.3 refused: {blob} {TOKEN} {SECRET}")),
            Step::Silence,
        ],
        Some(&identity),
    )
    .await
    .unwrap();
    let login = FakeLoginHost::granting(TOKEN).await.unwrap();
    let (report, events) = report_with_events(echo_plan(&authority, &server, &login), SECRET).await;
    assert!(report.findings.iter().any(|finding| finding.code == "service_principal_not_registered"), "{report:#?}");
    assert_clean("report", &serde_json::to_string(&report).unwrap());
    assert_clean("events", &serde_json::to_string(&events).unwrap());

    for answer in [
        // A token in an answer that is no clean JSON, and a secret across the end of what is kept.
        Answer::Reply {
            status: hyper::StatusCode::OK,
            headers: Vec::new(),
            body: format!("{{\"access_token\":\"{TOKEN}\"}} trailing").into(),
        },
        Answer::Reply {
            status: hyper::StatusCode::FORBIDDEN,
            headers: Vec::new(),
            body: format!("{}{SECRET}", "x".repeat(600 - SECRET.len() / 2)).into(),
        },
        Answer::json(
            hyper::StatusCode::UNAUTHORIZED,
            &json!({ "error": "invalid_client", "error_description": format!("AADSTS7000215: {SECRET} is wrong") }),
        ),
        Answer::Reply {
            status: hyper::StatusCode::BAD_GATEWAY,
            headers: Vec::new(),
            body: format!("<html>client_secret={SECRET} cA%7Enary%2Bsecret%2Fwith+%22every%22+%26+form%3D1</html>")
                .into(),
        },
    ] {
        let login = FakeLoginHost::answering([answer]).await.unwrap();
        let (report, events) = report_with_events(echo_plan(&authority, &server, &login), SECRET).await;
        assert_clean("report", &serde_json::to_string(&report).unwrap());
        assert_clean("events", &serde_json::to_string(&events).unwrap());
    }
}

fn echo_plan(authority: &Authority, server: &ScriptedSmtp, login: &FakeLoginHost) -> Plan {
    plan_to(server.address().port(), &authority.pem(), &login.url())
}

//! Canaries: the client secret and the token, in every form in which they
//! travel, are looked for in all that a check gives out, while both servers do
//! their best to echo them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use mail_setup_core::check::{Depth, Plan, Stage, StageOutcome};
use mail_setup_tests::{Answer, Authority, Canaries, LoginHost as FakeLoginHost, ScriptedSmtp, Step};
use practice_tenant::{PracticeTenant, TenantState};
use serde_json::json;

use crate::bench::{network, outcome, plan, plan_to, report_with_events, settings};

const SECRET: &str = Canaries::SECRET;
const TOKEN: &str = Canaries::TOKEN;

fn assert_clean(what: &str, text: &str) {
    let found = Canaries::all().found_in(text.as_bytes()).join("\n");
    assert!(found.is_empty(), "{what} holds {found}: {text}");
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
            body: format!("<html>client_secret={}</html>", Canaries::of_the_secret().forms().join(" ")).into(),
        },
    ] {
        let login = FakeLoginHost::answering([answer]).await.unwrap();
        let (report, events) = report_with_events(echo_plan(&authority, &server, &login), SECRET).await;
        assert_clean("report", &serde_json::to_string(&report).unwrap());
        assert_clean("events", &serde_json::to_string(&events).unwrap());
    }
}

#[tokio::test]
async fn a_token_gives_nothing_away_by_what_it_says_or_where_it_stands() {
    let authority = Authority::new().unwrap();
    let server = ScriptedSmtp::start([Step::line("220 mail.example ESMTP"), Step::Silence], None).await.unwrap();
    let claims = json!({ "iss": SECRET, "roles": [SECRET], "appid": format!("<{SECRET}>") }).to_string();
    let token = format!("eyJhbGciOiJub25lIn0.{}.signature", URL_SAFE_NO_PAD.encode(claims));
    let answer = Answer::Reply {
        status: hyper::StatusCode::OK,
        headers: vec![("Content-Type".to_owned(), format!("application/json; token={token}"))],
        body: json!({ "access_token": token, "token_type": "Bearer" }).to_string().into(),
    };
    let login = FakeLoginHost::answering([answer]).await.unwrap();
    let plan = Plan { depth: Depth::Token, ..echo_plan(&authority, &server, &login) };
    let (report, events) = report_with_events(plan, SECRET).await;
    assert_ne!(outcome(&report, Stage::Claims), StageOutcome::Skipped, "{report:#?}");
    for (what, text) in [("report", serde_json::to_string(&report)), ("events", serde_json::to_string(&events))] {
        let text = text.unwrap();
        assert_clean(what, &text);
        assert!(!text.contains(&token), "{what}: {text}");
    }
}

fn echo_plan(authority: &Authority, server: &ScriptedSmtp, login: &FakeLoginHost) -> Plan {
    plan_to(server.address().port(), &authority.pem(), &login.url())
}

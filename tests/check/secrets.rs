//! Canaries: the client secret, the token and the XOAUTH2 response, in every form in which they travel, are looked
//! for in all that a check gives out, while both servers do their best to echo them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hyper::StatusCode;
use mail_setup_core::check::{CheckEvent, Owner, Report, Stage, StageOutcome};
use mail_setup_core::report::{details, html, markdown, masked, message_for};
use mail_setup_tests::{Answer, Authority, Canaries, LoginHost as FakeLoginHost, ScriptedSmtp, ServerIdentity, Step};
use practice_tenant::{PracticeTenant, TenantState};
use serde_json::{Value, json};

use crate::bench::{network, outcome, plan, plan_to, report_with_events, settings};

const SECRET: &str = Canaries::SECRET;
const TOKEN: &str = Canaries::TOKEN;

/// All that a check gives out, by name.
fn places(report: &Report, events: &[CheckEvent]) -> Vec<(String, String)> {
    let masked = masked(report).unwrap();
    let mut places = vec![
        ("events".to_owned(), serde_json::to_string(events).unwrap()),
        ("report for debugging".to_owned(), format!("{report:?}")),
        ("details".to_owned(), serde_json::to_string(&details(report)).unwrap()),
    ];
    for (name, report) in [("report", report), ("masked report", &masked)] {
        places.push((format!("{name} in JSON"), serde_json::to_string(report).unwrap()));
        places.push((format!("{name} in HTML"), html(report)));
        places.push((format!("{name} in Markdown"), markdown(report)));
    }
    let owners = [Owner::EntraAdmin, Owner::ExchangeAdmin, Owner::IncortaAdmin, Owner::NetworkAdmin];
    let messages = owners.iter().filter_map(|owner| Some((owner, message_for(report, *owner)?)));
    places.extend(messages.map(|(owner, text)| (format!("message for {owner:?}"), text)));
    places
}

fn assert_clean(from: &str, report: &Report, events: &[CheckEvent]) {
    for (place, text) in places(report, events) {
        assert_holds_none(&format!("{place} after {from}"), &text);
    }
}

fn assert_holds_none(place: &str, text: &str) {
    let found = Canaries::all().found_in(text.as_bytes()).join("\n");
    assert!(found.is_empty(), "{place} holds {found}: {text}");
}

#[tokio::test]
async fn nothing_a_healthy_check_gives_out_holds_a_secret() {
    let mut state = TenantState::healthy();
    state.identities.client_secret = SECRET.to_owned();
    let tenant = PracticeTenant::start(state).await.unwrap();
    let (report, events) = report_with_events(plan(settings(&tenant.state()), network(&tenant)), SECRET).await;
    assert!(report.message_id.is_some(), "{report:#?}");
    assert_clean("a healthy check", &report, &events);
    assert_holds_none("message", &format!("{:?}", tenant.inbox()));
    // The response is of unknown content here: its place in the transcript must be redacted.
    let auth = report.transcript.iter().find(|line| line.line.starts_with("AUTH")).unwrap();
    assert!(auth.line.ends_with("bytes redacted]"), "{}", auth.line);
}

/// The server's replies in turn, and what the client says after each.
const DIALOGUE: [(&str, &[&str]); 9] = [
    ("220 mail.example ESMTP", &["EHLO "]),
    ("250-mail.example\r\n250 STARTTLS", &["STARTTLS"]),
    ("220 2.0.0 ready", &["TLS", "EHLO "]),
    ("250-mail.example\r\n250-PIPELINING\r\n250 AUTH XOAUTH2", &["AUTH XOAUTH2 "]),
    ("235 2.7.0 ok", &["DATA"]),
    ("250 2.1.0 sender", &[]),
    ("250 2.1.5 recipient", &[]),
    ("354 go on", &["."]),
    ("250 2.0.0 queued", &["QUIT"]),
];

/// The reply to the sign-in.
const SIGN_IN: usize = 4;

/// A server that echoes everything in one of its replies, or refuses in it.
fn script(place: usize, refuses: bool) -> Vec<Step> {
    let mut steps = Vec::new();
    for (turn, (reply, then)) in DIALOGUE.iter().enumerate() {
        let code = if refuses { "535" } else { &reply[..3] };
        let last = if refuses { "535 5.7.3 refused" } else { reply };
        if turn == place {
            let canaries = if turn < SIGN_IN { Canaries::of_the_secret() } else { Canaries::all() };
            let echoes: String = canaries.forms().iter().map(|form| format!("{code}-{form}\r\n")).collect();
            steps.push(Step::line(&format!("{echoes}{last}")));
            if refuses {
                break;
            }
        } else {
            steps.push(Step::line(reply));
        }
        steps.extend(then.iter().map(|expected| match *expected {
            "TLS" => Step::StartTls,
            "DATA" | "." => Step::ExpectThrough((*expected).to_owned()),
            beginning => Step::expect(beginning),
        }));
    }
    steps.push(Step::Close);
    steps
}

/// Two servers that know the secrets.
struct Echo {
    authority: Authority,
    identity: ServerIdentity,
}

impl Echo {
    fn new() -> Self {
        let authority = Authority::new().unwrap();
        let identity = authority.issue_for_loopback().unwrap();
        Self { authority, identity }
    }

    async fn check(&self, steps: Vec<Step>, answer: Answer) -> (Report, Vec<CheckEvent>) {
        let server = ScriptedSmtp::start(steps, Some(&self.identity)).await.unwrap();
        let login = FakeLoginHost::answering([answer]).await.unwrap();
        report_with_events(plan_to(server.address().port(), &self.authority.pem(), &login.url()), SECRET).await
    }
}

#[tokio::test]
async fn no_reply_of_the_smtp_server_gives_anything_away() {
    let echo = Echo::new();
    for (place, (reply, _)) in DIALOGUE.iter().enumerate() {
        for refuses in [false, true] {
            let (report, events) = echo.check(script(place, refuses), Answer::token(TOKEN)).await;
            let from = format!("{} {reply}", if refuses { "a refusal in place of" } else { "an echo in" });
            let heard = format!("{:?}", report.transcript).contains("[redacted]");
            assert!(heard, "the echo was not heard after {from}: {report:#?}");
            assert_clean(&from, &report, &events);
        }
    }
}

#[tokio::test]
async fn no_challenge_gives_anything_away() {
    let echo = Echo::new();
    let mut steps = script(SIGN_IN, true);
    let refusal = steps.len() - 2;
    let challenge = STANDARD.encode(format!("you sent {TOKEN} for {SECRET}"));
    steps.splice(refusal..refusal, [Step::line(&format!("334 {challenge}")), Step::expect("")]);
    let (report, events) = echo.check(steps, Answer::token(TOKEN)).await;
    let heard = report.transcript.iter().any(|line| line.line.starts_with("334 "));
    assert!(heard, "no challenge was heard: {report:#?}");
    assert_clean("a challenge", &report, &events);
}

#[tokio::test]
async fn no_certificate_gives_anything_away() {
    let mut echo = Echo::new();
    let mut params = Authority::params_for_loopback().unwrap();
    params.distinguished_name.push(rcgen::DnType::OrganizationName, Canaries::all().forms().join(" "));
    echo.identity = echo.authority.issue(&params).unwrap();
    let (report, events) = echo.check(script(DIALOGUE.len(), false), Answer::token(TOKEN)).await;
    assert!(serde_json::to_string(&report).unwrap().contains("O=[redacted]"), "{report:#?}");
    assert_clean("a certificate", &report, &events);
}

/// What the login host says, with the secrets wherever it can put text.
fn answers() -> Vec<(&'static str, Answer)> {
    let forms = Canaries::of_the_secret().forms().join(" ");
    let refusal = |field: &str| {
        let mut body =
            json!({ "error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret." });
        body[field] = Value::from(forms.clone());
        Answer::json(StatusCode::UNAUTHORIZED, &body)
    };
    let raw = |status, headers: &[(&str, &str)], body: &str| Answer::Reply {
        status,
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: body.into(),
    };
    let claims: Value = ["aud", "tid", "appid", "oid", "scp", "upn", "iss", "ver", "app_displayname"]
        .map(|claim| (claim.to_owned(), Value::from(forms.clone())))
        .into_iter()
        .chain([("roles".to_owned(), json!([forms, "SMTP.SendAsApp"]))])
        .collect::<serde_json::Map<_, _>>()
        .into();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let token = format!("{}.{}.signature", part(&json!({ "alg": "none" })), part(&claims));
    vec![
        ("error", refusal("error")),
        ("description", refusal("error_description")),
        ("trace ID", refusal("trace_id")),
        ("correlation ID", refusal("correlation_id")),
        ("time", refusal("timestamp")),
        ("sub-error", refusal("suberror")),
        ("requested claims", refusal("claims")),
        ("claims", Answer::token(&token)),
        ("token type", Answer::json(StatusCode::OK, &json!({ "token_type": forms, "access_token": TOKEN }))),
        (
            "redirect",
            raw(
                StatusCode::FOUND,
                &[("location", &format!("https://login.example/?{}", Canaries::of_the_secret().forms()[1]))],
                "",
            ),
        ),
        ("server header", raw(StatusCode::BAD_GATEWAY, &[("server", SECRET)], "")),
        ("page", raw(StatusCode::BAD_GATEWAY, &[], &format!("<html>{forms}</html>"))),
        // A token in an answer that is no clean JSON, and a secret across the end of what is kept.
        ("broken answer", raw(StatusCode::OK, &[], &format!("{{\"access_token\":\"{TOKEN}\"}} trailing"))),
        ("long page", raw(StatusCode::FORBIDDEN, &[], &format!("{}{SECRET}", "x".repeat(600 - SECRET.len() / 2)))),
    ]
}

#[tokio::test]
async fn no_answer_of_the_login_host_gives_anything_away() {
    let echo = Echo::new();
    for (place, answer) in answers() {
        let (report, events) = echo.check(script(DIALOGUE.len(), false), answer).await;
        assert_clean(place, &report, &events);
    }
}

#[tokio::test]
async fn a_token_gives_nothing_away_by_what_it_says_or_where_it_stands() {
    let claims = json!({ "iss": SECRET, "roles": [SECRET], "appid": format!("<{SECRET}>") }).to_string();
    let token = format!("eyJhbGciOiJub25lIn0.{}.signature", URL_SAFE_NO_PAD.encode(claims));
    let answer = Answer::Reply {
        status: hyper::StatusCode::OK,
        headers: vec![("Content-Type".to_owned(), format!("application/json; token={token}"))],
        body: json!({ "access_token": token, "token_type": "Bearer" }).to_string().into(),
    };
    let (report, events) = Echo::new().check(script(DIALOGUE.len(), false), answer).await;
    assert_ne!(outcome(&report, Stage::Claims), StageOutcome::Skipped, "{report:#?}");
    for (what, text) in places(&report, &events) {
        assert_holds_none(&what, &text);
        assert!(!text.contains(&token), "{what}: {text}");
    }
}

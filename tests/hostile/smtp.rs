//! The dialogue with the SMTP server: every place at which the server has the word, and what it may do with it.

use std::sync::Arc;

use mail_setup_core::check::{CheckEvent, Report, Stage, parse_recipients};
use mail_setup_tests::{Authority, Event, LoginHost, ScriptedSmtp, ServerIdentity, Step};

use crate::bench::{codes, plan_to, report, report_with_events};
use crate::cell::{Complaints, Matrix, Verdict, time_for};
use crate::dialogue::{SECRET, TOKEN, commands, leaks};
use crate::smtp::faults::FAULTS;
use crate::whole;

mod faults;

pub use faults::binary;

/// A point at which the server has the word.
#[derive(Clone)]
pub struct Place {
    pub name: &'static str,
    pub stage: Stage,
    /// How the server reads what the client says first; none before the greeting.
    pub asked: Option<Step>,
    /// The verb of that.
    pub verb: &'static str,
    /// What a server in order says.
    pub good: &'static str,
    /// The finding when it says no for good.
    pub refused: &'static str,
    /// The finding when it closes with 421.
    pub closing: &'static str,
    /// Whether the client says this before it has read the reply to what comes before.
    pub is_sent_ahead: bool,
}

fn place(name: &'static str, stage: Stage, verb: &'static str, good: &'static str, refused: &'static str) -> Place {
    let asked = match verb {
        "" => None,
        "." => Some(Step::ExpectThrough(".".to_owned())),
        "(nothing)" => Some(Step::expect("")),
        verb => Some(Step::expect(verb)),
    };
    Place { name, stage, asked, verb, good, refused, closing: "smtp_temporary_failure", is_sent_ahead: false }
}

const CHALLENGE: &str = "334 eyJzdGF0dXMiOiI0MDEifQ==";

/// The way of a message in good order.
fn usual() -> Vec<Place> {
    let busy = "smtp_service_unavailable";
    vec![
        Place { closing: busy, ..place("greeting", Stage::Greeting, "", "220 mail.example ESMTP", busy) },
        Place {
            closing: busy,
            ..place("EHLO", Stage::Greeting, "EHLO", "250-mail.example\r\n250 STARTTLS", "ehlo_rejected")
        },
        Place {
            closing: "starttls_rejected",
            ..place("STARTTLS", Stage::Starttls, "STARTTLS", "220 2.0.0 ready", "starttls_rejected")
        },
        place("EHLO over TLS", Stage::Starttls, "EHLO", "250-mail.example\r\n250 AUTH XOAUTH2", "ehlo_rejected"),
        place("AUTH", Stage::SignIn, "AUTH", "235 2.7.0 ok", "sign_in_refused"),
        place("MAIL", Stage::Sender, "MAIL", "250 2.1.0 ok", "smtp_error_unknown"),
        place("RCPT", Stage::Recipient, "RCPT", "250 2.1.5 ok", "recipient_rejected"),
        place("DATA", Stage::Message, "DATA", "354 go on", "smtp_error_unknown"),
        place("message", Stage::Message, ".", "250 2.0.0 ok", "smtp_error_unknown"),
    ]
}

/// The same with MAIL, RCPT and DATA sent ahead.
fn pipelined() -> Vec<Place> {
    let mut places = usual();
    places[3].good = "250-mail.example\r\n250-PIPELINING\r\n250 AUTH XOAUTH2";
    let names = ["MAIL, sent ahead", "RCPT, sent ahead", "DATA, sent ahead", "message, its commands sent ahead"];
    for (place, name) in places[5..].iter_mut().zip(names) {
        place.name = name;
    }
    places[6].is_sent_ahead = true;
    places[7].is_sent_ahead = true;
    places
}

/// A server that asks back before it judges the token.
fn challenged() -> Vec<Place> {
    let mut places = usual();
    places.truncate(5);
    places[4].good = CHALLENGE;
    places.push(place("challenge", Stage::SignIn, "(nothing)", "235 2.7.0 ok", "sign_in_refused"));
    places
}

/// A server that finds the line too long and takes the token by itself.
fn in_two_steps() -> Vec<Place> {
    let mut places = usual();
    places.truncate(5);
    places[4].good = "500 5.5.6 line too long";
    places.push(place("AUTH alone", Stage::SignIn, "AUTH XOAUTH2", "334", "sign_in_refused"));
    places.push(place("token alone", Stage::SignIn, "(nothing)", "235 2.7.0 ok", "sign_in_refused"));
    places
}

/// The script up to a place: everything before it in good order.
pub fn up_to(places: &[Place], index: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    for (at, place) in places[..=index].iter().enumerate() {
        steps.extend(place.asked.clone());
        if at < index {
            steps.push(Step::line(place.good));
            steps.extend((place.verb == "STARTTLS").then_some(Step::StartTls));
        }
    }
    steps
}

/// The whole way of a message, for cells whose fault is elsewhere.
pub fn in_good_order() -> Vec<Step> {
    let places = usual();
    let mut steps = up_to(&places, places.len() - 1);
    steps.extend([Step::line("250 2.0.0 ok"), Step::expect("QUIT"), Step::line("221 2.0.0 bye")]);
    steps
}

/// The script up to the TLS handshake.
pub fn up_to_handshake() -> Vec<Step> {
    let mut steps = up_to(&usual(), 2);
    steps.push(Step::line("220 2.0.0 ready"));
    steps
}

/// Runs a check against a script; gives the report, what was told meanwhile, and what the server saw.
pub async fn run(
    steps: Vec<Step>,
    authority: &Authority,
    identity: &ServerIdentity,
    peer_is_slow: bool,
) -> (Report, Vec<CheckEvent>, Vec<Event>) {
    let server = ScriptedSmtp::start(steps, Some(identity)).await.unwrap();
    let login_host = LoginHost::granting(TOKEN).await.unwrap();
    let mut plan = plan_to(server.address().port(), &authority.pem(), &login_host.url());
    plan.timeouts = time_for(peer_is_slow);
    let (report, told) = report_with_events(plan, SECRET).await;
    (report, told, server.finished().await)
}

/// Adds the cells of every way to sign in and send, each from where it leaves the usual one.
pub fn cells(matrix: &mut Matrix) {
    cells_of_many(matrix);
    let authority = Arc::new(Authority::new().unwrap());
    let identity = Arc::new(authority.issue_for_loopback().unwrap());
    for (places, from) in [(usual(), 0), (pipelined(), 5), (challenged(), 5), (in_two_steps(), 5)] {
        for index in from..places.len() {
            for fault in FAULTS {
                let place = &places[index];
                let next = places.get(index + 1);
                let (stage, code, steps) = match (fault.at)(place, next) {
                    Verdict::Ends(stage, code, steps) => (stage, code, steps),
                    Verdict::Senseless(reason) => {
                        matrix.leave_out(reason);
                        continue;
                    }
                };
                let script = [up_to(&places, index), steps].concat();
                let expected: Vec<&str> = places[..=index].iter().map(|place| place.verb).collect();
                let (authority, identity, is_slow) = (Arc::clone(&authority), Arc::clone(&identity), fault.is_slow);
                matrix.add(format!("{} × {}", place.name, fault.name), async move {
                    let (report, told, events) = run(script, &authority, &identity, is_slow).await;
                    let mut complaints = whole::complaints(&report, stage, code);
                    complaints.extend(whole::harmful_events(&told));
                    complaints.extend(leaks(&events));
                    complaints.extend(unasked(&events, &expected));
                    complaints
                });
            }
        }
    }
}

/// Adds what a single recipient cannot show: replies that are each as long as they may be, and together too long.
fn cells_of_many(matrix: &mut Matrix) {
    let long = |reply: &str| Step::line(&format!("{reply} {}", "x".repeat(7000)));
    let each = |count: usize, last: Step| {
        let asked = (0..count).flat_map(|_| [Step::expect("RCPT"), long("550 5.9.9")]);
        let before = [up_to(&usual(), 5), vec![Step::line("250 2.1.0 ok")]].concat();
        before.into_iter().chain(asked).chain([Step::expect("RCPT"), last]).collect::<Vec<_>>()
    };
    let too_long = [each(60, long("550 5.9.9")), vec![Step::Silence]].concat();
    matrix.add("RCPT × refusals for many, together too long".to_owned(), async {
        whole::complaints(&to_many(61, too_long).await, Stage::Recipient, "smtp_not_smtp")
    });
    let end = [
        Step::expect("DATA"),
        Step::line("354 go on"),
        Step::ExpectThrough(".".to_owned()),
        Step::line("250 2.0.0 ok"),
        Step::expect("QUIT"),
        Step::line("221 2.0.0 bye"),
    ];
    let all_but_one = [each(20, Step::line("250 2.1.5 ok")), end.to_vec()].concat();
    matrix.add("RCPT × long refusals for all but one".to_owned(), async {
        let report = to_many(21, all_but_one).await;
        let mut complaints = whole::harmful(&report);
        let named = codes(&report);
        complaints.extend((named != ["recipient_rejected"]).then(|| format!("found {named:?}")));
        complaints.extend(report.message_id.is_none().then(|| "it was not sent".to_owned()));
        complaints
    });
}

async fn to_many(count: usize, steps: Vec<Step>) -> Report {
    let authority = Authority::new().unwrap();
    let identity = authority.issue_for_loopback().unwrap();
    let server = ScriptedSmtp::start(steps, Some(&identity)).await.unwrap();
    let login_host = LoginHost::granting(TOKEN).await.unwrap();
    let mut plan = plan_to(server.address().port(), &authority.pem(), &login_host.url());
    let recipients: Vec<String> = (0..count).map(|number| format!("to-{number}@contoso.com")).collect();
    plan.recipients = parse_recipients(recipients.iter().map(String::as_str)).unwrap();
    plan.timeouts = time_for(false);
    report(plan, SECRET).await
}

/// Complaints about commands that should not have been sent: after the fault, nothing but what was on its way
/// already, the end of a message without content, and the farewell.
fn unasked(events: &[Event], expected: &[&str]) -> Complaints {
    let expected: Vec<&str> = expected.iter().copied().filter(|verb| !matches!(*verb, "" | "(nothing)")).collect();
    let sent = commands(events);
    let ahead: &[&str] = if expected.contains(&"MAIL") { &["RCPT", "DATA", ".", "QUIT"] } else { &["QUIT"] };
    match sent.strip_prefix(&expected[..]) {
        Some(after) if after.iter().all(|verb| ahead.contains(verb)) => Complaints::new(),
        _ => vec![format!("expected {expected:?}, the server got {sent:?}")],
    }
}

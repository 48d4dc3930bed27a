//! The login host: the request for a token, over HTTP and HTTPS, against every answer of [`http`](crate::http).

use std::sync::Arc;

use mail_setup_core::check::{CheckEvent, Report, Stage, StageOutcome};
use mail_setup_tests::{Authority, Event, ScriptedSmtp, ServerIdentity, Step};

use crate::bench::{codes, plan_to, record, report_with_events};
use crate::cell::{Complaints, Matrix, time_for};
use crate::dialogue::{SECRET, commands, leaks};
use crate::http::{ANSWERS, Answer, REDIRECTED, Token};
use crate::{smtp, whole};

/// What came of a check, and what both servers saw.
pub struct Seen {
    pub report: Report,
    told: Vec<CheckEvent>,
    login: Vec<Event>,
    smtp: Vec<Event>,
}

impl Seen {
    /// The lines that the login host could read.
    pub fn requests(&self) -> Vec<&str> {
        let received = self.login.iter().filter_map(|event| match event {
            Event::Received(line) => Some(line.as_str()),
            _ => None,
        });
        received.filter(|line| line.starts_with("POST ") || line.contains("client_secret")).collect()
    }

    /// Complaints unless the SMTP server was left without a token.
    pub fn without_token(&self) -> Complaints {
        let sent = commands(&self.smtp);
        let mut complaints = leaks(&self.smtp);
        complaints.extend((sent != ["EHLO", "STARTTLS", "EHLO", "QUIT"]).then(|| format!("the server got {sent:?}")));
        complaints
    }
}

/// Runs a check whose login host follows this script; the SMTP server is in good order.
pub async fn run(
    steps: Vec<Step>,
    encrypted: bool,
    authority: &Authority,
    identity: &ServerIdentity,
    peer_is_slow: bool,
) -> Seen {
    let login_host = ScriptedSmtp::start(steps, Some(identity)).await.unwrap();
    let trusted = authority.issue_for_loopback().unwrap();
    let smtp_server = ScriptedSmtp::start(smtp::in_good_order(), Some(&trusted)).await.unwrap();
    let url = format!("http{}://localhost:{}", if encrypted { "s" } else { "" }, login_host.address().port());
    let mut plan = plan_to(smtp_server.address().port(), &authority.pem(), &url);
    plan.timeouts = time_for(peer_is_slow);
    let (report, told) = report_with_events(plan, SECRET).await;
    Seen { report, told, login: login_host.finished().await, smtp: smtp_server.finished().await }
}

/// Adds the cells: each answer over HTTP and over HTTPS.
pub fn cells(matrix: &mut Matrix) {
    let authority = Arc::new(Authority::new().unwrap());
    let identity = Arc::new(authority.issue_for_loopback().unwrap());
    for answer in ANSWERS {
        for (encrypted, scheme) in [(false, "HTTP"), (true, "HTTPS")] {
            let (authority, identity) = (Arc::clone(&authority), Arc::clone(&identity));
            matrix.add(format!("token over {scheme} × {}", answer.name), async move {
                // Where a redirect leads: nobody may follow it there.
                let elsewhere = ScriptedSmtp::start([Step::Silence], None).await.unwrap();
                let script = script("POST ", answer, encrypted, elsewhere.address().port());
                let seen = run(script, encrypted, &authority, &identity, answer.is_slow).await;
                let mut complaints = judge(&seen, answer, encrypted);
                complaints.extend(was_followed(&elsewhere).then(|| "it was followed elsewhere".to_owned()));
                complaints
            });
        }
    }
}

/// Whether somebody asked here for what a redirect named. A stranger who only tries the port is no concern.
pub fn was_followed(elsewhere: &ScriptedSmtp) -> bool {
    let asked = |event: &Event| matches!(event, Event::Received(line) if line.contains(REDIRECTED));
    elsewhere.dialogue().iter().any(asked)
}

/// A server that reads one request of this method and gives the answer.
pub fn script(method: &str, answer: &Answer, encrypted: bool, elsewhere: u16) -> Vec<Step> {
    let mut steps: Vec<Step> = encrypted.then_some(Step::StartTls).into_iter().collect();
    steps.extend([Step::expect(method), Step::ExpectThrough(String::new())]);
    steps.extend((answer.steps)(elsewhere));
    steps
}

fn judge(seen: &Seen, answer: &Answer, encrypted: bool) -> Complaints {
    let expected = answer.token_over_tls.filter(|_| encrypted).unwrap_or(answer.token);
    let mut complaints = match expected {
        Token::None(code) => {
            let mut complaints = whole::complaints(&seen.report, Stage::Token, code);
            complaints.extend(seen.without_token());
            complaints
        }
        Token::Used(told) => {
            let mut complaints = whole::harmful(&seen.report);
            let failed = whole::stages(&seen.report, StageOutcome::Failed);
            if codes(&seen.report) != told || failed.iter().any(|stage| *stage != Stage::Claims) {
                complaints.push(format!("expected {told:?}, found {:?}, {failed:?}", codes(&seen.report)));
            }
            complaints.extend(seen.report.message_id.is_none().then(|| "no message was sent".to_owned()));
            complaints
        }
    };
    complaints.extend(whole::harmful_events(&seen.told));
    // What was seen is told, though no answer came.
    let chain = record(&seen.report, Stage::Token).evidence.certificates().len();
    complaints.extend((chain != usize::from(encrypted)).then(|| format!("{chain} certificates are told")));
    // Asked once, and the form with the secret in it came with that.
    let requests = seen.requests();
    let asked = requests.iter().filter(|line| line.starts_with("POST ")).count();
    complaints.extend((asked != 1).then(|| format!("asked {asked} times")));
    complaints
}

//! A scripted SMTP server with a login host beside it, and the beginnings of scripts.

use mail_setup_core::check::{Plan, Report, parse_recipients};
use mail_setup_tests::{Authority, Event, LoginHost as FakeLoginHost, ScriptedSmtp, ServerIdentity, Step};

use crate::bench::{plan_to, report};

pub const TOKEN: &str = "token-for-the-script";

/// A scripted SMTP server, a login host, and the plan that leads to both.
pub struct Bench {
    pub authority: Authority,
    identity: ServerIdentity,
}

impl Bench {
    pub fn new() -> Self {
        let authority = Authority::new().unwrap();
        let identity = authority.issue_for_loopback().unwrap();
        Self { authority, identity }
    }

    pub async fn server(&self, steps: Vec<Step>) -> ScriptedSmtp {
        ScriptedSmtp::start(steps, Some(&self.identity)).await.unwrap()
    }

    pub fn plan(&self, smtp_port: u16, login: &FakeLoginHost) -> Plan {
        plan_to(smtp_port, &self.authority.pem(), &login.url())
    }

    pub async fn report(&self, steps: Vec<Step>) -> (Report, Vec<Event>) {
        self.report_to("", steps).await
    }

    pub async fn report_to(&self, recipients: &str, steps: Vec<Step>) -> (Report, Vec<Event>) {
        let server = self.server(steps).await;
        let login = FakeLoginHost::granting(TOKEN).await.unwrap();
        let mut plan = self.plan(server.address().port(), &login);
        plan.recipients = parse_recipients([recipients]).unwrap();
        let report = report(plan, "a-secret").await;
        (report, server.finished().await)
    }
}

fn to_starttls() -> Vec<Step> {
    vec![
        Step::line("220 mail.example ESMTP"),
        Step::expect("EHLO "),
        Step::line("250-mail.example\r\n250 STARTTLS"),
        Step::expect("STARTTLS"),
    ]
}

pub fn to_sign_in() -> Vec<Step> {
    let mut steps = to_starttls();
    steps.extend([
        Step::line("220 2.0.0 ready"),
        Step::StartTls,
        Step::expect("EHLO "),
        Step::line("250-mail.example\r\n250-PIPELINING\r\n250 AUTH XOAUTH2"),
    ]);
    steps
}

/// Signed in, with MAIL, RCPT and DATA received in one go.
pub fn to_replies() -> Vec<Step> {
    let signed_in = [Step::expect("AUTH XOAUTH2 "), Step::line("235 2.7.0 ok"), Step::ExpectThrough("DATA".to_owned())];
    then(to_sign_in(), signed_in)
}

pub fn then(mut steps: Vec<Step>, more: impl IntoIterator<Item = Step>) -> Vec<Step> {
    steps.extend(more);
    steps
}

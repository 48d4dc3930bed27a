//! A task that panics while it holds secret and token: what the crash tells, with everything that can be shown of the
//! types that hold them.

use std::process::Command;
use std::sync::Arc;

use mail_setup_core::check::{CheckEvent, Stage, run};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::redact::Redactor;
use mail_setup_tests::{Authority, Canaries, LoginHost, ScriptedSmtp, Step};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use crate::bench::plan_to;

#[test]
fn a_crash_tells_no_secret() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "crash::while_signing_in", "--nocapture"])
        .env("RUST_BACKTRACE", "full")
        .env("RUST_LOG", "trace")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&said);
    assert!(
        !output.status.success() && text.contains("crashed at sign-in") && text.contains("stack backtrace"),
        "{text}"
    );
    assert!(Canaries::all().found_in(&said).is_empty(), "{text}");
}

#[tokio::test]
#[ignore = "crashes; started by the test above"]
async fn while_signing_in() {
    let authority = Authority::new().unwrap();
    let identity = authority.issue_for_loopback().unwrap();
    let server = ScriptedSmtp::start(
        [
            Step::line("220 mail.example ESMTP"),
            Step::expect("EHLO "),
            Step::line("250-mail.example\r\n250 STARTTLS"),
            Step::expect("STARTTLS"),
            Step::line("220 2.0.0 ready"),
            Step::StartTls,
            Step::expect("EHLO "),
            Step::line("250-mail.example\r\n250 AUTH XOAUTH2"),
            Step::expect("AUTH XOAUTH2 "),
            Step::line(&format!("535 5.7.3 {}", Canaries::all().forms().join(" "))),
            Step::Close,
        ],
        Some(&identity),
    )
    .await
    .unwrap();
    let login = LoginHost::granting(Canaries::TOKEN).await.unwrap();
    let plan = plan_to(server.address().port(), &authority.pem(), &login.url());
    let secret = SecretString::from(Canaries::SECRET);
    let redactor = Redactor::default();
    redactor.add(&secret);
    let held = format!("{plan:?} {secret:?} {redactor:?}");
    let listener = Arc::new(move |event| {
        if let CheckEvent::StageFinished { record } = &event
            && record.stage == Stage::SignIn
        {
            panic!("crashed at sign-in with {event:?} {held}");
        }
    });
    run(plan, secret, &SystemClock, listener, CancellationToken::new()).await;
}

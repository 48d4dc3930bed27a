//! `incorta-mail check`: one check, or one that is repeated until it passes.

use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::check::{self, CheckEvent, Outcome, Owner, Plan, Report, Severity, StageOutcome, waits};
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::diagnosis::diagnose;
use mail_setup_core::report::{masked, message_for};
use tokio_util::sync::CancellationToken;

use crate::arguments::CheckOptions;
use crate::interrupt;
use crate::report_file::{ReportFile, json};
use crate::subject::Subject;
use crate::terminal::{self, People};
use crate::{Failure, input};

/// Runs the check, prints and writes its report, and gives the exit code.
pub async fn check(options: &CheckOptions) -> Result<u8, Failure> {
    let recipients = input::recipients(&options.to)?;
    let file = options.report.as_deref().map(ReportFile::at).transpose()?;
    let subject = Subject::of(options).await?;
    let people = Arc::new(People::new(options.json || options.message_for.is_some(), options.quiet));
    if subject.is_practice() {
        people.say("Practice tenant: nothing leaves this computer.\n");
    }
    // Each check shares with nobody, so that its token is fresh: an old one lacks what was granted since.
    let plan = || subject.plan(options.depth.into(), &recipients, options.reach.timeout, &Arc::default());
    let cancel = interrupt::cancel();

    let mut report = run(plan(), &subject, &people, true, &cancel).await;
    for wait in options.keep_trying.into_iter().flat_map(waits) {
        if report.outcome != Outcome::Failed || !sleep(wait, &report, &people, &cancel).await {
            break;
        }
        report = run(plan(), &subject, &people, false, &cancel).await;
    }
    if options.keep_trying.is_some() {
        people.ring();
    }

    let result = terminal::result(&report);
    people.say(&format!("\n{result}"));
    if options.quiet && is_worth_telling(&report) {
        terminal::out(&result);
    }
    let given = if options.mask_addresses { masked(&report).ok_or_else(not_masked)? } else { report };
    if options.json {
        terminal::out(&json(&given)?);
    }
    if let Some(owner) = options.message_for {
        let owner = Owner::from(owner);
        match message_for(&given, owner) {
            Some(message) => terminal::out(&message),
            None => terminal::err(&format!("Nothing to write: no finding is for the {}.\n", owner.name())),
        }
    }
    if let Some(file) = &file {
        file.write(&given)?;
    }
    Ok(if cancel.is_cancelled() { interrupt::EXIT_CODE } else { exit_code(given.outcome) })
}

fn not_masked() -> Failure {
    Failure::unable("the addresses in the report cannot be masked, so it is not given")
}

/// Whether a quiet run has something to say: a warning or worse. A note is none.
pub fn is_worth_telling(report: &Report) -> bool {
    report.findings.iter().any(|finding| finding.severity <= Severity::Warning)
}

/// The exit code of a check that ended.
pub fn exit_code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Passed | Outcome::Warned => 0,
        Outcome::Failed => 1,
        Outcome::Cancelled => interrupt::EXIT_CODE,
    }
}

/// One check. `all_stages`: every stage gets a line; else only the whole check does.
async fn run(
    plan: Plan,
    subject: &Subject,
    people: &Arc<People>,
    all_stages: bool,
    cancel: &CancellationToken,
) -> Report {
    let depth = plan.depth;
    let listener = {
        let people = Arc::clone(people);
        Arc::new(move |event| match event {
            CheckEvent::StageStarted { stage, .. } => people.began(stage),
            CheckEvent::StageFinished { record } => {
                people.ended(record.stage);
                if all_stages && depth.includes(record.stage) {
                    people.say(&terminal::stage(&record));
                }
            }
            CheckEvent::Transcript { .. } => {}
        })
    };
    let report = diagnose(check::run(plan, subject.secret.clone(), &SystemClock, listener, cancel.clone()).await);
    if !all_stages {
        let ended = report.stages.iter().rev().find(|record| record.outcome != StageOutcome::Skipped);
        people.say(&ended.map(terminal::stage).unwrap_or_default());
    }
    report
}

/// Waits for the next check; false when the user stops it.
async fn sleep(wait: Duration, report: &Report, people: &People, cancel: &CancellationToken) -> bool {
    let next = SystemClock.now() + wait;
    let cause = report.findings.first().map(terminal::title).unwrap_or_default();
    people.say(&terminal::wrapped(
        &format!("Not yet: {cause}. The next check is at {} UTC; Ctrl-C stops.", next.strftime("%H:%M:%S")),
        "",
        "",
    ));
    people.show("Waiting for the next check".to_owned());
    let went_on = tokio::select! {
        () = cancel.cancelled() => false,
        () = tokio::time::sleep(wait) => true,
    };
    people.show(String::new());
    went_on
}

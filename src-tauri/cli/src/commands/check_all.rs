//! `incorta-mail check --all`: every profile side by side, within Microsoft's limits.

use std::sync::Arc;

use mail_setup_core::check::{self, Report, Shared, StageOutcome};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use serde::Serialize;
use tokio::task::JoinSet;

use super::check::{exit_code, is_worth_telling};
use crate::arguments::CheckOptions;
use crate::report_file;
use crate::subject::{Named, Subject, reach};
use crate::terminal::{self, People, wrapped_table};
use crate::{Failure, input, interrupt, kept};

/// How the check of one profile ended: a report, or why there is none.
type Ended = Result<Report, Failure>;

/// Checks all profiles and gives the worst exit code.
pub async fn check_all(options: &CheckOptions) -> Result<u8, Failure> {
    let recipients = input::recipients(&options.to)?;
    let profiles = kept::profiles()?.list().map_err(kept::failed)?;
    if profiles.is_empty() {
        return Err(Failure::usage("no profile is kept yet: make one with 'incorta-mail profiles add'"));
    }
    let (network, login_host) = reach(&options.reach)?;
    let names: Vec<String> = profiles.iter().map(|profile| profile.name.clone()).collect();
    let people = People::new(options.json, options.quiet);
    let cancel = interrupt::cancel();
    let shared: Arc<Shared> = Arc::default();

    let mut running = JoinSet::new();
    for (index, profile) in profiles.into_iter().enumerate() {
        let subject =
            Subject::configured(Named::of_profile(profile), &options.secret, network.clone(), login_host.clone());
        let depth = options.depth.into();
        let planned =
            subject.map(|subject| (subject.plan(depth, &recipients, options.reach.timeout, &shared), subject.secret));
        let cancel = cancel.clone();
        running.spawn(async move {
            let ended = match planned {
                Ok((plan, secret)) => {
                    Ok(diagnose(check::run(plan, secret, &SystemClock, Arc::new(|_| {}), cancel).await))
                }
                Err(failure) => Err(failure),
            };
            (index, ended)
        });
    }
    let mut ended: Vec<Option<Ended>> = names.iter().map(|_| None).collect();
    let mut done = 0;
    people.show(format!("0 of {} checked", names.len()));
    while let Some(finished) = running.join_next().await {
        let (index, result) = finished.map_err(|error| Failure::unable(error.to_string()))?;
        ended[index] = Some(result);
        done += 1;
        people.show(format!("{done} of {} checked", names.len()));
    }
    people.show(String::new());

    let ended: Vec<(String, Ended)> =
        names.into_iter().zip(ended).filter_map(|(name, ended)| Some((name, ended?))).collect();
    let summary = summary(&ended);
    people.say(&summary);
    if options.quiet && ended.iter().any(|(_, ended)| ended.as_ref().map_or(true, is_worth_telling)) {
        terminal::out(&summary);
    }
    if options.json {
        let reports: Vec<Entry<'_>> = ended.iter().map(|(name, ended)| entry(name, ended)).collect();
        terminal::out(&report_file::json(&reports)?);
    }
    if cancel.is_cancelled() {
        return Ok(interrupt::EXIT_CODE);
    }
    Ok(ended.iter().map(|(_, ended)| code(ended)).max().unwrap_or_default())
}

fn code(ended: &Ended) -> u8 {
    match ended {
        Ok(report) => exit_code(report.outcome),
        Err(failure) => failure.code,
    }
}

/// A row a profile, then how to see more of those that failed.
fn summary(ended: &[(String, Ended)]) -> String {
    let rows = ended.iter().map(|(name, ended)| match ended {
        Ok(report) => {
            let failed = report.stages.iter().find(|record| record.outcome == StageOutcome::Failed);
            let stage = failed.map(|record| record.stage.name()).unwrap_or_default();
            let cause = report.findings.first();
            let owner = cause.map(|finding| finding.owner.name()).unwrap_or_default();
            let outcome = report.outcome.name();
            [name.clone(), outcome, stage, cause.map(terminal::title).unwrap_or_default(), owner]
        }
        Err(failure) => {
            let line = failure.text.lines().next().unwrap_or_default().trim_end_matches(':');
            let cause = line.strip_prefix(&format!("{name}: ")).unwrap_or(line);
            [name.clone(), "not run".to_owned(), String::new(), cause.to_owned(), String::new()]
        }
    });
    let mut text = wrapped_table(["Profile", "Outcome", "Stage", "Cause", "Who can mend it"], rows);
    if let Some((name, _)) =
        ended.iter().find(|(_, ended)| ended.as_ref().is_ok_and(|report| exit_code(report.outcome) == 1))
    {
        text.push_str(&format!("\nFor what to do: incorta-mail check \"{name}\"\n"));
    }
    text
}

/// What JSON holds for a profile.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Report(&'a Report),
    /// In a report's place.
    NotRun {
        profile: &'a str,
        outcome: &'static str,
        error: &'a str,
    },
}

fn entry<'a>(name: &'a str, ended: &'a Ended) -> Entry<'a> {
    match ended {
        Ok(report) => Entry::Report(report),
        Err(failure) => Entry::NotRun { profile: name, outcome: "not_run", error: &failure.text },
    }
}

//! `incorta-mail token`: a token is asked for, its claims are judged one by one, and it is thrown away.

use std::sync::Arc;

use mail_setup_core::check::{self, Depth, Report, Stage, StageEvidence};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use mail_setup_core::entra::{ClaimVerdict, Verdict, judge};
use mail_setup_core::settings::{self, Context};
use serde_json::json;

use super::check::exit_code;
use crate::arguments::TokenOptions;
use crate::subject::{Named, Subject, reach};
use crate::terminal::{self, BAD, GOOD, WARNING, styled, wrapped};
use crate::{Failure, interrupt, report_file};

/// Prints the claims with their verdicts.
pub async fn token(options: &TokenOptions) -> Result<u8, Failure> {
    let (network, login_host) = reach(&options.reach)?;
    let subject = Subject::configured(Named::read(&options.subject)?, &options.secret, network, login_host)?;
    let plan = subject.plan(Depth::Token, &[], options.reach.timeout, &Arc::default());
    let (typed, access_path) = (plan.settings.clone(), plan.access_path);
    let record = check::run(plan, subject.secret, &SystemClock, Arc::new(|_| {}), interrupt::cancel()).await;
    let report = diagnose(record);

    let verdicts = match (claims(&report), settings::parse(&typed, &Context::default()).settings) {
        (Some((claims, received_at)), Some(settings)) => judge(claims, &settings, access_path, received_at),
        _ => Vec::new(),
    };
    if options.json {
        let body = json!({ "outcome": report.outcome, "claims": verdicts, "findings": report.findings });
        terminal::out(&report_file::json(&body)?);
    } else if verdicts.is_empty() {
        let stages = report.stages.iter().filter(|record| Depth::Token.includes(record.stage));
        stages.for_each(|record| terminal::out(&terminal::stage(record)));
        terminal::out(&format!("\n{}", terminal::result(&report)));
    } else {
        verdicts.iter().for_each(|verdict| terminal::out(&line(verdict)));
    }
    let wrong = verdicts.iter().any(|verdict| verdict.verdict == Verdict::Wrong);
    Ok(if wrong { 1 } else { exit_code(report.outcome) })
}

/// The token's claims and when it came.
fn claims(report: &Report) -> Option<(&mail_setup_core::entra::Claims, i64)> {
    let record = report.stages.iter().find(|record| record.stage == Stage::Claims)?;
    match &record.evidence {
        StageEvidence::Claims(evidence) => Some((evidence.claims.as_ref()?, evidence.received_at)),
        _ => None,
    }
}

fn line(verdict: &ClaimVerdict) -> String {
    let (style, word) = match verdict.verdict {
        Verdict::Good => (GOOD, "good"),
        Verdict::Look => (WARNING, "look"),
        Verdict::Wrong => (BAD, "WRONG"),
    };
    let plain = format!("{word:<7}{:<7}", verdict.claim);
    let value = verdict.value.as_deref().unwrap_or("absent");
    let text = wrapped(&format!("{value} ({})", verdict.text), &plain, &" ".repeat(plain.len()));
    text.replacen(word, &styled(style, word), 1)
}

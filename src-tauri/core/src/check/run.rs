//! A plan carried out, once through.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::lanes::{Connected, smtp_lane, stopped, token_lane};
use super::record::{Record, SettingsEvidence, StageEvidence, StageRecord};
use super::recorder::{EventListener, Recorder};
use super::{Depth, Plan, Stage, StageOutcome};
use crate::clock::Clock;
use crate::entra::TokenAnswer;
use crate::net::Fault;
use crate::settings::{self, Context, IssueSeverity, Settings};
use crate::smtp::{Envelope, SmtpEvidence, Stop, quit, reference, sign_in, test_message};
use crate::words;

/// How long the server may take to say goodbye, or to reply to what was sent ahead of a refusal: the result stands.
const FAREWELL: Duration = Duration::from_secs(1);

/// Runs a check. It always comes back with a whole record: a stage that fails,
/// takes too long or is stopped leaves its evidence, and every stage stands in
/// the record. Invalid settings never reach the network.
pub async fn run(
    plan: Plan,
    secret: SecretString,
    clock: &dyn Clock,
    events: EventListener,
    cancel: CancellationToken,
) -> Record {
    let recorder = Recorder::new(events, plan.timeouts, cancel);
    recorder.redactor.add(&secret);
    let started_at = clock.now();

    let (record, settings) = settings_stage(&plan, &recorder);
    let mut stages = vec![record];
    let mut sent = None;
    if let Some(settings) = &settings {
        let (token_lane, smtp_lane) =
            tokio::join!(token_lane(&plan, settings, &secret, &recorder, clock), smtp_lane(&plan, settings, &recorder));
        let (token_records, token) = token_lane;
        let (smtp_records, connected) = smtp_lane;
        stages.extend(token_records);
        stages.extend(smtp_records);
        if let Some(connected) = connected {
            sent = session(&plan, settings, token, connected, &recorder, clock, &mut stages).await;
        }
    }
    for stage in Stage::ALL {
        if !stages.iter().any(|record| record.stage == stage) {
            stages.push(recorder.skip(stage));
        }
    }
    stages.sort_by_key(|record| record.stage);
    let (message_id, reference) = sent.unzip();
    Record {
        settings,
        started_at,
        duration_ms: recorder.elapsed_ms(),
        stages,
        transcript: recorder.transcript.lines(),
        message_id,
        reference,
        redactor: recorder.redactor.clone(),
        plan,
    }
}

fn settings_stage(plan: &Plan, recorder: &Recorder) -> (StageRecord, Option<Settings>) {
    let running = recorder.start(Stage::Settings);
    let parsed = settings::parse(&plan.settings, &Context::default());
    let in_words = |issue: &settings::Issue| format!("{}: {}", issue.field.label(), issue.text);
    let mut issues = parsed.issues.clone();
    issues.sort_by_key(|issue| issue.severity);
    let first_error = issues.iter().find(|issue| issue.severity == IssueSeverity::Error).map(in_words);
    let evidence = SettingsEvidence { issues: issues.iter().map(in_words).collect() };
    let (outcome, summary) = match (first_error, issues.is_empty()) {
        (Some(error), _) => (StageOutcome::Failed, error),
        (None, true) => (StageOutcome::Passed, words::text("summary-settings", &[])),
        (None, false) => (StageOutcome::Warned, evidence.issues.join(" ")),
    };
    (recorder.finish(running, outcome, summary, StageEvidence::Settings(evidence)), parsed.settings)
}

/// Sign-in and message over an open connection, then the farewell. Returns
/// message ID and reference of an accepted message.
async fn session(
    plan: &Plan,
    settings: &Settings,
    token: Option<Arc<TokenAnswer>>,
    mut connected: Connected,
    recorder: &Recorder,
    clock: &dyn Clock,
    stages: &mut Vec<StageRecord>,
) -> Option<(String, String)> {
    let mut sent = None;
    let mut usable = true;
    if let Some(token) = token.filter(|_| plan.depth >= Depth::SignIn) {
        let signed_in = sign_in_stage(settings, &token, &mut connected, recorder).await;
        usable = signed_in.evidence.fault().is_none();
        let accepted = signed_in.outcome == StageOutcome::Passed;
        stages.push(signed_in);
        if accepted && plan.depth >= Depth::Message {
            let delivery = message_stages(plan, settings, &mut connected, recorder, clock, stages).await;
            (sent, usable) = delivery.unwrap_or((None, false));
        }
    }
    if usable && !recorder.is_cancelled() {
        // A server that does not say goodbye changes nothing about the result.
        let _ = tokio::time::timeout(FAREWELL, quit(&mut connected.wire)).await;
    }
    sent
}

async fn sign_in_stage(
    settings: &Settings,
    token: &TokenAnswer,
    connected: &mut Connected,
    recorder: &Recorder,
) -> StageRecord {
    let running = recorder.start(Stage::SignIn);
    let mut evidence = SmtpEvidence { capabilities: offered(connected), ..Default::default() };
    let work = sign_in(
        &mut connected.wire,
        &connected.capabilities,
        &settings.mailbox,
        &token.token,
        &recorder.redactor,
        &mut evidence,
    );
    let ended = recorder.within(Stage::SignIn, work).await;
    let (outcome, summary) = match &ended {
        Ok(()) => passed(&evidence),
        Err(stop) => stopped(Stage::SignIn, stop, &mut evidence),
    };
    recorder.finish(running, outcome, summary, StageEvidence::Smtp(evidence))
}

fn offered(connected: &Connected) -> Vec<String> {
    connected.capabilities.lines().to_vec()
}

fn passed(evidence: &SmtpEvidence) -> (StageOutcome, String) {
    (StageOutcome::Passed, evidence.last_reply().map(|reply| reply.text()).unwrap_or_default())
}

/// Sender, recipient, message. Gives the identity of a message that was sent, and
/// whether the connection is still of use.
async fn message_stages(
    plan: &Plan,
    settings: &Settings,
    connected: &mut Connected,
    recorder: &Recorder,
    clock: &dyn Clock,
    stages: &mut Vec<StageRecord>,
) -> Result<(Option<(String, String)>, bool), Fault> {
    let recipients = match plan.recipients.is_empty() {
        true => vec![settings.mailbox.clone()],
        false => plan.recipients.clone(),
    };
    let mut envelope = Envelope::new(&mut connected.wire, &connected.capabilities, &settings.mailbox, &recipients);

    let running = recorder.start(Stage::Sender);
    let mut evidence = SmtpEvidence::default();
    let ended = recorder.within(Stage::Sender, envelope.sender(&mut evidence)).await;
    let (outcome, summary) = match &ended {
        Ok(()) => passed(&evidence),
        Err(stop) => stopped(Stage::Sender, stop, &mut evidence),
    };
    stages.push(recorder.finish(running, outcome, summary, StageEvidence::Smtp(evidence)));
    if let Err(stop) = ended {
        return give_up(stop, &mut envelope, recorder).await;
    }

    let running = recorder.start(Stage::Recipient);
    let mut evidence = SmtpEvidence::default();
    let ended = recorder.within(Stage::Recipient, envelope.recipients(&mut evidence)).await;
    let (outcome, summary) = match &ended {
        Ok(true) => passed(&evidence),
        Ok(false) => (StageOutcome::Warned, refusals(&evidence)),
        Err(stop) => stopped(Stage::Recipient, stop, &mut evidence),
    };
    stages.push(recorder.finish(running, outcome, summary, StageEvidence::Smtp(evidence)));
    if let Err(stop) = ended {
        return give_up(stop, &mut envelope, recorder).await;
    }

    let running = recorder.start(Stage::Message);
    let mut evidence = SmtpEvidence::default();
    let reference = reference();
    let message = match test_message(&settings.mailbox, &recipients, &reference, clock.now()) {
        Ok(message) => message,
        Err(error) => {
            let summary = error.to_string();
            stages.push(recorder.finish(running, StageOutcome::Failed, summary, StageEvidence::Smtp(evidence)));
            return Ok((None, true));
        }
    };
    let ended = recorder.within(Stage::Message, envelope.message(&message.content, &mut evidence)).await;
    let data_was_taken = evidence.last_reply().is_some_and(|reply| reply.code == 354);
    let (outcome, summary) = match &ended {
        Ok(_) => passed(&evidence),
        Err(stop) => stopped(Stage::Message, stop, &mut evidence),
    };
    stages.push(recorder.finish(running, outcome, summary, StageEvidence::Smtp(evidence)));
    let identity = (message.message_id, reference);
    match ended {
        Ok(_) => Ok((Some(identity), true)),
        // No reply to the message itself: it may have been taken, and the user must be able to recognise it.
        Err(Stop::Fault(_)) if data_was_taken => Ok((Some(identity), false)),
        Err(stop) => give_up(stop, &mut envelope, recorder).await,
    }
}

/// The replies of recipients that were not taken.
fn refusals(evidence: &SmtpEvidence) -> String {
    let refused = evidence.exchanges.iter().filter(|exchange| !exchange.reply.is_positive());
    refused.map(|exchange| exchange.reply.text()).collect::<Vec<_>>().join(" ")
}

async fn give_up<T, S>(
    stop: Stop,
    envelope: &mut Envelope<'_, S>,
    recorder: &Recorder,
) -> Result<(Option<T>, bool), Fault>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    match stop {
        Stop::Fault(fault) => Err(fault),
        Stop::Refused => {
            let abandoned = tokio::time::timeout(FAREWELL, envelope.abandon());
            let abandoned = async { abandoned.await.unwrap_or(Err(Fault::TimedOut)) };
            recorder.until_cancelled(abandoned).await.map(|()| (None, true))
        }
    }
}

//! Times, events and the transcript of one check, shared by its two lanes.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::record::{StageEvidence, StageRecord};
use super::{Stage, StageOutcome, Timeouts};
use crate::net::Fault;
use crate::redact::{Redactor, excerpt};
use crate::smtp::{Transcript, TranscriptLine};
use crate::words;

/// The longest summary, in characters: no single reply is longer, but those of many recipients together are.
const SUMMARY_LIMIT: usize = 10_000;

/// What happens while a check runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CheckEvent {
    /// A stage began.
    StageStarted {
        /// Which.
        stage: Stage,
        /// Milliseconds since the check began.
        at_ms: u64,
    },
    /// A stage ended.
    StageFinished {
        /// How.
        record: Box<StageRecord>,
    },
    /// A line was sent or received.
    Transcript {
        /// The line, without secrets.
        line: TranscriptLine,
    },
}

/// Called with each event, from the task that runs the check; must not block.
pub type EventListener = Arc<dyn Fn(CheckEvent) + Send + Sync>;

/// What both lanes write to.
pub(super) struct Recorder {
    begun: Instant,
    events: EventListener,
    timeouts: Timeouts,
    cancel: CancellationToken,
    pub(super) redactor: Redactor,
    pub(super) transcript: Arc<Transcript>,
}

/// A stage that is running.
pub(super) struct Running {
    stage: Stage,
    start_ms: u64,
}

impl Recorder {
    pub(super) fn new(events: EventListener, timeouts: Timeouts, cancel: CancellationToken) -> Self {
        let begun = Instant::now();
        let redactor = Redactor::default();
        let to_events = Arc::clone(&events);
        let listener = Arc::new(move |line: &TranscriptLine| to_events(CheckEvent::Transcript { line: line.clone() }));
        let transcript = Arc::new(Transcript::new(begun, redactor.clone(), listener));
        Self { begun, events, timeouts, cancel, redactor, transcript }
    }

    pub(super) fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub(super) fn start(&self, stage: Stage) -> Running {
        let start_ms = self.elapsed_ms();
        (self.events)(CheckEvent::StageStarted { stage, at_ms: start_ms });
        Running { stage, start_ms }
    }

    pub(super) fn finish(
        &self,
        running: Running,
        outcome: StageOutcome,
        summary: String,
        evidence: StageEvidence,
    ) -> StageRecord {
        let mut record = StageRecord {
            stage: running.stage,
            outcome,
            start_ms: running.start_ms,
            duration_ms: self.elapsed_ms().saturating_sub(running.start_ms),
            summary,
            evidence,
        };
        // Before anybody hears of it, and before it is cut.
        record.redact(&self.redactor);
        record.summary = excerpt(&record.summary, SUMMARY_LIMIT);
        (self.events)(CheckEvent::StageFinished { record: Box::new(record.clone()) });
        record
    }

    /// A stage that was not reached, because an earlier one ended the way to it.
    pub(super) fn skip(&self, stage: Stage) -> StageRecord {
        let running = Running { stage, start_ms: self.elapsed_ms() };
        self.finish(running, StageOutcome::Skipped, words::text("summary-skipped", &[]), StageEvidence::None)
    }

    /// The result of a stage's work within its time, unless the user stops it first.
    pub(super) async fn within<T, E: From<Fault>>(
        &self,
        stage: Stage,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let timed = async {
            let ended = tokio::time::timeout(self.timeouts.of(stage), work).await;
            ended.unwrap_or_else(|_| Err(Fault::TimedOut.into()))
        };
        self.until_cancelled(timed).await
    }

    /// The result of work that keeps its own time, unless the user stops it first.
    pub(super) async fn until_cancelled<T, E: From<Fault>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Fault::Cancelled.into()),
            ended = work => ended,
        }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    pub(super) fn limit(&self, stage: Stage) -> Duration {
        self.timeouts.of(stage)
    }
}

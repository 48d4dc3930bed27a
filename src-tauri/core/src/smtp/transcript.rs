//! The conversation as people read it: every line sent and received, with its
//! time, credentials replaced by their size.

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use ts_rs::TS;

use crate::redact::{Redactor, printable};

/// Who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// This computer.
    Sent,
    /// The server.
    Received,
}

/// One line of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TranscriptLine {
    /// Milliseconds since the check began.
    pub at_ms: u64,
    /// Who spoke.
    pub direction: Direction,
    /// The line, without its end and without secrets.
    pub line: String,
}

/// Called with each line as it is written.
pub type Listener = Arc<dyn Fn(&TranscriptLine) + Send + Sync>;

/// Collects the lines of one check.
pub struct Transcript {
    begun: Instant,
    redactor: Redactor,
    listener: Listener,
    lines: Mutex<Vec<TranscriptLine>>,
}

impl Transcript {
    /// An empty transcript whose times count from `begun`.
    pub fn new(begun: Instant, redactor: Redactor, listener: Listener) -> Self {
        Self { begun, redactor, listener, lines: Mutex::default() }
    }

    /// Adds a line; gives it as it is shown.
    pub fn record(&self, direction: Direction, text: &str) -> String {
        let line = TranscriptLine {
            at_ms: u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            direction,
            line: self.clean(text),
        };
        (self.listener)(&line);
        let shown = line.line.clone();
        self.lines.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(line);
        shown
    }

    /// Server text without secrets and control characters.
    pub fn clean(&self, text: &str) -> String {
        printable(&self.redactor.redact(text))
    }

    /// All lines so far.
    pub fn lines(&self) -> Vec<TranscriptLine> {
        self.lines.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }
}

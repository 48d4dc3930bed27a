//! What people see of a check while it runs: a line for each stage that ended and, on a terminal, a
//! spinner that names those that run. It goes to standard error where standard output is for a program.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::ProgressBar;
use mail_setup_core::check::Stage;

const TICK: Duration = Duration::from_millis(100);

/// The stream for people.
pub struct People {
    to: Stream,
    spinner: ProgressBar,
    running: Mutex<Vec<Stage>>,
}

enum Stream {
    Output,
    Error,
    /// `--quiet`
    Nowhere,
}

impl People {
    /// `for_programs`: standard output is for a program. `quiet`: nothing is told.
    pub fn new(for_programs: bool, quiet: bool) -> Self {
        let (to, is_terminal) = match (quiet, for_programs) {
            (true, _) => (Stream::Nowhere, false),
            (false, true) => (Stream::Error, true),
            (false, false) => (Stream::Output, std::io::stdout().is_terminal()),
        };
        // The spinner itself draws on standard error.
        let live = is_terminal && std::io::stderr().is_terminal();
        let spinner = if live { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        Self { to, spinner, running: Mutex::default() }
    }

    /// Prints text above the spinner.
    pub fn say(&self, text: &str) {
        self.spinner.suspend(|| match self.to {
            Stream::Output => super::out(text),
            Stream::Error => super::err(text),
            Stream::Nowhere => {}
        });
    }

    /// Shows beside the spinner what goes on; nothing takes it away.
    pub fn show(&self, text: String) {
        if text.is_empty() {
            self.spinner.disable_steady_tick();
            self.spinner.set_message("");
            self.spinner.finish_and_clear();
        } else {
            self.spinner.reset();
            self.spinner.set_message(text);
            self.spinner.enable_steady_tick(TICK);
        }
    }

    /// Calls for attention after a long wait, where a person may be.
    pub fn ring(&self) {
        if !self.spinner.is_hidden() {
            self.say("\u{7}");
        }
    }

    /// A stage began.
    pub fn began(&self, stage: Stage) {
        self.change(|running| running.push(stage));
    }

    /// A stage ended.
    pub fn ended(&self, stage: Stage) {
        self.change(|running| running.retain(|other| *other != stage));
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Stage>)) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut running);
        self.show(running.iter().map(|stage| stage.name()).collect::<Vec<_>>().join(" · "));
    }
}

impl Drop for People {
    fn drop(&mut self) {
        self.spinner.finish_and_clear();
    }
}

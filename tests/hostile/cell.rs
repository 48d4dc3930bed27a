//! Cells, and how all of them are run.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mail_setup_core::check::{Stage, Timeouts};
use mail_setup_tests::Step;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many cells run at once: most of their time is waiting.
const AT_ONCE: usize = 48;

/// Far beyond the time-outs of any cell.
const DEADLINE: Duration = Duration::from_secs(120);

/// What is wrong in a cell; nothing when all is as it should be.
pub type Complaints = Vec<String>;

type Run = Pin<Box<dyn Future<Output = Complaints> + Send>>;

/// A fault at a place: what the peer does, and how the check ends.
pub enum Verdict {
    /// The stage that fails, and the only finding that asks for something.
    Ends(Stage, &'static str, Vec<Step>),
    /// The two do not go together, for this reason.
    Senseless(&'static str),
}

/// How long a stage may take: short where the fault is that nothing comes, else far longer than any answer takes
/// on a busy computer.
pub fn time_for(peer_is_slow: bool) -> Timeouts {
    Timeouts { every_stage: Some(Duration::from_secs(if peer_is_slow { 5 } else { 30 })) }
}

/// All cells, by name.
#[derive(Default)]
pub struct Matrix {
    cells: Vec<(String, Run)>,
    left_out: BTreeMap<&'static str, usize>,
}

impl Matrix {
    /// Adds a cell.
    pub fn add(&mut self, name: String, run: impl Future<Output = Complaints> + Send + 'static) {
        self.cells.push((name, Box::pin(run)));
    }

    /// Counts a combination that makes no sense.
    pub fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    /// Runs every cell, then fails with all that are wrong.
    #[allow(clippy::print_stderr, reason = "the figures are for whoever runs the test")]
    pub async fn run(self) {
        let (begun, count) = (Instant::now(), self.cells.len());
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut running = JoinSet::new();
        for (name, run) in self.cells {
            let places = Arc::clone(&places);
            running.spawn(async move {
                let _place = places.acquire_owned().await.unwrap();
                // A task of its own, so that a panic is a complaint like any other.
                let ended = tokio::time::timeout(DEADLINE, tokio::spawn(run)).await;
                let complaints = match ended {
                    Ok(Ok(complaints)) => complaints,
                    Ok(Err(panicked)) => vec![panicked.to_string()],
                    Err(_) => vec!["did not end".to_owned()],
                };
                complaints.into_iter().map(|complaint| format!("{name}: {complaint}")).collect::<Vec<_>>()
            });
        }
        let mut wrong = running.join_all().await.concat();
        wrong.sort();
        eprintln!("{count} cells in {} s; left out: {:?}", begun.elapsed().as_secs(), self.left_out);
        assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
    }
}

//! Many checks, one after the other, against one practice tenant: run to their end, stopped, and dropped.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mail_setup_core::check::{Outcome, Stage, run};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use mail_setup_tests::Random;
use practice_tenant::{PracticeTenant, TenantState};
use secrecy::SecretString;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::bench::{network, plan, report, report_with_events, settings};
use crate::held::{Held, resident};

/// After so many checks, everything that is made once is there.
const WARM_UP: usize = 50;
/// A run with the seed of another one stops its checks at the same moments.
const SEED: &str = "LONG_USE_SEED";
/// What memory may grow by, in kB: the allocator's slack, and the tokens and messages that the practice tenant, in
/// this process, too, keeps of each check.
const SLACK: u64 = 4 * 1024;
const KEPT_BY_THE_TENANT: u64 = 6;

/// What is measured belongs to the process: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on_a_runtime(test: impl Future<Output = ()>) {
    let _turn = alone();
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}

/// A tenant, the tasks that are its own, and a warmed-up process.
async fn warmed_up() -> (PracticeTenant, usize) {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let tasks = Held::now().tasks;
    for _ in 0..WARM_UP {
        passes(&tenant).await;
    }
    (tenant, tasks)
}

async fn passes(tenant: &PracticeTenant) {
    let report = report(plan(settings(&tenant.state()), network(tenant)), &tenant.client_secret()).await;
    assert_eq!(report.outcome, Outcome::Passed, "{report:#?}");
}

/// Holds what the process has after so many checks against what it had before.
async fn no_more_than(before: Held, memory: u64, checks: usize) {
    let (after, grown) = (Held::with_tasks(before.tasks).await, resident().saturating_sub(memory));
    println!("{checks} checks: {before:?} before, {after:?} after; memory {memory} kB, {grown} kB more");
    assert_eq!(after, before);
    let allowed = SLACK + KEPT_BY_THE_TENANT * u64::try_from(checks).unwrap();
    assert!(grown <= allowed, "{grown} kB more, {allowed} kB allowed");
}

async fn many_checks(checks: usize) {
    let (tenant, tasks) = warmed_up().await;
    let (before, memory) = (Held::with_tasks(tasks).await, resident());
    for _ in 0..checks {
        passes(&tenant).await;
    }
    no_more_than(before, memory, checks).await;
}

/// Stops or drops each check at a random one of its events and a random moment after it.
async fn many_stopped(checks: usize) {
    let (tenant, tasks) = warmed_up().await;
    let (before, memory) = (Held::with_tasks(tasks).await, resident());
    let mut random = Random::seeded(SEED);
    let events = report_with_events(plan(settings(&tenant.state()), network(&tenant)), &tenant.client_secret()).await.1;
    let events = u64::try_from(events.len()).unwrap();
    let (mut stopped, mut passed, mut dropped) = (0, 0, 0);
    for _ in 0..checks {
        let (event, pause) = (random.below(events), Duration::from_micros(random.below(1000)));
        let is_dropped = random.below(4) == 0;
        let (cancel, reached) = (CancellationToken::new(), Arc::new(Notify::new()));
        let (seen, tell) = (AtomicU64::new(0), Arc::clone(&reached));
        let listener = Arc::new(move |_| {
            if seen.fetch_add(1, Ordering::Relaxed) == event {
                tell.notify_one();
            }
        });
        let secret = SecretString::from(tenant.client_secret());
        let plan = plan(settings(&tenant.state()), network(&tenant));
        let mut check = std::pin::pin!(run(plan, secret, &SystemClock, listener, cancel.clone()));
        let moment = async {
            reached.notified().await;
            tokio::time::sleep(pause).await;
        };
        let record = tokio::select! {
            record = &mut check => record,
            () = moment => {
                if is_dropped {
                    dropped += 1;
                    continue;
                }
                cancel.cancel();
                check.await
            }
        };
        let report = diagnose(record);
        assert_eq!(report.stages.iter().map(|record| record.stage).collect::<Vec<_>>(), Stage::ALL, "{report:#?}");
        match report.outcome {
            Outcome::Cancelled => stopped += 1,
            Outcome::Passed => passed += 1,
            _ => panic!("{report:#?}"),
        }
    }
    println!("{stopped} stopped, {dropped} dropped, {passed} passed before");
    assert!(stopped > 0 && dropped > 0);
    no_more_than(before, memory, checks).await;
}

#[test]
fn checks_leave_nothing_open() {
    on_a_runtime(many_checks(40));
}

#[test]
fn stopped_checks_leave_nothing_open() {
    on_a_runtime(many_stopped(40));
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_a_thousand_checks_leave_nothing_open() {
    on_a_runtime(many_checks(1000));
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_five_hundred_stopped_checks_leave_nothing_open() {
    on_a_runtime(many_stopped(500));
}

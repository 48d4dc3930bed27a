//! One process that checks again and again, as a window does that is left open for weeks: what it holds stays level,
//! whether the checks end by themselves, are stopped, or are dropped at any moment.
//!
//! Each test counts what the whole process holds, so that they run one after another.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
#![allow(clippy::print_stdout, reason = "what was measured is read with --nocapture")]

#[path = "../check/bench.rs"]
#[allow(dead_code, reason = "shared with the tests of the check")]
mod bench;
mod held;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mail_setup_core::check::{CheckEvent, EventListener, Outcome, Plan, Report, run};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use practice_tenant::{PracticeTenant, TenantState};
use secrecy::SecretString;
use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;

use held::Held;

/// How long both sides may take to notice the end of a connection.
const PATIENCE: Duration = Duration::from_secs(20);

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A practice tenant in this process, and the runtime for both sides.
struct Office {
    runtime: Runtime,
    tenant: PracticeTenant,
}

impl Office {
    fn open() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let tenant = runtime.block_on(PracticeTenant::start(TenantState::healthy())).unwrap();
        Self { runtime, tenant }
    }

    fn plan(&self) -> Plan {
        bench::plan(bench::settings(&self.tenant.state()), bench::network(&self.tenant))
    }

    async fn check(&self, events: EventListener, cancel: CancellationToken) -> Report {
        let secret = SecretString::from(self.tenant.client_secret());
        diagnose(run(self.plan(), secret, &SystemClock, events, cancel).await)
    }

    /// A check to its end.
    fn whole(&self) {
        let report = self.runtime.block_on(self.check(Arc::new(|_| {}), CancellationToken::new()));
        assert_eq!(report.outcome, Outcome::Passed, "{report:#?}");
    }

    /// A check that is stopped when it tells of its event number `at`; how many events came.
    fn stopped_at(&self, at: usize) -> usize {
        let (cancel, seen) = (CancellationToken::new(), Arc::new(AtomicUsize::new(0)));
        let (stop, counter) = (cancel.clone(), Arc::clone(&seen));
        let listener = move |_: CheckEvent| {
            if counter.fetch_add(1, Ordering::SeqCst) == at {
                stop.cancel();
            }
        };
        let report = self.runtime.block_on(self.check(Arc::new(listener), cancel));
        assert!(matches!(report.outcome, Outcome::Cancelled | Outcome::Passed), "{report:#?}");
        seen.load(Ordering::SeqCst)
    }

    /// A check whose future is dropped after a time, as when the window closes.
    fn dropped_after(&self, time: Duration) {
        let check = self.check(Arc::new(|_| {}), CancellationToken::new());
        drop(self.runtime.block_on(async { tokio::time::timeout(time, check).await }));
    }

    fn held(&self) -> Held {
        Held::now(self.runtime.metrics().num_alive_tasks())
    }

    /// What is held once both sides have noticed that every check is over.
    fn settled(&self, fresh: &Held) -> Held {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let held = self.held();
            if (held.tasks, held.sockets) == (fresh.tasks, fresh.sockets) {
                return held;
            }
            assert!(Instant::now() < deadline, "{held:?} is held, and at first it was {fresh:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Works once to warm up and again; what is held must not have grown by more than this much memory.
fn stays_level(name: &str, margin_kb: u64, warm_up: impl FnOnce(&Office), work: impl FnOnce(&Office)) {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let office = Office::open();
    let fresh = office.held();
    warm_up(&office);
    let warm = office.settled(&fresh);
    work(&office);
    let after = office.settled(&fresh);
    println!("{name}\n  warm:  {warm:?}\n  after: {after:?}");
    assert_eq!((after.handles, after.threads), (warm.handles, warm.threads), "{after:?} is held, and before {warm:?}");
    let growth = after.resident_kb.saturating_sub(warm.resident_kb);
    assert!(growth <= margin_kb, "{growth} kB more than before: {after:?}, {warm:?}");
}

fn whole(office: &Office, times: usize) {
    (0..times).for_each(|_| office.whole());
}

/// Stops a check at each of its events in turn, until this many were stopped.
fn stopped(office: &Office, times: usize) {
    let mut at = 0;
    for _ in 0..times {
        at = if office.stopped_at(at) <= at { 0 } else { at + 1 };
    }
}

/// Drops checks at moments spread over the time that one takes.
fn dropped(office: &Office, times: u32) {
    let begun = Instant::now();
    office.whole();
    let whole = begun.elapsed();
    (0..times).for_each(|number| office.dropped_after(whole * number / times));
}

#[test]
fn many_checks_leave_nothing_behind() {
    stays_level("40 checks", 4096, |office| whole(office, 20), |office| whole(office, 40));
}

#[test]
fn checks_stopped_at_any_moment_leave_nothing_behind() {
    stays_level("60 stopped checks", 4096, |office| stopped(office, 20), |office| stopped(office, 60));
}

#[test]
fn checks_dropped_at_any_moment_leave_nothing_behind() {
    stays_level("60 dropped checks", 4096, |office| dropped(office, 20), |office| dropped(office, 60));
}

/// The practice tenant remembers its last 1,000 tokens and 200 messages, which the margin covers.
#[test]
#[ignore = "long: npm run test:long"]
fn long_a_thousand_checks_leave_nothing_behind() {
    stays_level("1000 checks", 8192, |office| whole(office, 200), |office| whole(office, 1000));
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_checks_stopped_at_any_moment_leave_nothing_behind() {
    stays_level("600 stopped checks", 8192, |office| stopped(office, 100), |office| stopped(office, 600));
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_checks_dropped_at_any_moment_leave_nothing_behind() {
    stays_level("600 dropped checks", 8192, |office| dropped(office, 100), |office| dropped(office, 600));
}

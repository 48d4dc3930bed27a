//! Time, handed in: every room that needs the time of day takes a [`Clock`],
//! so that a test can set it. Durations are measured with `tokio::time`.

use jiff::Timestamp;

/// Tells the time of day.
pub trait Clock: Send + Sync {
    /// The current instant.
    fn now(&self) -> Timestamp;
}

/// This computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one room that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

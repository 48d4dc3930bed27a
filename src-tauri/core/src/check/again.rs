//! When to check again while a change in Microsoft 365 travels: soon at first,
//! then less and less often, until the time is up.

use std::time::Duration;

/// The first wait.
const FIRST: Duration = Duration::from_secs(30);
/// No wait is longer.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// How long Exchange Online may take to apply a change: how long to keep trying
/// unless told otherwise.
pub const KEEP_TRYING: Duration = Duration::from_secs(2 * 60 * 60);

/// The waits between checks: 30 seconds, doubled each time up to 5 minutes; the
/// last one ends when `total` has passed.
pub fn waits(total: Duration) -> impl Iterator<Item = Duration> {
    let wanted = std::iter::successors(Some(FIRST), |wait| Some((*wait * 2).min(LONGEST)));
    wanted.scan(total, |left, wait| {
        let wait = wait.min(*left);
        *left -= wait;
        (!wait.is_zero()).then_some(wait)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_end_with_the_time() {
        let waits: Vec<u64> = waits(Duration::from_secs(1000)).map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [30, 60, 120, 240, 300, 250]);
        assert_eq!(super::waits(KEEP_TRYING).sum::<Duration>(), KEEP_TRYING);
        assert_eq!(super::waits(Duration::ZERO).count(), 0);
    }
}

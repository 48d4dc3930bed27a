//! Random moments that can be met again.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// SplitMix64: the same numbers for the same seed.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// Begins with the seed in this environment variable, else with a new one; tells it either way, so that a run can
    /// be repeated.
    #[must_use]
    #[allow(clippy::print_stdout, reason = "the seed of a failed run is read in its output")]
    pub fn seeded(variable: &str) -> Self {
        let seed = std::env::var(variable).ok().and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        println!("{variable}={seed}");
        Self(seed)
    }

    /// The next number, from 0 up to but without `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

//! A program that stays open for weeks: however many checks it ran, and however they were stopped, it holds as much
//! as after the first of them.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
#![allow(clippy::print_stdout, reason = "what was measured is read with --nocapture")]

#[path = "../check/bench.rs"]
#[allow(dead_code, reason = "shared with the tests of the check")]
mod bench;
mod checks;
mod held;

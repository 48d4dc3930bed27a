//! What remains of a secret in this process's own memory, and what a crash tells of it.
//!
//! Each question is put to a process of its own: this binary again, with the name of one ignored test.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

#[path = "../check/bench.rs"]
#[allow(dead_code, reason = "shared with the tests of the check")]
mod bench;
mod crash;
mod forgotten;
mod scan;

//! What is kept: profiles in a file, secrets in a real credential store.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
#![allow(clippy::print_stdout, reason = "what was measured, and why a test was skipped, is read with --nocapture")]

mod failing_store;
mod faults;
mod killed;
mod profiles;
mod requests;
mod secrets;

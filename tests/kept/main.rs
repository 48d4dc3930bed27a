//! What is kept: profiles in a file, secrets in a real credential store.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

mod profiles;
mod secrets;

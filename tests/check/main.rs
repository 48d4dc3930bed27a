//! The whole check over real sockets: against the practice tenant, against
//! Dovecot, and against servers that break the rules.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

mod bench;
mod dovecot;
mod faults;
mod findings;
mod healthy;
mod reading;
mod secrets;

//! The whole check over real sockets: against the practice tenant, against
//! Dovecot, and against servers that break the rules.

mod bench;
mod dovecot;
mod faults;
mod findings;
mod healthy;
mod secrets;

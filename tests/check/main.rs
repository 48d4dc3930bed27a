//! The whole check over real sockets: against the practice tenant, against
//! Dovecot and nodemailer's smtp-server, and against servers that break the rules.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

mod bench;
mod catalogue;
mod dovecot;
mod faults;
mod findings;
mod guide;
mod harmless;
mod healthy;
mod incorta;
mod nodemailer;
mod properties;
mod reading;
mod reports;
mod scripts;
mod secrets;
mod side_by_side;
mod tables;

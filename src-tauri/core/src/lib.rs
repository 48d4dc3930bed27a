//! Everything Incorta Mail Setup knows: Incorta's Email screen, Microsoft's
//! token endpoint, the SMTP dialogue with Exchange Online, and what a failure
//! means.
//!
//! This crate knows no window and no terminal. Its rooms depend on one another
//! in one direction only; each may use the rooms above it in this list.

mod memory;

pub mod clock;
pub mod links;
pub mod powershell;
pub mod redact;
pub mod words;

pub mod cloud;
pub mod settings;

mod document;
pub mod profiles;
pub mod secrets;

pub mod net;

pub mod entra;
pub mod smtp;

pub mod check;
pub mod incorta;

pub mod diagnosis;

pub mod report;

pub mod guide;

#[cfg(any(test, fuzzing))]
pub mod fuzzing;

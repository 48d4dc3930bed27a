//! One file a command: take the options, call core, print, give the exit code.

pub mod check;
pub mod check_all;
pub mod explain;
pub mod generate;
pub mod handover;
pub mod practice;
pub mod profiles;
pub mod script;
pub mod secret;
pub mod token;
pub mod transfer;
pub mod validate;
pub mod values;

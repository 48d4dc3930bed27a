//! What the Microsoft 365 administrator gets.
//!
//! [`script()`] gives PowerShell scripts that set up, verify and take back what
//! Incorta's mail needs. Nothing here connects to Microsoft 365: people run them.

mod request;
mod script;
#[cfg(test)]
mod tests;

pub use request::ScriptRequest;
pub use script::{ScriptKind, script};

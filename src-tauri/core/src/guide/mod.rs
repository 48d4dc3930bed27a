//! Setting Microsoft 365 up: the guide's six parts with this profile's values and what is proven of them, the scripts,
//! the hand-over to whoever administers it, and a reminder of the secret's end.
//!
//! [`script()`] gives PowerShell scripts that set up, verify and take back what Incorta's mail needs. Nothing here
//! connects to Microsoft 365: people run them.

pub mod handover;
mod parts;
mod reminder;
mod renewal;
mod request;
mod script;
#[cfg(test)]
mod tests;

pub use parts::{GuidePart, GuideStep, StepState, Subject, guide, is_step, proven};
pub use reminder::reminder;
pub use renewal::renewal;
pub use request::ScriptRequest;
pub use script::{ScriptKind, script};

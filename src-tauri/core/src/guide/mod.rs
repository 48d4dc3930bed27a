//! Setting Microsoft 365 up: the guide's six parts with this profile's values and what is proven of them, scripts
//! that set up, verify and take back, the hand-over to whoever administers it, and a reminder of the secret's end.
//!
//! Nothing here connects to Microsoft 365: people run the scripts.

pub mod handover;
mod parts;
mod reminder;
mod request;
mod script;
#[cfg(test)]
mod tests;

pub use parts::{GuidePart, GuideStep, StepState, Subject, guide, is_step, proven};
pub use reminder::reminder;
pub use request::ScriptRequest;
pub use script::{ScriptKind, script, setup_to_seal};

//! Setting Microsoft 365 up: the guide's six parts with this profile's values and what is proven of them, the
//! hand-over to whoever administers it, and a reminder of the secret's end.

pub mod handover;
mod parts;
mod reminder;

pub use parts::{GuidePart, GuideStep, StepState, Subject, guide, is_step, proven};
pub use reminder::reminder;

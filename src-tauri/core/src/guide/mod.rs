//! Setting Microsoft 365 up: the guide's six parts with this profile's values and what is proven of them.

mod parts;
mod reminder;

pub use parts::{GuidePart, GuideStep, StepState, Subject, guide, is_step, proven};
pub use reminder::reminder;

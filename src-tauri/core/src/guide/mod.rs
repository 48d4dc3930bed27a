//! The set-up, as the people who do it need it.

pub mod handover;

//! The report beyond one check: the sentence it ends with, the report as Markdown
//! or as one HTML page for people, the message to whoever must act, the details of each
//! stage, and a saved report read back. The JSON form is
//! [`crate::check::Report`] itself.

mod conclusion;
mod details;
mod html;
mod markdown;
mod masked;
mod message;
#[cfg(any(test, fuzzing))]
pub(crate) mod properties;
mod read;
#[cfg(test)]
mod tests;

pub use conclusion::{AcceptedBy, accepted_by, conclusion};
pub use details::{Detail, details};
pub use html::html;
pub(crate) use html::page;
pub use markdown::markdown;
pub(crate) use markdown::plain;
pub use masked::masked;
pub use message::message_for;
pub use read::{ReadError, SIZE_LIMIT, read};

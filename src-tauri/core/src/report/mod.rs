//! The report beyond one check: the sentence it ends with, the report as Markdown
//! or as one HTML page for people, and a saved one read back. The JSON form is
//! [`crate::check::Report`] itself.

mod conclusion;
mod html;
mod markdown;
mod read;
#[cfg(test)]
mod tests;

pub use conclusion::conclusion;
pub use html::html;
pub use markdown::markdown;
pub use read::{ReadError, SIZE_LIMIT, read};

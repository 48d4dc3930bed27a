//! A report on its way to people: the sentence it ends with, and the report as
//! Markdown or as one HTML page. The JSON form is [`crate::check::Report`] itself.

mod conclusion;
mod html;
mod markdown;
#[cfg(test)]
mod tests;

pub use conclusion::conclusion;
pub use html::html;
pub use markdown::markdown;

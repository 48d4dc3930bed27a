//! The report as a file: what a check found, carried from one computer to
//! another. The report's own types are `check`'s.

mod read;

pub use read::{ReadError, SIZE_LIMIT, read};

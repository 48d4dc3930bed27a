//! What holds of the file of the profiles, whatever it holds.

use super::Document;
use crate::document;

/// What is read is the same when it is written and read again, and a refusal shows.
pub fn profiles_file(input: &[u8]) {
    document::properties::file::<Document>(input);
}

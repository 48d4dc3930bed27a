//! Unguessable bytes for secrets and tokens, and identifiers for replies.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// Random bytes from the operating system: 122 bits of chance in every 16 bytes, for a version 4
/// UUID fixes six.
pub(crate) fn bytes(length: usize) -> Vec<u8> {
    std::iter::repeat_with(|| Uuid::new_v4().into_bytes()).flatten().take(length).collect()
}

/// `length` random bytes as base64url without padding.
pub(crate) fn text(length: usize) -> String {
    URL_SAFE_NO_PAD.encode(bytes(length))
}

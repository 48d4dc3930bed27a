//! The only place that asks for the time of day. A server's answers carry the real one; the tenant's
//! own clock, which can differ, is a condition of its state.

use jiff::Timestamp;

#[expect(clippy::disallowed_methods, reason = "this is the practice tenant's clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

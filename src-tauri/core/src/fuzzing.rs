//! What holds whatever comes in from outside: a property for each reader. The fuzz
//! targets (`fuzz/fuzz_targets`) and the tests below give it bytes; a property that
//! does not hold panics.
//!
//! Each property stands in the room of its reader, in `properties.rs`, so that what
//! is private there stays private. In the product itself there is none of this.

#[cfg(test)]
mod tests;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::settings::EmailSettings;

pub use crate::entra::properties::{claims, discovery, token_answer};
pub use crate::guide::handover::properties::{reply_block, reply_contents, requests_file};
pub use crate::incorta::properties::send_report;
pub use crate::profiles::properties::profiles_file;
pub use crate::redact::properties::redaction;
pub use crate::report::properties::{dialogue, report_file};
pub use crate::settings::properties::{form, pasted, settings_file};
pub use crate::smtp::properties::replies;

/// What must not get out. The samples and the fuzzers' dictionary have it, too.
pub(crate) const SECRET: &str = "f1U8Q~the-secret-of-the-samples.0_x";

/// Settings in order.
pub(crate) fn settings() -> EmailSettings {
    EmailSettings {
        system_email_address: "reports@contoso.com".to_owned(),
        smtp_oauth_client_id: "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346".to_owned(),
        smtp_oauth_token_endpoint: "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token".to_owned(),
        ..EmailSettings::default()
    }
}

/// What a future gives that never waits, because all its bytes are there.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits for something"),
    }
}

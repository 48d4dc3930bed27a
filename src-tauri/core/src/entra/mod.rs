//! Microsoft Entra: the token request with client credentials (RFC 6749,
//! section 4.4), its errors, the token's claims, and the discovery of a tenant
//! from a domain.
//!
//! The client secret leaves here and nowhere else, and only towards a
//! [`LoginHost`]. Tokens are decoded, never verified: they are opaque to a
//! client by contract.

mod cache;
mod claims;
mod discovery;
mod login_host;
#[cfg(any(test, fuzzing))]
pub(crate) mod properties;
mod token;
mod verdict;

pub use cache::TokenCache;
pub use claims::Claims;
pub use discovery::{TenantDiscovery, discover_tenant};
pub use login_host::{LoginHost, LoginHostError};
pub use token::{TokenAnswer, TokenEvidence, TokenFailure, TokenRequest};
pub use verdict::{ClaimVerdict, Verdict, judge};

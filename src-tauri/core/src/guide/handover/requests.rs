//! The requests that are remembered, in `handovers.json` beside the profiles. No key is part of it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use uuid::Uuid;

use crate::document::Document;

/// How long a request can be answered.
pub const LIFETIME_DAYS: i64 = 14;

const LIFETIME: SignedDuration = SignedDuration::from_hours(LIFETIME_DAYS * 24);

/// How long it is remembered after that, so that a late reply and one that comes
/// again are told apart from one that is not for this computer.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What the file holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Requests {
    version: u32,
    #[serde(default)]
    pub(super) requests: Vec<Request>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl Default for Requests {
    fn default() -> Self {
        Self { version: Self::VERSION, requests: Vec::new(), other: Map::new() }
    }
}

impl Document for Requests {
    const NAME: &'static str = "handovers";
    const VERSION: u32 = 1;
}

/// A request to the Microsoft 365 administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Request {
    /// A nonce; every reply bears it.
    #[ts(type = "string")]
    pub id: Uuid,
    /// Identifier of the profile that the reply fills.
    pub profile: String,
    /// When it was made.
    #[ts(type = "string")]
    pub made_at: Timestamp,
    /// From when on no reply is taken.
    #[ts(type = "string")]
    pub expires_at: Timestamp,
    /// SHA-256 of the public key's SubjectPublicKeyInfo (RFC 5280, section 4.1), hexadecimal.
    pub key_fingerprint: String,
    /// When a reply was taken.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub accepted_at: Option<Timestamp>,
    /// Whether the private key is out of the credential store again.
    #[serde(default)]
    #[ts(skip)]
    pub(super) key_removed: bool,
    #[serde(flatten)]
    #[ts(skip)]
    other: Map<String, Value>,
}

/// What has become of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// A reply would be taken.
    Pending,
    /// A reply was taken.
    Accepted,
    /// Its time is over.
    Expired,
}

impl Request {
    pub(super) fn new(profile: &str, key_fingerprint: String, now: Timestamp) -> Self {
        Self {
            id: Uuid::new_v4(),
            profile: profile.to_owned(),
            made_at: now,
            expires_at: now + LIFETIME,
            key_fingerprint,
            accepted_at: None,
            key_removed: false,
            other: Map::new(),
        }
    }

    /// Whether it is of a time that has not come: the clock was set back since.
    pub(super) fn is_ahead(&self, now: Timestamp) -> bool {
        self.made_at > now
    }

    /// Lets its time begin now, so that it lasts no longer than it should.
    pub(super) fn begin_anew(&mut self, now: Timestamp) {
        (self.made_at, self.expires_at) = (now, now + LIFETIME);
    }

    /// Its private key's entry in the credential store.
    pub(super) fn key_entry(&self) -> String {
        format!("handover-{}", self.id)
    }

    /// What has become of it at `now`.
    pub fn state(&self, now: Timestamp) -> RequestState {
        if self.accepted_at.is_some() {
            RequestState::Accepted
        } else if now >= self.expires_at {
            RequestState::Expired
        } else {
            RequestState::Pending
        }
    }

    /// Whether it is worth remembering at `now`; one whose key is still in the store always is.
    pub(super) fn is_remembered(&self, now: Timestamp) -> bool {
        !self.key_removed || now.duration_since(self.expires_at) < REMEMBERED
    }
}

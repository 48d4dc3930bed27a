//! Why a reply is not taken, in words for whoever pasted it. None of them holds anything of what was sealed.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

use super::requests::LIFETIME_DAYS;
use crate::redact::printable;
use crate::words;

/// Why a reply is not taken. The request stands, unless it is expired or answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refusal {
    /// The text holds no reply at all.
    NotReply,
    /// The block changed on its way.
    Damaged(Damage),
    /// It cannot be opened here.
    Foreign(Foreign),
    /// The request's time is over.
    Expired {
        /// When the request was made.
        #[ts(type = "string")]
        made_at: Timestamp,
    },
    /// The request was answered already.
    Replayed,
    /// A newer release sealed it.
    Version {
        /// The version of its contents.
        version: u32,
    },
    /// Something that was sealed is not of its form.
    Malformed(Part),
    /// The client secret has ended already.
    SecretEnded {
        /// Its last day.
        #[ts(type = "string")]
        on: Date,
    },
}

/// Which part of a block is damaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "damage", rename_all = "snake_case")]
pub enum Damage {
    /// The line that begins it is missing.
    FirstLine,
    /// The line that ends it is missing.
    LastLine,
    /// There is a character that no block has.
    Character {
        /// Which.
        character: char,
    },
    /// Characters are missing, or there are too many.
    Length {
        /// How many a block has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// All characters are there, and some are others than were sent.
    Checksum,
}

/// Why a block cannot be opened here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "foreign", rename_all = "snake_case")]
pub enum Foreign {
    /// This computer made no such request.
    NoRequest,
    /// The request's key is not in this computer's store.
    NoKey,
    /// It was sealed with another key.
    OtherKey,
    /// What was sealed is for another request than the block says.
    OtherRequest,
}

/// Which part of the sealed contents is not of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "part", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the value of its name")]
pub enum Part {
    Contents,
    TenantId,
    ClientId,
    ObjectId,
    Secret,
    /// The secret has the form of a secret's ID.
    SecretIsId,
    EndDate,
}

impl Refusal {
    /// What was seen, and what to do.
    pub fn text(&self) -> String {
        match self {
            Self::NotReply => words::text("handover-not-reply", &[]),
            Self::Damaged(damage) => damage.text(),
            Self::Foreign(foreign) => {
                let why = match foreign {
                    Foreign::NoRequest => "no-request",
                    Foreign::NoKey => "no-key",
                    Foreign::OtherKey => "other-key",
                    Foreign::OtherRequest => "other-request",
                };
                words::text("handover-foreign", &[("why", why)])
            }
            Self::Expired { made_at } => {
                let days = LIFETIME_DAYS.to_string();
                let on = made_at.strftime("%Y-%m-%d").to_string();
                words::text("handover-expired", &[("on", &on), ("days", &days)])
            }
            Self::Replayed => words::text("handover-replayed", &[]),
            Self::Version { version } => words::text("handover-version", &[("version", &version.to_string())]),
            Self::Malformed(part) => {
                let part = match part {
                    Part::Contents => "contents",
                    Part::TenantId => "tenant-id",
                    Part::ClientId => "client-id",
                    Part::ObjectId => "object-id",
                    Part::Secret => "secret",
                    Part::SecretIsId => "secret-is-id",
                    Part::EndDate => "end-date",
                };
                words::text("handover-malformed", &[("part", part)])
            }
            Self::SecretEnded { on } => words::text("handover-secret-ended", &[("on", &on.to_string())]),
        }
    }
}

impl Damage {
    fn text(&self) -> String {
        match self {
            Self::FirstLine => words::text("handover-damaged", &[("part", "first-line")]),
            Self::LastLine => words::text("handover-damaged", &[("part", "last-line")]),
            Self::Character { character } => {
                let character = printable(&character.to_string());
                words::text("handover-damaged", &[("part", "character"), ("character", &character)])
            }
            Self::Length { expected, found } => {
                let part = if found < expected { "too-short" } else { "too-long" };
                let (expected, found) = (expected.to_string(), found.to_string());
                words::text("handover-damaged", &[("part", part), ("expected", &expected), ("found", &found)])
            }
            Self::Checksum => words::text("handover-damaged", &[("part", "checksum")]),
        }
    }
}

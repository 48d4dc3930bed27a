//! What is sealed into a reply: compact JSON in UTF-8, of at most
//! [`CONTENTS_LIMIT`](super::key::CONTENTS_LIMIT) bytes.
//!
//! `{"v":1,"r":request ID,"t":tenant ID,"c":client ID,"o":Object ID,"s":secret,"e":"YYYY-MM-DD"}`

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use uuid::Uuid;

use super::refusal::{Foreign, Part, Refusal};
use super::requests::Request;
use crate::settings::paste::clean_secret;
use crate::settings::{SECRET_LIMIT, looks_like_secret_id};

/// The version of the contents that this release knows.
pub(super) const VERSION: u32 = 1;

/// A reply that was opened and is in order.
#[derive(Debug)]
pub struct Reply {
    /// The request that it answers.
    pub request: Request,
    /// Directory (tenant) ID.
    pub tenant_id: Uuid,
    /// Application (client) ID.
    pub client_id: Uuid,
    /// Object ID of the enterprise application.
    pub object_id: Uuid,
    /// The client secret.
    pub secret: SecretString,
    /// The client secret's last day.
    pub ends_on: Date,
}

#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

#[derive(Deserialize)]
struct Contents {
    r: String,
    t: String,
    c: String,
    o: String,
    s: SecretString,
    e: String,
}

/// Reads what the seal held. An error holds nothing of it.
pub(super) fn read(contents: &[u8], request: Request, now: Timestamp) -> Result<Reply, Refusal> {
    let malformed = |_| Refusal::Malformed(Part::Contents);
    let Versioned { v } = serde_json::from_slice(contents).map_err(malformed)?;
    if v != VERSION {
        return Err(Refusal::Version { version: v });
    }
    let contents: Contents = serde_json::from_slice(contents).map_err(malformed)?;
    if guid(&contents.r) != Some(request.id) {
        return Err(Refusal::Foreign(Foreign::OtherRequest));
    }
    let ends_on: Date = contents.e.parse().map_err(|_| Refusal::Malformed(Part::EndDate))?;
    if ends_on < TimeZone::UTC.to_datetime(now).date() {
        return Err(Refusal::SecretEnded { on: ends_on });
    }
    Ok(Reply {
        tenant_id: guid(&contents.t).ok_or(Refusal::Malformed(Part::TenantId))?,
        client_id: guid(&contents.c).ok_or(Refusal::Malformed(Part::ClientId))?,
        object_id: guid(&contents.o).ok_or(Refusal::Malformed(Part::ObjectId))?,
        secret: secret(&contents.s)?,
        ends_on,
        request,
    })
}

fn guid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text.trim()).ok().filter(|id| !id.is_nil())
}

fn secret(raw: &SecretString) -> Result<SecretString, Refusal> {
    let secret = clean_secret(raw.expose_secret());
    let text = secret.expose_secret();
    if !(1..=SECRET_LIMIT).contains(&text.chars().count()) || text.chars().any(char::is_control) {
        return Err(Refusal::Malformed(Part::Secret));
    }
    if looks_like_secret_id(text) {
        return Err(Refusal::Malformed(Part::SecretIsId));
    }
    Ok(secret)
}

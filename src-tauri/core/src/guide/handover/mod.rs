//! The Incorta administrator asks the Microsoft 365 administrator, and the values
//! come back without a secret crossing a chat in clear text.
//!
//! A request has a key pair of its own. Its public half travels in a package with
//! what is asked; the private half stays in this computer's credential store. The
//! administrator's PowerShell seals tenant ID, client ID, Object ID, secret and end
//! date with it into one block of text, and [`Handovers::accept`] opens the block,
//! fills the profile and stores the secret.
//!
//! Sealing is not signing: whoever has the package can answer it. What was filled
//! is therefore said, with what stood there before.

mod archive;
mod block;
mod key;
mod package;
#[cfg(any(test, fuzzing))]
pub(crate) mod properties;
mod refusal;
mod reply;
mod requests;

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::clock::Clock;
use crate::document::{DocumentFile, FileError, SetAside};
use crate::profiles::{EnterpriseApplication, Profile, ProfileError, Profiles};
use crate::secrets::{SecretError, SecretStatus, Secrets};
use crate::settings::{Field, TOKEN_PATH_V2};
use key::RequestKey;
use requests::Requests;

pub use archive::{Destination, zipped};
pub use key::PublicKey;
pub use package::{Asking, PackageFile, Scripts, package, sealing};
pub use refusal::{Damage, Foreign, Part, Refusal};
pub use reply::Reply;
pub use requests::{LIFETIME_DAYS, Request, RequestState};

/// Why a request could not be made or a reply not be taken.
#[derive(Debug, thiserror::Error)]
pub enum HandoverError {
    /// The reply is not taken.
    #[error("{}", .0.text())]
    Refused(Refusal),
    /// The credential store is missing or locked, or fails.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The profile is gone, or its file cannot be read or written.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// No key could be made.
    #[error("no key could be made")]
    NoKeyMade,
    /// The file of the requests could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl From<Refusal> for HandoverError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A request just made, with what travels.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// The request, as it is remembered.
    pub request: Request,
    /// What replies to it are sealed with.
    pub public_key: PublicKey,
    /// Where its private key is.
    pub key: SecretStatus,
}

/// A reply that was taken, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Accepted {
    /// The profile as it is kept now.
    pub profile: Profile,
    /// The fields that were filled, in Incorta's order.
    pub filled: Vec<Filled>,
    /// Where the client secret is.
    pub secret: SecretStatus,
    /// The Object ID of the enterprise application, for commands in Exchange Online.
    #[ts(type = "string")]
    pub object_id: Uuid,
    /// The client secret's last day.
    #[ts(type = "string")]
    pub ends_on: Date,
}

/// A field that a reply filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Filled {
    /// Which.
    pub field: Field,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub now: String,
}

/// The requests of one user. Calls that take [`Secrets`] may wait for the store,
/// even for a person at its password dialog: call from a thread that may block.
pub struct Handovers {
    file: DocumentFile<Requests>,
    clock: Arc<dyn Clock>,
}

impl Handovers {
    /// Requests in `folder`, the profiles' folder.
    pub fn in_folder(folder: &Path, clock: Arc<dyn Clock>) -> Self {
        Self { file: DocumentFile::in_folder(folder), clock }
    }

    /// Sets a file aside that cannot be read, and says so.
    ///
    /// # Errors
    /// When the file can neither be read nor moved.
    pub fn set_aside_if_broken(&self) -> Result<Option<SetAside>, HandoverError> {
        Ok(self.file.set_aside_if_broken(self.clock.now())?)
    }

    /// All requests that are remembered, in the order in which they were made, with their state now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self) -> Result<Vec<(Request, RequestState)>, HandoverError> {
        let now = self.clock.now();
        let requests = self.file.read()?.requests.into_iter();
        Ok(requests.map(|request| (request.clone(), request.state(now))).collect())
    }

    /// Makes a request for a profile, with a key of its own.
    ///
    /// # Errors
    /// When no key can be made or kept, or the file cannot be written.
    pub fn request(&self, profile: &str, secrets: &Secrets) -> Result<NewRequest, HandoverError> {
        self.tidy(secrets)?;
        let made = RequestKey::generate().and_then(|key| Some((key.to_der()?, key.public()?)));
        let (private, public_key) = made.ok_or(HandoverError::NoKeyMade)?;
        let now = self.clock.now();
        let request = Request::new(profile, public_key.fingerprint(), now);
        // The request first: a key that no request tells of would stay in the store for good.
        self.file.change(|document: &mut Requests| {
            document.requests.retain(|request| request.is_remembered(now));
            document.requests.push(request.clone());
            Ok::<_, HandoverError>(())
        })?;
        let key = secrets.set_key(&request.key_entry(), private).inspect_err(|_| {
            // The first fault is the one to tell.
            let _ = self.forget(&request);
        })?;
        Ok(NewRequest { request, public_key, key })
    }

    /// Forgets a request and its key, as if it had not been made.
    ///
    /// # Errors
    /// When the store is locked or fails, or the file cannot be written.
    pub fn withdraw(&self, request: &Request, secrets: &Secrets) -> Result<(), HandoverError> {
        secrets.forget(&request.key_entry())?;
        self.forget(request)
    }

    fn forget(&self, request: &Request) -> Result<(), HandoverError> {
        self.file.change(|document: &mut Requests| {
            document.requests.retain(|other| other.id != request.id);
            Ok(())
        })
    }

    /// Opens a reply and judges it, and changes nothing.
    ///
    /// # Errors
    /// When it is refused, the store is missing or locked or fails, or the file cannot be read.
    pub fn open(&self, text: &str, secrets: &Secrets) -> Result<Reply, HandoverError> {
        self.open_as(text, &self.file.read()?.requests, secrets)
    }

    fn open_as(&self, text: &str, requests: &[Request], secrets: &Secrets) -> Result<Reply, HandoverError> {
        let block = block::read(text)?;
        let now = self.clock.now();
        let known = requests.iter().find(|request| request.id == block.request);
        let request = known.ok_or(Refusal::Foreign(Foreign::NoRequest))?;
        match request.state(now) {
            RequestState::Pending => {}
            RequestState::Accepted => return Err(Refusal::Replayed.into()),
            RequestState::Expired => return Err(Refusal::Expired { made_at: request.made_at }.into()),
        }
        let kept = secrets.key(&request.key_entry())?.ok_or(Refusal::Foreign(Foreign::NoKey))?;
        let key = RequestKey::of_der(&kept).filter(|key| key.is(&request.key_fingerprint));
        let key = key.ok_or(Refusal::Foreign(Foreign::NoKey))?;
        let contents = key.open(&block.sealed).ok_or(Refusal::Foreign(Foreign::OtherKey))?;
        Ok(reply::read(&contents, request.clone(), now)?)
    }

    /// Takes a reply: stores its secret, fills its profile field by field, marks the
    /// request as answered and removes the key. When something cannot be kept, the
    /// reply is not used up.
    ///
    /// # Errors
    /// As [`Handovers::open`]; and when the profile is gone, or the secret or the
    /// profile cannot be kept.
    pub fn accept(&self, text: &str, profiles: &Profiles, secrets: &Secrets) -> Result<Accepted, HandoverError> {
        self.tidy(secrets)?;
        // All of it under the lock: of two replies at once, one fills the profile and the other changes nothing.
        let accepted = self.file.change(|document: &mut Requests| {
            let reply = self.open_as(text, &document.requests, secrets)?;
            let id = profiles.get(&reply.request.profile)?.id;
            let secret = secrets.set(&id, reply.secret.clone())?;
            let mut filled = Vec::new();
            let profile = profiles.update(&id, |profile| filled = self.fill(profile, &reply))?;
            let answered = document.requests.iter_mut().filter(|request| request.id == reply.request.id);
            answered.for_each(|request| request.accepted_at = Some(self.clock.now()));
            Ok::<_, HandoverError>(Accepted {
                profile,
                filled,
                secret,
                object_id: reply.object_id,
                ends_on: reply.ends_on,
            })
        })?;
        // The reply is taken; what is left to remove, a later call removes.
        let _ = self.tidy(secrets);
        Ok(accepted)
    }

    fn fill(&self, profile: &mut Profile, reply: &Reply) -> Vec<Filled> {
        let settings = &mut profile.settings;
        let values = [
            (Field::SmtpOauthClientId, &mut settings.smtp_oauth_client_id, reply.client_id.to_string()),
            (
                Field::SmtpOauthTokenEndpoint,
                &mut settings.smtp_oauth_token_endpoint,
                format!("{}/{TOKEN_PATH_V2}", reply.tenant_id),
            ),
        ];
        let filled =
            values.map(|(field, kept, now)| Filled { field, before: std::mem::replace(kept, now.clone()), now });
        profile.enterprise_application = Some(EnterpriseApplication {
            client_id: reply.client_id.to_string(),
            object_id: reply.object_id.to_string(),
        });
        profile.secret_expires_on = Some(reply.ends_on.to_string());
        // The administrator has just granted the rights; findings reckon with the time that takes.
        profile.last_change_at = Some(self.clock.now().to_string());
        filled.into()
    }

    /// Removes the keys of requests that are answered or expired. A store that does not
    /// answer keeps them until a later call: they open nothing any more. Requests that
    /// a clock now set back would keep open for too long get their time from now on.
    fn tidy(&self, secrets: &Secrets) -> Result<(), HandoverError> {
        let now = self.clock.now();
        let kept = self.file.read()?.requests;
        let is_old = |request: &&Request| !request.key_removed && request.state(now) != RequestState::Pending;
        let removed = kept.iter().filter(is_old).filter(|request| secrets.forget(&request.key_entry()).is_ok());
        let removed: Vec<Uuid> = removed.map(|request| request.id).collect();
        if removed.is_empty() && !kept.iter().any(|request| request.is_ahead(now)) {
            return Ok(());
        }
        self.file.change(|document: &mut Requests| {
            for request in &mut document.requests {
                request.key_removed |= removed.contains(&request.id);
                if request.is_ahead(now) {
                    request.begin_anew(now);
                }
            }
            Ok(())
        })
    }
}

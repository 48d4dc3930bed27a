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
mod refusal;
mod reply;
mod requests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::clock::Clock;
use crate::document::{DocumentError, DocumentFile, SetAside};
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

/// What to do where no credential store keeps a key or a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutStore {
    /// Hold it in memory: for a program that stays open until the reply comes.
    KeepForThisRun,
    /// Do nothing and say so.
    Refuse,
}

/// Why a request could not be made or a reply not be taken.
#[derive(Debug, thiserror::Error)]
pub enum HandoverError {
    /// The reply is not taken.
    #[error("{}", .0.text())]
    Refused(Refusal),
    /// No credential store answers, and memory is not enough.
    #[error("no credential store answers on this computer")]
    NoStore,
    /// The credential store is locked or fails.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The profile is gone, or its file cannot be read or written.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// No key could be made.
    #[error("no key could be made")]
    NoKeyMade,
    /// The file of the requests could not be read.
    #[error("cannot read {}: {reason}", path.display())]
    NotRead {
        /// Which file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// The file of the requests could not be written; the old one stands.
    #[error("cannot write {}: {reason}", path.display())]
    NotWritten {
        /// Which file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
}

impl From<DocumentError> for HandoverError {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::NotRead { path, reason } => Self::NotRead { path, reason },
            DocumentError::NotWritten { path, reason } => Self::NotWritten { path, reason },
        }
    }
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
    pub fn request(
        &self,
        profile: &str,
        secrets: &Secrets,
        without_store: WithoutStore,
    ) -> Result<NewRequest, HandoverError> {
        self.remove_old_keys(secrets)?;
        let made = RequestKey::generate().and_then(|key| Some((key.to_der()?, key.public()?)));
        let (private, public_key) = made.ok_or(HandoverError::NoKeyMade)?;
        let now = self.clock.now();
        let request = Request::new(profile, public_key.fingerprint(), now);
        // The key first: a request without one could never be answered.
        let key = secrets.set_key(&request.key_entry(), private)?;
        if key != SecretStatus::Stored && without_store == WithoutStore::Refuse {
            secrets.forget(&request.key_entry())?;
            return Err(HandoverError::NoStore);
        }
        let remembered = self.file.change(|document: &mut Requests| {
            document.requests.retain(|request| request.is_remembered(now));
            document.requests.push(request.clone());
            Ok::<_, HandoverError>(())
        });
        if let Err(error) = remembered {
            // The first fault is the one to tell.
            let _ = secrets.forget(&request.key_entry());
            return Err(error);
        }
        Ok(NewRequest { request, public_key, key })
    }

    /// Forgets a request and its key, as if it had not been made.
    ///
    /// # Errors
    /// When the store is locked or fails, or the file cannot be written.
    pub fn withdraw(&self, request: &Request, secrets: &Secrets) -> Result<(), HandoverError> {
        secrets.forget(&request.key_entry())?;
        self.file.change(|document: &mut Requests| {
            document.requests.retain(|other| other.id != request.id);
            Ok(())
        })
    }

    /// Opens a reply and judges it, and changes nothing.
    ///
    /// # Errors
    /// When it is refused, the store is locked or fails, or the file cannot be read.
    pub fn open(&self, text: &str, secrets: &Secrets) -> Result<Reply, HandoverError> {
        let block = block::read(text)?;
        let now = self.clock.now();
        let known = self.file.read()?.requests.into_iter().find(|request| request.id == block.request);
        let request = known.ok_or(Refusal::Foreign(Foreign::NoRequest))?;
        match request.state(now) {
            RequestState::Pending => {}
            RequestState::Accepted => return Err(Refusal::Replayed.into()),
            RequestState::Expired => return Err(Refusal::Expired { made_at: request.made_at }.into()),
        }
        let kept = secrets.key(&request.key_entry())?;
        let kept = kept.ok_or_else(|| match secrets.status(&request.key_entry()) {
            SecretStatus::StoreUnavailable => HandoverError::NoStore,
            _ => Refusal::Foreign(Foreign::NoKey).into(),
        })?;
        let key = RequestKey::of_der(&kept).filter(|key| key.is(&request.key_fingerprint));
        let key = key.ok_or(Refusal::Foreign(Foreign::NoKey))?;
        let contents = key.open(&block.sealed).ok_or(Refusal::Foreign(Foreign::OtherKey))?;
        Ok(reply::read(&contents, request, now)?)
    }

    /// Takes a reply: stores its secret, fills its profile field by field, marks the
    /// request as answered and removes the key. When something cannot be kept, the
    /// reply is not used up.
    ///
    /// # Errors
    /// As [`Handovers::open`]; and when the profile is gone, or the secret or the
    /// profile cannot be kept.
    pub fn accept(
        &self,
        text: &str,
        profiles: &Profiles,
        secrets: &Secrets,
        without_store: WithoutStore,
    ) -> Result<Accepted, HandoverError> {
        self.remove_old_keys(secrets)?;
        let reply = self.open(text, secrets)?;
        let id = profiles.get(&reply.request.profile)?.id;
        let secret = secrets.set(&id, reply.secret.clone())?;
        if secret != SecretStatus::Stored && without_store == WithoutStore::Refuse {
            secrets.forget(&id)?;
            return Err(HandoverError::NoStore);
        }
        let mut filled = Vec::new();
        let profile = profiles.update(&id, |profile| filled = self.fill(profile, &reply))?;
        let now = self.clock.now();
        self.file.change(|document: &mut Requests| {
            let mut requests = document.requests.iter_mut();
            let request = requests.find(|request| request.id == reply.request.id && request.accepted_at.is_none());
            request.ok_or(Refusal::Replayed)?.accepted_at = Some(now);
            Ok::<_, HandoverError>(())
        })?;
        self.remove_old_keys(secrets)?;
        Ok(Accepted { profile, filled, secret, object_id: reply.object_id, ends_on: reply.ends_on })
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
    /// answer keeps them until a later call: they open nothing any more.
    fn remove_old_keys(&self, secrets: &Secrets) -> Result<(), HandoverError> {
        let now = self.clock.now();
        let is_old = |request: &Request| !request.key_removed && request.state(now) != RequestState::Pending;
        let old = self.file.read()?.requests.into_iter().filter(is_old);
        let removed = old.filter(|request| secrets.forget(&request.key_entry()).is_ok());
        let removed: Vec<Uuid> = removed.map(|request| request.id).collect();
        if removed.is_empty() {
            return Ok(());
        }
        self.file.change(|document: &mut Requests| {
            let requests = document.requests.iter_mut().filter(|request| removed.contains(&request.id));
            requests.for_each(|request| request.key_removed = true);
            Ok(())
        })
    }
}

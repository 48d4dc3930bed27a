//! What lives as long as the window: profiles, secrets, the network, the
//! running check, the practice tenant.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::guide::handover::Handovers;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::profiles::{Profile, Profiles};
use mail_setup_core::secrets::{OperatingSystemStore, Secrets, WithoutStore};
use mail_setup_core::settings::Context;
use tokio_util::sync::CancellationToken;

use crate::clipboard::Clipboard;
use crate::error::CommandError;
use crate::practice::{PROFILE_ID, PracticeRoom};

/// Shared by all commands.
pub struct AppState {
    /// The kept profiles.
    pub profiles: Arc<Profiles>,
    /// The requests to administrators.
    pub handovers: Arc<Handovers>,
    /// The client secrets.
    pub secrets: Arc<Secrets>,
    /// The clipboard.
    pub clipboard: Arc<Clipboard>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What discovery found last: the form is judged with it.
    pub context: Mutex<Context>,
    /// The practice tenant, once it was asked for.
    pub practice: tokio::sync::Mutex<Option<PracticeRoom>>,
    /// Stops the running check.
    running: Mutex<Option<CancellationToken>>,
    network: OnceLock<Network>,
}

impl AppState {
    /// The state of this user on this computer.
    pub fn of_this_computer() -> Result<Self, String> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let folder = Profiles::default_folder().ok_or("this user has no configuration folder")?;
        let store = Box::new(OperatingSystemStore::default());
        Ok(Self {
            profiles: Arc::new(Profiles::in_folder(&folder, Arc::clone(&clock))),
            handovers: Arc::new(Handovers::in_folder(&folder, Arc::clone(&clock))),
            secrets: Arc::new(Secrets::new(store, WithoutStore::KeepForThisRun)),
            clipboard: Arc::default(),
            clock,
            context: Mutex::default(),
            practice: tokio::sync::Mutex::default(),
            running: Mutex::default(),
            network: OnceLock::new(),
        })
    }

    /// The day it is, in UTC as the check counts.
    pub fn today(&self) -> Date {
        TimeZone::UTC.to_datetime(self.clock.now()).date()
    }

    /// A profile, the practice tenant's among them.
    pub async fn profile(&self, id: &str) -> Result<Profile, CommandError> {
        if id == PROFILE_ID {
            return self.with_practice(|room| Ok(room.profile())).await;
        }
        let (profiles, id) = (Arc::clone(&self.profiles), id.to_owned());
        blocking(move || Ok(profiles.get(&id)?)).await
    }

    /// The network of a profile: the practice tenant's has only its own servers.
    pub async fn network(&self, profile_id: &str) -> Result<Network, CommandError> {
        if profile_id == PROFILE_ID {
            return self.with_practice(|room| room.network().map_err(practice_failed)).await;
        }
        if let Some(network) = self.network.get() {
            return Ok(network.clone());
        }
        let trust = blocking(|| {
            Trust::operating_system(&[]).map_err(|e| CommandError::InvalidRequest { reason: e.to_string() })
        });
        let network = Network::open(trust.await?);
        Ok(self.network.get_or_init(|| network).clone())
    }

    /// Works with the practice tenant, which is started when it does not run yet.
    pub async fn with_practice<T>(
        &self,
        work: impl FnOnce(&mut PracticeRoom) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let mut practice = self.practice.lock().await;
        let room = match practice.take() {
            Some(room) => room,
            None => PracticeRoom::start(self.clock.now()).await.map_err(practice_failed)?,
        };
        work(practice.insert(room))
    }

    /// Takes the place of the one running check.
    pub fn begin_check(&self) -> Result<RunningCheck<'_>, CommandError> {
        let mut running = self.running();
        if running.is_some() {
            return Err(CommandError::CheckRunning);
        }
        let cancel = CancellationToken::new();
        *running = Some(cancel.clone());
        Ok(RunningCheck { state: self, cancel })
    }

    /// Stops the running check, if there is one.
    pub fn cancel_check(&self) {
        if let Some(cancel) = self.running().as_ref() {
            cancel.cancel();
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<CancellationToken>> {
        self.running.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// The place of the running check; free again when dropped.
pub struct RunningCheck<'a> {
    state: &'a AppState,
    /// Stops it.
    pub cancel: CancellationToken,
}

impl Drop for RunningCheck<'_> {
    fn drop(&mut self) {
        self.state.running().take();
    }
}

/// Runs work that may wait for a disk, a lock or a person on a thread for that.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
) -> Result<T, CommandError> {
    let ended = tauri::async_runtime::spawn_blocking(work).await;
    ended.unwrap_or_else(|error| Err(CommandError::InvalidRequest { reason: error.to_string() }))
}

fn practice_failed(error: std::io::Error) -> CommandError {
    CommandError::PracticeFailed { reason: error.to_string() }
}

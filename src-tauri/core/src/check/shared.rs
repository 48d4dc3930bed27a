//! What checks that run side by side share, so that fifty of them stay within
//! Microsoft's limits: one token an application, three connections a mailbox.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::entra::TokenCache;
use crate::net::{Fault, Network};
use crate::settings::Settings;

/// How many connections Exchange Online allows a mailbox at a time.
const CONNECTIONS_PER_MAILBOX: usize = 3;

/// A mailbox at a server: where a closed network leads, host, and address.
type Mailbox = (Option<SocketAddr>, String, String);

/// Shared by the plans of one run. A check on its own shares with nobody, and
/// its token is fresh.
#[derive(Debug, Default)]
pub struct Shared {
    /// The tokens of this run.
    pub tokens: TokenCache,
    mailboxes: Mutex<HashMap<Mailbox, Arc<Semaphore>>>,
}

impl Shared {
    /// Waits for a place among the mailbox's connections; it is free again when
    /// the answer is dropped.
    ///
    /// # Errors
    /// As for the connection itself, where a closed network lacks the host.
    pub(super) async fn place(&self, network: &Network, settings: &Settings) -> Result<OwnedSemaphorePermit, Fault> {
        let route = network.route(&settings.smtp_host, settings.smtp_port)?;
        // Exchange Online tells no upper from lower case in an address.
        let key = (route, settings.smtp_host.to_lowercase(), settings.mailbox.to_string().to_lowercase());
        let places = {
            let mut mailboxes = self.mailboxes.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(mailboxes.entry(key).or_insert_with(|| Arc::new(Semaphore::new(CONNECTIONS_PER_MAILBOX))))
        };
        places.acquire_owned().await.map_err(|_| Fault::Cancelled)
    }
}

//! What both servers share.

use std::sync::{Mutex, PoisonError};

use crate::certificates::Certificates;
use crate::inbox::Inbox;
use crate::state::TenantState;
use crate::token::Tokens;

/// The tenant as both servers see it.
pub(crate) struct Shared {
    state: Mutex<TenantState>,
    pub(crate) tokens: Tokens,
    pub(crate) inbox: Inbox,
    pub(crate) certificates: Certificates,
}

impl Shared {
    pub(crate) fn new(state: TenantState, certificates: Certificates) -> Self {
        Self { state: Mutex::new(state), tokens: Tokens::default(), inbox: Inbox::default(), certificates }
    }

    /// The state at this moment. Asked anew for every answer, so that a switch takes effect in the
    /// middle of a connection too.
    pub(crate) fn state(&self) -> TenantState {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the state and returns it.
    pub(crate) fn change(&self, change: impl FnOnce(&mut TenantState)) -> TenantState {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        state.clone()
    }
}

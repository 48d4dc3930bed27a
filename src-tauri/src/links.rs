//! Links out of the window, in the system's browser. Core knows which.

use mail_setup_core::links::allowed;

use crate::error::CommandError;

/// Opens an address in the browser.
pub fn open(address: &str) -> Result<(), CommandError> {
    let not_allowed = || CommandError::LinkNotAllowed { url: address.to_owned() };
    let url = allowed(address).ok_or_else(not_allowed)?;
    tauri_plugin_opener::open_url(url.as_str(), None::<&str>)
        .map_err(|error| CommandError::InvalidRequest { reason: error.to_string() })
}

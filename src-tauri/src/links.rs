//! The ways out of the window: links open in the system's browser, core knows which; the window itself stays on its
//! page.

use mail_setup_core::links::allowed;
use tauri::plugin::{Builder, TauriPlugin};
use tauri::{Url, Wry};

use crate::error::CommandError;

/// Opens an address in the browser.
pub fn open(address: &str) -> Result<(), CommandError> {
    let not_allowed = || CommandError::LinkNotAllowed { url: address.to_owned() };
    let url = allowed(address).ok_or_else(not_allowed)?;
    tauri_plugin_opener::open_url(url.as_str(), None::<&str>)
        .map_err(|error| CommandError::InvalidRequest { reason: error.to_string() })
}

/// Refuses every navigation that leads away from the window's own page.
pub fn stay() -> TauriPlugin<Wry> {
    Builder::new("stay").on_navigation(|_, url| is_own(url)).build()
}

/// The page's own address: Tauri's scheme, which Windows and `tauri dev` write otherwise.
fn is_own(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => tauri::is_dev(),
        _ => false,
    }
}

//! Links out of the window: https, to Microsoft's portals and documentation
//! only, in the system's browser.

use tauri::Url;

use crate::error::CommandError;

const KNOWN_HOSTS: [&str; 4] =
    ["entra.microsoft.com", "admin.microsoft.com", "admin.exchange.microsoft.com", "learn.microsoft.com"];

/// Opens an address in the browser.
pub fn open(address: &str) -> Result<(), CommandError> {
    let not_allowed = || CommandError::LinkNotAllowed { url: address.to_owned() };
    let url = allowed(address).ok_or_else(not_allowed)?;
    tauri_plugin_opener::open_url(url.as_str(), None::<&str>)
        .map_err(|error| CommandError::InvalidRequest { reason: error.to_string() })
}

fn allowed(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let known = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.host_str().is_some_and(|host| KNOWN_HOSTS.contains(&host));
    known.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn only_https_to_known_hosts() {
        assert!(allowed("https://entra.microsoft.com/#view/apps").is_some());
        let refused = [
            "http://entra.microsoft.com/",
            "https://entra.microsoft.com.example/",
            "https://entra.microsoft.com@example.com/",
            "https://entra.microsoft.com:8443/",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ];
        for address in refused {
            assert!(allowed(address).is_none(), "{address}");
        }
    }
}

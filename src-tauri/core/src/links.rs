//! The pages that may be opened from the product: https, on Microsoft's portals
//! and documentation. Opening one is the shell's business.

use url::Url;

const KNOWN_HOSTS: [&str; 4] =
    ["entra.microsoft.com", "admin.microsoft.com", "admin.exchange.microsoft.com", "learn.microsoft.com"];

/// The address, if it may be opened.
pub fn allowed(address: &str) -> Option<Url> {
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

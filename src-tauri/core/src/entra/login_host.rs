//! Where a client secret may be sent: Microsoft's login hosts, this computer,
//! or the host that the user named. Nothing else can be built.

use url::Url;

use crate::cloud::Cloud;
use crate::net::is_loopback;

/// The origin of a token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginHost {
    origin: Url,
}

/// Why an address cannot be a login host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoginHostError {
    /// Not an address at all.
    #[error("not an address: write it as https://login.microsoftonline.com")]
    Malformed,
    /// Clear text beyond this computer.
    #[error("http would send the client secret in clear text: use https (http is for localhost only)")]
    Insecure,
    /// More than scheme, host and port.
    #[error("only a scheme, a host and a port, without a path, a user or a query")]
    NotAnOrigin,
}

impl LoginHost {
    /// Microsoft's login host for a cloud.
    pub fn microsoft(cloud: Cloud) -> Self {
        Self::parse(&format!("https://{}", cloud.login_host())).unwrap_or_else(|_| unreachable!("a constant address"))
    }

    /// A login host named by the user: https, or http on loopback.
    ///
    /// # Errors
    /// See [`LoginHostError`].
    pub fn parse(text: &str) -> Result<Self, LoginHostError> {
        let origin = Url::parse(text.trim()).map_err(|_| LoginHostError::Malformed)?;
        let host = origin.host_str().ok_or(LoginHostError::Malformed)?;
        match origin.scheme() {
            "https" => {}
            "http" if is_loopback(host) => {}
            "http" => return Err(LoginHostError::Insecure),
            _ => return Err(LoginHostError::Malformed),
        }
        let bare = origin.path() == "/"
            && origin.query().is_none()
            && origin.fragment().is_none()
            && origin.username().is_empty()
            && origin.password().is_none();
        if bare { Ok(Self { origin }) } else { Err(LoginHostError::NotAnOrigin) }
    }

    /// Whether it is one of Microsoft's.
    pub fn is_microsofts(&self) -> bool {
        Cloud::of_login_host(self.name()).is_some()
    }

    /// The host's name.
    pub fn name(&self) -> &str {
        self.origin.host_str().unwrap_or_default()
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.origin.port_or_known_default().unwrap_or(443)
    }

    /// The address of a path below it; `path` has no leading slash.
    pub(super) fn address(&self, path: &str) -> Url {
        let mut address = self.origin.clone();
        address.set_path(path);
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_loopback_only() {
        assert!(LoginHost::parse("https://login.example").is_ok());
        assert!(LoginHost::parse("http://127.0.0.1:8080").is_ok());
        assert!(LoginHost::parse("http://[::1]:8080").is_ok());
        assert_eq!(LoginHost::parse("http://login.example"), Err(LoginHostError::Insecure));
        assert_eq!(LoginHost::parse("http://127.0.0.1.example"), Err(LoginHostError::Insecure));
        assert_eq!(LoginHost::parse("https://a@login.example"), Err(LoginHostError::NotAnOrigin));
        assert_eq!(LoginHost::parse("https://login.example/x"), Err(LoginHostError::NotAnOrigin));
        assert_eq!(LoginHost::parse("login.example"), Err(LoginHostError::Malformed));
    }

    #[test]
    fn a_path_cannot_leave_the_host() {
        let host = LoginHost::microsoft(Cloud::Global);
        assert_eq!(host.address("//evil.example/token").host_str(), Some("login.microsoftonline.com"));
    }
}

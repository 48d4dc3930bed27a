//! What a token is asked for: the `scope` of the v2.0 endpoint or the `resource` of the older one.

use url::Url;
use uuid::Uuid;

use super::error::EntraError;

const EXCHANGE: [&str; 3] =
    ["https://outlook.office365.com", "https://outlook.office.com", "00000002-0000-0ff1-ce00-000000000000"];
pub(super) const GRAPH: [&str; 2] = ["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"];

/// A resource that the tenant may have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Resource<'a> {
    /// Office 365 Exchange Online; the name becomes the token's audience.
    Exchange(&'a str),
    /// Microsoft Graph.
    Graph(&'a str),
    /// Well formed, and known to no tenant.
    Unknown(&'a str),
}

impl<'a> Resource<'a> {
    /// Reads a `scope`.
    ///
    /// # Errors
    ///
    /// 70011 (not a resource), 28003 (empty), 700022 (several resources) and 1002012 (a single
    /// permission: client credentials take `/.default` only).
    pub(super) fn from_scope(scope: &'a str) -> Result<Self, EntraError> {
        let invalid = |code, message: String| Err(EntraError::bad_request("invalid_scope", code, message));
        let mut scopes = scope.split_whitespace();
        let (Some(scope), more) = (scopes.next(), scopes.next()) else {
            return invalid(28003, "The scope is empty.".to_owned());
        };
        if more.is_some() {
            return invalid(700022, "The request names more than one resource; one at a time is supported.".to_owned());
        }
        // Without a resource the scope means Microsoft Graph.
        if scope == ".default" {
            return Ok(Self::Graph(GRAPH[0]));
        }
        let Some(resource) = scope.strip_suffix("/.default") else {
            return invalid(
                1002012,
                format!(
                    "The scope '{scope}' is not valid: client credentials need the resource with the suffix /.default."
                ),
            );
        };
        Self::from_name(resource)
            .map_or_else(|| invalid(70011, format!("The scope '{scope}' is not valid: it names no resource.")), Ok)
    }

    /// Reads a resource's identifier: none if it is neither a URI nor a GUID.
    pub(super) fn from_name(name: &'a str) -> Option<Self> {
        let same = |known: &&str| known.eq_ignore_ascii_case(name.trim_end_matches('/'));
        if EXCHANGE.iter().any(&same) {
            Some(Self::Exchange(name))
        } else if GRAPH.iter().any(same) {
            Some(Self::Graph(name))
        } else if Url::parse(name).is_ok() || Uuid::try_parse(name).is_ok() {
            Some(Self::Unknown(name))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_scopes_name_their_resource() {
        assert_eq!(
            Resource::from_scope("https://outlook.office365.com/.default").unwrap(),
            Resource::Exchange("https://outlook.office365.com")
        );
        assert_eq!(
            Resource::from_scope("https://graph.microsoft.com/.default").unwrap(),
            Resource::Graph("https://graph.microsoft.com")
        );
        assert_eq!(
            Resource::from_scope("https://mail.contoso.com/.default").unwrap(),
            Resource::Unknown("https://mail.contoso.com")
        );
    }

    #[test]
    fn other_scopes_are_refused() {
        let code = |scope| Resource::from_scope(scope).unwrap_err().code;
        assert_eq!(code("https://outlook.office365.com/SMTP.SendAsApp"), 1002012);
        assert_eq!(code("https://outlook.office365.com/.default https://graph.microsoft.com/.default"), 700022);
        assert_eq!(code("  "), 28003);
        assert_eq!(code("outlook/.default"), 70011);
    }
}

//! The tenant behind a domain, from its OpenID configuration (OpenID Connect
//! Discovery 1.0). Needs no sign-in and sends nothing but the domain.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

use super::LoginHost;
use crate::cloud::Cloud;
use crate::net::https::{body, client};
use crate::net::{Network, TlsObserver};
use crate::settings::TOKEN_PATH_V2;

/// What is known of the tenant behind a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TenantDiscovery {
    /// Microsoft knows the domain.
    Found {
        /// The domain asked for.
        domain: String,
        /// Directory (tenant) ID.
        tenant_id: String,
        /// The token endpoint as Incorta wants it.
        token_endpoint: String,
        /// Where the tenant lives.
        cloud: Cloud,
        /// The cloud in words.
        cloud_name: String,
        /// Whether Incorta's fixed login host serves that cloud.
        incorta_reaches: bool,
    },
    /// Microsoft answered that no tenant has this domain.
    NotFound {
        /// The domain asked for.
        domain: String,
    },
    /// No answer that says anything: offline, a proxy, a portal.
    Unreachable,
}

impl TenantDiscovery {
    /// Domain and tenant, when there is one.
    pub fn tenant(&self) -> Option<(String, Uuid)> {
        match self {
            Self::Found { domain, tenant_id, .. } => Some((domain.clone(), tenant_id.parse().ok()?)),
            Self::NotFound { .. } | Self::Unreachable => None,
        }
    }
}

/// Looks up the tenant of `domain`.
pub async fn discover_tenant(
    network: &Network,
    login_host: &LoginHost,
    domain: &str,
    limit: Duration,
) -> TenantDiscovery {
    ask(network, login_host, domain, limit).await.unwrap_or(TenantDiscovery::Unreachable)
}

async fn ask(network: &Network, host: &LoginHost, domain: &str, limit: Duration) -> Option<TenantDiscovery> {
    let path = format!("{domain}/v2.0/.well-known/openid-configuration");
    let (client, address) = client(network, host.address(&path), limit, &Arc::new(TlsObserver::default())).ok()?;
    let response = client.get(address).send().await.ok()?;
    let succeeded = response.status().is_success();
    read(domain, succeeded, &body(response).await.ok()?)
}

/// What an answer says of a domain; `None` when it says nothing.
pub(super) fn read(domain: &str, succeeded: bool, body: &[u8]) -> Option<TenantDiscovery> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    if !succeeded {
        let unknown = text("error") == Some("invalid_tenant")
            || text("error_description").is_some_and(|text| text.contains("AADSTS90002"));
        return unknown.then(|| TenantDiscovery::NotFound { domain: domain.to_owned() });
    }
    let tenant_id = text("token_endpoint")?.split('/').find_map(|part| Uuid::try_parse(part).ok())?;
    let cloud = Cloud::of_instance(text("cloud_instance_name")?, text("tenant_region_sub_scope"))?;
    Some(TenantDiscovery::Found {
        domain: domain.to_owned(),
        tenant_id: tenant_id.to_string(),
        token_endpoint: format!("{tenant_id}/{TOKEN_PATH_V2}"),
        cloud,
        cloud_name: cloud.name().to_owned(),
        incorta_reaches: cloud.incorta_reaches(),
    })
}

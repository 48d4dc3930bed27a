//! The look-up of a tenant by its domain, against every answer of [`http`](crate::http): it sends no secret, and
//! whatever comes back is the tenant, that there is none, or nothing.

use std::sync::Arc;

use mail_setup_core::check::Stage;
use mail_setup_core::entra::{LoginHost, TenantDiscovery, discover_tenant};
use mail_setup_core::net::{Network, Trust};
use mail_setup_tests::{Authority, ScriptedSmtp, ServerIdentity, Step};

use crate::cell::{Complaints, Matrix, time_for};
use crate::http::{ANSWERS, Tenant};
use crate::login::{script, was_followed};

/// Looks up `contoso.com` at a host that follows this script.
pub async fn run(
    steps: Vec<Step>,
    encrypted: bool,
    authority: &Authority,
    identity: &ServerIdentity,
    peer_is_slow: bool,
) -> TenantDiscovery {
    let server = ScriptedSmtp::start(steps, Some(identity)).await.unwrap();
    look_up(server.address().port(), encrypted, &authority.pem(), peer_is_slow).await
}

/// Looks up `contoso.com` at this port of this computer.
pub async fn look_up(port: u16, encrypted: bool, authority_pem: &str, peer_is_slow: bool) -> TenantDiscovery {
    let url = format!("http{}://localhost:{port}", if encrypted { "s" } else { "" });
    let network = Network::open(Trust::only(authority_pem).unwrap());
    let limit = time_for(peer_is_slow).of(Stage::Token);
    discover_tenant(&network, &LoginHost::parse(&url).unwrap(), "contoso.com", limit).await
}

/// Adds the cells: each answer over HTTP and over HTTPS.
pub fn cells(matrix: &mut Matrix) {
    let authority = Arc::new(Authority::new().unwrap());
    let identity = Arc::new(authority.issue_for_loopback().unwrap());
    for answer in ANSWERS {
        for (encrypted, scheme) in [(false, "HTTP"), (true, "HTTPS")] {
            let (authority, identity) = (Arc::clone(&authority), Arc::clone(&identity));
            matrix.add(format!("tenant over {scheme} × {}", answer.name), async move {
                let elsewhere = ScriptedSmtp::start([Step::Silence], None).await.unwrap();
                let script = script("GET ", answer, encrypted, elsewhere.address().port());
                let found = run(script, encrypted, &authority, &identity, answer.is_slow).await;
                let mut complaints = match (answer.tenant, &found) {
                    (Tenant::Unknown, TenantDiscovery::Unreachable)
                    | (Tenant::None, TenantDiscovery::NotFound { .. })
                    | (Tenant::Found, TenantDiscovery::Found { .. }) => Complaints::new(),
                    _ => vec![format!("{found:?}")],
                };
                complaints.extend(was_followed(&elsewhere).then(|| "it was followed elsewhere".to_owned()));
                complaints
            });
        }
    }
}

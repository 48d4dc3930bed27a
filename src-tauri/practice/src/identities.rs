//! The names and identifiers of the practice tenant, as an administrator would read them in the
//! portals.

use std::fmt;

use serde::Serialize;

/// Names and identifiers. All can be set before the tenant starts.
#[derive(Clone, Serialize)]
pub struct Identities {
    /// Directory (tenant) ID, a GUID.
    pub tenant_id: String,
    /// The tenant's domain; stands for the tenant ID in addresses of the login host.
    pub domain: String,
    /// Application (client) ID, a GUID.
    pub client_id: String,
    /// Object ID of the enterprise application: the right one for `New-ServicePrincipal`, and the
    /// token's `oid`.
    pub object_id: String,
    /// Object ID of the app registration: the one pasted by mistake.
    pub app_registration_object_id: String,
    /// The sender mailbox, the only one of this tenant.
    pub mailbox: String,
    /// The client secret's value as Incorta holds it. Never serialised, never printed.
    #[serde(skip)]
    pub client_secret: String,
}

impl Identities {
    /// Contoso's, always the same: they show in screenshots and documents, and a secret that was
    /// stored for practice is still the right one the next time.
    pub(crate) fn contoso() -> Self {
        Self {
            tenant_id: "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4".to_owned(),
            domain: "contoso.com".to_owned(),
            client_id: "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346".to_owned(),
            object_id: "c51e0f8d-92b3-4f6a-b7d8-1a4e6c3f2095".to_owned(),
            app_registration_object_id: "e7046a2b-5d18-4b93-a6cf-0f9b8d7e1c62".to_owned(),
            mailbox: "reports@contoso.com".to_owned(),
            client_secret: "pt_8Q~Practice.Only-Opens.Nothing.Else".to_owned(),
        }
    }
}

impl fmt::Debug for Identities {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Identities")
            .field("tenant_id", &self.tenant_id)
            .field("client_id", &self.client_id)
            .field("mailbox", &self.mailbox)
            .finish_non_exhaustive()
    }
}

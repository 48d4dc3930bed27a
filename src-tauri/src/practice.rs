//! The practice tenant in the window: started when first asked for, with a
//! profile that lives in memory only. Its checks reach nothing but its own two
//! servers.

use std::collections::BTreeSet;
use std::io;

use mail_setup_core::net::{Network, Trust};
use mail_setup_core::profiles::Profile;
use mail_setup_core::settings::{AccessPath, EmailSettings, TOKEN_PATH_V2};
use practice_tenant::{PracticeTenant, RoleAssignment, TenantState};

use crate::requests::{Practice, PracticeValues};

/// The reserved identifier of its profile; every other identifier is a GUID.
pub const PROFILE_ID: &str = "practice";

/// A running practice tenant and its profile.
pub struct PracticeRoom {
    /// The tenant.
    pub tenant: PracticeTenant,
    /// Its form, as typed.
    pub settings: EmailSettings,
    secret_expires_on: Option<String>,
    last_change_at: Option<String>,
    ticked_steps: BTreeSet<String>,
    started_at: jiff::Timestamp,
}

impl PracticeRoom {
    /// Starts a healthy tenant with an empty profile.
    pub async fn start(now: jiff::Timestamp) -> io::Result<Self> {
        let tenant = PracticeTenant::start(TenantState::healthy()).await?;
        let settings = EmailSettings::default();
        Ok(Self {
            tenant,
            settings,
            secret_expires_on: None,
            last_change_at: None,
            ticked_steps: BTreeSet::new(),
            started_at: now,
        })
    }

    /// Its profile. The access path is the one its administrator took.
    pub fn profile(&self) -> Profile {
        let has_role = self.tenant.state().role_assignment != RoleAssignment::Absent;
        Profile {
            id: PROFILE_ID.to_owned(),
            name: "Practice tenant".to_owned(),
            settings: self.settings.clone(),
            access_path: if has_role { AccessPath::Rbac } else { AccessPath::Classic },
            secret_expires_on: self.secret_expires_on.clone(),
            last_change_at: self.last_change_at.clone(),
            enterprise_application: None,
            ticked_steps: self.ticked_steps.clone(),
            created_at: self.started_at.to_string(),
            changed_at: self.started_at.to_string(),
            removed_at: None,
            other: serde_json::Map::new(),
        }
    }

    /// Changes something of its profile.
    pub fn change(&mut self, change: impl FnOnce(&mut Profile)) {
        let mut profile = self.profile();
        profile.change(change);
        self.settings = profile.settings;
        self.secret_expires_on = profile.secret_expires_on;
        self.last_change_at = profile.last_change_at;
        self.ticked_steps = profile.ticked_steps;
    }

    /// A network of the two practice servers.
    pub fn network(&self) -> io::Result<Network> {
        let trust = Trust::only(self.tenant.authority_pem()).map_err(io::Error::other)?;
        Ok(Network::closed(trust, self.tenant.routes()))
    }

    /// Types in what its administrator hands over, but for the secret.
    pub fn fill(&mut self) {
        let identities = self.tenant.state().identities;
        self.settings = EmailSettings {
            system_email_address: identities.mailbox,
            smtp_oauth_client_id: identities.client_id,
            smtp_oauth_token_endpoint: format!("{}/{TOKEN_PATH_V2}", identities.tenant_id),
            ..EmailSettings::default()
        };
    }

    /// The tenant as the window shows it.
    pub fn look(&self) -> Practice {
        let state = self.tenant.state();
        let switches = state.switches();
        let identities = state.identities;
        Practice {
            values: PracticeValues {
                mailbox: identities.mailbox,
                client_id: identities.client_id,
                tenant_id: identities.tenant_id,
                object_id: identities.object_id,
            },
            switches,
            inbox: self.tenant.inbox(),
        }
    }
}

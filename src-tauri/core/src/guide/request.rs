//! What a script is about, read from the Email screen's values.

use lettre::Address;
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::settings::{
    AccessPath, Context, EmailSettings, Issue, IssueSeverity, TOKEN_PATH_V2, Tenant, parse, sender_domain,
};

/// What a script is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptRequest {
    /// The profile's name, for people.
    pub profile: String,
    /// How the application gets its rights.
    pub access_path: AccessPath,
    /// Whose sign-in pages and services are used.
    pub cloud: Cloud,
    /// The sender mailbox.
    pub mailbox: Address,
    /// The tenant that is set up.
    pub tenant: Tenant,
    /// Application (client) ID; none as long as the application is not registered.
    pub client_id: Option<Uuid>,
    /// PowerShell that defines `Protect-Reply` (see [`super::handover::sealing`]): the setup then prints its result
    /// sealed instead of showing the secret.
    pub sealing: Option<String>,
}

impl ScriptRequest {
    /// From settings that may lack what the setup only brings: without a client ID
    /// the application is found by its name or registered, and without a token
    /// endpoint that names one, the sender's domain names the tenant.
    ///
    /// # Errors
    /// The issues, when the sender mailbox is missing or one of the three values is malformed.
    pub fn of(profile: &str, settings: &EmailSettings, access_path: AccessPath) -> Result<Self, Vec<Issue>> {
        let has_client_id = !settings.smtp_oauth_client_id.trim().is_empty();
        let mut needed = EmailSettings {
            system_email_address: settings.system_email_address.clone(),
            smtp_oauth_client_id: settings.smtp_oauth_client_id.clone(),
            smtp_oauth_token_endpoint: settings.smtp_oauth_token_endpoint.clone(),
            ..EmailSettings::default()
        };
        if !has_client_id {
            needed.smtp_oauth_client_id = Uuid::nil().to_string();
        }
        if needed.smtp_oauth_token_endpoint.trim().is_empty() {
            let domain = sender_domain(&needed).unwrap_or_else(|| "invalid.example".to_owned());
            needed.smtp_oauth_token_endpoint = format!("{domain}/{TOKEN_PATH_V2}");
        }
        let parsed = parse(&needed, &Context::default());
        let errors: Vec<_> = parsed.issues.into_iter().filter(|issue| issue.severity == IssueSeverity::Error).collect();
        let known = parsed.settings.ok_or(errors)?;
        // Incorta's token endpoint has no host, so that other values tell the cloud first;
        // two clouds share a login host.
        let cloud = Cloud::of_smtp_host(settings.smtp_host.trim()).filter(|cloud| *cloud != Cloud::Global);
        let cloud = cloud.or_else(|| Cloud::of_scope(settings.smtp_oauth_scope.trim()));
        let cloud = cloud.filter(|cloud| *cloud != Cloud::Global).unwrap_or(known.login_cloud);
        // `common` and the like name no tenant.
        let tenant = match known.tenant {
            Tenant::NotSpecific(_) => Tenant::Domain(known.mailbox.domain().to_lowercase()),
            tenant => tenant,
        };
        Ok(Self {
            profile: profile.to_owned(),
            access_path,
            cloud,
            mailbox: known.mailbox,
            tenant,
            client_id: has_client_id.then_some(known.client_id),
            sealing: None,
        })
    }
}

//! Whose settings, with which secret, over which network: from a profile, a file, or the practice tenant.

use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::check::{Depth, Plan, Shared, Timeouts};
use mail_setup_core::entra::LoginHost;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::profiles::Profile;
use mail_setup_core::settings::{AccessPath, EmailSettings, TOKEN_PATH_V2};
use mail_setup_core::smtp::Address;
use practice_tenant::{PracticeTenant, RoleAssignment, TenantState};
use secrecy::SecretString;

use crate::arguments::{CheckOptions, Reach, SecretOptions, SubjectOptions};
use crate::{Failure, input, kept};

/// Settings and where they come from.
pub struct Named {
    /// What to call them.
    pub name: String,
    /// The form as typed.
    pub settings: EmailSettings,
    /// How the application gets its rights.
    pub access_path: AccessPath,
    /// The profile they are from.
    pub profile: Option<Profile>,
}

impl Named {
    /// As asked for on the command line; not judged yet.
    pub fn read(options: &SubjectOptions) -> Result<Self, Failure> {
        match &options.settings {
            Some(path) => Ok(Self {
                name: path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
                settings: input::settings(path)?,
                access_path: options.path.map(AccessPath::from).unwrap_or_default(),
                profile: None,
            }),
            None => kept::find_or_selected(&kept::profiles()?, options.profile.as_deref()).map(Self::of_profile),
        }
    }

    /// A kept profile.
    pub fn of_profile(profile: Profile) -> Self {
        Self {
            name: profile.name.clone(),
            settings: profile.settings.clone(),
            access_path: profile.access_path,
            profile: Some(profile),
        }
    }

    /// The client secret: as given, else from the store for a profile.
    pub fn secret(&self, options: &SecretOptions) -> Result<SecretString, Failure> {
        match (input::given_secret(options)?, &self.profile) {
            (Some(secret), _) => Ok(secret),
            (None, Some(profile)) => kept::secret(profile),
            (None, None) => Err(input::no_secret()),
        }
    }
}

/// The network and the login host as asked for.
pub fn reach(options: &Reach) -> Result<(Network, Option<LoginHost>), Failure> {
    let login_host = options
        .login_host
        .as_deref()
        .map(|text| LoginHost::parse(text).map_err(|error| Failure::usage(format!("--login-host {text}: {error}"))))
        .transpose()?;
    let authorities = options.ca_file.as_deref().map(|path| input::text(path, "certificate")).transpose()?;
    let trust = Trust::operating_system(authorities.as_deref().as_slice()).map_err(|error| match &options.ca_file {
        Some(path) => Failure::usage(format!("--ca-file {}: {error}", path.display())),
        None => Failure::unable(format!("cannot use this system's certificates: {error}")),
    })?;
    Ok((Network::open(trust), login_host))
}

/// Everything a check needs.
pub struct Subject {
    named: Named,
    network: Network,
    login_host: Option<LoginHost>,
    /// The client secret.
    pub secret: SecretString,
    /// Kept running as long as the check.
    practice: Option<PracticeTenant>,
}

impl Subject {
    /// As asked for on the command line; settings with errors are refused.
    pub async fn of(options: &CheckOptions) -> Result<Self, Failure> {
        match &options.practice {
            Some(state) => Self::practice(input::practice_state(state)?).await,
            None => {
                let (network, login_host) = reach(&options.reach)?;
                Self::configured(Named::read(&options.subject)?, &options.secret, network, login_host)
            }
        }
    }

    /// Settings with their secret, over a network.
    pub fn configured(
        named: Named,
        secret: &SecretOptions,
        network: Network,
        login_host: Option<LoginHost>,
    ) -> Result<Self, Failure> {
        input::refuse_errors(&named.name, &named.settings)?;
        let secret = named.secret(secret)?;
        Ok(Self { named, network, login_host, secret, practice: None })
    }

    async fn practice(state: TenantState) -> Result<Self, Failure> {
        let unable = |error: String| Failure::unable(format!("cannot start the practice tenant: {error}"));
        let tenant = PracticeTenant::start(state).await.map_err(|error| unable(error.to_string()))?;
        let trust = Trust::only(tenant.authority_pem()).map_err(|error| unable(error.to_string()))?;
        Ok(Self {
            named: practice_settings(&tenant.state()),
            network: Network::closed(trust, tenant.routes()),
            login_host: None,
            secret: SecretString::from(tenant.client_secret()),
            practice: Some(tenant),
        })
    }

    /// Whether it is the practice tenant.
    pub fn is_practice(&self) -> bool {
        self.practice.is_some()
    }

    /// The plan of one check. `timeout`: seconds for each stage.
    pub fn plan(&self, depth: Depth, recipients: &[Address], timeout: Option<u64>, shared: &Arc<Shared>) -> Plan {
        let profile = self.named.profile.as_ref();
        let changed = profile.and_then(|profile| profile.last_change_at.as_ref());
        Plan {
            profile: self.named.name.clone(),
            settings: self.named.settings.clone(),
            depth,
            recipients: recipients.to_vec(),
            access_path: self.named.access_path,
            last_change_at: changed.and_then(|at| at.parse().ok()),
            secret_expires_on: profile.and_then(|profile| profile.secret_expires_on.as_ref()?.parse().ok()),
            login_host: self.login_host.clone(),
            network: self.network.clone(),
            timeouts: Timeouts { every_stage: timeout.map(Duration::from_secs) },
            shared: Arc::clone(shared),
        }
    }
}

/// The form as a practice tenant's administrator would have it filled in.
pub fn practice_settings(state: &TenantState) -> Named {
    let has_role = state.role_assignment != RoleAssignment::Absent;
    let identities = &state.identities;
    Named {
        name: "Practice tenant".to_owned(),
        settings: EmailSettings {
            system_email_address: identities.mailbox.clone(),
            smtp_oauth_client_id: identities.client_id.clone(),
            smtp_oauth_token_endpoint: format!("{}/{TOKEN_PATH_V2}", identities.tenant_id),
            ..EmailSettings::default()
        },
        access_path: if has_role { AccessPath::Rbac } else { AccessPath::Classic },
        profile: None,
    }
}

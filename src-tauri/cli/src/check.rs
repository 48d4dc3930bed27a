//! `incorta-mail check`.

use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::check::{self, CheckEvent, Outcome, Plan, Timeouts, parse_recipients};
use mail_setup_core::clock::SystemClock;
use mail_setup_core::diagnosis::diagnose;
use mail_setup_core::entra::LoginHost;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::settings::{AccessPath, EmailSettings, TOKEN_PATH_V2};
use practice_tenant::{PracticeTenant, RoleAssignment, TenantState};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use crate::arguments::CheckOptions;
use crate::{Failure, input, print};

/// What a check needs besides the options that all checks share.
struct Subject {
    name: String,
    settings: EmailSettings,
    secret: SecretString,
    access_path: AccessPath,
    network: Network,
    login_host: Option<LoginHost>,
    /// Kept running as long as the check.
    _practice: Option<PracticeTenant>,
}

/// Runs the check, prints its report, and gives the exit code.
pub async fn check(options: &CheckOptions) -> Result<u8, Failure> {
    let recipients = parse_recipients(options.to.iter().map(String::as_str))
        .map_err(|error| Failure::usage(format!("--to: {error}")))?;
    let subject = match &options.practice {
        Some(state) => practice(state).await?,
        None => configured(options)?,
    };
    let plan = Plan {
        profile: subject.name,
        settings: subject.settings,
        depth: options.depth.into(),
        recipients,
        access_path: subject.access_path,
        last_change_at: None,
        login_host: subject.login_host,
        network: subject.network,
        timeouts: Timeouts { every_stage: options.timeout.map(Duration::from_secs) },
        shared: Arc::default(),
    };
    let is_practice = options.practice.is_some();
    let cancel = CancellationToken::new();
    let interrupted = tokio::spawn(cancel_on_interrupt(cancel.clone()));
    let people = if options.json { print::to_standard_error } else { print::to_standard_output };
    let depth = plan.depth;
    if is_practice {
        people("Practice tenant: nothing leaves this computer.\n");
    }
    let listener = Arc::new(move |event| {
        if let CheckEvent::StageFinished { record } = event
            && depth.includes(record.stage)
        {
            people(&print::stage(&record));
        }
    });
    let report = diagnose(check::run(plan, subject.secret, &SystemClock, listener, cancel).await);
    interrupted.abort();
    people(&print::result(&report, is_practice));
    if options.json {
        let json = serde_json::to_string_pretty(&report).map_err(|error| Failure::unable(error.to_string()))?;
        print::to_standard_output(&format!("{json}\n"));
    }
    Ok(match report.outcome {
        Outcome::Passed | Outcome::Warned => 0,
        Outcome::Failed => 1,
        Outcome::Cancelled => 130,
    })
}

async fn cancel_on_interrupt(cancel: CancellationToken) {
    if tokio::signal::ctrl_c().await.is_ok() {
        cancel.cancel();
    }
}

fn configured(options: &CheckOptions) -> Result<Subject, Failure> {
    let path = options.settings.as_deref().ok_or_else(|| Failure::usage("give --settings FILE or --practice"))?;
    let settings = input::settings(path)?;
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
    Ok(Subject {
        name: path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        settings,
        secret: input::secret(options.secret_file.as_deref(), options.secret_stdin)?,
        access_path: AccessPath::Classic,
        network: Network::open(trust),
        login_host,
        _practice: None,
    })
}

async fn practice(name: &str) -> Result<Subject, Failure> {
    let state = TenantState::named(name).ok_or_else(|| {
        let names: Vec<String> =
            TenantState::names().iter().map(|(name, description)| format!("\n  {name:<38} {description}")).collect();
        Failure::usage(format!("--practice {name}: no such state. Choose one of:{}", names.concat()))
    })?;
    let unable = |error: String| Failure::unable(format!("cannot start the practice tenant: {error}"));
    let tenant = PracticeTenant::start(state).await.map_err(|error| unable(error.to_string()))?;
    let TenantState { identities, role_assignment, .. } = tenant.state();
    let has_role = role_assignment != RoleAssignment::Absent;
    let trust = Trust::only(tenant.authority_pem()).map_err(|error| unable(error.to_string()))?;
    Ok(Subject {
        name: "Practice tenant".to_owned(),
        settings: EmailSettings {
            system_email_address: identities.mailbox,
            smtp_oauth_client_id: identities.client_id,
            smtp_oauth_token_endpoint: format!("{}/{TOKEN_PATH_V2}", identities.tenant_id),
            ..EmailSettings::default()
        },
        secret: SecretString::from(tenant.client_secret()),
        access_path: if has_role { AccessPath::Rbac } else { AccessPath::Classic },
        network: Network::closed(trust, tenant.routes()),
        login_host: None,
        _practice: Some(tenant),
    })
}

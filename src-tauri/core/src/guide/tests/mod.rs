//! Every script: read as PowerShell, held by snapshots, proof against any value, held to
//! PSScriptAnalyzer's rules, and run where PowerShell is.

mod inert;
mod requests;
mod rules;
mod run;
mod sealed;
mod syntax;

use super::{ScriptKind, ScriptRequest, script};
use crate::cloud::Cloud;
use crate::profiles::Profile;
use crate::settings::{AccessPath, EmailSettings, TOKEN_PATH_V2, Tenant};

const PATHS: [AccessPath; 2] = [AccessPath::Classic, AccessPath::Rbac];

/// The example of the guide.
fn request(access_path: AccessPath) -> ScriptRequest {
    ScriptRequest {
        profile: "Production".to_owned(),
        access_path,
        cloud: Cloud::Global,
        mailbox: "reports@contoso.com".parse().unwrap(),
        tenant: Tenant::Id("8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4".parse().unwrap()),
        client_id: Some("3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346".parse().unwrap()),
        sealing: None,
    }
}

/// The example's profile, with steps ticked.
pub(super) fn profile(access_path: AccessPath, ticked: &[&str]) -> Profile {
    Profile {
        id: "a-profile".to_owned(),
        name: "Production".to_owned(),
        settings: EmailSettings {
            system_email_address: "reports@contoso.com".to_owned(),
            smtp_oauth_client_id: "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346".to_owned(),
            smtp_oauth_token_endpoint: format!("8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/{TOKEN_PATH_V2}"),
            ..EmailSettings::default()
        },
        access_path,
        secret_expires_on: None,
        last_change_at: None,
        enterprise_application: None,
        ticked_steps: ticked.iter().map(|step| (*step).to_owned()).collect(),
        created_at: String::new(),
        changed_at: String::new(),
        removed_at: None,
        other: Default::default(),
    }
}

/// Every kind on every path, with what to call it.
fn every_script(change: impl Fn(&mut ScriptRequest)) -> Vec<(String, String)> {
    let mut scripts = Vec::new();
    for kind in ScriptKind::ALL {
        for path in PATHS {
            let mut request = request(path);
            change(&mut request);
            let name = format!("{}-{}", kind.file_name().trim_end_matches(".ps1"), format!("{path:?}").to_lowercase());
            scripts.push((name, script(kind, &request)));
        }
    }
    scripts
}

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
use crate::settings::{AccessPath, Tenant};

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

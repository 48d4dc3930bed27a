//! The scripts as PowerShell runs them, where it is installed, over a tenant in a file
//! (`tenant/`): what the first run makes, the second leaves alone, and undo takes back.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::syntax::faults;
use super::{PATHS, ScriptKind, ScriptRequest, request, script};

const OBJECT_ID: &str = "c51e0f8d-92b3-4f6a-b7d8-1a4e6c3f2095";
const CLIENT_ID: &str = "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346";

const STORE: &str = include_str!("tenant/store.ps1");
const MODULES: [(&str, &str, &str); 2] = [
    ("Microsoft.Graph.Authentication", "2.26.0", include_str!("tenant/Microsoft.Graph.Authentication.psm1")),
    ("ExchangeOnlineManagement", "3.7.0", include_str!("tenant/ExchangeOnlineManagement.psm1")),
];

/// A tenant with two mailboxes, and SMTP AUTH off for the organization.
fn tenant() -> Value {
    json!({
        "id": "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4",
        "applications": [],
        "servicePrincipals": [{
            "id": "4d1b0f6a-52c8-4a77-9a3e-0e2f6b8c1d55", "appId": "00000002-0000-0ff1-ce00-000000000000",
            "accountEnabled": true, "tags": [],
            "appRoles": [{ "id": "6f5a1c3e-8b42-4e0d-b7f9-2c6d8e1a4b30", "value": "SMTP.SendAsApp" }]
        }],
        "consents": [],
        "registered": [],
        "rights": [],
        "scopes": [],
        "assignments": [],
        "organizationSmtpAuthDisabled": true,
        "mailboxes": [
            { "PrimarySmtpAddress": "ceo@contoso.com", "Guid": "1f7c2b9d-30a4-4c5e-9d18-7b6a5e4f3c21",
              "SmtpClientAuthenticationDisabled": null },
            { "PrimarySmtpAddress": "reports@contoso.com", "Guid": "9e8d7c6b-5a49-4382-a716-f5e4d3c2b1a0",
              "SmtpClientAuthenticationDisabled": null }
        ]
    })
}

/// The same, in which somebody did a part by hand.
fn half_done() -> Value {
    let mut tenant = tenant();
    tenant["applications"] = json!([{
        "id": "b7e6d5c4-a3f2-4e1d-8c0b-9a8f7e6d5c4b", "appId": CLIENT_ID, "displayName": "Mail of Incorta",
        "tags": ["HideApp"], "requiredResourceAccess": [], "passwordCredentials": []
    }]);
    let principal = json!({ "id": OBJECT_ID, "appId": CLIENT_ID, "accountEnabled": true, "tags": [], "appRoles": [] });
    tenant["servicePrincipals"].as_array_mut().unwrap().push(principal);
    tenant["registered"] = json!([{ "AppId": CLIENT_ID, "ObjectId": OBJECT_ID, "DisplayName": "By hand" }]);
    tenant["rights"] = json!([{ "kind": "SendAs", "mailbox": "reports@contoso.com", "holder": OBJECT_ID }]);
    tenant["mailboxes"][1]["SmtpClientAuthenticationDisabled"] = json!(true);
    tenant
}

/// PowerShell with the stand-in modules, and one tenant.
struct Bench {
    folder: TempDir,
    request: ScriptRequest,
}

/// What a run said, and how it ended.
struct Ended {
    code: Option<i32>,
    said: String,
}

impl Bench {
    fn new(request: ScriptRequest, tenant: &Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &Path, text: &str| {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(&folder.path().join("modules/store.ps1"), STORE);
        for (name, version, code) in MODULES {
            let module = folder.path().join("modules").join(name);
            let manifest = format!(
                "@{{ ModuleVersion = '{version}'; RootModule = '{name}.psm1'; FunctionsToExport = '*-*'; \
                 GUID = '{OBJECT_ID}' }}"
            );
            write(&module.join(format!("{name}.psm1")), code);
            write(&module.join(format!("{name}.psd1")), &manifest);
        }
        write(&folder.path().join("tenant.json"), &tenant.to_string());
        Self { folder, request }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn tenant(&self) -> Value {
        serde_json::from_str(&std::fs::read_to_string(self.path("tenant.json")).unwrap()).unwrap()
    }

    /// At a terminal of its own, as the setup wants it (util-linux's `script`).
    fn run(&self, kind: ScriptKind, options: &str) -> Ended {
        let file = self.path(kind.file_name());
        std::fs::write(&file, script(kind, &self.request)).unwrap();
        let command = format!("& '{}' {options}; exit $LASTEXITCODE", file.display());
        let typed = format!("pwsh -NoLogo -NoProfile -NonInteractive -Command \"{}\"", command.replace('$', "\\$"));
        let output = Command::new("script")
            .args(["--quiet", "--return", "--command", &typed, "/dev/null"])
            .env("PSModulePath", self.path("modules"))
            .env("STAND_IN_TENANT", self.path("tenant.json"))
            .output()
            .unwrap();
        Ended { code: output.status.code(), said: String::from_utf8_lossy(&output.stdout).into_owned() }
    }

    fn passes(&self, kind: ScriptKind, options: &str) -> String {
        let ended = self.run(kind, options);
        assert_eq!(ended.code, Some(0), "{kind:?} {options}: {}", ended.said);
        ended.said
    }
}

/// Whether PowerShell is here; says so when it is not.
fn has_powershell() -> bool {
    let found = Command::new("pwsh").arg("-Version").output().is_ok();
    if !found {
        println!("skipped: there is no pwsh on this computer to run the scripts with");
    }
    found
}

/// The application registered by the setup, with a name for the client ID that it gets.
fn new_application(mut request: ScriptRequest) -> ScriptRequest {
    request.client_id = None;
    request
}

#[test]
fn the_stand_ins_are_powershell() {
    for text in MODULES.map(|(_, _, code)| code).into_iter().chain([STORE]) {
        assert_eq!(faults(text), Vec::<String>::new());
    }
}

#[test]
fn setup_makes_what_is_missing_once_and_undo_takes_it_back() {
    if !has_powershell() {
        return;
    }
    for path in PATHS {
        for (request, tenant) in [(new_application(request(path)), tenant()), (request(path), half_done())] {
            let bench = Bench::new(request, &tenant);
            let plan = bench.passes(ScriptKind::Setup, "-WhatIf");
            assert!(plan.contains("What if:"), "{plan}");
            assert_eq!(bench.tenant(), tenant, "{path:?}: -WhatIf");
            assert_eq!(bench.run(ScriptKind::Verify, "").code, Some(1), "{path:?}");

            let first = bench.passes(ScriptKind::Setup, "");
            assert!(first.contains("stand-in~secret"), "{first}");
            let made = bench.tenant();
            assert_ne!(made, tenant);
            let verified = bench.passes(ScriptKind::Verify, "");
            assert_eq!(verified.contains("ceo@contoso.com must be refused"), path == PATHS[1], "{verified}");

            let second = bench.passes(ScriptKind::Setup, "");
            assert!(!second.contains("made now") && !second.contains("stand-in~secret"), "{second}");
            assert_eq!(bench.tenant(), made, "{path:?}: a second run");
            bench.passes(ScriptKind::Undo, "-WhatIf");
            assert_eq!(bench.tenant(), made, "{path:?}: undo -WhatIf");
            let undone = bench.passes(ScriptKind::Undo, "-Confirm:$false");
            assert_eq!(bench.tenant(), tenant, "{path:?}: {undone}");
        }
    }
}

#[test]
fn a_wrong_object_id_is_replaced() {
    if !has_powershell() {
        return;
    }
    for path in PATHS {
        let mut tenant = half_done();
        tenant["registered"][0]["ObjectId"] = json!("0d9c8b7a-6f5e-4d3c-a2b1-0f9e8d7c6b5a");
        tenant["rights"] = json!([]);
        let bench = Bench::new(request(path), &tenant);
        let said = bench.passes(ScriptKind::Setup, "");
        assert!(said.contains("which cannot be edited"), "{said}");
        assert_eq!(bench.tenant()["registered"][0]["ObjectId"], OBJECT_ID);
        bench.passes(ScriptKind::Verify, "");
    }
}

#[test]
fn a_failed_step_is_named_and_the_rest_left_alone() {
    if !has_powershell() {
        return;
    }
    for path in PATHS {
        let mut tenant = tenant();
        tenant["mailboxes"].as_array_mut().unwrap().pop();
        let bench = Bench::new(new_application(request(path)), &tenant);
        let ended = bench.run(ScriptKind::Setup, "");
        assert_eq!(ended.code, Some(1), "{}", ended.said);
        assert!(ended.said.contains("Stopped at the step 'Find the mailbox'"), "{}", ended.said);
        // The secret was made and is not shown again: it must not be lost.
        assert!(ended.said.contains("stand-in~secret"), "{}", ended.said);
        assert_eq!(bench.tenant()["registered"], json!([]));
    }
}

#[test]
fn a_missing_module_is_named_with_the_line_that_installs_it() {
    if !has_powershell() {
        return;
    }
    let bench = Bench::new(request(PATHS[0]), &half_done());
    std::fs::remove_dir_all(bench.path("modules/ExchangeOnlineManagement")).unwrap();
    let ended = bench.run(ScriptKind::Verify, "");
    assert_eq!(ended.code, Some(1));
    assert!(ended.said.contains("Install-Module -Name ExchangeOnlineManagement"), "{}", ended.said);
}

//! PowerShell scripts, put together from the parts in `scripts/`. A value comes in
//! only through one block of literals; the parts hold none.
//!
//! The scripts are ASCII alone: Windows PowerShell 5.1 reads a file without a byte
//! order mark in the system's code page, where the bytes of other characters can
//! become quotes.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde::Deserialize;
use ts_rs::TS;

use super::ScriptRequest;
use crate::cloud::Cloud;
use crate::powershell::literal;
use crate::settings::AccessPath;

/// What a script does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScriptKind {
    /// Makes what is missing.
    Setup,
    /// Reads, and says what is as it must be.
    Verify,
    /// Takes back what the setup made.
    Undo,
}

impl ScriptKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Setup, Self::Verify, Self::Undo];

    /// A name for a file that holds the script.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Setup => "setup.ps1",
            Self::Verify => "verify.ps1",
            Self::Undo => "undo.ps1",
        }
    }
}

macro_rules! part {
    ($name:literal) => {
        include_str!(concat!("scripts/", $name, ".ps1"))
    };
}

/// A script for Windows PowerShell 5.1 and PowerShell 7.
pub fn script(kind: ScriptKind, request: &ScriptRequest) -> String {
    let classic = request.access_path == AccessPath::Classic;
    let values = values(kind, request);
    let mut parts = vec![head(kind, classic), part!("shared/parameters"), &values];
    if kind == ScriptKind::Setup {
        parts.push(part!("setup/before"));
    }
    parts.push(part!("shared/start"));
    if kind != ScriptKind::Verify {
        parts.push(part!("shared/marks"));
    }
    parts.push(part!("shared/graph"));
    parts.extend(entra(kind, classic));
    parts.extend([part!("shared/graph_end"), part!("shared/exchange")]);
    parts.push(if classic { part!("shared/classic") } else { part!("shared/rbac") });
    parts.extend(exchange(kind, classic));
    parts.push(part!("shared/run"));
    if kind == ScriptKind::Setup {
        parts.extend(request.sealing.as_deref());
    }
    parts.push(match kind {
        ScriptKind::Setup => part!("setup/show_result"),
        ScriptKind::Verify => part!("verify/end"),
        ScriptKind::Undo => part!("undo/end"),
    });
    parts.concat()
}

/// What it is for, and its own parameters.
fn head(kind: ScriptKind, classic: bool) -> &'static str {
    match kind {
        ScriptKind::Setup => part!("setup/head"),
        ScriptKind::Verify if classic => part!("verify/head"),
        ScriptKind::Verify => concat!(part!("verify/head"), part!("verify/outside_parameter")),
        ScriptKind::Undo => part!("undo/head"),
    }
}

fn entra(kind: ScriptKind, classic: bool) -> &'static [&'static str] {
    match (kind, classic) {
        (ScriptKind::Setup, true) => {
            &[part!("shared/role"), part!("setup/application"), part!("setup/permission"), part!("setup/secret")]
        }
        (ScriptKind::Setup, false) => &[part!("setup/application"), part!("setup/secret")],
        (ScriptKind::Verify, true) => {
            &[part!("verify/check"), part!("shared/role"), part!("verify/entra"), part!("verify/consent")]
        }
        (ScriptKind::Verify, false) => {
            &[part!("verify/check"), part!("shared/role"), part!("verify/entra"), part!("verify/no_consent")]
        }
        (ScriptKind::Undo, true) => {
            &[part!("shared/role"), part!("undo/application"), part!("undo/consent"), part!("undo/application_end")]
        }
        (ScriptKind::Undo, false) => &[part!("undo/application"), part!("undo/application_end")],
    }
}

fn exchange(kind: ScriptKind, classic: bool) -> [&'static str; 3] {
    match (kind, classic) {
        (ScriptKind::Setup, true) => {
            [part!("setup/service_principal"), part!("setup/mailbox_rights"), part!("setup/smtp_auth")]
        }
        (ScriptKind::Setup, false) => {
            [part!("setup/service_principal"), part!("setup/scope"), part!("setup/smtp_auth")]
        }
        (ScriptKind::Verify, true) => {
            [part!("verify/service_principal"), part!("verify/mailbox_rights"), part!("verify/smtp_auth")]
        }
        (ScriptKind::Verify, false) => {
            [part!("verify/service_principal"), part!("verify/scope"), part!("verify/smtp_auth")]
        }
        (ScriptKind::Undo, true) => {
            [part!("undo/service_principal_start"), part!("undo/mailbox_rights"), part!("undo/service_principal")]
        }
        (ScriptKind::Undo, false) => {
            [part!("undo/service_principal_start"), part!("undo/scope"), part!("undo/service_principal")]
        }
    }
}

/// The one block that holds values.
fn values(kind: ScriptKind, request: &ScriptRequest) -> String {
    let client_id = request.client_id.map(|id| id.to_string()).unwrap_or_default();
    let path = match request.access_path {
        AccessPath::Classic => "classic",
        AccessPath::Rbac => "RBAC for Applications",
    };
    let values = [
        ("Profile", request.profile.as_str()),
        ("AccessPath", path),
        ("Mailbox", request.mailbox.as_ref()),
        ("Tenant", &request.tenant.to_string()),
        ("ClientId", &client_id),
        ("GraphEnvironment", graph_environment(request.cloud)),
        ("GraphScopes", graph_scopes(kind, request.access_path)),
        ("ExchangeEnvironment", exchange_environment(request.cloud)),
    ];
    let lines = values.map(|(name, value)| format!("    {name:<19} = {}\n", encoded(value)));
    format!("# The values of this profile. They stand here and nowhere else.\n$Values = @{{\n{}}}\n\n", lines.concat())
}

/// A literal of ASCII alone, which the script decodes.
fn encoded(text: &str) -> String {
    const ESCAPE: AsciiSet = AsciiSet::EMPTY.add(b'%');
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    literal(&utf8_percent_encode(&text, &ESCAPE).to_string())
}

/// `Connect-MgGraph -Environment` (Microsoft Graph PowerShell, `Get-MgEnvironment`).
fn graph_environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "Global",
        Cloud::UsGovGccHigh => "USGov",
        Cloud::UsGovDod => "USGovDoD",
        Cloud::China => "China",
    }
}

/// `Connect-ExchangeOnline -ExchangeEnvironmentName`.
fn exchange_environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "O365Default",
        Cloud::UsGovGccHigh => "O365USGovGCCHigh",
        Cloud::UsGovDod => "O365USGovDoD",
        Cloud::China => "O365China",
    }
}

/// The least that the person who runs the script must agree to (Microsoft Graph permissions reference).
fn graph_scopes(kind: ScriptKind, path: AccessPath) -> &'static str {
    match (kind, path) {
        (ScriptKind::Verify, _) => "Application.Read.All",
        (_, AccessPath::Classic) => "Application.ReadWrite.All AppRoleAssignment.ReadWrite.All",
        (_, AccessPath::Rbac) => "Application.ReadWrite.All",
    }
}

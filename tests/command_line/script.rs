//! Scripts from the terminal: of a profile or a file, printed or written.

use crate::said;
use crate::user::User;

const MAILBOX: &str = "reports@contoso.com";

#[test]
fn a_script_holds_the_profiles_values() {
    let user = User::new();
    user.output(&["profiles", "add", "Z\u{fc}rich", "--mailbox", MAILBOX, "--path", "rbac"]);
    let setup = user.output(&["script", "setup", "z\u{fc}rich"]);
    for line in [
        "Profile             = 'Z%C3%BCrich'",
        "Mailbox             = 'reports@contoso.com'",
        // The sender's domain names the tenant, and the setup registers the application.
        "Tenant              = 'contoso.com'",
        "ClientId            = ''",
        "AccessPath          = 'RBAC for Applications'",
        "ExchangeEnvironment = 'O365Default'",
    ] {
        assert!(setup.contains(line), "{line}");
    }
    assert!(setup.contains("New-ManagementScope") && !setup.contains("Add-MailboxPermission"));
    let classic = user.output(&["script", "setup", "--path", "classic"]);
    assert!(classic.contains("Add-MailboxPermission") && !classic.contains("New-ManagementScope"));
}

#[test]
fn a_file_holds_what_would_be_printed() {
    let user = User::new();
    user.file("incorta.json", &serde_json::json!({ "system_email_address": MAILBOX }).to_string());
    for kind in ["setup", "verify", "undo"] {
        let arguments = ["script", kind, "--settings", "incorta.json"];
        let printed = user.output(&arguments);
        assert_eq!(user.output(&[&arguments[..], &["--output", "script.ps1"]].concat()), "");
        assert_eq!(std::fs::read_to_string(user.folder().join("script.ps1")).unwrap(), printed);
    }
    let nowhere = user.run(&["script", "setup", "--settings", "incorta.json", "--output", "missing/setup.ps1"]);
    assert_eq!(nowhere.status.code(), Some(3), "{}", said(&nowhere));
}

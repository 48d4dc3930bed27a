//! Profiles from the terminal: made, shown, changed, carried to another computer, removed.

use serde_json::Value;

use crate::settings;
use crate::user::User;

const CLIENT_ID: &str = "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346";
const ENDPOINT: &str = "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token";

fn add(user: &User, name: &str) {
    let added = ["profiles", "add", name, "--mailbox", "reports@contoso.com", "--client-id", CLIENT_ID];
    user.output(&[&added[..], &["--token-endpoint", ENDPOINT]].concat());
}

fn shown(user: &User, name: &str) -> Value {
    serde_json::from_str(&user.output(&["profiles", "show", name, "--json"])).unwrap()
}

#[test]
fn what_an_operator_reads_of_profiles() {
    let user = User::new();
    let mut said = vec![user.said(&["profiles", "list"]), user.said(&["check"])];
    add(&user, "Production");
    said.extend(
        [
            &["profiles", "list"][..],
            &["profiles", "show"],
            &["profiles", "edit", "production", "--smtp-port", "none", "--path", "rbac", "--changed-now"],
            &["validate", "Production"],
            &["validate", "Production", "--json"],
            &["profiles", "edit", "Production", "--smtp-port", "587", "--name", "Europe"],
            &["values"],
            &["values", "Europe", "--json"],
            &["validate"],
            &["profiles", "show", "Production"],
            &["profiles", "export"],
            &["profiles", "remove", "Europe"],
            &["profiles", "remove", "Europe", "--yes"],
            &["profiles", "list", "--json"],
        ]
        .map(|arguments| user.said(arguments)),
    );
    insta::with_settings!({filters => vec![(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC", "[time]")]}, {
        insta::assert_snapshot!(said.join("\n"));
    });
}

#[test]
fn pasted_text_is_taken_as_the_window_takes_it() {
    let user = User::new();
    let full = format!("https://login.microsoftonline.com/{ENDPOINT}");
    user.output(&["profiles", "add", "a", "--token-endpoint", &full, "--client-id", &CLIENT_ID.to_uppercase()]);
    let settings = &shown(&user, "a")["settings"];
    assert_eq!(settings["smtp_oauth_token_endpoint"], ENDPOINT);
    assert_eq!(settings["smtp_oauth_client_id"], CLIENT_ID);
}

#[test]
fn an_edit_changes_what_it_names_and_nothing_else() {
    let user = User::new();
    add(&user, "Production");
    let before = shown(&user, "Production");
    user.output(&["profiles", "edit", "Production", "--oauth-enabled", "false"]);
    let mut after = shown(&user, "Production");
    assert_eq!(after["settings"]["smtp_oauth_enabled"], false);
    after["settings"]["smtp_oauth_enabled"] = true.into();
    after["changed_at"] = before["changed_at"].clone();
    assert_eq!(after, before);
}

#[test]
fn a_change_just_made_is_reckoned_with() {
    let user = User::new();
    add(&user, "Production");
    assert_eq!(shown(&user, "Production")["last_change_at"], Value::Null);
    user.output(&["profiles", "edit", "Production", "--changed-now"]);
    let noted = shown(&user, "Production")["last_change_at"].clone();
    assert!(noted.is_string());
    user.output(&["profiles", "edit", "Production", "--smtp-port", "588"]);
    assert_eq!(shown(&user, "Production")["last_change_at"], noted);
}

#[test]
fn exported_profiles_are_the_same_on_another_computer() {
    let (here, there) = (User::new(), User::new());
    add(&here, "Production");
    add(&here, "Test");
    here.output(&["profiles", "edit", "Test", "--path", "rbac"]);
    here.output(&["profiles", "export", "--output", "all.json"]);
    let exported = std::fs::read_to_string(here.folder().join("all.json")).unwrap();
    assert_eq!(exported, here.output(&["profiles", "export", "Production", "Test"]));

    add(&there, "Production");
    there.file("all.json", &exported);
    there.output(&["profiles", "import", "all.json"]);
    // Nothing is replaced: the second of a name gets a number.
    for (name, original) in [("Production 2", "Production"), ("Test", "Test")] {
        let (imported, original) = (shown(&there, name), shown(&here, original));
        assert_eq!(imported["settings"], original["settings"]);
        assert_eq!(imported["access_path"], original["access_path"]);
    }
    let mut piped = there.command();
    assert!(piped.args(["profiles", "import", "-"]).write_stdin(exported).output().unwrap().status.success());
    assert!(there.output(&["profiles", "list"]).contains("Test 2"));
}

#[test]
fn a_settings_file_becomes_a_profile() {
    let user = User::new();
    user.file("Production.json", &settings(587).to_string());
    user.output(&["profiles", "import", "Production.json"]);
    user.output(&["profiles", "import", "Production.json", "--name", "Copy"]);
    user.output(&["profiles", "add", "Third", "--settings", "Production.json", "--smtp-port", "588"]);
    assert_eq!(shown(&user, "Production")["settings"], shown(&user, "Copy")["settings"]);
    assert_eq!(shown(&user, "Third")["settings"]["smtp_port"], 588);
}

#[test]
fn a_file_that_cannot_be_read_is_left_as_it_is() {
    let user = User::new();
    add(&user, "Production");
    let file = user.folder().join("config/incorta-mail-setup/profiles.json");
    std::fs::write(&file, "{\"version\": 1, \"profiles\": [").unwrap();
    for arguments in [&["profiles", "list"][..], &["profiles", "add", "x"], &["check"]] {
        let output = user.run(arguments);
        assert_eq!(output.status.code(), Some(3));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("profiles.json") && said.contains("line 1"), "{said}");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "{\"version\": 1, \"profiles\": [");
}

#[test]
fn a_file_of_a_newer_release_is_left_as_it_is() {
    let user = User::new();
    add(&user, "Production");
    let file = user.folder().join("config/incorta-mail-setup/profiles.json");
    std::fs::write(&file, "{\"version\": 2}").unwrap();
    for arguments in [&["profiles", "list"][..], &["profiles", "add", "x"], &["check"], &["secret", "status"]] {
        let output = user.run(arguments);
        assert_eq!(output.status.code(), Some(3));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("profiles.json was written by a newer release") && said.contains("update"), "{said}");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "{\"version\": 2}");
}

#[test]
fn the_secrets_end_is_noted_and_reminded_of() {
    let user = User::new();
    add(&user, "Production");
    let unknown = user.run(&["secret", "reminder", "Production"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8(unknown.stderr).unwrap().contains("--secret-expires-on"));
    assert_eq!(user.run(&["profiles", "edit", "Production", "--secret-expires-on", "soon"]).status.code(), Some(2));

    user.output(&["profiles", "edit", "Production", "--secret-expires-on", "2027-05-31"]);
    assert_eq!(shown(&user, "Production")["secret_expires_on"], "2027-05-31");
    user.output(&["secret", "reminder", "Production", "--output", "ends.ics"]);
    let calendar = std::fs::read_to_string(user.folder().join("ends.ics")).unwrap();
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270531"), "{calendar}");

    user.output(&["profiles", "edit", "Production", "--secret-expires-on", ""]);
    assert_eq!(shown(&user, "Production")["secret_expires_on"], Value::Null);
}

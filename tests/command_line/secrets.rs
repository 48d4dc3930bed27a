//! Client secrets in a real credential store, and where there is none.

use crate::said;
use crate::user::{User, UserWithStore};

const SECRET: &str = "canary~Secret-for/the+store";

#[test]
fn a_secret_is_stored_used_and_forgotten() {
    let user = UserWithStore::new();
    let endpoint = "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token";
    let added = user.run(
        &[
            "profiles",
            "add",
            "Production",
            "--mailbox",
            "reports@contoso.com",
            "--smtp-host",
            "localhost",
            "--smtp-port",
            "9",
            "--client-id",
            "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346",
            "--token-endpoint",
            endpoint,
        ],
        "",
    );
    assert!(added.status.success(), "{}", said(&added));
    std::fs::write(user.home().join("secret.txt"), format!("  \"{SECRET}\"  \nsecond line\n")).unwrap();
    let told = [
        user.said(&["secret", "status", "Production"], ""),
        user.said(&["secret", "set", "Production"], ""),
        user.said(&["secret", "set", "Production", "--secret-stdin"], "\n"),
        user.said(&["secret", "set", "Production", "--secret-stdin"], "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4\n"),
        user.said(&["secret", "set", "Production", "--secret-file", "secret.txt"], ""),
        user.said(&["secret", "status"], ""),
        user.said(&["values"], ""),
        // It reaches the check: the stages that need it are tried.
        user.said(&["check", "Production", "--login-host", "http://127.0.0.1:9", "--depth", "token"], ""),
        user.said(&["secret", "forget", "Production"], ""),
        user.said(&["check", "Production"], ""),
        user.said(&["secret", "set", "nobody", "--secret-stdin"], SECRET),
    ]
    .join("\n");
    assert!(!told.contains(SECRET), "{told}");
    insta::with_settings!({filters => vec![(r" +\d+ ms ", " [time] ")]}, {
        insta::assert_snapshot!(told);
    });
}

#[test]
fn removing_a_profile_removes_its_secret() {
    let user = UserWithStore::new();
    user.run(&["profiles", "add", "Production"], "");
    let stored = user.run(&["secret", "set", "Production", "--secret-stdin"], SECRET);
    assert!(stored.status.success(), "{}", said(&stored));
    // secret-tool knows the store and nothing of this program.
    let entries = || {
        let output =
            user.other("secret-tool").args(["search", "--all", "service", "incorta-mail-setup"]).output().unwrap();
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    };
    assert!(entries().contains(SECRET));
    let removed = user.run(&["profiles", "remove", "Production", "--yes"], "");
    assert!(removed.status.success(), "{}", said(&removed));
    assert!(!entries().contains(SECRET), "{}", entries());
}

#[test]
fn without_a_store_no_secret_is_kept_anywhere() {
    let user = User::new();
    user.output(&["profiles", "add", "Production"]);
    let set =
        user.command().args(["secret", "set", "Production", "--secret-stdin"]).write_stdin(SECRET).output().unwrap();
    assert_eq!(set.status.code(), Some(3));
    assert_eq!(
        String::from_utf8(set.stderr).unwrap(),
        "incorta-mail: no credential store answers on this computer. Give the client secret to each run by \
         --secret-file, --secret-stdin or INCORTA_MAIL_CLIENT_SECRET\n"
    );
    assert_eq!(user.run(&["secret", "status", "Production"]).status.code(), Some(3));
    let kept = std::fs::read_to_string(user.folder().join("config/incorta-mail-setup/profiles.json")).unwrap();
    assert!(!kept.contains(SECRET));
}

//! `--keep-trying`: checks again with a fresh token until it passes.

use std::io::{BufReader, Read};

use practice_tenant::{PracticeTenant, TenantState};
use serde_json::Value;

use crate::interrupt::{start, wait_for};
use crate::tenant::tenant_options;
use crate::user::User;

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_granted_meanwhile_is_found_with_a_fresh_token() {
    let tenant = PracticeTenant::start(TenantState::named("permission_not_consented").unwrap()).await.unwrap();
    let user = User::new();
    let mut arguments = [vec!["check".to_owned(), "--json".to_owned()], tenant_options(&user, &tenant)].concat();
    arguments.push("--keep-trying=3s".to_owned());
    let (report, said) = tokio::task::spawn_blocking(move || {
        let mut child = start(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let mut people = BufReader::new(child.stderr.take().unwrap());
        let mut said = wait_for(&mut people, "The next check is at");
        tenant.change(|state| state.set("permission", "smtp_send_as_app").unwrap());
        people.read_to_string(&mut said).unwrap();
        let mut printed = String::new();
        child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
        (serde_json::from_str::<Value>(&printed).unwrap(), said)
    })
    .await
    .unwrap();
    assert!(said.contains("Not yet: Likely: The permission to send is not granted."), "{said}");
    // Another SMTP host than Exchange Online's is worth a warning.
    assert_eq!(report["outcome"], "warned");
    assert!(report["findings"].as_array().unwrap().is_empty(), "{report}");
}

#[test]
fn the_last_check_is_reported_when_the_time_is_up() {
    let output = User::new().run(&["check", "--practice", "send_as_missing", "--keep-trying=1s"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("Not yet:").count(), 1, "{said}");
    assert_eq!(said.matches("FAILED  Message").count(), 2, "{said}");
    assert_eq!(said.matches("Not proven.").count(), 1, "{said}");
}

#[test]
fn a_time_is_typed_with_its_unit() {
    for wrong in ["--keep-trying=soon", "--keep-trying=0s", "--keep-trying=2d", "--keep-trying=-1h"] {
        let output = User::new().run(&["check", "--practice", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("90s, 30m or 2h"), "{wrong}");
    }
}

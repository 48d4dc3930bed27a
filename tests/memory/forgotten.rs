//! A secret kept for this run, used for a check and forgotten: no copy of it is left, nor of the token that it
//! bought.

use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use mail_setup_core::check::Outcome;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::secrets::{OperatingSystemStore, SecretStatus, Secrets, WithoutStore};
use mail_setup_core::settings::EmailSettings;
use practice_tenant::{PracticeTenant, TenantState};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::bench::{plan, report, settings};
use crate::scan::{Needle, count, mask};

const SECRET: &str = "left~Behind+in/memory%&\"\\<'>1234567890";
const SECRET_IN_A_FORM: &str = "left%7EBehind%2Bin%2Fmemory%25%26%22%5C%3C%27%3E1234567890";
/// How each token of the practice tenant begins, and what is sent of it to sign in.
const TOKEN: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6";
const BLOB: &str = "AWF1dGg9QmVhcmVyIGV5Sm";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_of_a_secret_that_was_forgotten() {
    let mut state = TenantState::healthy();
    state.identities.client_secret = SECRET.to_owned();
    let tenant = PracticeTenant::start(state).await.unwrap();
    let needles = [SECRET, SECRET_IN_A_FORM, TOKEN, BLOB].map(|needle| mask(needle.as_bytes()));
    let told = json!({
        "authority": tenant.authority_pem(),
        "routes": tenant.routes(),
        "settings": settings(&tenant.state()),
        "secret": mask(SECRET.as_bytes()),
        "needles": needles,
    });
    let said = tokio::task::spawn_blocking(move || {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "forgotten::in_a_process_of_its_own", "--nocapture"])
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env("XDG_RUNTIME_DIR", "/nonexistent")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{told}").unwrap();
        let output = child.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    });
    let said = said.await.unwrap();
    let counts = said.lines().filter_map(|line| line.strip_prefix("copies: ")).collect::<Vec<_>>();
    assert_eq!(counts, ["held [1, 0, 0, 0], forgotten [0, 0, 0, 0]"], "{said}");
}

#[test]
#[ignore = "started by the test above"]
fn in_a_process_of_its_own() {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    let bytes = |value: &Value| serde_json::from_value::<Vec<u8>>(value.clone()).unwrap();
    let needles: Vec<_> =
        told["needles"].as_array().unwrap().iter().map(|needle| Needle::masked(bytes(needle))).collect();

    let secrets = Secrets::new(Box::new(OperatingSystemStore::default()), WithoutStore::KeepForThisRun);
    let secret = SecretString::from(String::from_utf8(mask(&bytes(&told["secret"]))).unwrap());
    assert_eq!(secrets.set("Production", secret).unwrap(), SecretStatus::KeptForThisRun);
    let routes: Vec<(String, u16, SocketAddr)> = serde_json::from_value(told["routes"].clone()).unwrap();
    let network = || {
        let routes = routes.iter().map(|(host, port, address)| (host.as_str(), *port, *address));
        Network::closed(Trust::only(told["authority"].as_str().unwrap()).unwrap(), routes)
    };
    let form: EmailSettings = serde_json::from_value(told["settings"].clone()).unwrap();
    // The window's runtime lives on, too.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for _ in 0..3 {
        let secret = secrets.get("Production").unwrap().unwrap();
        let report = runtime.block_on(report(plan(form.clone(), network()), secret.expose_secret()));
        assert_eq!(report.outcome, Outcome::Passed, "{report:#?}");
    }
    let held = count(&needles);
    assert_eq!(secrets.forget("Production").unwrap(), SecretStatus::StoreUnavailable);
    println!("copies: held {held:?}, forgotten {:?}", count(&needles));
    drop(runtime);
}

//! A credential store as it should not be: locked, slow, gone, or with entries that another program made. Each is a
//! real GNOME Keyring, in which one script runs the program step by step.

use crate::PROGRAM;
use crate::user::UserWithStore;

const SECRET: &str = "canary~Secret-of/a+troubled-store";

/// What every script begins with: `said` runs the program and tells what it said, `daemon` is the store's process.
const PRELUDE: &str = r#"
cd "$HOME"
said() {
  status=0
  echo "$ incorta-mail $*"
  echo "$SECRET" | "$PROGRAM" "$@" 2>&1 || status=$?
  echo "exit $status"
}
set_secret() { said secret set Production --secret-stdin; }
daemon() {
  gdbus call --session --dest org.freedesktop.DBus --object-path / \
    --method org.freedesktop.DBus.GetConnectionUnixProcessID org.freedesktop.secrets | tr -cd '0-9 ' | cut -d' ' -f2
}
"$PROGRAM" profiles add Production --mailbox reports@contoso.com --smtp-host localhost --smtp-port 9 \
  --client-id 3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346 \
  --token-endpoint 8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token >/dev/null
id=$("$PROGRAM" profiles show --json | sed -n 's/.*"id": "\(.*\)".*/\1/p')
"#;

/// Standard output of a script that must end well. Complaints of the session itself go elsewhere.
fn told(script: &str) -> String {
    let user = UserWithStore::new();
    let mut command = user.other("sh");
    command.args(["-eu", "-c", &format!("{PRELUDE}{script}")]);
    let output = command.env("PROGRAM", PROGRAM).env("SECRET", SECRET).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!told.contains("canary"), "{told}");
    told
}

#[test]
fn a_locked_store_is_told_with_a_way_on() {
    let told = told(
        r#"
set_secret
gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
  --method org.freedesktop.Secret.Service.Lock "[objectpath '/org/freedesktop/secrets/collection/login']" >/dev/null
said secret status
said check Production
set_secret
said secret forget Production
said profiles remove Production --yes
said handover request Production
said profiles list
"#,
    );
    insta::assert_snapshot!(told);
}

#[test]
fn a_store_that_went_away_is_told_with_a_way_on() {
    // The session's bus starts another daemon in its place, which nobody unlocks.
    let told = told(
        r#"
set_secret
kill -9 "$(daemon)"
said secret status
set_secret
"#,
    );
    insta::assert_snapshot!(told);
}

#[test]
fn what_another_program_stored_under_the_name_is_replaced() {
    let told = told(
        r#"
echo "== what is no text"
printf '\377\376' | secret-tool store --label=other service incorta-mail-setup username "$id"
said secret status
said check Production
set_secret
said secret status
echo "== several of the name"
printf other | secret-tool store --label=other service incorta-mail-setup username "$id" made-by another
said secret status
said check Production
set_secret
said secret status
printf other | secret-tool store --label=other service incorta-mail-setup username "$id" made-by another
said secret forget Production
said secret status
"#,
    );
    insta::assert_snapshot!(told);
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_a_store_that_never_answers_ends_an_unattended_run() {
    let told = told(
        r#"
set_secret
stopped=$(daemon)
kill -STOP "$stopped"
said check Production --depth connection
kill -CONT "$stopped"
"#,
    );
    assert!(told.contains("After a minute this run gives up"), "{told}");
    assert!(told.contains("it did not answer in time") && told.ends_with("exit 3\n"), "{told}");
}

#[test]
fn a_slow_store_is_waited_for_and_said_so() {
    let told = told(
        r#"
set_secret
stopped=$(daemon)
kill -STOP "$stopped"
"$PROGRAM" secret status >told 2>&1 &
waiting=$!
begun=$(date +%s)
until grep -q Waiting told; do
  [ $(($(date +%s) - begun)) -lt 60 ] || { kill "$waiting"; break; }
  sleep 0.1
done
kill -CONT "$stopped"
wait "$waiting"
cat told
"#,
    );
    insta::assert_snapshot!(told);
}

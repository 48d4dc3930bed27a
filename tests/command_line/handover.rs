//! The hand-over: a package for the Microsoft 365 administrator, and a reply that `openssl` seals, so that both sides
//! are not ours alone. The keys are in a real credential store.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::user::{User, UserWithStore};
use crate::{PROGRAM, said};

const SECRET: &str = "canary~Sealed-secret/with+40-characters_x";
const TENANT: &str = "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4";
const CLIENT: &str = "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346";
const OBJECT: &str = "c51e0f8d-92b3-4f6a-b7d8-1a4e6c3f2095";

/// What `openssl` prints when it is given this.
fn openssl(arguments: &[&str], input: &[u8], folder: &Path) -> Vec<u8> {
    let file = folder.join("openssl-input");
    std::fs::write(&file, input).unwrap();
    let output = Command::new("openssl").args(arguments).arg("-in").arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A user with a profile and a request for it; gives the package's folder and the request's identifier.
fn asking(user: &UserWithStore) -> (PathBuf, String) {
    let added = user.run(&["profiles", "add", "Production", "--mailbox", "reports@contoso.com"], "");
    assert!(added.status.success(), "{}", said(&added));
    let made = user.run(&["handover", "request", "Production", "--output", "package", "--asked-by", "BI team"], "");
    assert!(made.status.success(), "{}", said(&made));
    let listed = user.run(&["handover", "list", "--json"], "").stdout;
    let listed: Value = serde_json::from_slice(&listed).unwrap();
    (user.home().join("package"), listed[0]["request"].as_str().unwrap().to_owned())
}

/// Contents of a reply to a request.
fn contents(request: &str) -> Value {
    json!({"v": 1, "r": request, "t": TENANT, "c": CLIENT, "o": OBJECT, "s": SECRET, "e": "2099-05-31"})
}

/// Seals contents as any program can: with the package's public key, by RSA-OAEP and SHA-256.
fn sealed(package: &Path, request: &str, contents: &Value) -> String {
    let key = package.join("key.pem").display().to_string();
    let encrypt = ["pkeyutl", "-encrypt", "-pubin", "-inkey", &key];
    let padding =
        ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha256"];
    let ciphertext = openssl(&[&encrypt[..], &padding].concat(), contents.to_string().as_bytes(), package);
    let id: Vec<u8> =
        (0..16).map(|byte| u8::from_str_radix(&request.replace('-', "")[byte * 2..][..2], 16).unwrap()).collect();
    let head = [id, ciphertext].concat();
    let digest = Command::new("sha256sum").stdin(file_of(package, &head)).output().unwrap().stdout;
    let digest: Vec<u8> = (0..8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(&digest[byte * 2..][..2]).unwrap(), 16).unwrap())
        .collect();
    let text = STANDARD.encode([head, digest].concat());
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN INCORTA MAIL REPLY-----\n{}\n-----END INCORTA MAIL REPLY-----\n", lines.join("\n"))
}

fn file_of(folder: &Path, bytes: &[u8]) -> std::fs::File {
    let path = folder.join("head");
    std::fs::write(&path, bytes).unwrap();
    std::fs::File::open(path).unwrap()
}

#[test]
fn a_reply_sealed_elsewhere_fills_the_profile_and_stores_the_secret() {
    let user = UserWithStore::new();
    let (package, request) = asking(&user);
    let names = ["README.html", "key.pem", "setup.ps1", "undo.ps1", "verify.ps1"];
    for name in names {
        let text = std::fs::read_to_string(package.join(name)).unwrap();
        assert!(!text.is_empty() && !text.contains("PRIVATE"), "{name}");
    }
    // The script seals what it made instead of showing it.
    let setup = std::fs::read_to_string(package.join("setup.ps1")).unwrap();
    let (sealing, showing) =
        (setup.find("function Protect-Reply").unwrap(), setup.find("function Show-Result").unwrap());
    assert!(sealing < showing && setup.contains(&request), "{setup}");

    // As a mail program brings it: quoted, with other line ends, and something above.
    let reply = sealed(&package, &request, &contents(&request));
    let mailed = format!("Hello,\r\n\r\n> {}", reply.trim_end().replace('\n', "\r\n> "));
    let accepted = user.run(&["handover", "accept"], &mailed);
    let told = said(&accepted);
    assert!(accepted.status.success(), "{told}");
    for value in [CLIENT, OBJECT, "2099-05-31", "stored in the system keyring", &format!("{TENANT}/oauth2/v2.0/token")]
    {
        assert!(told.contains(value), "{told}");
    }
    assert!(!told.contains(SECRET), "{told}");

    let shown: Value = serde_json::from_slice(&user.run(&["profiles", "show", "--json"], "").stdout).unwrap();
    assert_eq!(shown["settings"]["smtp_oauth_client_id"], CLIENT);
    assert_eq!(shown["settings"]["smtp_oauth_token_endpoint"], format!("{TENANT}/oauth2/v2.0/token"));
    assert_eq!(shown["secret_expires_on"], "2099-05-31");
    let stored = user.other("secret-tool").args(["search", "--all", "service", "incorta-mail-setup"]).output().unwrap();
    let stored = String::from_utf8_lossy(&[stored.stdout, stored.stderr].concat()).into_owned();
    assert!(stored.contains(SECRET), "{stored}");
    // The request's key is gone with it.
    assert!(!stored.contains("handover-"), "{stored}");

    let again = user.said(&["handover", "accept"], &reply);
    assert!(again.contains("exit 2") && again.contains("taken already"), "{again}");
    let kept = user.home().join(".config/incorta-mail-setup/handovers.json");
    let kept = std::fs::read_to_string(kept).unwrap();
    assert!(!kept.contains(SECRET) && !kept.contains("PRIVATE"), "{kept}");
}

#[test]
fn what_is_not_the_reply_is_refused_with_its_reason() {
    let (user, other) = (UserWithStore::new(), UserWithStore::new());
    let (package, request) = asking(&user);
    let (_, foreign) = asking(&other);
    let good = sealed(&package, &request, &contents(&request));
    let with = |field: &str, value: Value| {
        let mut contents = contents(&request);
        contents[field] = value;
        sealed(&package, &request, &contents)
    };
    let damaged = |place: usize| {
        let mut text = good.clone().into_bytes();
        text[place] = if text[place] == b'A' { b'B' } else { b'A' };
        String::from_utf8(text).unwrap()
    };
    let cases = [
        ("nothing", "hello".to_owned()),
        ("an empty text", String::new()),
        ("cut short", good[..300].to_owned()),
        (
            "a line missing",
            good.lines().enumerate().filter(|(line, _)| *line != 3).map(|(_, line)| format!("{line}\n")).collect(),
        ),
        ("another identifier", damaged(40)),
        ("another ciphertext", damaged(300)),
        ("another checksum", damaged(good.len() - 50)),
        ("a character of no block", good.replacen("\n", "\n!", 1)),
        ("another computer's request", sealed(&package, &foreign, &contents(&foreign))),
        ("another request inside", with("r", json!(foreign))),
        ("a newer version", with("v", json!(2))),
        ("no tenant ID", with("t", json!("contoso.com"))),
        ("no client ID", with("c", json!("none"))),
        ("no Object ID", with("o", json!(""))),
        ("the secret's ID", with("s", json!(CLIENT))),
        ("no secret", with("s", json!(""))),
        ("no day", with("e", json!("soon"))),
        ("a day that has passed", with("e", json!("2020-01-31"))),
    ];
    let mut told = String::new();
    for (what, text) in &cases {
        let output = user.run(&["handover", "accept"], text);
        assert_eq!(output.status.code(), Some(2), "{what}: {}", said(&output));
        let own = String::from_utf8(output.stderr).unwrap();
        let own: Vec<&str> = own.lines().filter(|line| !line.starts_with("dbus-daemon[")).collect();
        told.push_str(&format!("{what}\n  {}\n", own.join("\n  ")));
    }
    assert!(!told.contains(SECRET), "{told}");
    insta::assert_snapshot!(told);
    // None of it used the request up.
    assert!(user.run(&["handover", "accept"], &good).status.success());
}

#[test]
fn of_two_replies_at_once_one_is_taken_and_the_other_changes_nothing() {
    let user = UserWithStore::new();
    let (package, request) = asking(&user);
    let clients = [CLIENT, "d4e5f607-1829-4a3b-8c5d-6e7f8091a2b3"];
    for (number, client) in clients.iter().enumerate() {
        let mut reply = contents(&request);
        reply["c"] = json!(client);
        reply["s"] = json!(format!("{SECRET}-{number}"));
        std::fs::write(user.home().join(number.to_string()), sealed(&package, &request, &reply)).unwrap();
    }
    let both = "cd \"$HOME\"; for reply in 0 1; do
        { \"$0\" handover accept $reply >told-$reply 2>&1; echo $? >code-$reply; } &
    done; wait";
    assert!(user.other("sh").args(["-c", both, PROGRAM]).status().unwrap().success());
    let read = |name: String| std::fs::read_to_string(user.home().join(name)).unwrap();
    let codes = [0, 1].map(|reply| read(format!("code-{reply}")).trim().to_owned());
    let taken = codes.iter().position(|code| code == "0").unwrap();
    assert_eq!(codes[1 - taken], "2", "{codes:?}");
    assert!(read(format!("told-{}", 1 - taken)).contains("taken already"));

    let shown: Value = serde_json::from_slice(&user.run(&["profiles", "show", "--json"], "").stdout).unwrap();
    assert_eq!(shown["settings"]["smtp_oauth_client_id"], clients[taken]);
    let lookup = ["lookup", "service", "incorta-mail-setup", "username", shown["id"].as_str().unwrap()];
    let stored = user.other("secret-tool").args(lookup).output().unwrap().stdout;
    assert_eq!(String::from_utf8(stored).unwrap(), format!("{SECRET}-{taken}"));
}

/// However far a killed program came, the reply can be opened again, or all of it is kept already.
fn openings_survive_kills(kills: u32) {
    let user = UserWithStore::new();
    user.run(&["profiles", "add", "Production", "--mailbox", "reports@contoso.com"], "");
    let (mut again, mut whole) = (0, Duration::ZERO);
    for kill in 0..=kills {
        let name = format!("package-{kill}");
        let made = user.run(&["handover", "request", "Production", "--output", &name], "");
        assert!(made.status.success(), "{}", said(&made));
        let listed: Value = serde_json::from_slice(&user.run(&["handover", "list", "--json"], "").stdout).unwrap();
        let request = listed.as_array().unwrap().last().unwrap()["request"].as_str().unwrap().to_owned();
        let mut reply = contents(&request);
        reply["s"] = json!(format!("{SECRET}-{kill}"));
        std::fs::write(user.home().join("reply"), sealed(&user.home().join(name), &request, &reply)).unwrap();
        // The first one is not killed, to see how long it takes; each of the others is killed a little later.
        if kill == 0 {
            let script = "cd \"$HOME\"; date +%s%N; \"$0\" handover accept reply >&2; date +%s%N";
            let times = user.other("sh").args(["-e", "-c", script, PROGRAM]).output().unwrap();
            let times = String::from_utf8(times.stdout).unwrap();
            let times: Vec<u64> = times.lines().map(|time| time.parse().unwrap()).collect();
            whole = Duration::from_nanos(times[1] - times[0]);
            continue;
        }
        let script = "cd \"$HOME\"; \"$0\" handover accept reply >/dev/null 2>&1 & opening=$!
            sleep $1; kill -9 $opening; wait $opening
            \"$0\" handover accept reply";
        let pause = format!("{:.3}", (whole * (kill - 1) / kills).as_secs_f64());
        let second = user.other("sh").args(["-c", script, PROGRAM, &pause]).output().unwrap();
        again += u32::from(second.status.success());
        assert!(second.status.success() || said(&second).contains("taken already"), "{}", said(&second));

        let shown: Value = serde_json::from_slice(&user.run(&["profiles", "show", "--json"], "").stdout).unwrap();
        assert_eq!(shown["settings"]["smtp_oauth_client_id"], CLIENT);
        let search = ["search", "--all", "--unlock", "service", "incorta-mail-setup"];
        let stored = user.other("secret-tool").args(search).output().unwrap();
        let stored = String::from_utf8_lossy(&[stored.stdout, stored.stderr].concat()).into_owned();
        assert!(stored.contains(&format!("{SECRET}-{kill}\n")), "the secret is lost");
        assert!(!stored.contains("handover-"), "the key is left");
    }
    println!("replies: {kills} kills, {again} replies opened by the second try, the others by the first");
}

#[test]
fn replies_survive_kills() {
    openings_survive_kills(4);
}

#[test]
#[ignore = "long: npm run test:long"]
fn long_replies_survive_kills() {
    openings_survive_kills(30);
}

#[test]
fn without_a_store_no_request_is_made() {
    let user = User::new();
    user.output(&["profiles", "add", "Production", "--mailbox", "reports@contoso.com"]);
    let refused = user.run(&["handover", "request", "Production"]);
    assert_eq!(refused.status.code(), Some(3), "{}", said(&refused));
    assert!(!user.folder().join("incorta-mail-request.zip").exists());
    user.output(&["profiles", "add", "Empty"]);
    let unnamed = user.run(&["handover", "request", "Empty"]);
    assert_eq!(unnamed.status.code(), Some(2), "{}", said(&unnamed));
}

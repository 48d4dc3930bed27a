//! Everything that `incorta-mail` gives out or leaves, at its most talkative, while the servers send back in every
//! text what they were sent: no secret, no token, in no form.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use hyper::StatusCode;
use mail_setup_tests::{Answer, Authority, Canaries, LoginHost, ScriptedSmtp, Step};
use serde_json::json;
use tempfile::TempDir;

use crate::user::UserWithStore;
use crate::{PROGRAM, said, settings};

const SECRET_VARIABLE: &str = "INCORTA_MAIL_CLIENT_SECRET";

/// A computer on which everything that a program may write stands below one folder.
pub struct Computer {
    pub folder: TempDir,
    authority: Authority,
}

impl Computer {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["config", "cache", "data", "state", "runtime", "tmp"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let authority = Authority::new().unwrap();
        std::fs::write(folder.path().join("authority.pem"), authority.pem()).unwrap();
        Self { folder, authority }
    }

    /// A check that leads to these servers.
    pub fn check(&self, login: &LoginHost, arguments: &[&str]) -> Command {
        self.set_up(Command::new(PROGRAM), login, arguments)
    }

    /// A check by a program that stands somewhere else, or runs as somebody else.
    pub fn set_up(&self, mut command: Command, login: &LoginHost, arguments: &[&str]) -> Command {
        let at = |name: &str| self.folder.path().join(name);
        command.args(["check", "--settings", "settings.json", "--login-host", &login.url()]);
        command.args(["--ca-file", "authority.pem", "--timeout", "20"]).args(arguments);
        command.current_dir(at("")).env("HOME", at("")).env("TMPDIR", at("tmp")).env("XDG_RUNTIME_DIR", at("runtime"));
        for (variable, name) in
            [("CONFIG_HOME", "config"), ("CACHE_HOME", "cache"), ("DATA_HOME", "data"), ("STATE_HOME", "state")]
        {
            command.env(format!("XDG_{variable}"), at(name));
        }
        command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full");
        command.env("NO_PROXY", "*").env(SECRET_VARIABLE, Canaries::SECRET);
        command
    }

    /// The form, filled in for this server.
    pub fn fill_in(&self, smtp: &ScriptedSmtp) {
        let form = settings(smtp.address().port()).to_string();
        std::fs::write(self.folder.path().join("settings.json"), form).unwrap();
    }
}

/// Reads every file below a folder again and again, until it is asked what it found.
struct Watch {
    ended: Arc<AtomicBool>,
    watcher: JoinHandle<Vec<(PathBuf, String)>>,
}

impl Watch {
    fn over(folder: &Path) -> Self {
        let (folder, ended) = (folder.to_owned(), Arc::new(AtomicBool::new(false)));
        let told = Arc::clone(&ended);
        let canaries = Canaries::all();
        let watcher = std::thread::spawn(move || {
            loop {
                // Once more after the end: what stays.
                let is_last = told.load(Ordering::SeqCst);
                let mut found = Vec::new();
                search(&folder, &canaries, &mut found);
                if is_last || !found.is_empty() {
                    return found;
                }
            }
        });
        Self { ended, watcher }
    }

    fn found(self) -> Vec<(PathBuf, String)> {
        self.ended.store(true, Ordering::SeqCst);
        self.watcher.join().unwrap()
    }
}

/// Files come and go while they are read.
fn search(folder: &Path, canaries: &Canaries, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => search(&path, canaries, found),
            Ok(kind) if kind.is_file() => {
                let contents = std::fs::read(&path).unwrap_or_default();
                found.extend(canaries.found_in(&contents).into_iter().map(|form| (path.clone(), form.to_owned())));
            }
            _ => {}
        }
    }
}

/// Every form, a line each.
fn echo(code: &str, canaries: &Canaries) -> Step {
    let forms = canaries.forms();
    let line = |(at, form): (usize, &String)| {
        let mark = if at + 1 == forms.len() { ' ' } else { '-' };
        format!("{code}{mark}{form}\r\n")
    };
    Step::Send(forms.iter().enumerate().map(line).collect::<String>().into_bytes())
}

/// What the SMTP server says up to AUTH. It may know the secret from elsewhere; the token it gets with AUTH.
fn up_to_sign_in(canaries: &Canaries) -> Vec<Step> {
    let ehlo = |extension: &str| {
        let forms = canaries.forms().iter().map(|form| format!("250-{form}\r\n")).collect::<String>();
        Step::line(&format!("{forms}250 {extension}"))
    };
    vec![
        echo("220", canaries),
        Step::expect("EHLO "),
        ehlo("STARTTLS"),
        Step::expect("STARTTLS"),
        Step::line("220 2.0.0 ready"),
        Step::StartTls,
        Step::expect("EHLO "),
        ehlo("AUTH XOAUTH2"),
        Step::expect("AUTH XOAUTH2 "),
    ]
}

fn scripted(steps: impl IntoIterator<Item = Step>) -> Vec<Step> {
    up_to_sign_in(&Canaries::of_the_secret()).into_iter().chain(steps).chain([Step::Close]).collect()
}

/// Each case by its name: what the login host answers, and what the SMTP server does.
fn cases() -> Vec<(&'static str, u8, Answer, Vec<Step>)> {
    let (all, secret) = (Canaries::all(), Canaries::of_the_secret());
    let granted = || Answer::token(Canaries::TOKEN);
    let told = secret.forms().join(" ");
    let nothing = || vec![Step::line("421 not now")];
    let accepted = || vec![echo("235", &all), Step::expect("MAIL FROM:")];
    vec![
        (
            "passed",
            0,
            granted(),
            scripted(accepted().into_iter().chain([
                echo("250", &all),
                Step::expect("RCPT TO:"),
                echo("250", &all),
                Step::expect("DATA"),
                echo("354", &all),
                Step::ExpectThrough(".".to_owned()),
                echo("250", &all),
                Step::expect("QUIT"),
                echo("221", &all),
            ])),
        ),
        (
            "token refused",
            1,
            Answer::json(
                StatusCode::UNAUTHORIZED,
                &json!({ "error": "invalid_client", "error_description": format!("AADSTS7000215: {told}"),
                    "trace_id": Canaries::SECRET, "correlation_id": told, "timestamp": told }),
            ),
            nothing(),
        ),
        (
            "no token endpoint",
            1,
            Answer::Reply {
                status: StatusCode::BAD_GATEWAY,
                headers: vec![("Content-Type".to_owned(), format!("text/html; {}", secret.forms()[0]))],
                body: format!("<html>client_secret={told}</html>").into(),
            },
            nothing(),
        ),
        ("sign-in refused", 1, granted(), scripted([echo("535", &all)])),
        ("sender refused", 1, granted(), scripted(accepted().into_iter().chain([echo("550", &all)]))),
        ("no SMTP", 1, granted(), vec![Step::line(&told), Step::Close]),
    ]
}

/// The ways to ask for what a check saw.
const ASKED: [&[&str]; 6] = [
    &["--report", "report.html"],
    &["--json", "--report", "report.md"],
    &["--mask-addresses", "--json", "--report", "masked.html"],
    &["--mask-addresses", "--quiet", "--report", "masked.md"],
    &["--message-for", "exchange-admin", "--report", "report.json"],
    &["--message-for", "entra-admin", "--mask-addresses", "--report", "masked.json"],
];

#[tokio::test(flavor = "multi_thread")]
async fn no_place_holds_a_secret_whatever_the_servers_send_back() {
    let computer = Computer::new();
    let identity = computer.authority.issue_for_loopback().unwrap();
    let watch = Watch::over(computer.folder.path());
    let canaries = Canaries::all();
    let mut wrong = Vec::new();
    for (case, expected, answer, steps) in cases() {
        let smtp = ScriptedSmtp::start(steps, Some(&identity)).await.unwrap();
        let login = LoginHost::answering([answer]).await.unwrap();
        computer.fill_in(&smtp);
        let running = ASKED.map(|asked| {
            let mut command = computer.check(&login, asked);
            (asked, tokio::task::spawn_blocking(move || command.output().unwrap()))
        });
        for (asked, output) in running {
            let output = output.await.unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(i32::from(expected)), "{case} {asked:?}: {said}");
            for (place, text) in places(&output, computer.folder.path(), asked) {
                let found = canaries.found_in(&text);
                if !found.is_empty() {
                    let text = String::from_utf8_lossy(&text);
                    wrong.push(format!("{case}, {asked:?}, {place}: {found:#?}\n{text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(watch.found(), []);
}

/// What one run gave out. A report that is not there has not been written, which is another fault.
fn places(output: &Output, folder: &Path, asked: &[&str]) -> Vec<(&'static str, Vec<u8>)> {
    let report = std::fs::read(folder.join(asked.last().unwrap())).unwrap();
    assert!(report.len() > 500, "{asked:?}");
    vec![("standard output", output.stdout.clone()), ("standard error", output.stderr.clone()), ("report", report)]
}

/// Profiles, requests and the store's own files, while a stored secret is used.
#[tokio::test(flavor = "multi_thread")]
async fn no_file_of_the_user_holds_a_stored_secret() {
    let user = UserWithStore::new();
    let smtp = ScriptedSmtp::start([Step::line("421 not now")], None).await.unwrap();
    let refusal = Canaries::of_the_secret().forms().join(" ");
    let refusal = json!({ "error": "invalid_client", "error_description": format!("AADSTS7000215: {refusal}") });
    let login = LoginHost::answering([Answer::json(StatusCode::UNAUTHORIZED, &refusal)]).await.unwrap();
    let watch = Watch::over(user.home());
    let used = tokio::task::spawn_blocking(move || {
        let form = settings(smtp.address().port()).to_string();
        std::fs::write(user.home().join("settings.json"), form).unwrap();
        let steps: [(&[&str], &str, i32); 5] = [
            (&["profiles", "add", "Production", "--settings", "settings.json"], "", 0),
            (&["secret", "set", "Production", "--secret-stdin"], Canaries::SECRET, 0),
            (&["handover", "request", "Production"], "", 0),
            (&["check", "Production", "--login-host", &login.url(), "--report", "report.json"], "", 1),
            (&["secret", "forget", "Production"], "", 0),
        ];
        for (arguments, input, expected) in steps {
            let output = user.run(arguments, input);
            assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {}", said(&output));
            let text = [output.stdout, output.stderr].concat();
            assert!(Canaries::all().found_in(&text).is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&text));
        }
        assert_eq!(login.requests().len(), 1);
        user
    });
    let user = used.await.unwrap();
    assert_eq!(watch.found(), []);
    for name in ["profiles.json", "handovers.json"] {
        assert!(user.home().join(".config/incorta-mail-setup").join(name).exists(), "{name}");
    }
}

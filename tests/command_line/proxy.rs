//! The way to the login host through a proxy that refuses: named, and the secret stays here.

use mail_setup_tests::{Event, ScriptedSmtp, Step};

use crate::user::User;
use crate::{said, settings};

const SECRET: &str = "canary~Secret-before/the+proxy";

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_asks_who_is_there_is_named() {
    // A proxy speaks in lines, too: it reads the request for a way through and refuses it.
    let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n";
    let proxy = ScriptedSmtp::start([Step::ExpectThrough(String::new()), Step::line(refusal)], None).await.unwrap();
    let user = User::new();
    user.file("settings.json", &settings(9).to_string());
    let address = format!("http://{}", proxy.address());
    let run = move || {
        let mut command = user.command();
        command.env("HTTPS_PROXY", address).env_remove("NO_PROXY").env("INCORTA_MAIL_CLIENT_SECRET", SECRET);
        command.args(["check", "--settings", "settings.json", "--depth", "token", "--timeout", "20"]).output().unwrap()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let told = said(&output);
    assert!(told.starts_with("exit 1\n"), "{told}");
    assert!(told.contains("The proxy lets nothing through") && told.contains("(proxy_refused)"), "{told}");

    let asked = proxy.dialogue();
    let request = Event::Received("CONNECT login.microsoftonline.com:443 HTTP/1.1".to_owned());
    assert!(asked.contains(&request), "{asked:#?}");
    assert!(!format!("{asked:?}{told}").contains("canary"), "{asked:#?}{told}");
}

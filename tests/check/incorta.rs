//! A report ordered from Incorta: what goes out, and what each answer is said to mean.

use std::io::ErrorKind;
use std::time::Duration;

use mail_setup_core::incorta::{SendReport, SendReportOutcome};
use mail_setup_core::net::{Network, Trust};
use rcgen::generate_simple_self_signed;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const TOKEN: &str = "canary-of-an-api-token~1/2+3";
const DASHBOARD: &str = "79abe0db-67f6-4830-a9a7-2099e24b6541";
const LIMIT: Duration = Duration::from_secs(20);

/// One request to a cluster that answers so; gives the request and what came of it.
async fn ordered(answer: &str) -> (String, SendReportOutcome) {
    let cluster = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", cluster.local_addr().unwrap());
    let order = SendReport::parse(&address, "Sales", DASHBOARD, "me@contoso.com").unwrap();
    let serve = async {
        let (mut connection, _) = cluster.accept().await.unwrap();
        let mut request = Vec::new();
        // The body is one JSON object and ends with it.
        while !request.ends_with(b"}") {
            assert_ne!(connection.read_buf(&mut request).await.unwrap(), 0, "cut short");
        }
        connection.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(request).unwrap()
    };
    let token = SecretString::from(TOKEN);
    let network = Network::open(Trust::only(&any_certificate()).unwrap());
    let (request, outcome) = tokio::join!(serve, order.send(&network, &token, LIMIT));
    assert!(!format!("{outcome:?}").contains(TOKEN));
    (request, outcome)
}

/// A trust must hold something; over http on this computer nothing is verified.
fn any_certificate() -> String {
    generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.pem()
}

fn answer(status: &str, kind: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

#[tokio::test]
async fn the_order_goes_to_the_dashboard_with_the_users_token() {
    let (request, outcome) = ordered(&answer("200 OK", "application/json", "{\"status\":\"ok\"}")).await;
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with(&format!("POST /incorta/api/v2/Sales/dashboards/{DASHBOARD}/send-report HTTP/1.1")));
    assert!(head.to_lowercase().contains(&format!("authorization: bearer {TOKEN}")));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["toExternalEmails"], serde_json::json!(["me@contoso.com"]));
    assert!(outcome.started);
    // An accepted order is no mail, and is not said to be one.
    assert!(outcome.text.contains("not yet mail"), "{}", outcome.text);
}

#[tokio::test]
async fn each_refusal_has_its_words_and_none_has_the_token() {
    let json = |status, body: &str| answer(status, "application/json", body);
    let echo = format!("{{\"message\":\"no dashboard for {TOKEN}\\u001b[2J\"}}");
    let cases = [
        (json("401 Unauthorized", "{}"), "Incorta did not take the API token"),
        (json("403 Forbidden", "{}"), "Incorta does not let you send this dashboard"),
        (json("404 Not Found", "{}"), "Incorta does not know this dashboard"),
        (json("500 Internal Server Error", &echo), "Incorta did not take the order"),
        (answer("200 OK", "text/html", "<html>Sign in</html>"), "127.0.0.1 did not answer as Incorta’s API does"),
        (answer("302 Found", "text/html", "<html>"), "127.0.0.1 did not answer as Incorta’s API does"),
    ];
    for (answer, title) in cases {
        let (_, outcome) = ordered(&answer).await;
        assert_eq!((outcome.started, outcome.title.as_str()), (false, title));
        assert!(!outcome.text.chars().any(char::is_control), "{}", outcome.text);
    }
}

#[tokio::test]
async fn a_redirect_takes_the_token_nowhere() {
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let place = elsewhere.local_addr().unwrap();
    let redirect = format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{place}/\r\nContent-Length: 0\r\n\r\n");
    let (_, outcome) = ordered(&redirect).await;
    assert!(!outcome.started);
    // Whoever had followed would stand in the queue by now.
    assert_eq!(elsewhere.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_cluster_that_is_not_there_is_told() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let order = SendReport::parse(&format!("http://{closed}"), "Sales", DASHBOARD, "me@contoso.com").unwrap();
    let network = Network::open(Trust::only(&any_certificate()).unwrap());
    let outcome = order.send(&network, &SecretString::from(TOKEN), LIMIT).await;
    assert_eq!(outcome.title, "127.0.0.1 was not reached");
    assert!(outcome.text.contains("refused"), "{}", outcome.text);
}

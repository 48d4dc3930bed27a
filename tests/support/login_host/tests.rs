use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::*;

const TOKEN_PATH: &str = "/contoso.com/oauth2/v2.0/token";

/// Sends one request and reads until the host closes the connection.
async fn exchange(host: &LoginHost, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(host.server.address()).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

#[tokio::test]
async fn grants_the_token_and_records_path_and_form() {
    let host = LoginHost::granting("a.b.c").await.unwrap();

    let response = exchange(&host, "POST", TOKEN_PATH, "grant_type=client_credentials&client_secret=a%2Bb+c").await;

    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
    assert!(response.contains(r#""access_token":"a.b.c""#), "{response}");
    let form = [("grant_type", "client_credentials"), ("client_secret", "a+b c")];
    let form = form.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    assert_eq!(host.requests(), [TokenRequest { path: TOKEN_PATH.to_owned(), form }]);
}

#[tokio::test]
async fn gives_its_answers_in_turn_and_keeps_the_last() {
    let unavailable = Answer::Reply {
        status: StatusCode::SERVICE_UNAVAILABLE,
        headers: vec![("Retry-After".to_owned(), "7".to_owned())],
        body: b"<html>".to_vec(),
    };
    let host = LoginHost::answering([unavailable, Answer::token("a.b.c")]).await.unwrap();

    let first = exchange(&host, "POST", TOKEN_PATH, "").await;
    assert!(first.starts_with("HTTP/1.1 503 "), "{first}");
    assert!(first.to_ascii_lowercase().contains("retry-after: 7\r\n"), "{first}");
    assert!(first.ends_with("\r\n\r\n<html>"), "{first}");
    for _ in 0..2 {
        assert!(exchange(&host, "POST", TOKEN_PATH, "").await.starts_with("HTTP/1.1 200 "));
    }
}

#[tokio::test]
async fn answers_token_requests_only() {
    let host = LoginHost::granting("a.b.c").await.unwrap();

    for (method, path) in [("GET", TOKEN_PATH), ("POST", "//oauth2/v2.0/token"), ("POST", "/contoso.com/oauth2/token")]
    {
        assert!(exchange(&host, method, path, "").await.starts_with("HTTP/1.1 404 "), "{method} {path}");
    }
    assert!(host.requests().is_empty());
}

#[tokio::test]
async fn can_close_or_stay_silent() {
    let host = LoginHost::answering([Answer::Close, Answer::Silence]).await.unwrap();

    assert_eq!(exchange(&host, "POST", TOKEN_PATH, "").await, "");
    let silent = timeout(Duration::from_millis(200), exchange(&host, "POST", TOKEN_PATH, "")).await;
    assert!(silent.is_err());
    assert_eq!(host.requests().len(), 2);
}

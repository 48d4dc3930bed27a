use std::io::Write;
use std::time::Duration;

use tokio::task::JoinSet;

use super::*;
use crate::client::Client;
use crate::relay::Relay;

/// A whole conversation with the relay behind a turnstile.
async fn converse(address: SocketAddr) {
    let mut client = Client::connect(address).await;
    assert!(client.reply().await.starts_with("220 "));
    assert!(client.command("QUIT").await.starts_with("221 "));
}

/// Waits until the turnstile has taken so many connections, which follows their clients' connecting.
async fn until_open(turnstile: &Turnstile, open: usize) {
    let reached = async {
        while turnstile.open() != open {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reached).await.unwrap();
}

#[tokio::test]
async fn what_passes_through_is_unchanged() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::counting(relay.address()).await.unwrap();
    let mut client = Client::connect(turnstile.address()).await;
    client.reply().await;
    client.command("DATA").await;
    client.command("Subject: A test\r\n\r\nä\r\n.").await;
    assert_eq!(relay.received(), ["Subject: A test\r\n\r\nä\r\n"]);
}

#[tokio::test]
async fn connections_one_after_the_other_are_never_two() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::counting(relay.address()).await.unwrap();
    for _ in 0..50 {
        converse(turnstile.address()).await;
    }
    assert_eq!(turnstile.most_at_once(), 1);
    assert_eq!(turnstile.open(), 0);
}

#[tokio::test]
async fn a_client_that_closes_one_in_haste_before_it_opens_the_next_never_has_two() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::counting(relay.address()).await.unwrap();
    let mut first = std::net::TcpStream::connect(turnstile.address()).unwrap();
    until_open(&turnstile, 1).await;
    // Nothing waits here: no task of the turnstile can run before the next connection is there.
    first.write_all(b"NOOP\r\n").unwrap();
    drop(first);
    converse(turnstile.address()).await;
    assert_eq!(turnstile.most_at_once(), 1);
}

#[tokio::test]
async fn the_highest_number_stays_when_connections_close() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::counting(relay.address()).await.unwrap();
    let mut clients = Vec::new();
    for open in 1..=3 {
        let mut client = Client::connect(turnstile.address()).await;
        client.reply().await;
        clients.push(client);
        assert_eq!(turnstile.open(), open);
    }
    clients.pop();
    assert_eq!((turnstile.open(), turnstile.most_at_once()), (2, 3));
    drop(clients);
    assert_eq!((turnstile.open(), turnstile.most_at_once()), (0, 3));
}

#[tokio::test]
async fn a_crowd_is_let_through_together_and_latecomers_after_it() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::holding(relay.address(), 50).await.unwrap();
    let mut crowd: JoinSet<()> = (0..50).map(|_| converse(turnstile.address())).collect();
    while let Some(ended) = crowd.join_next().await {
        ended.unwrap();
    }
    assert_eq!(turnstile.most_at_once(), 50);
    converse(turnstile.address()).await;
}

#[tokio::test]
async fn one_short_of_the_crowd_nothing_passes() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::holding(relay.address(), 3).await.unwrap();
    let mut first = Client::connect(turnstile.address()).await;
    let second = Client::connect(turnstile.address()).await;
    until_open(&turnstile, 2).await;
    // One that gives up does not count towards the crowd.
    drop(second);
    let _third = Client::connect(turnstile.address()).await;
    until_open(&turnstile, 2).await;

    let waited = tokio::time::timeout(Duration::from_millis(200), first.reply()).await;
    assert!(waited.is_err(), "{waited:?}");
    assert_eq!(turnstile.most_at_once(), 2);

    let _fourth = Client::connect(turnstile.address()).await;
    assert!(first.reply().await.starts_with("220 "));
}

#[tokio::test]
async fn what_a_client_says_while_it_is_held_reaches_the_server() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::holding(relay.address(), 2).await.unwrap();
    let mut first = Client::connect(turnstile.address()).await;
    first.send("QUIT\r\n").await;
    let _second = Client::connect(turnstile.address()).await;
    assert!(first.reply().await.starts_with("220 "));
    let answer = tokio::time::timeout(Duration::from_secs(20), first.reply()).await;
    assert!(answer.unwrap().starts_with("221 "));
}

#[tokio::test]
async fn held_connections_close_with_the_turnstile() {
    let relay = Relay::start().await.unwrap();
    let turnstile = Turnstile::holding(relay.address(), 2).await.unwrap();
    let mut client = Client::connect(turnstile.address()).await;
    until_open(&turnstile, 1).await;
    drop(turnstile);
    assert_eq!(client.reply().await, "");
}

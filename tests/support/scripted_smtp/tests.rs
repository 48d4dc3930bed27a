use std::time::Instant;

use tokio::io::AsyncReadExt;

use super::*;
use crate::authority::Authority;
use crate::client::Client;

fn sent(line: &str) -> Event {
    Event::Sent(format!("{line}\r\n"))
}

fn received(line: &str) -> Event {
    Event::Received(line.to_owned())
}

#[tokio::test]
async fn follows_its_script_through_tls_and_records_the_dialogue() {
    let authority = Authority::new().unwrap();
    let identity = authority.issue_for_loopback().unwrap();
    let script = [
        Step::line("220 smtp.test"),
        Step::expect("STARTTLS"),
        Step::line("220 Go on"),
        Step::StartTls,
        Step::expect("DATA"),
        Step::line("354 Go on"),
        Step::ExpectThrough(".".to_owned()),
        Step::line("550 5.7.1 Not from here"),
    ];
    let server = ScriptedSmtp::start(script, Some(&identity)).await.unwrap();

    let mut client = Client::connect(server.address()).await;
    client.reply().await;
    client.command("STARTTLS").await;
    let mut client = client.start_tls(&authority.pem()).await;
    client.command("DATA").await;
    assert_eq!(client.command("Subject: A test\r\n.").await, "550 5.7.1 Not from here\r\n");
    assert_eq!(client.reply().await, "", "closed in good order");
    drop(client);

    let expected = [
        Event::Connected,
        sent("220 smtp.test"),
        received("STARTTLS"),
        sent("220 Go on"),
        Event::Secured,
        received("DATA"),
        sent("354 Go on"),
        received("Subject: A test"),
        received("."),
        sent("550 5.7.1 Not from here"),
        Event::Ended,
    ];
    assert_eq!(server.finished().await, expected);
}

#[tokio::test]
async fn another_line_than_expected_ends_the_script() {
    let server = ScriptedSmtp::start([Step::expect("EHLO"), Step::line("250 smtp.test")], None).await.unwrap();
    let mut client = Client::connect(server.address()).await;

    assert_eq!(client.command("HELO client.test").await, "");

    let failure = Event::Failed(r#"expected "EHLO", received "HELO client.test""#.to_owned());
    assert_eq!(server.finished().await, [Event::Connected, received("HELO client.test"), failure, Event::Ended]);
}

#[tokio::test]
async fn plain_text_ahead_of_the_handshake_is_a_failure() {
    let identity = Authority::new().unwrap().issue_for_loopback().unwrap();
    let script = [Step::expect("STARTTLS"), Step::StartTls];
    let server = ScriptedSmtp::start(script, Some(&identity)).await.unwrap();
    let mut client = Client::connect(server.address()).await;

    client.send("STARTTLS\r\nEHLO client.test\r\n").await;

    let failure = Event::Failed("the client sent plain text ahead of the TLS handshake".to_owned());
    assert!(server.finished().await.contains(&failure));
}

#[tokio::test]
async fn reset_is_seen_as_a_reset() {
    let server = ScriptedSmtp::start([Step::line("220 smtp.test"), Step::Reset], None).await.unwrap();
    let mut stream = TcpStream::connect(server.address()).await.unwrap();

    // A reset may overtake what was sent before it.
    let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();

    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn silence_lasts_until_the_client_goes() {
    let server = ScriptedSmtp::start([Step::Silence, Step::line("220 smtp.test")], None).await.unwrap();
    let mut client = Client::connect(server.address()).await;

    client.send("EHLO client.test\r\n").await;
    assert!(tokio::time::timeout(Duration::from_millis(200), client.reply()).await.is_err());
    drop(client);

    assert_eq!(server.finished().await, [Event::Connected, received("EHLO client.test"), Event::Ended]);
}

#[tokio::test]
async fn drip_takes_its_time_and_arrives_whole() {
    let greeting = b"220 smtp.test\r\n".to_vec();
    let least = Duration::from_millis(5) * u32::try_from(greeting.len()).unwrap();
    let drip = Step::Drip { bytes: greeting, pause: Duration::from_millis(5) };
    let server = ScriptedSmtp::start([drip], None).await.unwrap();
    let started = Instant::now();

    assert_eq!(Client::connect(server.address()).await.reply().await, "220 smtp.test\r\n");

    assert!(started.elapsed() >= least);
}

/// How a connection over TLS ends for the client when the script ends in this step.
async fn end_over_tls(step: Step) -> io::Result<usize> {
    let authority = Authority::new().unwrap();
    let identity = authority.issue_for_loopback().unwrap();
    let server = ScriptedSmtp::start([Step::StartTls, step], Some(&identity)).await.unwrap();
    Client::connect(server.address()).await.start_tls(&authority.pem()).await.end().await
}

#[tokio::test]
async fn tls_ends_with_a_farewell_without_one_or_in_foreign_bytes() {
    assert_eq!(end_over_tls(Step::Close).await.unwrap(), 0);
    assert_eq!(end_over_tls(Step::Cut).await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    let foreign = end_over_tls(Step::Beneath(b"250 smtp.test\r\n".to_vec())).await.unwrap_err();
    assert_eq!(foreign.kind(), io::ErrorKind::InvalidData);
}

#[tokio::test]
async fn repeats_until_the_client_goes_and_hears_it_meanwhile() {
    let server = ScriptedSmtp::start([Step::Repeat(b"250 again\r\n".to_vec())], None).await.unwrap();
    let mut client = Client::connect(server.address()).await;
    for _ in 0..3 {
        assert_eq!(client.command("NOOP").await, "250 again\r\n");
    }
    let mut dialogue = server.dialogue.clone();
    dialogue.wait_for(|events| events.contains(&received("NOOP"))).await.unwrap();
    drop(client);
    assert_eq!(server.finished().await.last(), Some(&Event::Ended));
}

#[tokio::test]
async fn awaits_a_word_and_leaves_it_unread() {
    let script = [Step::Await, Step::line("220 smtp.test"), Step::expect("EHLO")];
    let server = ScriptedSmtp::start(script, None).await.unwrap();
    let mut client = Client::connect(server.address()).await;
    assert_eq!(client.command("EHLO client.test").await, "220 smtp.test\r\n");
    drop(client);
    let expected = [Event::Connected, sent("220 smtp.test"), received("EHLO client.test"), Event::Ended];
    assert_eq!(server.finished().await, expected);
}

#[tokio::test]
async fn hands_the_connection_over() {
    let relay = crate::relay::Relay::start().await.unwrap();
    let script = [Step::line("220 smtp.test"), Step::HandOver(relay.address())];
    let server = ScriptedSmtp::start(script, None).await.unwrap();
    let mut client = Client::connect(server.address()).await;
    assert_eq!(client.reply().await, "220 smtp.test\r\n");
    assert_eq!(client.reply().await, "220 relay.test ESMTP\r\n");
    assert_eq!(client.command("NOOP").await, "250 2.0.0 OK\r\n");
}

//! The relay behind a submission server: takes every message and keeps it.
//!
//! It knows just enough SMTP (RFC 5321) for a relaying server on the same machine: no TLS, no
//! sign-in, no size limit, and it accepts every sender and recipient.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::loopback::Loopback;

type Messages = Arc<Mutex<Vec<String>>>;

/// An SMTP sink on loopback.
#[derive(Debug)]
pub struct Relay {
    server: Loopback,
    messages: Messages,
}

impl Relay {
    /// Starts the relay on a free port.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        let messages = Messages::default();
        let kept = Arc::clone(&messages);
        let server = Loopback::start(move |stream| {
            let messages = Arc::clone(&kept);
            // A client that goes away ends its own conversation only.
            async move { drop(converse(stream, &messages).await) }
        })
        .await?;
        Ok(Self { server, messages })
    }

    /// Where the relay waits.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The messages taken so far, oldest first: header, empty line and body with CRLF line ends and
    /// dot-stuffing undone. A message is here before its client reads the 250.
    #[must_use]
    pub fn received(&self) -> Vec<String> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn converse(stream: TcpStream, messages: &Messages) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 relay.test ESMTP\r\n").await?;
    while let Some(line) = read_line(&mut stream).await? {
        let verb = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "DATA" => {
                stream.write_all(b"354 Go on\r\n").await?;
                let Some(message) = read_message(&mut stream).await? else {
                    break;
                };
                messages.lock().unwrap_or_else(PoisonError::into_inner).push(message);
                "250 2.0.0 Kept\r\n"
            }
            "EHLO" => "250-relay.test\r\n250 ENHANCEDSTATUSCODES\r\n",
            "MAIL" => "250 2.1.0 OK\r\n",
            "RCPT" => "250 2.1.5 OK\r\n",
            "RSET" | "NOOP" => "250 2.0.0 OK\r\n",
            "QUIT" => {
                stream.write_all(b"221 2.0.0 Bye\r\n").await?;
                break;
            }
            _ => "502 5.5.1 Not known here\r\n",
        };
        stream.write_all(reply.as_bytes()).await?;
    }
    stream.shutdown().await
}

/// One line without its line end; none when the client has gone.
async fn read_line(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()))
}

/// A message up to the line with a single dot; none when the client went before it.
async fn read_message(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut message = String::new();
    while let Some(line) = read_line(stream).await? {
        if line == "." {
            return Ok(Some(message));
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
        message.push_str("\r\n");
    }
    Ok(None)
}

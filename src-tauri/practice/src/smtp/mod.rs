//! The SMTP server: Exchange Online's SMTP AUTH client submission (RFC 5321, 3207, 4954, 2920,
//! 3030), with the faults that a network can add.

mod authentication;
mod command;
mod content;
mod refusal;
mod reply;
mod rules;
mod session;
mod transaction;
mod wire;
mod xoauth2;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::conditions::{SmtpNetwork, SmtpService};
use crate::door::Door;
use crate::shared::Shared;
use reply::Server;
use session::{End, Session};
use wire::{PATIENCE, Wire};

const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest life of a connection, busy or not.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(600);

/// Serves the SMTP server until dropped.
pub(crate) async fn serve(door: Arc<Door>, shared: Arc<Shared>) {
    door.serve(|stream| {
        let shared = shared.clone();
        async move {
            // However a connection ends, its client has seen why.
            let _ = timeout(CONNECTION_TIMEOUT, serve_connection(stream, &shared)).await;
        }
    })
    .await;
}

async fn serve_connection(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let server = Server::new();
    let state = shared.state();
    // The network comes first: what it does not let through meets no server.
    match state.smtp_network {
        SmtpNetwork::Silent => {
            // Until the client gives up or the connection's time is over.
            tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
            return Ok(());
        }
        SmtpNetwork::NotSmtp => {
            return stream.write_all(b"HTTP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n").await;
        }
        _ => {}
    }
    match state.smtp_service {
        SmtpService::Busy => {
            return stream.write_all(&server.tagged(421, "4.3.2 Service not active").to_bytes()).await;
        }
        SmtpService::TlsAtOnce => {
            // Says nothing before the client's first record, as servers on port 465: a client that
            // waits for a greeting waits in vain.
            let mut stream = accept_tls(stream, shared, PATIENCE).await?;
            stream.write_all(&server.greeting().to_bytes()).await?;
            dialogue(stream, shared, &server, true).await?;
            return Ok(());
        }
        _ => stream.write_all(&server.greeting().to_bytes()).await?,
    }
    if let Some(stream) = dialogue(stream, shared, &server, false).await? {
        let stream = accept_tls(stream, shared, HANDSHAKE_TIMEOUT).await?;
        dialogue(stream, shared, &server, true).await?;
    }
    Ok(())
}

/// A session after its greeting, to its end. Gives the stream back when TLS comes next; whatever was sent in plaintext
/// after STARTTLS is gone with the session (RFC 3207, section 4.2).
async fn dialogue<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    shared: &Shared,
    server: &Server,
    secure: bool,
) -> io::Result<Option<S>> {
    if shared.state().smtp_network == SmtpNetwork::DropsAfterGreeting {
        return Ok(None);
    }
    let mut session = Session::new(Wire::new(stream, PATIENCE), shared, server, secure);
    let end = session.run().await?;
    Ok((end == End::StartTls).then(|| session.into_stream()))
}

async fn accept_tls(stream: TcpStream, shared: &Shared, patience: Duration) -> io::Result<TlsStream<TcpStream>> {
    let config = shared.certificates.smtp.with(shared.state().smtp_certificate);
    timeout(patience, TlsAcceptor::from(config).accept(stream)).await?
}

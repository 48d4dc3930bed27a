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

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::conditions::SmtpNetwork;
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
    match shared.state().smtp_network {
        SmtpNetwork::Silent => {
            // Until the client gives up or the connection's time is over.
            tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
            return Ok(());
        }
        SmtpNetwork::Busy => {
            return stream.write_all(&server.tagged(421, "4.3.2 Service not active").to_bytes()).await;
        }
        SmtpNetwork::NotSmtp => {
            return stream.write_all(b"HTTP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n").await;
        }
        SmtpNetwork::DropsAfterGreeting => {
            return stream.write_all(&server.greeting().to_bytes()).await;
        }
        _ => stream.write_all(&server.greeting().to_bytes()).await?,
    }

    let mut session = Session::new(Wire::new(stream, PATIENCE), shared, &server, false);
    if session.run().await? != End::StartTls {
        return Ok(());
    }
    // Whatever was sent in plaintext after STARTTLS goes with the session (RFC 3207, section 4.2).
    let stream = session.into_stream();
    let config = shared.certificates.smtp(shared.state().smtp_certificate);
    let stream = timeout(HANDSHAKE_TIMEOUT, TlsAcceptor::from(config).accept(stream)).await??;
    Session::new(Wire::new(stream, PATIENCE), shared, &server, true).run().await?;
    Ok(())
}

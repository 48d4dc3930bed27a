//! The login host: HTTPS with HTTP/1.1, the token endpoint and tenant discovery.

mod answer;
mod discovery;
mod error;
mod meddling;
mod resource;
mod token_endpoint;

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::conditions::LoginNetwork;
use crate::door::Door;
use crate::shared::Shared;
use answer::Answer;

/// A token request has about 400 octets.
const BODY_LIMIT: usize = 64 * 1024;
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(120);

/// Serves the login host until dropped.
pub(crate) async fn serve(door: Arc<Door>, shared: Arc<Shared>) {
    door.serve(|stream| {
        let shared = shared.clone();
        async move {
            // However a connection ends, its client has seen why.
            let _ = timeout(CONNECTION_TIMEOUT, serve_connection(stream, shared)).await;
        }
    })
    .await;
}

async fn serve_connection(stream: TcpStream, shared: Arc<Shared>) {
    let state = shared.state();
    if state.login_network == LoginNetwork::TlsHandshakeFails {
        // The client has seen what it was to see, or has gone.
        let _ = timeout(HANDSHAKE_TIMEOUT, answer_without_tls(stream)).await;
        return;
    }
    let accept = TlsAcceptor::from(shared.certificates.login.with(state.login_certificate)).accept(stream);
    let Ok(Ok(stream)) = timeout(HANDSHAKE_TIMEOUT, accept).await else {
        return;
    };
    let service = service_fn(|request| respond(request, &shared));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    // A client that hangs up early is no concern of the server's.
    let _ = connection.await;
}

/// Answers the client's first record with something that is not TLS. What else the client has sent
/// is read to its end: closing on unread octets would reset the connection before the answer is seen.
async fn answer_without_tls(mut stream: TcpStream) -> io::Result<()> {
    stream.read_exact(&mut [0; 5]).await?;
    stream.write_all(b"HTTP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n").await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(())
}

async fn respond(request: Request<Incoming>, shared: &Shared) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let answer = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => answer::answer(shared, &parts.method, parts.uri.path(), &body.to_bytes()),
        Err(_) => Answer::text(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large."),
    };
    Ok(answer.into_response())
}

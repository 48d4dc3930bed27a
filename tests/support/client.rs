//! A raw SMTP client that knows no more than the tests of this crate ask for.

use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_util::either::Either;

pub(crate) struct Client {
    stream: BufReader<Either<TcpStream, TlsStream<TcpStream>>>,
}

impl Client {
    /// Connects without reading the greeting.
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        Self { stream: BufReader::new(Either::Left(stream)) }
    }

    /// One whole reply, its lines as they came; empty when the server has closed.
    pub(crate) async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let start = reply.len();
            let length = self.stream.read_line(&mut reply).await.unwrap();
            if length == 0 || reply.as_bytes().get(start + 3) == Some(&b' ') {
                return reply;
            }
        }
    }

    /// How the connection ends: well, or with an error that says what was missing.
    pub(crate) async fn end(&mut self) -> std::io::Result<usize> {
        self.stream.read_to_end(&mut Vec::new()).await
    }

    pub(crate) async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
        self.stream.flush().await.unwrap();
    }

    pub(crate) async fn command(&mut self, line: &str) -> String {
        self.send(&format!("{line}\r\n")).await;
        self.reply().await
    }

    pub(crate) async fn xoauth2(&mut self, user: &str, token: &str) -> String {
        let blob = STANDARD.encode(format!("user={user}\x01auth=Bearer {token}\x01\x01"));
        self.command(&format!("AUTH XOAUTH2 {blob}")).await
    }

    /// The handshake after the server's 220, trusting `authority_pem` alone.
    pub(crate) async fn start_tls(self, authority_pem: &str) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(authority_pem.as_bytes()).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let Either::Left(stream) = self.stream.into_inner() else { panic!("TLS is on already") };
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap();
        Self { stream: BufReader::new(Either::Right(stream)) }
    }
}

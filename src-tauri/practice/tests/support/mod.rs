//! Plain clients over real sockets: HTTP/1.1 and SMTP written by hand, so that the servers are
//! tested by what stands on the wire and not by a library's idea of it.

#![allow(dead_code, reason = "every test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use practice_tenant::{PracticeTenant, TenantState};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Starts the tenant of this name.
pub async fn start(name: &str) -> PracticeTenant {
    PracticeTenant::start(TenantState::named(name).unwrap()).await.unwrap()
}

/// TLS with the tenant's authority as the only one trusted.
pub async fn tls<S: AsyncRead + AsyncWrite + Unpin>(
    tenant: &PracticeTenant,
    host: &'static str,
    stream: S,
) -> io::Result<TlsStream<S>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(tenant.authority_pem().as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from(host).unwrap(), stream).await
}

/// The chain that a server shows, whoever signed it.
pub async fn shown_chain(stream: TcpStream) -> Vec<CertificateDer<'static>> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap();
    stream.get_ref().1.peer_certificates().unwrap().iter().map(|certificate| certificate.clone().into_owned()).collect()
}

/// Trusts everybody: to look at a certificate that must be refused.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// How an attempt to connect ends that is given a quarter of a second; none if it gets no answer.
/// Loopback answers within microseconds where anybody answers at all.
pub async fn knock(address: SocketAddr) -> Option<io::Result<TcpStream>> {
    timeout(Duration::from_millis(250), TcpStream::connect(address)).await.ok()
}

/// An HTTP answer.
pub struct HttpAnswer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl HttpAnswer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }
}

/// One request on a connection of its own.
pub async fn http(tenant: &PracticeTenant, method: &str, path: &str, body: &str) -> HttpAnswer {
    let stream = TcpStream::connect(tenant.login_address()).await.unwrap();
    let mut stream = tls(tenant, "login.microsoftonline.com", stream).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: login.microsoftonline.com\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    // A server that refuses a body may close before all of it is written.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    HttpAnswer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

/// The body of a token request for `scope`.
pub fn token_request(tenant: &PracticeTenant, scope: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", &tenant.state().identities.client_id)
        .append_pair("client_secret", &tenant.client_secret())
        .append_pair("scope", scope)
        .finish()
}

/// Asks the token endpoint for Exchange Online.
pub async fn request_token(tenant: &PracticeTenant) -> HttpAnswer {
    let body = token_request(tenant, "https://outlook.office365.com/.default");
    http(tenant, "POST", "/contoso.com/oauth2/v2.0/token", &body).await
}

/// A token for Exchange Online.
pub async fn token(tenant: &PracticeTenant) -> String {
    let answer = request_token(tenant).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

/// The XOAUTH2 response in base64.
pub fn xoauth2(user: &str, token: &str) -> String {
    STANDARD.encode(format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"))
}

/// An SMTP client that says what it is told.
pub struct Smtp<S> {
    stream: BufReader<S>,
}

impl Smtp<TcpStream> {
    /// Connects and says STARTTLS, with the reply to it read and nothing else.
    pub async fn before_handshake(tenant: &PracticeTenant) -> Self {
        let mut plain = Self::connect(tenant.smtp_address()).await.unwrap();
        plain.reply().await;
        plain.say("EHLO localhost").await;
        assert_eq!(plain.say("STARTTLS").await, "220 2.0.0 SMTP server ready\r\n");
        plain
    }

    /// The connection underneath.
    pub fn into_stream(self) -> TcpStream {
        self.stream.into_inner()
    }

    /// Connects without reading anything.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        Ok(Self { stream: BufReader::new(TcpStream::connect(address).await?) })
    }

    /// STARTTLS and a handshake under this name.
    pub async fn start_tls(
        mut self,
        tenant: &PracticeTenant,
        host: &'static str,
    ) -> io::Result<Smtp<TlsStream<TcpStream>>> {
        assert_eq!(self.say("STARTTLS").await, "220 2.0.0 SMTP server ready\r\n");
        self.handshake(tenant, host).await
    }

    /// The handshake alone.
    pub async fn handshake(
        self,
        tenant: &PracticeTenant,
        host: &'static str,
    ) -> io::Result<Smtp<TlsStream<TcpStream>>> {
        Ok(Smtp { stream: BufReader::new(tls(tenant, host, self.stream.into_inner()).await?) })
    }
}

impl Smtp<TlsStream<TcpStream>> {
    /// The handshake before anything else.
    pub async fn tls_at_once(tenant: &PracticeTenant) -> Self {
        let plain = Smtp::connect(tenant.smtp_address()).await.unwrap();
        plain.handshake(tenant, "smtp.office365.com").await.unwrap()
    }

    /// Greeting, EHLO, STARTTLS, EHLO.
    pub async fn secure(tenant: &PracticeTenant) -> Self {
        let mut plain = Smtp::connect(tenant.smtp_address()).await.unwrap();
        assert!(plain.reply().await.starts_with("220 "));
        plain.say("EHLO localhost").await;
        let mut secure = plain.start_tls(tenant, "smtp.office365.com").await.unwrap();
        secure.say("EHLO localhost").await;
        secure
    }

    /// The same, signed in with a fresh token.
    pub async fn signed_in(tenant: &PracticeTenant) -> Self {
        let token = token(tenant).await;
        let mut smtp = Self::secure(tenant).await;
        let reply = smtp.say(&format!("AUTH XOAUTH2 {}", xoauth2("reports@contoso.com", &token))).await;
        assert_eq!(reply, "235 2.7.0 Authentication successful\r\n");
        smtp
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Smtp<S> {
    /// A whole reply, with all its lines; what was read so far if the server hung up.
    pub async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let start = reply.len();
            let read = self.stream.read_line(&mut reply).await.unwrap_or(0);
            if read == 0 || reply.as_bytes().get(start + 3) != Some(&b'-') {
                return reply;
            }
        }
    }

    /// Sends as is.
    pub async fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
        self.stream.flush().await.unwrap();
    }

    /// Sends a line and reads the reply.
    pub async fn say(&mut self, line: &str) -> String {
        self.send(&format!("{line}\r\n")).await;
        self.reply().await
    }

    /// Sends a message from one address to `ana@contoso.com` and reads the last reply.
    pub async fn message(&mut self, from: &str, content: &str) -> String {
        assert_eq!(self.say(&format!("MAIL FROM:<{from}>")).await, "250 2.1.0 Sender OK\r\n");
        assert_eq!(self.say("RCPT TO:<ana@contoso.com>").await, "250 2.1.5 Recipient OK\r\n");
        assert_eq!(self.say("DATA").await, "354 Start mail input; end with <CRLF>.<CRLF>\r\n");
        self.say(&format!("{content}\r\n.")).await
    }

    /// Whatever else comes until the server hangs up.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        let _ = self.stream.read_to_end(&mut rest).await;
        rest
    }

    /// Says that nothing more will be sent.
    pub async fn hang_up(&mut self) {
        self.stream.shutdown().await.unwrap();
    }
}

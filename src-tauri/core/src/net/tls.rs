//! TLS with rustls: the operating system's trust, or the authorities given, and
//! an observer that keeps the certificates even when they are not accepted.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use serde::{Deserialize, Serialize};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use ts_rs::TS;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

use super::{CertificateProblem, Fault};
use crate::redact::{excerpt, printable};

/// How much is kept of what a server shows: certificates of a chain, names of a certificate, and characters of a
/// name. Microsoft's have four, some forty and two hundred.
const CHAIN_LIMIT: usize = 8;
const NAMES_LIMIT: usize = 100;
const NAME_LIMIT: usize = 300;

/// What was seen of a TLS connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TlsEvidence {
    /// `TLSv1_3` or `TLSv1_2`.
    pub version: Option<String>,
    /// The negotiated cipher suite.
    pub cipher_suite: Option<String>,
    /// The server's chain, its own certificate first.
    pub certificates: Vec<CertificateSeen>,
}

/// A certificate as a person would ask about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateSeen {
    /// Whom it names.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The host names and addresses it is for.
    pub names: Vec<String>,
    /// Valid from, RFC 3339 UTC.
    pub not_before: String,
    /// Valid until, RFC 3339 UTC.
    pub not_after: String,
}

/// Whose certificates are accepted.
#[derive(Clone)]
pub struct Trust {
    verifier: Arc<dyn ServerCertVerifier>,
}

impl fmt::Debug for Trust {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Trust")
    }
}

/// Why a set of trusted authorities cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TrustError {
    /// The text holds no certificate in PEM form.
    #[error("no certificate in PEM form")]
    NoCertificate,
    /// TLS does not take them.
    #[error("{0}")]
    Unusable(String),
}

impl Trust {
    /// The operating system's trusted authorities, and those in `extra_pem` besides.
    ///
    /// # Errors
    /// When a PEM text holds no certificate or the system's store cannot be read.
    pub fn operating_system(extra_pem: &[&str]) -> Result<Self, TrustError> {
        let mut extra = Vec::new();
        for pem in extra_pem {
            extra.extend(certificates(pem)?);
        }
        let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(extra, provider()).map_err(unusable)?;
        Ok(Self { verifier: Arc::new(verifier) })
    }

    /// Only the authorities in `pem`: for the practice tenant.
    ///
    /// # Errors
    /// When the text holds no usable certificate.
    pub fn only(pem: &str) -> Result<Self, TrustError> {
        let mut roots = RootCertStore::empty();
        for certificate in certificates(pem)? {
            roots.add(certificate).map_err(unusable)?;
        }
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build().map_err(unusable)?;
        Ok(Self { verifier })
    }

    /// A client configuration whose handshakes `observer` watches.
    ///
    /// # Errors
    /// When the cryptography library offers no TLS 1.2 or 1.3.
    pub fn client_config(&self, observer: &Arc<TlsObserver>) -> Result<ClientConfig, TrustError> {
        let watching = Watching { verifier: Arc::clone(&self.verifier), observer: Arc::clone(observer) };
        Ok(ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(watching))
            .with_no_client_auth())
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn unusable(error: impl fmt::Display) -> TrustError {
    TrustError::Unusable(error.to_string())
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, TrustError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    found.ok().filter(|found| !found.is_empty()).ok_or(TrustError::NoCertificate)
}

/// Keeps what a handshake showed.
#[derive(Debug, Default)]
pub struct TlsObserver {
    chain: Mutex<Vec<CertificateSeen>>,
    problem: Mutex<Option<(CertificateProblem, String)>>,
}

impl TlsObserver {
    /// The chain of the last handshake.
    pub fn chain(&self) -> Vec<CertificateSeen> {
        self.chain.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// Why the chain was not accepted.
    pub fn fault(&self) -> Option<Fault> {
        let problem = self.problem.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
        problem.map(|(problem, detail)| Fault::Certificate { problem, detail })
    }
}

/// A TLS client handshake over an open connection.
///
/// # Errors
/// [`Fault::Certificate`], [`Fault::Dropped`] or [`Fault::TlsHandshake`].
pub async fn handshake(
    trust: &Trust,
    host: &str,
    stream: TcpStream,
    observer: &Arc<TlsObserver>,
    evidence: &mut TlsEvidence,
) -> Result<TlsStream<TcpStream>, Fault> {
    let failed = |detail: String| Fault::TlsHandshake { detail };
    let config = trust.client_config(observer).map_err(|error| failed(error.to_string()))?;
    let name = ServerName::try_from(host.to_owned()).map_err(|error| failed(error.to_string()))?;
    let result = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
    evidence.certificates = observer.chain();
    match result {
        Ok(stream) => {
            let (_, connection) = stream.get_ref();
            evidence.version = connection.protocol_version().and_then(|version| version.as_str()).map(str::to_owned);
            evidence.cipher_suite =
                connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str()).map(str::to_owned);
            Ok(stream)
        }
        Err(error) => Err(observer.fault().unwrap_or_else(|| error.into())),
    }
}

/// Whether a server that says nothing in clear text answers a TLS handshake instead. Its certificate need not be
/// accepted: that it shows one is the answer.
pub async fn answers_tls(trust: &Trust, host: &str, address: SocketAddr) -> bool {
    let Ok(stream) = TcpStream::connect(address).await else { return false };
    let observer = Arc::new(TlsObserver::default());
    let answered = handshake(trust, host, stream, &observer, &mut TlsEvidence::default()).await.is_ok();
    answered || !observer.chain().is_empty()
}

/// Whether a host is this computer: `localhost` (RFC 6761) or a loopback address.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The verifier asked, with the observer beside it.
#[derive(Debug)]
struct Watching {
    verifier: Arc<dyn ServerCertVerifier>,
    observer: Arc<TlsObserver>,
}

impl ServerCertVerifier for Watching {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(end_entity).chain(intermediates).take(CHAIN_LIMIT).filter_map(seen).collect();
        *self.observer.chain.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = chain;
        let verdict = self.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        if let Err(Error::InvalidCertificate(error)) = &verdict {
            *self.observer.problem.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) =
                Some((problem_of(error), printable(&error.to_string())));
        }
        verdict
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

fn problem_of(error: &CertificateError) -> CertificateProblem {
    match error {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => CertificateProblem::Untrusted,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            CertificateProblem::NameMismatch
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => CertificateProblem::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => CertificateProblem::NotYetValid,
        _ => CertificateProblem::Other,
    }
}

/// Text of a certificate, as short as any that somebody trusts.
fn shown(text: &str) -> String {
    excerpt(&printable(text), NAME_LIMIT)
}

fn seen(certificate: &CertificateDer<'_>) -> Option<CertificateSeen> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    let names = parsed.subject_alternative_name().ok().flatten();
    let time = |seconds: i64| jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default();
    Some(CertificateSeen {
        subject: shown(&parsed.subject().to_string()),
        issuer: shown(&parsed.issuer().to_string()),
        names: names
            .map(|names| names.value.general_names.iter().filter_map(name).take(NAMES_LIMIT).collect())
            .unwrap_or_default(),
        not_before: time(parsed.validity().not_before.timestamp()),
        not_after: time(parsed.validity().not_after.timestamp()),
    })
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(shown(name)),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|octets| std::net::Ipv4Addr::from(octets).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|octets| std::net::Ipv6Addr::from(octets).to_string()),
        },
        _ => None,
    }
}

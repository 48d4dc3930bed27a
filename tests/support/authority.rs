//! A certificate authority for tests, and the server certificates it issues.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, SanType,
};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate authority that nobody trusts until its [`pem`](Self::pem) is handed over.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// A new authority with a key of its own.
    ///
    /// # Errors
    ///
    /// When the key or the certificate cannot be made.
    pub fn new() -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.distinguished_name.push(DnType::CommonName, "Test authority");
        Ok(Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate()?)? })
    }

    /// The authority's certificate in PEM, as `--ca-file` takes it.
    #[must_use]
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A certificate for `localhost` and 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When the key or the certificate cannot be made.
    pub fn issue_for_loopback(&self) -> Result<ServerIdentity, rcgen::Error> {
        self.issue(&Self::params_for_loopback()?)
    }

    /// What a certificate for `localhost` and 127.0.0.1 holds, for whoever wants another in one respect.
    ///
    /// # Errors
    ///
    /// Never, unless `localhost` were no name.
    pub fn params_for_loopback() -> Result<CertificateParams, rcgen::Error> {
        let mut params = CertificateParams::new(["localhost".to_owned()])?;
        params.subject_alt_names.push(SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)));
        params.distinguished_name.push(DnType::CommonName, "localhost");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        Ok(params)
    }

    /// A certificate as `params` say: another name, an expired one, and other faults.
    ///
    /// # Errors
    ///
    /// When the key or the certificate cannot be made.
    pub fn issue(&self, params: &CertificateParams) -> Result<ServerIdentity, rcgen::Error> {
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(ServerIdentity { certificate, key })
    }
}

/// A server's certificate and its private key.
#[derive(Debug)]
pub struct ServerIdentity {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl ServerIdentity {
    /// A certificate that nobody but itself vouches for.
    ///
    /// # Errors
    ///
    /// When the key or the certificate cannot be made.
    pub fn self_signed(params: &CertificateParams) -> Result<Self, rcgen::Error> {
        let key = KeyPair::generate()?;
        Ok(Self { certificate: params.self_signed(&key)?, key })
    }

    /// The certificate in PEM, without its authority.
    #[must_use]
    pub fn certificate_pem(&self) -> String {
        self.certificate.pem()
    }

    /// The private key in PEM (PKCS #8).
    #[must_use]
    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    /// The identity as a TLS server shows it: TLS 1.2 and 1.3, no client certificate.
    ///
    /// # Errors
    ///
    /// When certificate and key do not fit each other.
    pub fn server_config(&self) -> Result<ServerConfig, tokio_rustls::rustls::Error> {
        let chain = vec![CertificateDer::from(self.certificate.der().to_vec())];
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        // The provider is named, so that another one in the dependency graph cannot make it ambiguous.
        ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)
    }
}

//! The practice tenant's certificate authority and the TLS configurations made from it.
//!
//! Everything is made anew at every start and lives in memory only. The provider is handed to
//! rustls explicitly: a library must not choose the process's default.

use std::io;
use std::sync::Arc;

use jiff::{Span, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::clock;
use crate::conditions::SmtpCertificate;

const LOGIN_NAMES: [&str; 3] = ["login.microsoftonline.com", "localhost", "127.0.0.1"];
const SMTP_NAMES: [&str; 3] = ["smtp.office365.com", "localhost", "127.0.0.1"];
const OTHER_NAMES: [&str; 1] = ["mail.contoso.com"];

/// Valid from yesterday, so that a clock that is a little slow does no harm.
const CURRENT: (i32, i32) = (-1, 90);
const EXPIRED: (i32, i32) = (-92, -2);

/// The TLS configurations of both servers, one for each certificate that they can show.
pub(crate) struct Certificates {
    /// The practice authority's certificate.
    pub(crate) authority_pem: String,
    /// The login host's.
    pub(crate) login: Arc<ServerConfig>,
    /// The login host's when TLS is intercepted.
    pub(crate) login_intercepted: Arc<ServerConfig>,
    smtp_trusted: Arc<ServerConfig>,
    smtp_expired: Arc<ServerConfig>,
    smtp_other_name: Arc<ServerConfig>,
    smtp_unknown_authority: Arc<ServerConfig>,
}

impl Certificates {
    pub(crate) fn generate() -> io::Result<Self> {
        let practice = authority("Practice tenant")?;
        let unknown = authority("Contoso Web Gateway")?;
        Ok(Self {
            authority_pem: practice.pem(),
            login: server_config(&practice, &LOGIN_NAMES, CURRENT, &[b"http/1.1"])?,
            login_intercepted: server_config(&unknown, &LOGIN_NAMES, CURRENT, &[b"http/1.1"])?,
            smtp_trusted: server_config(&practice, &SMTP_NAMES, CURRENT, &[])?,
            smtp_expired: server_config(&practice, &SMTP_NAMES, EXPIRED, &[])?,
            smtp_other_name: server_config(&practice, &OTHER_NAMES, CURRENT, &[])?,
            smtp_unknown_authority: server_config(&unknown, &SMTP_NAMES, CURRENT, &[])?,
        })
    }

    /// The SMTP server's configuration with this certificate.
    pub(crate) fn smtp(&self, certificate: SmtpCertificate) -> Arc<ServerConfig> {
        match certificate {
            SmtpCertificate::Trusted => &self.smtp_trusted,
            SmtpCertificate::Expired => &self.smtp_expired,
            SmtpCertificate::OtherName => &self.smtp_other_name,
            SmtpCertificate::UnknownAuthority => &self.smtp_unknown_authority,
        }
        .clone()
    }
}

fn authority(organization: &str) -> io::Result<CertifiedIssuer<'static, KeyPair>> {
    let mut params = valid(CertificateParams::new(Vec::new()).map_err(io::Error::other)?, (-100, 365))?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::OrganizationName, organization);
    params.distinguished_name.push(DnType::CommonName, format!("{organization} authority"));
    CertifiedIssuer::self_signed(params, KeyPair::generate().map_err(io::Error::other)?).map_err(io::Error::other)
}

fn server_config(
    issuer: &CertifiedIssuer<'_, KeyPair>,
    names: &[&str],
    days: (i32, i32),
    protocols: &[&[u8]],
) -> io::Result<Arc<ServerConfig>> {
    let names_owned: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = valid(CertificateParams::new(names_owned).map_err(io::Error::other)?, days)?;
    params.distinguished_name.push(DnType::CommonName, names[0]);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let certificate = params.signed_by(&key, issuer).map_err(io::Error::other)?;
    let chain = vec![certificate.der().clone(), issuer.der().clone()];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));

    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(io::Error::other)?;
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(Arc::new(config))
}

/// Sets the validity, in days from today.
fn valid(mut params: CertificateParams, (from, to): (i32, i32)) -> io::Result<CertificateParams> {
    let date = |days: i32| -> io::Result<_> {
        let today = TimeZone::UTC.to_datetime(clock::now()).date();
        let date = today.checked_add(Span::new().days(days)).map_err(io::Error::other)?;
        Ok(rcgen::date_time_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs()))
    };
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.not_before = date(from)?;
    params.not_after = date(to)?;
    Ok(params)
}

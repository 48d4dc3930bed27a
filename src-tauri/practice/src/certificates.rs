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
use crate::conditions::ServerCertificate;

const LOGIN_NAMES: [&str; 3] = ["login.microsoftonline.com", "localhost", "127.0.0.1"];
const SMTP_NAMES: [&str; 3] = ["smtp.office365.com", "localhost", "127.0.0.1"];
const OTHER_NAMES: [&str; 1] = ["mail.contoso.com"];

/// Valid from yesterday, so that a clock that is a little slow does no harm.
const CURRENT: (i32, i32) = (-1, 90);
const EXPIRED: (i32, i32) = (-92, -2);

/// The TLS configurations of both servers, and the authority that clients are told to trust.
pub(crate) struct Certificates {
    /// The practice authority's certificate.
    pub(crate) authority_pem: String,
    /// The login host's.
    pub(crate) login: Identity,
    /// The SMTP server's.
    pub(crate) smtp: Identity,
}

impl Certificates {
    pub(crate) fn generate() -> io::Result<Self> {
        let authorities = Authorities {
            practice: root("Practice tenant", "Practice tenant authority")?,
            inspection: root("Contoso", "Contoso TLS Inspection CA")?,
            unknown: intermediate(
                &root("DigiCert Inc", "DigiCert Global Root CA")?,
                "DigiCert Inc",
                "DigiCert Cloud Services CA-1",
            )?,
        };
        Ok(Self {
            authority_pem: authorities.practice.pem(),
            login: Identity::new(&authorities, &LOGIN_NAMES, &[b"http/1.1"])?,
            smtp: Identity::new(&authorities, &SMTP_NAMES, &[])?,
        })
    }
}

/// A server's TLS configurations, one for each certificate that it can show.
pub(crate) struct Identity {
    trusted: Arc<ServerConfig>,
    expired: Arc<ServerConfig>,
    other_name: Arc<ServerConfig>,
    intercepted: Arc<ServerConfig>,
    unknown_authority: Arc<ServerConfig>,
}

impl Identity {
    fn new(authorities: &Authorities, names: &[&str], protocols: &[&[u8]]) -> io::Result<Self> {
        let config = |issuer, names, days| server_config(issuer, names, days, protocols);
        Ok(Self {
            trusted: config(&authorities.practice, names, CURRENT)?,
            expired: config(&authorities.practice, names, EXPIRED)?,
            other_name: config(&authorities.practice, &OTHER_NAMES, CURRENT)?,
            intercepted: config(&authorities.inspection, names, CURRENT)?,
            unknown_authority: config(&authorities.unknown, names, CURRENT)?,
        })
    }

    /// The configuration with this certificate.
    pub(crate) fn with(&self, certificate: ServerCertificate) -> Arc<ServerConfig> {
        match certificate {
            ServerCertificate::Trusted => &self.trusted,
            ServerCertificate::Expired => &self.expired,
            ServerCertificate::OtherName => &self.other_name,
            ServerCertificate::Intercepted => &self.intercepted,
            ServerCertificate::UnknownAuthority => &self.unknown_authority,
        }
        .clone()
    }
}

/// Who signs servers' certificates.
struct Authorities {
    /// The only one that clients are told to trust.
    practice: Issuer,
    /// A company's own: a middlebox signs with it what it shows in a server's place.
    inspection: Issuer,
    /// An intermediate as public authorities have them. Nobody here trusts its root, as on a
    /// computer whose store of authorities is too old; as with the real ones, the root is not sent.
    unknown: Issuer,
}

type Issuer = CertifiedIssuer<'static, KeyPair>;

fn root(organization: &str, name: &str) -> io::Result<Issuer> {
    let params = authority_params(organization, name)?;
    Issuer::self_signed(params, KeyPair::generate().map_err(io::Error::other)?).map_err(io::Error::other)
}

fn intermediate(root: &Issuer, organization: &str, name: &str) -> io::Result<Issuer> {
    let mut params = authority_params(organization, name)?;
    params.use_authority_key_identifier_extension = true;
    Issuer::signed_by(params, KeyPair::generate().map_err(io::Error::other)?, root).map_err(io::Error::other)
}

fn authority_params(organization: &str, name: &str) -> io::Result<CertificateParams> {
    let mut params = valid(CertificateParams::new(Vec::new()).map_err(io::Error::other)?, (-100, 365))?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(1));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::OrganizationName, organization);
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}

fn server_config(
    issuer: &Issuer,
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

//! The key of a request: RSA with 3072 bits, for RSAES-OAEP with SHA-256 and MGF1
//! with SHA-256 (RFC 8017, section 7.1), which Windows PowerShell 5.1 can seal with, too.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretSlice};
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey as ParsedKey;
use x509_parser::x509::SubjectPublicKeyInfo;

use super::block;

/// Bytes that are sealed into one ciphertext: those of the modulus.
pub(super) const SEALED_BYTES: usize = 384;

/// Bytes that can be sealed: the modulus without two digests and two bytes (RFC 8017, section 7.1.1).
pub(super) const CONTENTS_LIMIT: usize = SEALED_BYTES - 2 * 32 - 2;

/// The private key of a request; the library wipes it.
pub(super) struct RequestKey(PrivateDecryptingKey);

impl RequestKey {
    pub(super) fn generate() -> Option<Self> {
        PrivateDecryptingKey::generate(KeySize::Rsa3072).ok().map(Self)
    }

    /// From PKCS#8 (RFC 5208), DER.
    pub(super) fn of_der(der: &SecretSlice<u8>) -> Option<Self> {
        PrivateDecryptingKey::from_pkcs8(der.expose_secret()).ok().map(Self)
    }

    /// As PKCS#8 (RFC 5208), DER: about 1,800 bytes.
    pub(super) fn to_der(&self) -> Option<SecretSlice<u8>> {
        let der: Pkcs8V1Der<'_> = self.0.as_der().ok()?;
        Some(SecretSlice::from(der.as_ref().to_vec()))
    }

    pub(super) fn public(&self) -> Option<PublicKey> {
        let der: PublicKeyX509Der<'_> = self.0.public_key().as_der().ok()?;
        PublicKey::of_der(der.as_ref())
    }

    /// Whether it is the key with this fingerprint.
    pub(super) fn is(&self, fingerprint: &str) -> bool {
        self.public().is_some_and(|public| public.fingerprint() == fingerprint)
    }

    /// What was sealed; `None` when it was not sealed with the public half.
    pub(super) fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let key = OaepPrivateDecryptingKey::new(self.0.clone()).ok()?;
        let mut contents = Zeroizing::new(vec![0; key.min_output_size()]);
        let length = key.decrypt(&OAEP_SHA256_MGF1SHA256, sealed, &mut contents, None).ok()?.len();
        contents.truncate(length);
        Some(contents)
    }
}

/// The public key of a request. It may be seen by anyone.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    der: Vec<u8>,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl PublicKey {
    fn of_der(der: &[u8]) -> Option<Self> {
        let (_, info) = SubjectPublicKeyInfo::from_der(der).ok()?;
        let ParsedKey::RSA(key) = info.parsed().ok()? else { return None };
        // DER puts a zero before a number whose first bit is set.
        let number = |bytes: &[u8]| bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
        Some(Self { der: der.to_owned(), modulus: number(key.modulus), exponent: number(key.exponent) })
    }

    /// SubjectPublicKeyInfo as PEM (RFC 7468, section 13).
    pub fn pem(&self) -> String {
        block::armoured("PUBLIC KEY", &self.der)
    }

    /// SHA-256 of SubjectPublicKeyInfo, hexadecimal.
    pub fn fingerprint(&self) -> String {
        digest(&SHA256, &self.der).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The modulus, big-endian without leading zeros, in base64: as .NET's `RSAParameters` takes it.
    pub(super) fn modulus(&self) -> String {
        STANDARD.encode(&self.modulus)
    }

    /// The public exponent, likewise.
    pub(super) fn exponent(&self) -> String {
        STANDARD.encode(&self.exponent)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("PublicKey").field(&self.fingerprint()).finish()
    }
}

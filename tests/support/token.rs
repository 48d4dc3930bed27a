//! Access tokens with the shape of Entra's, signed by a key made for the test.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use rcgen::{KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde_json::json;

/// The sender mailbox of the tests.
pub const SENDER: &str = "reports@contoso.com";

/// Signs access tokens with RS256.
#[derive(Debug)]
pub struct TokenIssuer {
    key: KeyPair,
}

impl TokenIssuer {
    /// What its tokens name as `iss`.
    pub const ISSUER: &'static str = "https://sts.windows.net/contoso.com/";

    /// An issuer with a new RSA key of 2,048 bits.
    ///
    /// # Errors
    ///
    /// When the key cannot be made.
    pub fn new() -> Result<Self, rcgen::Error> {
        Ok(Self { key: KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)? })
    }

    /// The public key in PEM, for those who verify.
    #[must_use]
    pub fn public_key_pem(&self) -> String {
        self.key.public_key_pem()
    }

    /// An access token for `user`, valid for an hour.
    ///
    /// `upn` is what Dovecot reads the user from; `aud` and `roles` are those of a real application
    /// token for SMTP. There is no `azp` (and a v1 token has none): Dovecot would look for the key
    /// below it.
    ///
    /// # Errors
    ///
    /// When the token cannot be signed.
    pub fn token(&self, user: &str) -> Result<String, jsonwebtoken::errors::Error> {
        self.sign(Some(user))
    }

    /// An access token that speaks for the application alone, as client credentials give it, valid for an
    /// hour. Dovecot finds no user in it.
    ///
    /// # Errors
    ///
    /// When the token cannot be signed.
    pub fn application_token(&self) -> Result<String, jsonwebtoken::errors::Error> {
        self.sign(None)
    }

    fn sign(&self, user: Option<&str>) -> Result<String, jsonwebtoken::errors::Error> {
        let now = get_current_timestamp();
        let mut claims = json!({
            "iss": Self::ISSUER,
            "aud": "https://outlook.office365.com",
            "sub": "6f1d4f0e-8a35-4c1e-9d43-0b6f6d5f2a11",
            "roles": ["SMTP.SendAsApp"],
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
        });
        if let Some(user) = user {
            claims["upn"] = json!(user);
        }
        let key = EncodingKey::from_rsa_pem(self.key.serialize_pem().as_bytes())?;
        encode(&Header::new(Algorithm::RS256), &claims, &key)
    }
}

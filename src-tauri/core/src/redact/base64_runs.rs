//! What base64 makes of a secret, on its own and within a longer text. Which characters it gives there depends on how
//! many bytes stand before the secret, in three ways, and the characters at its ends depend on its neighbours, too: what
//! all of these have in common is looked for.

use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

/// Every run of characters, in both alphabets, that stands for the secret.
pub(super) fn of(secret: &SecretString) -> impl Iterator<Item = SecretString> {
    [STANDARD_NO_PAD, URL_SAFE_NO_PAD].into_iter().flat_map(move |alphabet| {
        let whole = SecretString::from(alphabet.encode(secret.expose_secret()));
        (0..3).map(move |before| within(secret, before, &alphabet)).chain([whole])
    })
}

/// The characters that hold nothing but bits of the secret, when `before` bytes stand before it.
fn within(secret: &SecretString, before: usize, alphabet: &GeneralPurpose) -> SecretString {
    let secret = secret.expose_secret().as_bytes();
    let mut bytes = Zeroizing::new(Vec::with_capacity(before + secret.len()));
    bytes.resize(before, 0);
    bytes.extend_from_slice(secret);
    let encoded = Zeroizing::new(alphabet.encode(bytes.as_slice()));
    // Six bits a character: those that the bytes before reach into are left out, and so is one that is not full.
    SecretString::from(&encoded[(before * 8).div_ceil(6)..bytes.len() * 8 / 6])
}

//! What stands between a client and the login host and changes the form on its way.
//!
//! The login host then answers the form that it received, as the real one would.

use std::borrow::Cow;

use url::form_urlencoded;

use crate::conditions::LoginNetwork;

/// The form as it arrives.
pub(super) fn arrives(network: LoginNetwork, form: &[u8]) -> Cow<'_, [u8]> {
    match network {
        LoginNetwork::StripsSecret => rewrite(form, &["client_secret"], &[]),
        // A filter that takes the form for HTML: every field but the first gets another name.
        LoginNetwork::ManglesForm => {
            let fields: Vec<&[u8]> = form.split(|octet| *octet == b'&').collect();
            Cow::Owned(fields.join(b"&amp;".as_slice()))
        }
        LoginNetwork::AsksForUser => {
            let user = [("grant_type", "password"), ("username", "gateway@contoso.com"), ("password", "not-it")];
            rewrite(form, &["grant_type"], &user)
        }
        _ => Cow::Borrowed(form),
    }
}

fn rewrite(form: &[u8], without: &[&str], with: &[(&str, &str)]) -> Cow<'static, [u8]> {
    let kept = form_urlencoded::parse(form).filter(|(name, _)| !without.contains(&name.as_ref()));
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).extend_pairs(with).finish();
    Cow::Owned(form.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &[u8] = b"grant_type=client_credentials&client_secret=s%26&scope=a%2F.default";

    #[test]
    fn the_form_is_changed_as_the_network_says() {
        let cases: [(LoginNetwork, &[u8]); 4] = [
            (LoginNetwork::Open, FORM),
            (LoginNetwork::StripsSecret, b"grant_type=client_credentials&scope=a%2F.default"),
            (LoginNetwork::ManglesForm, b"grant_type=client_credentials&amp;client_secret=s%26&amp;scope=a%2F.default"),
            (
                LoginNetwork::AsksForUser,
                b"client_secret=s%26&scope=a%2F.default&grant_type=password&username=gateway%40contoso.com\
                  &password=not-it",
            ),
        ];
        for (network, expected) in cases {
            assert_eq!(arrives(network, FORM).as_ref(), expected, "{network:?}");
        }
    }
}

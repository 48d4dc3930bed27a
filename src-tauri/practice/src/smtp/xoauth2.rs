//! The XOAUTH2 initial client response: base64 of `user=` mailbox `^A` `auth=Bearer ` token `^A^A`.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Who signs in, and with which token.
pub(super) struct Credentials {
    pub(super) user: String,
    pub(super) token: String,
}

/// Reads the response; none if it is malformed.
pub(super) fn parse(response: &str) -> Option<Credentials> {
    let decoded = String::from_utf8(STANDARD.decode(response).ok()?).ok()?;
    let fields = decoded.strip_suffix("\u{1}\u{1}")?;
    let (user, authorization) = fields.split_once('\u{1}')?;
    let user = user.strip_prefix("user=")?;
    let (scheme, token) = authorization.strip_prefix("auth=")?.split_once(' ')?;
    let well_formed = scheme.eq_ignore_ascii_case("Bearer")
        && !user.is_empty()
        && !token.is_empty()
        && !token.contains(['\u{1}', ' ']);
    well_formed.then(|| Credentials { user: user.to_owned(), token: token.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_token_are_read() {
        let credentials =
            parse(&STANDARD.encode("user=reports@contoso.com\u{1}auth=Bearer abc.def\u{1}\u{1}")).unwrap();
        assert_eq!((credentials.user.as_str(), credentials.token.as_str()), ("reports@contoso.com", "abc.def"));
    }

    #[test]
    fn malformed_responses_are_none() {
        for blob in [
            "user=reports@contoso.com\u{1}auth=Bearer abc\u{1}",
            "user=reports@contoso.com\u{1}auth=Basic abc\u{1}\u{1}",
            "user=\u{1}auth=Bearer abc\u{1}\u{1}",
            "user=reports@contoso.com\u{1}auth=Bearer \u{1}\u{1}",
            "reports@contoso.com\u{1}auth=Bearer abc\u{1}\u{1}",
        ] {
            assert!(parse(&STANDARD.encode(blob)).is_none(), "{blob:?}");
        }
        assert!(parse("not base64!").is_none());
    }
}

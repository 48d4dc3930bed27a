use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::*;

/// Every character that some form writes in its own way; in base64, both alphabets differ.
const SECRET: &str = "q~8/+ %\"x&<\\'>ä?ÿ~~";

fn redactor(secret: &str) -> Redactor {
    let redactor = Redactor::default();
    redactor.add(&SecretString::from(secret));
    redactor
}

#[test]
fn every_travelling_form_is_removed() {
    let redactor = redactor(SECRET);
    for form in [
        SECRET,
        "q%7E8%2F%2B+%25%22x%26%3C%5C%27%3E%C3%A4%3F%C3%BF%7E%7E",
        "q%7e8%2f%2b%20%25%22x%26%3c%5c%27%3e%c3%a4%3f%c3%bf%7e%7e",
        "q~8%2F%2B%20%25%22x%26%3C%5C'%3E%C3%A4%3F%C3%BF~~",
        "q~8/+ %\\\"x&<\\\\'>ä?ÿ~~",
        "q~8\\/\\u002B %\\u0022x\\u0026\\u003C\\\\\\u0027\\u003E\\u00E4?\\u00ff~~",
        "q~8/+ %&quot;x&amp;&lt;\\&#39;&gt;ä?ÿ~~",
        "q~8&#x2F;&#43; %&#34;x&amp;&lt;\\&#x27;&gt;&#228;?&#xFF;~~",
    ] {
        assert_eq!(redactor.redact(&format!("<{form}>")), "<[redacted]>", "{form}");
    }
    for form in [
        STANDARD.encode(SECRET),
        STANDARD_NO_PAD.encode(SECRET),
        URL_SAFE.encode(SECRET),
        URL_SAFE_NO_PAD.encode(SECRET),
    ] {
        assert_eq!(redactor.redact(&form).trim_end_matches('='), REDACTED, "{form}");
        let in_a_form = form.trim_end_matches('=').replace('+', "%2B").replace('/', "%2f");
        assert_eq!(redactor.redact(&in_a_form), REDACTED, "{in_a_form}");
    }
}

#[test]
fn a_secret_within_longer_base64_is_removed_wherever_it_stands() {
    let redactor = redactor(SECRET);
    for (before, after) in
        [("", "tail"), ("a", "b"), ("ab", ""), ("abc", "d"), ("user=reports@contoso.com\u{1}", "\u{1}\u{1}")]
    {
        for alphabet in [STANDARD, URL_SAFE] {
            let clean = redactor.redact(&alphabet.encode(format!("{before}{SECRET}{after}")));
            let (head, tail) = clean.split_once(REDACTED).unwrap_or_else(|| panic!("{clean} holds it"));
            // What is left encodes the neighbours, and at each end less than one byte of the secret.
            assert!(
                head.len() <= (before.len() * 8).div_ceil(6) && tail.len() <= after.len().div_ceil(3) * 4 + 4,
                "{clean}"
            );
        }
    }
}

#[test]
fn secrets_that_overlap_leave_one_hole() {
    let redactor = redactor("abcdefgh");
    redactor.add(&SecretString::from("efghijkl"));
    redactor.add(&SecretString::from("cdefgh"));
    assert_eq!(redactor.redact("1abcdefghijkl2 efghijkl, cdefgh"), "1[redacted]2 [redacted], [redacted]");
}

#[test]
fn other_text_is_left_alone() {
    for secret in ["535", "%%%%%%", "\\\\\\\\\\\\", "&amp;&", "aaaaaa"] {
        let redactor = redactor(secret);
        for text in
            ["535 5.7.3 no", "100%25 of 50%", "C:\\\\Users\\\\a", "a &amp; b &", "aaaaa\\u0061", "%", "\\", "&", "ä%C3"]
        {
            let holds_it = secret == "aaaaaa" && text.contains("\\u0061");
            assert_eq!(redactor.redact(text) == text, !holds_it, "{secret} in {text}");
        }
    }
}

#[test]
fn terminal_escapes_become_visible() {
    assert_eq!(printable("\u{1b}[31mred\u{202e}\u{61c}"), "\\u{1b}[31mred\\u{202e}\\u{61c}");
}

proptest! {
    /// Text that was made without it passes as it is, whatever it looks like; the hole is as large as the secret.
    #[test]
    fn only_the_secret_goes(before in "[a-zA-Z0-9%&+\\\\;#ux=/ ä]{0,40}", after in "[a-zA-Z0-9%&+\\\\;#ux=/ ä]{0,40}") {
        let redactor = redactor("~~Ω-secret-Ω~~");
        let clean = redactor.redact(&format!("{before}~~Ω-secret-Ω~~{after}"));
        prop_assert_eq!(clean, format!("{before}[redacted]{after}"));
    }
}

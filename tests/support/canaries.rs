//! A client secret and an access token that are looked for in all that comes out, in every form in which they
//! travel or may be sent back.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use url::form_urlencoded;

use crate::token::SENDER;

/// The forms of what must not come out.
#[derive(Debug)]
pub struct Canaries {
    forms: Vec<String>,
}

impl Canaries {
    /// A secret that each form writes in another way.
    pub const SECRET: &str = "cA~nary+secret/wi%th&\"every\\<'>form=1";
    /// A token.
    pub const TOKEN: &str = "canary.token.value-0123456789_~/";

    /// Those of the secret alone: all that is known before there is a token.
    #[must_use]
    pub fn of_the_secret() -> Self {
        Self { forms: forms(Self::SECRET) }
    }

    /// Those of the secret, of the token, and of what is sent of the token to sign in.
    #[must_use]
    pub fn all() -> Self {
        Self { forms: [forms(Self::SECRET), forms(Self::TOKEN), vec![STANDARD.encode(sign_in())]].concat() }
    }

    /// All of them, for a server to send back.
    #[must_use]
    pub fn forms(&self) -> &[String] {
        &self.forms
    }

    /// Those that stand in an output, in whole or in half.
    #[must_use]
    pub fn found_in(&self, output: &[u8]) -> Vec<&str> {
        let text = String::from_utf8_lossy(output);
        // What is sent to sign in begins with what is no secret.
        let head = STANDARD_NO_PAD.encode(&sign_in()[..36]);
        let found = self.forms.iter().filter(|form| {
            let hidden = form.strip_prefix(&head).unwrap_or(form);
            let (first, second) = hidden.split_at(hidden.len() / 2);
            text.contains(first) || text.contains(second)
        });
        found.map(String::as_str).collect()
    }
}

/// What XOAUTH2 makes of the token, before it is encoded.
fn sign_in() -> String {
    format!("user={SENDER}\u{1}auth=Bearer {}\u{1}\u{1}", Canaries::TOKEN)
}

fn forms(text: &str) -> Vec<String> {
    let mut forms = spelled(text);
    forms.extend([STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD].map(|alphabet| alphabet.encode(text)));
    for before in ["a", "ab", "abc"] {
        forms.extend([STANDARD, URL_SAFE].map(|alphabet| alphabet.encode(format!("{before}{text}{before}"))));
    }
    forms.sort();
    forms.dedup();
    forms
}

/// ASCII text as forms, addresses, JSON and HTML have it.
fn spelled(text: &str) -> Vec<String> {
    let each = |spell: &dyn Fn(char) -> String| text.chars().map(spell).collect::<String>();
    let percent = |digits: fn(u32) -> String| {
        each(&|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' | '~' => character.to_string(),
            _ => digits(u32::from(character)),
        })
    };
    let form: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    vec![
        text.to_owned(),
        percent(|byte| format!("%{byte:02X}")),
        percent(|byte| format!("%{byte:02x}")),
        form,
        serde_json::to_string(text).unwrap_or_default().trim_matches('"').to_owned(),
        each(&|character| match character {
            '"' | '&' | '\'' | '+' | '<' | '>' => format!("\\u{:04X}", u32::from(character)),
            '\\' => "\\\\".to_owned(),
            '/' => "\\/".to_owned(),
            _ => character.to_string(),
        }),
        each(&|character| match character {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\'' => "&#39;".to_owned(),
            _ => character.to_string(),
        }),
        each(&|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' => character.to_string(),
            _ => format!("&#x{:x};", u32::from(character)),
        }),
    ]
}

//! A reply of the server (RFC 5321, section 4.2) with its enhanced status code
//! (RFC 3463) taken out.

use lettre::transport::smtp::response::Response;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One whole reply, of one or more lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reply {
    /// The three-digit code.
    pub code: u16,
    /// The enhanced status code of the first line, as `5.7.3`.
    pub enhanced: Option<String>,
    /// The text of each line, without codes' separators and line ends.
    pub lines: Vec<String>,
}

impl Reply {
    /// Parses complete raw lines. `None` when they are no SMTP reply.
    pub(super) fn parse(raw: &str, clean: impl Fn(&str) -> String) -> Option<Self> {
        let response: Response = raw.parse().ok()?;
        let lines: Vec<String> = response.message().map(clean).collect();
        let enhanced = lines.first().and_then(|line| enhanced_status_code(line));
        Some(Self { code: response.code().into(), enhanced, lines })
    }

    /// 2yz: done.
    pub fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    /// 4yz or 5yz: a refusal.
    pub fn is_negative(&self) -> bool {
        matches!(self.code / 100, 4 | 5)
    }

    /// 4yz: may pass later.
    pub fn is_transient(&self) -> bool {
        self.code / 100 == 4
    }

    /// The reply on one line, as shown to people.
    pub fn text(&self) -> String {
        format!("{} {}", self.code, self.lines.join(" "))
    }

    /// Whether the text holds a phrase, whatever its case.
    pub fn mentions(&self, phrase: &str) -> bool {
        self.text().to_lowercase().contains(&phrase.to_lowercase())
    }
}

/// `class.subject.detail` at the beginning of a line.
fn enhanced_status_code(line: &str) -> Option<String> {
    let first = line.split_whitespace().next()?;
    let parts: Vec<&str> = first.split('.').collect();
    let numbers = parts.iter().all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let class = matches!(parts.first(), Some(&"2" | &"4" | &"5"));
    (parts.len() == 3 && numbers && class).then(|| first.to_owned())
}

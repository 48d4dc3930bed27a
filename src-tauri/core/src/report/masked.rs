//! A report without e-mail addresses, for a public ticket. Each address becomes one
//! and the same stand-in wherever it stands, and the sender's domain goes with it.
//! Identifiers, times and server tags stay: support asks for them.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use crate::check::Report;

/// Where the stand-ins live (RFC 2606).
const DOMAIN: &str = "masked.example";

/// The report with its addresses masked; `None` when it cannot be rebuilt, which is
/// better told than half done.
pub fn masked(report: &Report) -> Option<Report> {
    let mut masker = Masker::of(report);
    let json = serde_json::to_value(report).ok()?;
    serde_json::from_value(masker.json(json)).ok()
}

struct Masker {
    /// Addresses met so far, in lower case, with their numbers.
    known: HashMap<String, usize>,
    /// The sender's domain and this computer's own address, with what stands for them.
    others: Vec<(String, String)>,
}

impl Masker {
    fn of(report: &Report) -> Self {
        let domain = report.settings.system_email_address.trim().rsplit_once('@').map(|(_, domain)| domain);
        let own = report.transcript.iter().find_map(|line| line.line.strip_prefix("EHLO "));
        let domain = domain.filter(|domain| domain.contains('.')).map(|domain| (domain.to_owned(), DOMAIN.to_owned()));
        let own = own.map(|own| (own.trim().to_owned(), "[this computer]".to_owned()));
        Self { known: HashMap::new(), others: domain.into_iter().chain(own).collect() }
    }

    fn json(&mut self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.json(item)).collect(),
            Value::Object(entries) => entries.into_iter().map(|(key, item)| (key, self.json(item))).collect(),
            other => other,
        }
    }

    fn text(&mut self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, address, after)) = first_address(rest) {
            clean.push_str(before);
            clean.push_str(&self.stand_in(address));
            rest = after;
        }
        clean.push_str(rest);
        for (from, to) in &self.others {
            clean = replace_ignoring_case(&clean, from, to);
        }
        clean
    }

    fn stand_in(&mut self, address: &str) -> String {
        let (local, _) = address.rsplit_once('@').unwrap_or((address, ""));
        // A Message-ID's own part identifies nobody, and support finds the message by it.
        if Uuid::try_parse(local).is_ok() {
            return format!("{local}@{DOMAIN}");
        }
        let next = self.known.len() + 1;
        let number = self.known.entry(address.to_lowercase()).or_insert(next);
        format!("address-{number}@{DOMAIN}")
    }
}

/// What stands before the first address, the address, and what stands after it.
fn first_address(text: &str) -> Option<(&str, &str, &str)> {
    let in_local = |c: char| c.is_alphanumeric() || "!#$%&*+-/=?^_`{|}~.".contains(c);
    let in_domain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    for (at, _) in text.match_indices('@') {
        let local = text[..at].chars().rev().take_while(|c| in_local(*c)).map(char::len_utf8).sum::<usize>();
        let domain = text[at + 1..].chars().take_while(|c| in_domain(*c)).map(char::len_utf8).sum::<usize>();
        let domain = text[at + 1..at + 1 + domain].trim_end_matches('.').len();
        if local > 0 && domain > 0 {
            let (start, end) = (at - local, at + 1 + domain);
            return Some((&text[..start], &text[start..end], &text[end..]));
        }
    }
    None
}

/// `from` is ASCII here, so that bytes and characters of both texts stand at the same places.
fn replace_ignoring_case(text: &str, from: &str, to: &str) -> String {
    let (lower, from) = (text.to_ascii_lowercase(), from.to_ascii_lowercase());
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in lower.match_indices(&from) {
        clean.push_str(&text[done..at]);
        clean.push_str(to);
        done = at + from.len();
    }
    clean.push_str(&text[done..]);
    clean
}

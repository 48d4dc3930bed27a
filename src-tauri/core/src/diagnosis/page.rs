//! The catalogue as people look things up in it: for each code what is seen, why,
//! and what to do. The same data and words as the findings', filled with example
//! values; `docs/failures.md` is made of it.

use serde::Serialize;
use ts_rs::TS;

use super::catalogue::FindingCode;
use super::facts::Facts;
use super::fixes::fixes;
use super::rules::{REPLY_RULES, TOKEN_RULES};
use crate::check::{Fix, Owner, Severity};
use crate::words;

/// One failure, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FailurePage {
    /// Its stable name.
    pub code: String,
    /// What is wrong, on one line.
    pub title: String,
    /// The guide's part, 1–6; 0 is the network and this computer.
    pub part: u8,
    /// Who must act.
    pub owner: Owner,
    /// How much it weighs on its own.
    pub severity: Severity,
    /// By what it is recognised.
    pub seen: String,
    /// What it means.
    pub explanation: String,
    /// What to do.
    pub fixes: Vec<Fix>,
}

/// The page of a code; `None` when the catalogue has no such code.
pub fn explain(code: &str) -> Option<FailurePage> {
    FindingCode::ALL.iter().find(|known| known.identifier() == code).map(|code| page(*code))
}

/// Every page, in the order of the guide's chain.
pub fn catalogue() -> Vec<FailurePage> {
    FindingCode::ALL.iter().map(|code| page(*code)).collect()
}

fn page(code: FindingCode) -> FailurePage {
    let facts = Facts::example();
    let parameters = facts.parameters();
    let name = code.message();
    FailurePage {
        code: code.identifier().to_owned(),
        title: words::text(&name, &parameters),
        part: code.part(),
        owner: code.owner(),
        severity: code.severity(),
        seen: words::find(&format!("{name}.seen"), &parameters).unwrap_or_else(|| by_rule(code)),
        explanation: words::text(&format!("{name}.explanation"), &parameters),
        fixes: fixes(code, &facts),
    }
}

/// What the tables say of a code.
fn by_rule(code: FindingCode) -> String {
    let numbers = TOKEN_RULES.iter().filter(|(_, cause)| *cause == code).flat_map(|(numbers, _)| *numbers);
    let replies = REPLY_RULES.iter().filter(|rule| rule.cause == code);
    let seen: Vec<String> =
        numbers.map(|number| format!("AADSTS{number}")).chain(replies.map(|rule| rule.pattern())).collect();
    seen.join(", ")
}

/// The whole page, as Markdown.
pub fn failures_markdown() -> String {
    let mut text = words::text("failures-head", &[]).replace("\\n", "\n");
    text.push_str("\n\n");
    for part in [0, 1, 2, 3, 4, 5, 6] {
        text.push_str(&format!("## {}\n\n", words::text(&format!("failures-part-{part}"), &[])));
        for page in catalogue().into_iter().filter(|page| page.part == part) {
            text.push_str(&section(&page));
        }
    }
    format!("{}\n", text.trim_end())
}

fn section(page: &FailurePage) -> String {
    let severity = words::text(&format!("failures-{}", page.severity.identifier()), &[]);
    let mut text = format!("### {}\n\n", page.code);
    text.push_str(&format!("**{}.** {severity}. {}.\n\n", page.title, page.owner.name()));
    text.push_str(&format!("{}: {}\n\n", words::text("failures-seen", &[]), page.seen));
    text.push_str(&format!("{}: {}\n\n", words::text("failures-why", &[]), page.explanation));
    for fix in &page.fixes {
        text.push_str(&format!("- {}\n", fix.text));
        for code in fix.command.iter().chain(&fix.url) {
            text.push_str(&format!("  `{code}`\n"));
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_says_by_what_it_is_recognised() {
        for page in catalogue() {
            assert!(!page.seen.is_empty(), "{}", page.code);
            for text in [&page.title, &page.seen, &page.explanation] {
                assert!(!text.contains(['{', '}']), "{}: {text}", page.code);
            }
        }
    }

    #[test]
    fn no_title_holds_a_code_or_shouts() {
        for page in catalogue() {
            assert!(!page.title.contains("AADSTS") && !page.title.contains("5."), "{}", page.title);
            assert!(!page.title.contains('!') && !page.explanation.contains('!'), "{}", page.code);
        }
    }

    #[test]
    fn the_committed_page_is_that_of_the_code() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/failures.md");
        let written = failures_markdown();
        if std::env::var_os("WRITE_FAILURES").is_some() {
            std::fs::write(file, &written).unwrap();
        }
        let committed = std::fs::read_to_string(file).unwrap_or_default();
        assert!(committed == written, "docs/failures.md is not up to date: run `npm run failures`");
    }
}

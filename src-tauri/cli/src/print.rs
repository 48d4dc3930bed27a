//! A report in a terminal: plain lines that read well in a log, too.

use std::io::Write;

use mail_setup_core::check::{Confidence, Depth, Finding, Outcome, Report, StageOutcome, StageRecord};
use mail_setup_core::words;

/// Text is wrapped to this many columns.
const WIDTH: usize = 80;

/// Writes to standard output; a reader that went away is no fault of ours.
pub fn to_standard_output(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error.
pub fn to_standard_error(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// One line for a stage that ended; a failed one shows the server's own words.
pub fn stage(record: &StageRecord) -> String {
    let outcome = match record.outcome {
        StageOutcome::Passed => "passed",
        StageOutcome::Warned => "warned",
        StageOutcome::Failed => "FAILED",
        StageOutcome::Skipped => "-",
        StageOutcome::Cancelled => "stopped",
    };
    let name = words::text(&format!("stage-{}", record.stage.identifier().replace('_', "-")), &[]);
    let head = format!("{outcome:<8}{name:<10}");
    if record.outcome == StageOutcome::Skipped {
        return format!("{head}         {}\n", record.summary);
    }
    let head = format!("{head}{:>6} ms  ", record.duration_ms);
    wrapped(&record.summary, &head, &" ".repeat(head.len()))
}

/// The outcome, the findings and what to do.
pub fn result(report: &Report, is_practice: bool) -> String {
    let mut text = String::from("\n");
    for finding in &report.findings {
        text.push_str(&self::finding(finding));
        text.push('\n');
    }
    text.push_str(&wrapped(&conclusion(report, is_practice), "", ""));
    text
}

fn conclusion(report: &Report, is_practice: bool) -> String {
    let id = match (report.outcome, report.depth) {
        (Outcome::Failed, _) => "outcome-failed",
        (Outcome::Cancelled, _) => "outcome-cancelled",
        (_, Depth::Token) => "outcome-passed-token",
        (_, Depth::Connection) => "outcome-passed-connection",
        (_, Depth::SignIn) => "outcome-passed-sign-in",
        (_, Depth::Message) if is_practice => "outcome-practice",
        (_, Depth::Message) => "outcome-passed-message",
    };
    words::text(id, &[("reference", report.reference.as_deref().unwrap_or_default())])
}

fn finding(finding: &Finding) -> String {
    let sure = match finding.confidence {
        Confidence::Certain => "",
        Confidence::Likely => "Likely: ",
        Confidence::Possible => "Possible: ",
    };
    let mut text = wrapped(&format!("{sure}{}", finding.title), "", "");
    text.push_str(&format!("  {}{}\n", part(finding.part), owner(finding)));
    text.push_str(&wrapped(&finding.explanation, "  ", "  "));
    for fix in &finding.fixes {
        text.push_str(&wrapped(&fix.text, "  > ", "    "));
        if let Some(command) = &fix.command {
            // A command is to be copied: it is never broken.
            text.push_str(&format!("      {command}\n"));
        }
        if let Some(url) = &fix.url {
            text.push_str(&format!("      {url}\n"));
        }
    }
    text
}

fn part(part: u8) -> String {
    if part == 0 { String::new() } else { format!("Part {part}, ") }
}

fn owner(finding: &Finding) -> String {
    let name = serde_json::to_value(finding.owner).ok();
    let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default();
    words::text(&format!("owner-{}", name.replace('_', "-")), &[])
}

fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    format!("{}\n", textwrap::fill(text, options))
}

//! A check in a terminal: stages, findings with their fixes, the conclusion.

use mail_setup_core::check::{Confidence, Finding, Outcome, Report, Severity, StageOutcome, StageRecord};
use mail_setup_core::report::conclusion;

use super::{BAD, COMMAND, GOOD, QUIET, STRONG, WARNING, styled, wrapped};

/// One line for a stage that ended; a failed one shows the server's own words.
pub fn stage(record: &StageRecord) -> String {
    let (style, outcome) = match record.outcome {
        StageOutcome::Passed => (GOOD, "passed"),
        StageOutcome::Warned => (WARNING, "warned"),
        StageOutcome::Failed => (BAD, "FAILED"),
        StageOutcome::Skipped => (QUIET, "-"),
        StageOutcome::Cancelled => (WARNING, "stopped"),
    };
    let name = record.stage.name();
    if record.outcome == StageOutcome::Skipped {
        return format!("{}{name:<10}         {}\n", styled(style, "-       "), record.summary);
    }
    let plain = format!("{outcome:<8}{name:<10}{:>6} ms  ", record.duration_ms);
    let head = format!("{}{}", styled(style, &plain[..8]), &plain[8..]);
    wrapped(&record.summary, &head, &" ".repeat(plain.len()))
}

/// The findings, what to do, and the conclusion.
pub fn result(report: &Report) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        text.push_str(&self::finding(finding));
        text.push('\n');
    }
    let style = match report.outcome {
        Outcome::Passed => GOOD,
        Outcome::Warned | Outcome::Cancelled => WARNING,
        Outcome::Failed => BAD,
    };
    text.push_str(&styled(style, wrapped(&conclusion(report), "", "").trim_end()));
    text.push('\n');
    if !report.findings.is_empty() {
        text.push_str(&styled(QUIET, "More about a finding: incorta-mail explain CODE"));
        text.push('\n');
    }
    text
}

/// A finding's title with how sure it is.
pub fn title(finding: &Finding) -> String {
    let sure = match finding.confidence {
        Confidence::Certain => "",
        Confidence::Likely => "Likely: ",
        Confidence::Possible => "Possible: ",
    };
    format!("{sure}{}", finding.title)
}

fn finding(finding: &Finding) -> String {
    let style = match (finding.severity, finding.confidence) {
        (Severity::Error, Confidence::Possible) | (Severity::Info, _) => STRONG,
        (Severity::Error, _) => BAD,
        (Severity::Warning, _) => WARNING,
    };
    let mut text = format!("{}\n", styled(style, wrapped(&title(finding), "", "").trim_end()));
    let part = if finding.part == 0 { String::new() } else { format!("Part {}, ", finding.part) };
    text.push_str(&format!("  {}\n", styled(QUIET, &format!("{part}{} ({})", finding.owner.name(), finding.code))));
    text.push_str(&wrapped(&finding.explanation, "  ", "  "));
    for fix in &finding.fixes {
        text.push_str(&wrapped(&fix.text, "  > ", "    "));
        // A command or an address is to be copied: it is never broken.
        for line in fix.command.iter().chain(&fix.url) {
            text.push_str(&format!("      {}\n", styled(COMMAND, line)));
        }
    }
    text
}

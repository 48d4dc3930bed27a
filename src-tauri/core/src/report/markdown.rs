//! A report as Markdown (CommonMark with tables), for tickets and mail. Whatever
//! a server or a user wrote stands as text: none of it can become markup.

use super::message::time_of;
use super::{conclusion, details};
use crate::check::{Confidence, Finding, Report, StageOutcome};
use crate::redact::printable;
use crate::settings::copy_rows;
use crate::smtp::Direction;
use crate::words;

/// The whole report.
pub fn markdown(report: &Report) -> String {
    let mut text = format!("# {}\n\n", words::text("report-title", &[("profile", &plain(&report.profile))]));
    text.push_str(&format!("> {}\n\n", plain(&conclusion(report))));
    text.push_str(&facts(report));
    if !report.findings.is_empty() {
        text.push_str(&format!("## {}\n\n", words::text("report-findings", &[])));
        report.findings.iter().for_each(|finding| text.push_str(&self::finding(finding)));
    }
    text.push_str(&stages(report));
    text.push_str(&seen(report));
    text.push_str(&settings(report));
    text.push_str(&conversation(report));
    let version = env!("CARGO_PKG_VERSION");
    text.push_str(&format!("{}\n", words::text("report-made-by", &[("version", version)])));
    text
}

fn facts(report: &Report) -> String {
    let depth = words::text(&format!("report-depth-{}", report.depth.identifier().replace('_', "-")), &[]);
    let duration = match report.duration_ms {
        0..1000 => format!("{} ms", report.duration_ms),
        // Seconds with one decimal, without floating point.
        long => format!("{}.{} s", long / 1000, long % 1000 / 100),
    };
    let started_at = plain(&time_of(report));
    let mut rows = vec![
        (words::text("report-checked-at", &[]), started_at),
        (words::text("report-duration", &[]), duration),
        (words::text("report-depth", &[]), depth),
    ];
    if let Some(id) = &report.message_id {
        rows.push((words::text("report-message-id", &[]), code(id)));
    }
    format!("{}\n", rows.iter().map(|(name, value)| format!("- {name}: {value}\n")).collect::<String>())
}

/// The title with how sure it is.
pub(super) fn title(finding: &Finding) -> String {
    match finding.confidence {
        Confidence::Certain => finding.title.clone(),
        Confidence::Likely => words::text("report-finding-likely", &[("title", &finding.title)]),
        Confidence::Possible => words::text("report-finding-possible", &[("title", &finding.title)]),
    }
}

fn finding(finding: &Finding) -> String {
    let mut text = format!("### {}\n\n", plain(&title(finding)));
    let owner = finding.owner.name();
    let who = match finding.part {
        0 => owner,
        part => words::text("report-part", &[("part", &part.to_string()), ("owner", &owner)]),
    };
    text.push_str(&format!("{who} · {} {}\n\n", words::text("report-code", &[]), code(&finding.code)));
    text.push_str(&format!("{}\n\n", plain(&finding.explanation)));
    for fix in &finding.fixes {
        text.push_str(&format!("- {}\n", plain(&fix.text)));
        if let Some(command) = &fix.command {
            text.push_str(&format!("\n{}\n", fenced("powershell", command, "  ")));
        }
        if let Some(url) = &fix.url {
            text.push_str(&format!("  {}\n", plain(url)));
        }
    }
    text.push('\n');
    text
}

fn stages(report: &Report) -> String {
    let head = ["report-stage", "report-outcome", "report-time", "report-seen"];
    let rows = report.stages.iter().map(|record| {
        let (outcome, ran) = match record.outcome {
            StageOutcome::Passed => ("report-passed", true),
            StageOutcome::Warned => ("report-warned", true),
            StageOutcome::Failed => ("report-failed", true),
            StageOutcome::Skipped => ("report-skipped", false),
            StageOutcome::Cancelled => ("report-stopped", true),
        };
        let time = if ran { format!("{} ms", record.duration_ms) } else { String::new() };
        let seen = if ran { plain(&record.summary) } else { String::new() };
        vec![record.stage.name(), words::text(outcome, &[]), time, seen]
    });
    section("report-stages", &head, rows)
}

fn seen(report: &Report) -> String {
    let rows = details(report).into_iter();
    let rows = rows.map(|detail| vec![detail.stage.name(), plain(&detail.label), plain(&detail.value)]);
    section("report-details", &["report-stage", "report-detail", "report-seen"], rows)
}

fn settings(report: &Report) -> String {
    let rows = copy_rows(&report.settings).into_iter().map(|row| {
        let value = row.value.map(|value| if value.is_empty() { String::new() } else { code(&value) });
        vec![plain(&row.label), value.unwrap_or_else(|| words::text("report-secret", &[]))]
    });
    section("report-settings", &["report-label", "report-value"], rows)
}

fn section(title: &str, head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = format!("## {}\n\n", words::text(title, &[]));
    text.push_str(&line(head.iter().map(|name| words::text(name, &[])).collect()));
    text.push_str(&line(vec!["---".to_owned(); head.len()]));
    rows.for_each(|row| text.push_str(&line(row)));
    text.push('\n');
    text
}

fn conversation(report: &Report) -> String {
    if report.transcript.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = report
        .transcript
        .iter()
        .map(|line| {
            let mark = if line.direction == Direction::Sent { '>' } else { '<' };
            format!("{:>6} ms {mark} {}", line.at_ms, line.line)
        })
        .collect();
    let host = plain(&report.settings.smtp_host);
    let title = words::text("report-conversation", &[("smtp-host", &host)]);
    format!("## {title}\n\n{}\n", fenced("text", &lines.join("\n"), ""))
}

/// Text on one line in which nothing is markup (CommonMark 2.4: any ASCII
/// punctuation may be escaped).
pub(crate) fn plain(text: &str) -> String {
    let line = printable(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut escaped = String::with_capacity(line.len());
    for (index, character) in line.char_indices() {
        let begins_item = match character {
            '-' | '+' | '=' | '~' => index == 0,
            '.' | ')' => index == number && index > 0 && line[index + 1..].starts_with(' '),
            _ => false,
        };
        if begins_item || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A code span; its fence is longer than any run of backticks in it, and a
/// table's cell ends at no bar in it.
fn code(text: &str) -> String {
    let line = printable(&text.split_whitespace().collect::<Vec<_>>().join(" ")).replace('|', "\\|");
    let fence = "`".repeat(longest_run(&line) + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

fn fenced(language: &str, text: &str, indent: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let lines: String = text.lines().map(|line| format!("{indent}{}\n", printable(line))).collect();
    format!("{indent}{fence}{language}\n{lines}{indent}{fence}\n")
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or_default()
}

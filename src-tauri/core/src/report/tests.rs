//! Reports as text: what people read, and that nothing in them becomes markup.

use super::*;
use crate::check::{
    Confidence, Depth, Finding, Fix, FixKind, Outcome, Owner, Report, SCHEMA, Severity, Stage, StageEvidence,
    StageOutcome, StageRecord,
};
use crate::net::ResolveEvidence;
use crate::settings::EmailSettings;
use crate::smtp::{Direction, TranscriptLine};

fn record(stage: Stage, outcome: StageOutcome, summary: &str, evidence: StageEvidence) -> StageRecord {
    StageRecord { stage, outcome, start_ms: 0, duration_ms: 12, summary: summary.to_owned(), evidence }
}

/// A report in which `words` stand wherever a server or a user can put theirs.
fn report(words: &str) -> Report {
    let resolved = ResolveEvidence { addresses: vec!["52.97.1.2".to_owned()], ..Default::default() };
    Report {
        schema: SCHEMA,
        outcome: Outcome::Failed,
        profile: words.to_owned(),
        started_at: "2026-11-23T20:32:30Z".to_owned(),
        duration_ms: 1234,
        depth: Depth::Message,
        settings: EmailSettings { smtp_host: words.to_owned(), ..EmailSettings::default() },
        stages: vec![
            record(Stage::Resolve, StageOutcome::Passed, "52.97.1.2", StageEvidence::Resolve(resolved)),
            record(Stage::Message, StageOutcome::Failed, words, StageEvidence::None),
        ],
        findings: vec![Finding {
            code: "full_access_missing".to_owned(),
            severity: Severity::Error,
            confidence: Confidence::Likely,
            part: 4,
            owner: Owner::ExchangeAdmin,
            title: "The application may not open the mailbox".to_owned(),
            explanation: words.to_owned(),
            fixes: vec![Fix {
                kind: FixKind::Powershell,
                text: "Grant FullAccess.".to_owned(),
                command: Some(format!("Add-MailboxPermission -Identity '{words}'")),
                url: None,
            }],
        }],
        transcript: vec![TranscriptLine { at_ms: 5, direction: Direction::Received, line: words.to_owned() }],
        message_id: Some(words.to_owned()),
        reference: Some("K7Q-M4H".to_owned()),
    }
}

#[test]
fn a_report_in_markdown() {
    insta::with_settings!({filters => vec![(env!("CARGO_PKG_VERSION"), "[version]")]}, {
        insta::assert_snapshot!(markdown(&report("reports_1@contoso.com")));
    });
}

#[test]
fn a_report_in_html() {
    let version = env!("CARGO_PKG_VERSION");
    insta::with_settings!({filters => vec![(version, "[version]"), (r"(?s)<style>.*</style>", "<style>…</style>")]}, {
        insta::assert_snapshot!(html(&report("reports_1@contoso.com")));
    });
}

/// The tags of a page, without their attributes.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).filter_map(|rest| rest.split(['>', ' ']).next()).collect()
}

#[test]
fn nothing_that_others_wrote_becomes_markup() {
    let quiet = html(&report("words"));
    for hostile in [
        "<script>alert(1)</script>",
        "</code></pre><img src=x onerror=alert(1)>",
        "[link](javascript:alert(1)) ![picture](https://evil.example/x.png)",
        "| cell | cell |",
        "``` ~~~ `` ` _a_ *b* # c",
        "\n\n# heading\n\n- item\n\n    code\n<div>",
        "&lt;b&gt; &#60;i&#62;",
        "1. one 2) two",
        "\\`\\|\\",
    ] {
        let page = html(&report(hostile));
        assert_eq!(tags(&page), tags(&quiet), "{hostile}\n{page}");
    }
}

#[test]
fn what_others_wrote_is_read_as_they_wrote_it() {
    let page = html(&report("535 5.7.3 a_b*c <x> [y] | `z` & \\n"));
    assert!(page.contains("535 5.7.3 a_b*c &lt;x&gt; [y] | `z` &amp; \\n"), "{page}");
}

#[test]
fn only_exchange_online_accepts_as_exchange_online() {
    let accepted = |host: &str, address: &str| {
        let mut report = report("words");
        report.outcome = Outcome::Passed;
        report.settings.smtp_host = host.to_owned();
        let evidence = ResolveEvidence { addresses: vec![address.to_owned()], ..Default::default() };
        report.stages[0].evidence = StageEvidence::Resolve(evidence);
        report
    };
    for (host, address, by, sentence) in [
        ("smtp.office365.com", "52.97.1.2", AcceptedBy::ExchangeOnline, "Accepted by Exchange Online."),
        ("smtp.office365.com", "127.0.0.1", AcceptedBy::PracticeTenant, "Accepted by the practice tenant"),
        ("mail.example", "192.0.2.7", AcceptedBy::OtherServer, "Accepted by mail.example, which is not"),
    ] {
        let report = accepted(host, address);
        assert_eq!(accepted_by(&report), Some(by));
        assert!(conclusion(&report).starts_with(sentence), "{host}");
    }
}

#[test]
fn nobody_accepted_a_message_that_was_refused_or_never_sent() {
    let refused = report("words");
    assert_eq!(accepted_by(&refused), None);
    let signed_in = Report { outcome: Outcome::Passed, depth: Depth::SignIn, ..refused };
    assert_eq!(accepted_by(&signed_in), None);
}

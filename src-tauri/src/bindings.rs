//! The window's types, written from the Rust ones into one committed file, and
//! held against it by a test. `npm run bindings` writes it anew.

use mail_setup_core::guide::handover;
use mail_setup_core::{check, cloud, diagnosis, entra, guide, incorta, profiles, report, secrets, settings, smtp};
use ts_rs::{Config, TS};

use crate::{error, requests};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/lib/bindings/index.ts");

const HEAD: &str = "// Written from the Rust types by `npm run bindings`; a test holds both against each other.\n";

macro_rules! declarations {
    ($config:expr; $($type:ty),* $(,)?) => {
        vec![$(<$type as TS>::decl($config)),*]
    };
}

fn bindings() -> String {
    let config = Config::new().with_large_int("number");
    let declarations = declarations![&config;
        settings::Field, settings::EmailSettings, settings::Group, settings::Control, settings::FieldDefinition,
        settings::IssueSeverity, settings::IssueCode, settings::Suggestion, settings::Issue, settings::CopyRow,
        settings::AccessPath, settings::paste::FieldChange, cloud::Cloud, entra::TenantDiscovery,
        profiles::EnterpriseApplication, profiles::Profile, secrets::SecretStatus,
        check::Stage, check::Depth, check::StageOutcome, check::Outcome, check::StageRecord, check::Owner,
        check::FixKind, check::Fix, check::Severity, check::Confidence, check::Finding,
        smtp::Direction, smtp::TranscriptLine, check::Report, check::CheckEvent,
        report::Detail, report::AcceptedBy, diagnosis::FailurePage,
        guide::StepState, guide::GuidePart, guide::GuideStep, guide::ScriptKind,
        handover::Refusal, handover::Damage, handover::Foreign, handover::Part, handover::Filled, handover::Accepted,
        requests::Start, requests::StartNotice, requests::Validation, requests::PasteOutcome,
        requests::SecretStored, requests::ProfileFact, requests::Guide, requests::RequestMade, requests::ReportOrder,
        incorta::SendReportIssue, incorta::SendReportOutcome, requests::CheckRequest, requests::WaitEvent,
        requests::CheckNews, requests::CheckEnded, requests::ReportFormat,
        requests::PracticeValues, requests::Practice,
        practice_tenant::Choice, practice_tenant::Switch, practice_tenant::Mail,
        error::CommandError,
    ];
    let exported = declarations.into_iter().map(|declaration| format!("\nexport {declaration}\n"));
    std::iter::once(HEAD.to_owned()).chain(exported).collect()
}

#[test]
fn the_committed_bindings_are_those_of_the_code() {
    let written = bindings();
    if std::env::var_os("WRITE_BINDINGS").is_some() {
        std::fs::write(FILE, &written).unwrap();
    }
    let committed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(committed == written, "ui/lib/bindings/index.ts is not up to date: run `npm run bindings`");
}

//! What a report shows beyond its findings: the way to both hosts, the certificates, what support asks for; and
//! what it shows once its addresses are masked.

use mail_setup_core::check::{Owner, Stage};
use mail_setup_core::report::{details, masked, message_for, read};
use mail_setup_tests::{LoginHost as FakeLoginHost, NodemailerSubmission};
use practice_tenant::TenantState;

use crate::bench::{plan_to, report, report_in};

/// The values of a stage's details with this label.
fn values(report: &mail_setup_core::check::Report, stage: Stage, label: &str) -> Vec<String> {
    let found = details(report).into_iter().filter(|detail| detail.stage == stage && detail.label.starts_with(label));
    found.map(|detail| detail.value).collect()
}

#[tokio::test]
async fn certificates_stand_with_issuer_names_and_dates() {
    let report = report_in(TenantState::named("certificate_wrong_name").unwrap()).await;
    let [shown, ..] = &values(&report, Stage::Starttls, "Certificate")[..] else { panic!("{report:#?}") };
    assert!(shown.contains("issued by O=Practice tenant, CN=Practice tenant authority, valid 20"), "{shown}");
    assert_eq!(values(&report, Stage::Starttls, "For")[0], "mail.contoso.com");
    // The login host's chain is there although it was accepted.
    assert!(values(&report, Stage::Token, "Certificate")[0].contains("login.microsoftonline.com"));
    assert_eq!(values(&report, Stage::Token, "HTTP status"), ["200"]);
}

#[tokio::test]
async fn a_refused_token_stands_with_what_support_asks_for() {
    let report = report_in(TenantState::named("conditional_access_blocked").unwrap()).await;
    assert_eq!(values(&report, Stage::Token, "Codes"), ["AADSTS53003"]);
    for label in ["Trace ID", "Correlation ID", "Microsoft’s time"] {
        assert!(!values(&report, Stage::Token, label)[0].is_empty(), "{label}");
    }
    assert_eq!(values(&report, Stage::Starttls, "TLS"), ["TLS 1.3"]);
}

#[tokio::test]
async fn every_address_tried_is_told() {
    let server = NodemailerSubmission::start().await.unwrap();
    let login_host = FakeLoginHost::granting(server.token()).await.unwrap();
    let plan = plan_to(server.address().port(), &server.authority_pem(), &login_host.url());
    let report = report(plan, "a-secret").await;
    let tried = values(&report, Stage::Connect, "Tried ");
    let addresses = values(&report, Stage::Resolve, "Addresses").join("");
    assert!(addresses.contains("127.0.0.1"), "{addresses}");
    assert!(tried.last().unwrap().starts_with("connected after "), "{tried:?}");
    // Where the name has both families, the one that does not answer is told, too.
    if addresses.starts_with("::1") {
        assert!(tried[0].starts_with("The connection was refused."), "{tried:?}");
    }
}

#[tokio::test]
async fn a_masked_report_holds_no_address_and_still_opens() {
    let report = report_in(TenantState::named("send_as_missing").unwrap()).await;
    let masked = masked(&report).unwrap();
    let json = serde_json::to_string(&masked).unwrap();
    assert!(!json.to_lowercase().contains("contoso"), "{json}");
    assert!(json.contains("address-1@masked.example"), "{json}");
    // What support asks for stays.
    assert!(json.contains("PROD.OUTLOOK.COM") && json.contains(&report.started_at), "{json}");
    assert_eq!(masked.findings.len(), report.findings.len());
    assert_eq!(read(&json).unwrap(), masked);
    let message = message_for(&masked, Owner::ExchangeAdmin).unwrap();
    assert!(message.contains("-Identity 'address-1@masked.example'"), "{message}");
}

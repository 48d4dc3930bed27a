//! Each AADSTS number and each SMTP reply that Microsoft documents, and what it means; then what is typed into the
//! form or kept in the profile and brings a finding about, whatever the tenant is like.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use mail_setup_core::check::{Depth, Outcome, Plan, Report, Stage, StageEvidence};
use mail_setup_core::clock::{Clock, SystemClock};
use mail_setup_core::entra::LoginHost;
use mail_setup_core::net::{Network, Trust};
use mail_setup_core::settings::AccessPath;
use mail_setup_tests::{Answer, LoginHost as FakeLoginHost, Step};
use practice_tenant::{PracticeTenant, TenantState};
use serde_json::json;

use crate::bench::{codes, network, plan, record, report, settings};
use crate::scripts::{Bench, then, to_replies, to_sign_in};

/// AADSTS numbers and the finding that comes first.
const TOKEN_ERRORS: &[(&[u64], &str)] = &[
    (&[7000215], "client_secret_wrong"),
    (&[7000222], "client_secret_expired"),
    (&[7000216, 7000218], "client_secret_missing"),
    (&[700016], "application_not_found"),
    (&[7000229], "application_without_service_principal"),
    (&[7000112], "application_disabled"),
    (&[90002], "tenant_not_found"),
    (&[900023], "tenant_id_malformed"),
    (&[50059, 50128], "tenant_missing"),
    (&[9001023, 50194], "tenant_not_specific"),
    (&[90038, 900382, 900432], "wrong_cloud"),
    (&[1002012], "scope_not_default"),
    (&[70011, 28002, 28003, 700022, 700023], "scope_malformed"),
    (&[500011, 50001], "exchange_resource_not_found"),
    (&[500014], "exchange_resource_disabled"),
    (&[501051, 50105], "application_not_assigned"),
    (&[53003, 530032, 530035, 53000, 53001, 53002, 53011], "conditional_access_blocked"),
    (&[50034, 50053, 50126, 50076, 50079], "wrong_grant_type"),
    (&[90014, 900144, 9002313, 90013, 900561, 901002, 70003, 700025, 700027], "token_request_malformed"),
    (&[50196], "login_throttled"),
    (&[90033, 90006, 90012, 90024, 50033, 90090, 90055], "login_unavailable"),
    (&[65001, 7000299], "token_error_unknown"),
];

/// The report of a token request that is refused in these words.
async fn refused(answer: serde_json::Value) -> Report {
    let login_host = FakeLoginHost::answering([Answer::json(400.try_into().unwrap(), &answer)]).await.unwrap();
    let state = TenantState::healthy();
    let mut plan = plan(settings(&state), Network::open(Trust::operating_system(&[]).unwrap()));
    plan.depth = Depth::Token;
    plan.login_host = Some(LoginHost::parse(&login_host.url()).unwrap());
    report(plan, "a-secret-for-errors").await
}

#[tokio::test]
async fn every_documented_token_error_is_named() {
    for (numbers, code) in TOKEN_ERRORS {
        for number in *numbers {
            let text = format!("AADSTS{number}: Words.\r\nTrace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: 3");
            // With the list of numbers, and from the text alone.
            for answer in [
                json!({"error": "invalid_client", "error_description": text, "error_codes": [number]}),
                json!({"error": "invalid_client", "error_description": text}),
            ] {
                assert_eq!(codes(&refused(answer).await), [*code], "{number}");
            }
        }
    }
}

/// Where a reply comes, the reply, and the finding that comes first.
const REPLIES: &[(Stage, &str, &str)] = &[
    (
        Stage::SignIn,
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled",
        "smtp_auth_disabled_tenant",
    ),
    (
        Stage::SignIn,
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
        "smtp_auth_disabled_mailbox",
    ),
    (
        Stage::SignIn,
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.",
        "security_defaults_block",
    ),
    (
        Stage::SignIn,
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.",
        "basic_auth_refused",
    ),
    (Stage::SignIn, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "basic_auth_refused"),
    (Stage::SignIn, "550 5.7.30 Basic authentication is not supported for Client Submission.", "basic_auth_refused"),
    (
        Stage::SignIn,
        "535 5.7.3 Authentication unsuccessful [X.PROD.OUTLOOK.COM 2026-11-23T20:32:30.000Z 08DE2A]",
        "service_principal_not_registered",
    ),
    (Stage::SignIn, "504 5.7.4 Unrecognized authentication type", "auth_mechanism_unrecognized"),
    (Stage::SignIn, "501 5.5.124 Malformed", "xoauth2_malformed"),
    (Stage::SignIn, "451 4.7.0 Temporary server error", "sign_in_temporarily_refused"),
    (Stage::SignIn, "454 4.7.0 Temporary authentication failure", "sign_in_temporarily_refused"),
    (Stage::SignIn, "421 4.7.66 TLS 1.0 and 1.1 are not supported", "tls_too_old"),
    (Stage::SignIn, "535 5.7.8 Bad credentials", "sign_in_refused"),
    (Stage::Sender, "530 5.7.57 Client not authenticated to send mail", "not_authenticated"),
    (Stage::Sender, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send_as_denied"),
    (Stage::Sender, "550 5.1.8 Access denied, bad outbound sender", "sender_blocked"),
    (Stage::Sender, "552 5.3.4 Message size exceeds fixed maximum message size", "message_too_large"),
    (Stage::Recipient, "452 4.5.3 Too many recipients", "too_many_recipients"),
    (Stage::Recipient, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "recipient_rejected"),
    (Stage::Recipient, "550 5.7.233 Your tenant exceeded its daily limit", "tenant_limit_reached"),
    (Stage::Recipient, "550 5.7.705 Access denied, tenant has exceeded threshold", "tenant_limit_reached"),
    (Stage::Recipient, "550 5.7.708 Access denied, traffic not accepted from this IP", "sender_blocked"),
    (Stage::Recipient, "450 4.7.3 Try again", "smtp_temporary_failure"),
    (Stage::Message, "430 4.2.0 STOREDRV; mailbox logon failure; MapiExceptionLogonFailed", "full_access_missing"),
    (
        Stage::Message,
        "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied",
        "send_as_denied",
    ),
    (Stage::Message, "554 5.2.252 SendAsDenied; a@contoso.com not allowed to send as b@contoso.com", "send_as_denied"),
    (Stage::Message, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "too_many_connections"),
    (
        Stage::Message,
        "550 5.1.90 Your message can't be sent because you've reached your daily limit",
        "mailbox_limit_reached",
    ),
    (
        Stage::Message,
        "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException",
        "mailbox_limit_reached",
    ),
    (Stage::Message, "550 5.7.232 Your tenant's trial limit is reached", "tenant_limit_reached"),
    (Stage::Message, "550 5.7.501 Access denied, spam abuse detected", "sender_blocked"),
    (Stage::Message, "550 5.7.502 Access denied", "sender_blocked"),
    (Stage::Message, "550 5.7.503 Access denied", "sender_blocked"),
    (Stage::Message, "550 5.7.511 Access denied, banned sender", "sender_blocked"),
    (Stage::Message, "550 5.7.750 Client blocked from sending from unregistered domains", "sender_blocked"),
    (Stage::Message, "554 5.2.2 mailbox full", "mailbox_full"),
    (Stage::Message, "552 5.2.2 mailbox full", "mailbox_full"),
    (Stage::Message, "550 5.2.270 Too large", "message_too_large"),
    (Stage::Message, "554 5.2.0 STOREDRV; MaxSubmissionExceeded", "message_too_large"),
    (Stage::Message, "451 4.3.0 Try later", "smtp_temporary_failure"),
    (Stage::Message, "554 5.6.0 Corrupt message content", "smtp_error_unknown"),
];

fn script(stage: Stage, reply: &str) -> Vec<Step> {
    let lines = |text: &[&str]| text.iter().map(|line| Step::line(line)).collect::<Vec<_>>();
    match stage {
        Stage::SignIn => then(to_sign_in(), [Step::expect("AUTH XOAUTH2 "), Step::line(reply)]),
        Stage::Sender => then(to_replies(), lines(&[reply, "503 5.5.1 no", "503 5.5.1 no"])),
        Stage::Recipient => then(to_replies(), lines(&["250 2.1.0 ok", reply, "503 5.5.1 no"])),
        _ => {
            let mut steps = then(to_replies(), lines(&["250 2.1.0 ok", "250 2.1.5 ok", "354 go"]));
            steps.extend([Step::ExpectThrough(".".to_owned()), Step::line(reply)]);
            steps
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_reply_is_named() {
    let bench = Bench::new();
    for (stage, reply, code) in REPLIES {
        let (report, _) = bench.report(script(*stage, reply)).await;
        assert_eq!(codes(&report).first(), Some(code), "{reply}");
        assert!(record(&report, *stage).summary.starts_with(&reply[..9]), "{reply}");
    }
}

#[tokio::test]
async fn a_challenge_before_the_refusal_is_decoded_and_the_refusal_judged() {
    let bench = Bench::new();
    let challenge = "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=";
    let steps = [Step::expect("AUTH XOAUTH2 "), Step::line(challenge), Step::expect(""), Step::line("535 5.7.8 no")];
    let (report, _) = bench.report(then(to_sign_in(), steps)).await;
    let StageEvidence::Smtp(evidence) = &record(&report, Stage::SignIn).evidence else { panic!("{report:#?}") };
    assert_eq!(evidence.challenge.as_deref(), Some(r#"{"status":"401","schemes":"bearer"}"#));
    assert_eq!(codes(&report), ["sign_in_refused"]);
    let told = &report.findings[0].explanation;
    assert!(told.contains("535 5.7.8 no") && told.contains(r#"{"status":"401","schemes":"bearer"}"#), "{told}");
}

/// The report of a healthy tenant, asked with another plan or secret than its own.
async fn with(change: impl FnOnce(&mut Plan), secret: Option<&str>) -> Report {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let mut plan = plan(settings(&tenant.state()), network(&tenant));
    change(&mut plan);
    report(plan, secret.unwrap_or(&tenant.client_secret())).await
}

#[tokio::test]
async fn what_is_typed_is_named() {
    let guid = "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c5";
    assert_eq!(codes(&with(|_| {}, Some(guid)).await), ["client_secret_is_secret_id"]);

    let endpoint = |tenant: &str| format!("{tenant}/oauth2/v2.0/token");
    let typed = [
        ("common", "tenant_not_specific"),
        ("organizations", "tenant_not_specific"),
        ("nobody.example", "tenant_not_found"),
    ];
    for (tenant, code) in typed {
        let report = with(|plan| plan.settings.smtp_oauth_token_endpoint = endpoint(tenant), None).await;
        assert_eq!(codes(&report), [code], "{tenant}");
    }
    let scopes = [
        ("https://outlook.office365.com/SMTP.SendAsApp", "scope_not_default"),
        ("outlook/.default", "scope_malformed"),
        ("https://mail.contoso.com/.default", "exchange_resource_not_found"),
        ("https://graph.microsoft.com/.default", "token_wrong_audience"),
    ];
    for (scope, code) in scopes {
        let report = with(|plan| plan.settings.smtp_oauth_scope = scope.to_owned(), None).await;
        assert_eq!(codes(&report).first(), Some(&code), "{scope}");
    }
    let same = |plan: &mut Plan| {
        let tenant = plan.settings.smtp_oauth_token_endpoint.split('/').next().unwrap().to_owned();
        plan.settings.smtp_oauth_client_id = tenant;
    };
    assert_eq!(codes(&with(same, None).await), ["tenant_pasted_as_client_id"]);
}

#[tokio::test]
async fn a_permission_beside_rbac_is_worth_a_note() {
    let report = with(|plan| plan.access_path = AccessPath::Rbac, None).await;
    assert_eq!(report.outcome, Outcome::Passed);
    assert_eq!(report.findings[0].code, "permission_not_needed");
}

#[tokio::test]
async fn the_secrets_end_is_seen_coming() {
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date();
    let cases = [
        (31, None, ""),
        (30, Some("client_secret_ends_soon"), "in 30 days"),
        (1, Some("client_secret_ends_soon"), "tomorrow"),
        (0, Some("client_secret_ends_soon"), "today"),
        (-1, Some("client_secret_past_end_date"), ""),
    ];
    for (days, code, words) in cases {
        let last_day = today.checked_add(days.days()).unwrap();
        let report = with(|plan| plan.secret_expires_on = Some(last_day), None).await;
        assert_eq!(codes(&report).first().copied(), code, "{days}");
        // It is a warning: mail still goes out.
        assert_eq!(report.outcome, if code.is_some() { Outcome::Warned } else { Outcome::Passed }, "{days}");
        if let Some(finding) = report.findings.first() {
            assert!(finding.explanation.contains(words), "{}", finding.explanation);
            assert!(finding.explanation.contains(&last_day.to_string()), "{}", finding.explanation);
        }
    }
}

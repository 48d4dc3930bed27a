//! The rules of the form, by example.

use uuid::Uuid;

use super::paste::{clean_secret, interpret};
use super::*;
use secrecy::ExposeSecret;

const CLIENT: &str = "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346";
const TENANT: &str = "8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4";

fn complete() -> EmailSettings {
    EmailSettings {
        system_email_address: "reports@contoso.com".to_owned(),
        smtp_oauth_client_id: CLIENT.to_owned(),
        smtp_oauth_token_endpoint: format!("{TENANT}/oauth2/v2.0/token"),
        ..EmailSettings::default()
    }
}

fn with(change: impl FnOnce(&mut EmailSettings)) -> Parsed {
    let mut settings = complete();
    change(&mut settings);
    parse(&settings, &Context::default())
}

/// The single issue of a form with one thing changed.
fn issue(change: impl FnOnce(&mut EmailSettings)) -> (Field, IssueCode, Option<String>) {
    let parsed = with(change);
    let [issue] = parsed.issues.as_slice() else { panic!("not one issue: {:#?}", parsed.issues) };
    assert_eq!(parsed.settings.is_none(), issue.severity == IssueSeverity::Error);
    (issue.field, issue.code, issue.suggestion.clone().map(|suggestion| suggestion.value))
}

#[test]
fn the_guides_values_raise_no_issue() {
    let parsed = parse(&complete(), &Context::default());
    assert_eq!(parsed.issues, []);
    let settings = parsed.settings.unwrap();
    assert_eq!(settings.tenant, Tenant::Id(TENANT.parse().unwrap()));
    assert_eq!((settings.smtp_host.as_str(), settings.smtp_port), ("smtp.office365.com", 587));
}

#[test]
fn an_empty_form_says_what_to_type_in_each_required_field() {
    let issues = parse(&EmailSettings::default(), &Context::default()).issues;
    let fields: Vec<Field> = issues.iter().map(|issue| issue.field).collect();
    assert_eq!(fields, [Field::SystemEmailAddress, Field::SmtpOauthClientId, Field::SmtpOauthTokenEndpoint]);
    assert!(issues.iter().all(|issue| issue.code == IssueCode::Required));
    assert!(issues[0].text.contains("reports@contoso.com"), "{}", issues[0].text);
}

#[test]
fn each_slip_is_named_at_its_field_with_the_way_out() {
    use Field::*;
    use IssueCode::*;
    let endpoint = format!("{TENANT}/oauth2/v2.0/token");
    let some = |text: &str| Some(text.to_owned());
    let scope = "https://outlook.office365.com/.default";

    assert_eq!(issue(|s| s.protocol = "IMAP".into()), (Protocol, ProtocolNotSmtp, some("SMTP")));
    assert_eq!(
        issue(|s| s.smtp_host = "https://smtp.office365.com:587/".into()),
        (SmtpHost, HostMalformed, some("smtp.office365.com"))
    );
    assert_eq!(issue(|s| s.smtp_host = "smtp.gmail.com".into()), (SmtpHost, HostOther, some("smtp.office365.com")));
    assert_eq!(issue(|s| s.smtp_port = "465".into()), (SmtpPort, PortOther, some("587")));
    for port in ["0", "65536", "+587", "58 7", "five"] {
        assert_eq!(issue(|s| s.smtp_port = port.into()), (SmtpPort, PortMalformed, some("587")), "{port}");
    }
    for address in
        ["reports", "reports@contoso", "@contoso.com", "a b@contoso.com", "\"a\"@contoso.com", "reports@-contoso.com"]
    {
        assert_eq!(
            issue(|s| s.system_email_address = address.into()),
            (SystemEmailAddress, AddressMalformed, None),
            "{address}"
        );
    }
    assert_eq!(issue(|s| s.system_email_address = "a@contoso.com, b@contoso.com".into()).1, AddressSeveral);
    assert_eq!(
        issue(|s| s.email_host_requires_authentication = false),
        (EmailHostRequiresAuthentication, AuthenticationDisabled, some("true"))
    );
    assert_eq!(issue(|s| s.senders_username_auth = true), (SendersUsernameAuth, SendersUsernameEnabled, some("false")));
    assert_eq!(issue(|s| s.smtp_oauth_client_id = "Incorta SMTP".into()), (SmtpOauthClientId, ClientIdMalformed, None));
    assert_eq!(issue(|s| s.smtp_oauth_client_id = TENANT.into()), (SmtpOauthClientId, ClientIdIsTenantId, None));
    assert_eq!(
        issue(|s| s.smtp_oauth_scope = "https://graph.microsoft.com/.default".into()),
        (SmtpOauthScope, ScopeGraph, some(scope))
    );
    assert_eq!(
        issue(|s| s.smtp_oauth_scope = "https://outlook.office365.com/SMTP.Send".into()),
        (SmtpOauthScope, ScopeNotDefault, some(scope))
    );
    assert_eq!(
        issue(|s| s.smtp_oauth_scope = "https://outlook.office365.us/.default".into()),
        (SmtpOauthScope, ScopeOtherCloud, some(scope))
    );
    assert_eq!(
        issue(|s| s.smtp_oauth_scope = "openid offline_access".into()),
        (SmtpOauthScope, ScopeMalformed, some(scope))
    );

    let at = |text: String| issue(move |s| s.smtp_oauth_token_endpoint = text);
    let full = format!("https://login.microsoftonline.com/{endpoint}");
    assert_eq!(at(full), (SmtpOauthTokenEndpoint, EndpointNotRelative, Some(endpoint.clone())));
    assert_eq!(at(format!("/{endpoint}")), (SmtpOauthTokenEndpoint, EndpointNotRelative, Some(endpoint.clone())));
    assert_eq!(at(TENANT.into()), (SmtpOauthTokenEndpoint, EndpointOnlyTenant, Some(endpoint.clone())));
    assert_eq!(at(format!("{TENANT}/oauth2/token")), (SmtpOauthTokenEndpoint, EndpointV1, Some(endpoint.clone())));
    assert_eq!(
        at(format!("{TENANT}/oauth2/v2.0/authorize")),
        (SmtpOauthTokenEndpoint, EndpointMalformed, Some(endpoint))
    );
    assert_eq!(at("common/oauth2/v2.0/token".into()).1, EndpointNotSpecific);
    assert_eq!(at(format!("https://login.example.com/{TENANT}/oauth2/v2.0/token")).1, EndpointForeignHost);
    assert_eq!(at(format!("https://login.microsoftonline.us/{TENANT}/oauth2/v2.0/token")).1, EndpointOtherCloud);
}

#[test]
fn no_field_lets_a_line_break_through() {
    let changes: [fn(&mut EmailSettings); 6] = [
        |s| s.smtp_host = "smtp.office365.com\r\nx".into(),
        |s| s.smtp_port = "587\n".to_owned() + "1",
        |s| s.system_email_address = "a@contoso.com>\r\nBcc: b@contoso.com".into(),
        |s| s.smtp_oauth_client_id = CLIENT.to_owned() + "\r\n&x=y",
        |s| s.smtp_oauth_token_endpoint = TENANT.to_owned() + "/oauth2/v2.0/token\r\nHost: x",
        |s| s.smtp_oauth_scope = "https://outlook.office365.com/.default\0".into(),
    ];
    for change in changes {
        assert_eq!(issue(change).1, IssueCode::ControlCharacters);
    }
}

#[test]
fn another_tenant_than_the_senders_is_a_warning() {
    let context = Context { discovered_tenant: Some(("contoso.com".to_owned(), Uuid::from_u128(1))) };
    let codes: Vec<IssueCode> = parse(&complete(), &context).issues.iter().map(|issue| issue.code).collect();
    assert_eq!(codes, [IssueCode::AddressOtherTenant]);
}

#[test]
fn hidden_fields_raise_their_errors_at_the_toggle() {
    let (field, code, suggestion) = issue(|s| {
        s.smtp_oauth_enabled = false;
        s.smtp_oauth_client_id = String::new();
    });
    assert_eq!(
        (field, code, suggestion.as_deref()),
        (Field::SmtpOauthEnabled, IssueCode::OauthFieldsMissing, Some("true"))
    );
    let warned = with(|s| s.smtp_oauth_enabled = false);
    assert!(warned.settings.is_some(), "{:#?}", warned.issues);
    assert!(!shown(&EmailSettings { smtp_oauth_enabled: false, ..complete() }).contains(&Field::SmtpOauthScope));
}

#[test]
fn values_go_back_trimmed_in_incortas_order_without_the_secret() {
    let mut settings = complete();
    settings.system_email_address = " reports@contoso.com ".to_owned();
    settings.smtp_oauth_token_endpoint = format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token");
    let rows = copy_rows(&settings);
    assert_eq!(rows.iter().map(|row| row.field).collect::<Vec<_>>(), Field::ALL);
    let value = |field: Field| rows.iter().find(|row| row.field == field).unwrap().value.clone();
    assert_eq!(value(Field::SystemEmailAddress).as_deref(), Some("reports@contoso.com"));
    assert_eq!(value(Field::SmtpOauthTokenEndpoint), Some(format!("{TENANT}/oauth2/v2.0/token")));
    assert_eq!(value(Field::SmtpOauthClientSecret), None);
    assert_eq!(value(Field::SmtpOauthEnabled).as_deref(), Some("Enabled"));
    assert_eq!(copy_text(&settings).lines().count(), 10);
}

#[test]
fn the_json_form_keeps_the_port_as_typed() {
    let json = serde_json::to_value(complete()).unwrap();
    assert_eq!(json["smtp_port"], 587);
    let mut draft = complete();
    draft.smtp_port = "0587".to_owned();
    let json = serde_json::to_value(&draft).unwrap();
    assert_eq!(json["smtp_port"], "0587");
    assert_eq!(serde_json::from_value::<EmailSettings>(json).unwrap(), draft);
}

/// Field and new text of each change.
fn pasted(field: Field, text: &str) -> Vec<(Field, String)> {
    interpret(field, text).changes.into_iter().map(|change| (change.field, change.value)).collect()
}

#[test]
fn a_pasted_endpoint_is_shortened() {
    let field = Field::SmtpOauthTokenEndpoint;
    let endpoint = format!("{TENANT}/oauth2/v2.0/token");
    for text in [
        format!("https://login.microsoftonline.com/{endpoint}"),
        format!("  \u{200b}https://login.microsoftonline.com/{endpoint}\r\n"),
        format!("\"/{endpoint}\""),
        format!("login.microsoftonline.com/{endpoint}"),
        format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize"),
        TENANT.to_owned(),
    ] {
        assert_eq!(pasted(field, &text), [(field, endpoint.clone())], "{text}");
    }
    assert_eq!(pasted(field, &endpoint), []);
}

#[test]
fn a_pasted_overview_page_fills_the_fields_it_fits() {
    let page = format!(
        "Display name\nIncorta SMTP\nApplication (client) ID\n{CLIENT}\nObject ID\n{}\nDirectory (tenant) ID\n{TENANT}\n",
        Uuid::from_u128(7)
    );
    let expected = [
        (Field::SmtpOauthClientId, CLIENT.to_owned()),
        (Field::SmtpOauthTokenEndpoint, format!("{TENANT}/oauth2/v2.0/token")),
    ];
    assert_eq!(pasted(Field::SmtpOauthClientId, &page), expected);
    assert_eq!(pasted(Field::SmtpOauthClientId, &format!("Application (client) ID : {CLIENT}")), expected[..1]);
}

#[test]
fn a_pasted_json_block_gives_its_secret_separately() {
    let block =
        format!(r#"{{"clientId": "{CLIENT}", "tenantId": "{TENANT}", "clientSecret": "a~secret-of-some-length"}}"#);
    let read = interpret(Field::SmtpOauthClientId, &block);
    assert_eq!(read.changes.len(), 2);
    assert!(!format!("{:?}", read).contains("a~secret-of-some-length"));
    assert_eq!(read.secret.unwrap().expose_secret(), "a~secret-of-some-length");
}

#[test]
fn a_pasted_settings_file_fills_the_form() {
    let mut settings = complete();
    settings.smtp_host = "smtp.example.com".to_owned();
    let changes = pasted(Field::SmtpHost, &serde_json::to_string_pretty(&settings).unwrap());
    let fields: Vec<Field> = changes.iter().map(|(field, _)| *field).collect();
    for field in [
        Field::SmtpHost,
        Field::SmtpPort,
        Field::SystemEmailAddress,
        Field::SmtpOauthClientId,
        Field::SmtpOauthTokenEndpoint,
        Field::SmtpOauthScope,
    ] {
        assert!(fields.contains(&field), "{field:?} in {changes:?}");
    }
}

#[test]
fn prose_masks_and_other_lines_are_no_secret() {
    for text in [
        format!("Client secret:\nClient ID: {CLIENT}"),
        "Client secret: will follow by phone tomorrow".to_owned(),
        "Client secret: ********************".to_owned(),
    ] {
        assert!(interpret(Field::SmtpHost, &text).secret.is_none(), "{text}");
    }
    let row = interpret(Field::SmtpHost, "Secret value\ta~b/c+d=0123456789\tSecret ID\tx");
    assert_eq!(row.secret.unwrap().expose_secret(), "a~b/c+d=0123456789");
    assert_eq!(
        pasted(Field::SmtpHost, "Sender: Reports <reports@contoso.com>"),
        [(Field::SystemEmailAddress, "reports@contoso.com".to_owned())]
    );
}

#[test]
fn an_endpoint_is_rebuilt_from_what_was_read() {
    let upper = format!("{{{}}}/oauth2/v2.0/token", TENANT.to_uppercase());
    let parsed = with(|s| s.smtp_oauth_token_endpoint = upper);
    assert_eq!(parsed.settings.unwrap().token_endpoint, format!("{TENANT}/oauth2/v2.0/token"));
    assert_eq!(issue(|s| s.smtp_host = "587".into()).1, IssueCode::HostMalformed);
    let address = format!("HTTPS://login.microsoftonline.com:443/{TENANT}/oauth2/v2.0/token?x=1");
    assert_eq!(
        pasted(Field::SmtpOauthTokenEndpoint, &address),
        [(Field::SmtpOauthTokenEndpoint, format!("{TENANT}/oauth2/v2.0/token"))]
    );
}

#[test]
fn what_is_pasted_into_the_secrets_box_is_a_secret_and_no_change() {
    let read = interpret(Field::SmtpOauthClientSecret, " a~b/c+d=0123456789 ");
    assert!(read.changes.is_empty());
    assert_eq!(read.secret.unwrap().expose_secret(), "a~b/c+d=0123456789");
}

#[test]
fn a_pasted_secret_loses_its_wrapping_only() {
    for text in [
        "a~b/c+d=0123456789",
        " a~b/c+d=0123456789\n",
        "\"a~b/c+d=0123456789\"",
        "client_secret: a~b/c+d=0123456789",
        "  \"clientSecret\": \"a~b/c+d=0123456789\",",
    ] {
        assert_eq!(clean_secret(text).expose_secret(), "a~b/c+d=0123456789", "{text}");
    }
}

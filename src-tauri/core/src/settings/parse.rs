//! The rules of the Email screen: raw text in, typed settings and issues out.
//! Pure; it runs on every change of the form. It never looks at the network:
//! what discovery found is handed in.

use lettre::Address;
use uuid::Uuid;

use super::field::Field;
use super::issue::{Issue, IssueCode, IssueSeverity};
use super::{EmailSettings, Settings, TOKEN_PATH_V1, TOKEN_PATH_V2, Tenant};
use crate::cloud::{Cloud, INCORTA_LOGIN_HOST};
use crate::redact::is_bidirectional_control;

/// What is known beyond the form.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The sender's domain and the tenant that discovery found for it.
    pub discovered_tenant: Option<(String, Uuid)>,
}

/// The result of parsing.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Present when no issue is an error.
    pub settings: Option<Settings>,
    /// Everything to say, in the order of the fields.
    pub issues: Vec<Issue>,
}

/// Parses and judges the whole screen.
pub fn parse(raw: &EmailSettings, context: &Context) -> Parsed {
    let mut issues = Vec::new();
    let settings = typed(raw, context, &mut issues);
    toggles(raw, &mut issues);
    if !raw.smtp_oauth_enabled {
        gather_hidden_errors(&mut issues);
    }
    issues.sort_by_key(|issue| (issue.field, issue.severity));
    let stopped = issues.iter().any(|issue| issue.severity == IssueSeverity::Error);
    Parsed { settings: settings.filter(|_| !stopped), issues }
}

/// The domain of the sender mailbox, when the address is one.
pub fn sender_domain(raw: &EmailSettings) -> Option<String> {
    mailbox(raw, &mut Vec::new()).map(|address| address.domain().to_lowercase())
}

/// What is wrong with the sender mailbox alone.
pub fn sender_issues(raw: &EmailSettings) -> Vec<Issue> {
    let mut issues = Vec::new();
    mailbox(raw, &mut issues);
    issues
}

/// What the form of a client secret says.
pub fn secret_issues(secret: &str) -> Vec<Issue> {
    let looks_like_id = looks_like_secret_id(secret);
    let issue = || Issue::new(Field::SmtpOauthClientSecret, IssueCode::SecretIsSecretId, &[]);
    looks_like_id.then(issue).into_iter().collect()
}

/// Whether a client secret has the shape of a GUID: then it is the secret's ID,
/// not its Value (Entra › Certificates & secrets shows both).
pub fn looks_like_secret_id(secret: &str) -> bool {
    Uuid::try_parse(secret.trim()).is_ok()
}

fn typed(raw: &EmailSettings, context: &Context, issues: &mut Vec<Issue>) -> Option<Settings> {
    // Each field is read even when another failed, so that every issue is shown at once.
    protocol(raw, issues);
    let smtp_host = host(raw, issues);
    let smtp_port = port(raw, issues);
    let mailbox = mailbox(raw, issues);
    let client_id = client_id(raw, issues);
    let endpoint = endpoint(raw, issues);
    let scope = scope(raw, issues);

    let tenant = endpoint.as_ref().map(|endpoint| endpoint.tenant.clone());
    if let (Some(client_id), Some(Tenant::Id(tenant_id))) = (client_id, &tenant)
        && client_id == *tenant_id
    {
        issues.push(Issue::new(Field::SmtpOauthClientId, IssueCode::ClientIdIsTenantId, &[]));
    }
    if let (Some(mailbox), Some(tenant)) = (&mailbox, &tenant) {
        sender_in_tenant(mailbox, tenant, context, issues);
    }
    Some(Settings {
        smtp_host: smtp_host?,
        smtp_port: smtp_port?,
        mailbox: mailbox?,
        client_id: client_id?,
        tenant: tenant?,
        login_cloud: endpoint.as_ref()?.cloud,
        token_endpoint: endpoint?.relative,
        scope: scope?,
    })
}

/// The trimmed text, or an issue when it is empty or could break a protocol line.
fn text<'a>(field: Field, raw: &'a str, issues: &mut Vec<Issue>) -> Option<&'a str> {
    let trimmed = raw.trim_matches(|character: char| character.is_whitespace() || is_invisible(character));
    if trimmed.is_empty() {
        issues.push(Issue::new(field, IssueCode::Required, &[]));
        return None;
    }
    if trimmed.chars().any(|character| character.is_control() || is_invisible(character)) {
        let clean: String = trimmed.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
        issues.push(Issue::new(field, IssueCode::ControlCharacters, &[]).suggest(clean));
        return None;
    }
    Some(trimmed)
}

/// Characters that nobody sees and that travel with text copied from web pages:
/// those of no width, and those that turn the direction of text.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
        || is_bidirectional_control(character)
}

fn protocol(raw: &EmailSettings, issues: &mut Vec<Issue>) {
    if let Some(protocol) = text(Field::Protocol, &raw.protocol, issues)
        && !protocol.eq_ignore_ascii_case("SMTP")
    {
        issues.push(Issue::new(Field::Protocol, IssueCode::ProtocolNotSmtp, &[("value", protocol)]).suggest("SMTP"));
    }
}

fn host(raw: &EmailSettings, issues: &mut Vec<Issue>) -> Option<String> {
    let typed = text(Field::SmtpHost, &raw.smtp_host, issues)?;
    let Some(host) = host_name(typed) else {
        let bare = typed.split("://").last().unwrap_or(typed).split(['/', ':', ' ']).next().and_then(host_name);
        let issue = Issue::new(Field::SmtpHost, IssueCode::HostMalformed, &[("value", typed)]);
        issues.push(issue.suggest(bare.unwrap_or_else(|| Cloud::Global.smtp_host().to_owned())));
        return None;
    };
    if Cloud::of_smtp_host(&host) != Some(Cloud::Global) {
        let issue = Issue::new(Field::SmtpHost, IssueCode::HostOther, &[("value", &host)]);
        issues.push(issue.suggest(Cloud::Global.smtp_host()));
    }
    Some(host)
}

/// A DNS name or an IP address, lower-cased, without a trailing dot or brackets.
fn host_name(text: &str) -> Option<String> {
    if let Ok(address) = text.parse::<std::net::Ipv6Addr>() {
        return Some(address.to_string());
    }
    match url::Host::parse(text.trim_end_matches('.')).ok()? {
        url::Host::Domain(name) if name.split('.').all(is_label) => Some(name),
        url::Host::Domain(_) => None,
        // A bare number is an IPv4 address to a browser, and a port typed into the wrong field to us.
        url::Host::Ipv4(address) => text.parse::<std::net::Ipv4Addr>().ok().map(|_| address.to_string()),
        url::Host::Ipv6(address) => Some(address.to_string()),
    }
}

/// A label of a host name (RFC 1123, section 2.1).
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn port(raw: &EmailSettings, issues: &mut Vec<Issue>) -> Option<u16> {
    let typed = text(Field::SmtpPort, &raw.smtp_port, issues)?;
    let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    match typed.parse::<u16>().ok().filter(|port| digits && *port > 0) {
        Some(port) => {
            if port != 587 {
                issues.push(Issue::new(Field::SmtpPort, IssueCode::PortOther, &[("value", typed)]).suggest("587"));
            }
            Some(port)
        }
        None => {
            issues.push(Issue::new(Field::SmtpPort, IssueCode::PortMalformed, &[("value", typed)]).suggest("587"));
            None
        }
    }
}

fn mailbox(raw: &EmailSettings, issues: &mut Vec<Issue>) -> Option<Address> {
    let field = Field::SystemEmailAddress;
    let typed = text(field, &raw.system_email_address, issues)?;
    let address = typed.parse::<Address>().ok().filter(is_mailbox);
    if address.is_none() {
        let code = if typed.matches('@').count() > 1 { IssueCode::AddressSeveral } else { IssueCode::AddressMalformed };
        issues.push(Issue::new(field, code, &[("value", typed)]));
    }
    address
}

/// Narrower than RFC 5321: plain ASCII and a real domain, as Exchange Online mailboxes are.
fn is_mailbox(address: &Address) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>()[],;:\\".contains(&byte);
    address.user().bytes().all(plain) && address.domain().contains('.') && address.domain().split('.').all(is_label)
}

fn client_id(raw: &EmailSettings, issues: &mut Vec<Issue>) -> Option<Uuid> {
    let field = Field::SmtpOauthClientId;
    let typed = text(field, &raw.smtp_oauth_client_id, issues)?;
    let parsed = Uuid::try_parse(typed).ok();
    if parsed.is_none() {
        issues.push(Issue::new(field, IssueCode::ClientIdMalformed, &[]));
    }
    parsed
}

/// The token endpoint, taken apart.
struct Endpoint {
    cloud: Cloud,
    tenant: Tenant,
    relative: String,
}

fn endpoint(raw: &EmailSettings, issues: &mut Vec<Issue>) -> Option<Endpoint> {
    let field = Field::SmtpOauthTokenEndpoint;
    let typed = text(field, &raw.smtp_oauth_token_endpoint, issues)?;
    let (cloud, relative) = relative_endpoint(typed, issues)?;

    let (tenant, path) = relative.split_once('/').unwrap_or((&relative, ""));
    let Some(tenant) = tenant_name(tenant) else {
        issues.push(Issue::new(field, IssueCode::EndpointMalformed, &[]));
        return None;
    };
    let version_2 = format!("{tenant}/{TOKEN_PATH_V2}");
    match path {
        TOKEN_PATH_V2 => {}
        TOKEN_PATH_V1 => issues.push(Issue::new(field, IssueCode::EndpointV1, &[]).suggest(version_2)),
        "" => {
            issues.push(Issue::new(field, IssueCode::EndpointOnlyTenant, &[]).suggest(version_2));
            return None;
        }
        _ => {
            issues.push(Issue::new(field, IssueCode::EndpointMalformed, &[]).suggest(version_2));
            return None;
        }
    }
    if let Tenant::NotSpecific(name) = &tenant {
        // Whatever else is wrong, it is this part that must be typed anew.
        issues.retain(|issue| issue.field != field);
        issues.push(Issue::new(field, IssueCode::EndpointNotSpecific, &[("value", name)]));
    }
    let relative = format!("{tenant}/{path}");
    Some(Endpoint { cloud, tenant, relative })
}

/// The login host, if one was typed, and what stands behind it.
pub(super) fn split_login_host(text: &str) -> (&str, &str) {
    let scheme_length = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
        .map(str::len);
    let address = &text[scheme_length.unwrap_or_default()..];
    let (host, rest) = address.split_once('/').unwrap_or((address, ""));
    let host = host.strip_suffix(":443").unwrap_or(host);
    match scheme_length.is_some() || Cloud::of_login_host(host).is_some() {
        true => (host, rest),
        false => ("", text),
    }
}

/// The part Incorta appends to its login host: scheme, host and slash taken away.
fn relative_endpoint(typed: &str, issues: &mut Vec<Issue>) -> Option<(Cloud, String)> {
    let field = Field::SmtpOauthTokenEndpoint;
    let (host, rest) = split_login_host(typed);
    let relative = rest.trim_matches('/').to_owned();
    if host.is_empty() && relative == typed {
        return Some((Cloud::Global, relative));
    }
    let cloud = if host.is_empty() { Some(Cloud::Global) } else { Cloud::of_login_host(host) };
    let Some(cloud) = cloud else {
        issues.push(Issue::new(field, IssueCode::EndpointForeignHost, &[("value", host)]));
        return None;
    };
    if cloud.incorta_reaches() {
        issues.push(Issue::new(field, IssueCode::EndpointNotRelative, &[]).suggest(relative.clone()));
    } else {
        let parameters = [("value", host), ("cloud", cloud.name()), ("incorta", INCORTA_LOGIN_HOST)];
        issues.push(Issue::new(field, IssueCode::EndpointOtherCloud, &parameters));
    }
    Some((cloud, relative))
}

fn tenant_name(text: &str) -> Option<Tenant> {
    if let Ok(id) = Uuid::try_parse(text) {
        return Some(Tenant::Id(id));
    }
    let lower_case = text.to_lowercase();
    if ["common", "organizations", "consumers"].contains(&lower_case.as_str()) {
        return Some(Tenant::NotSpecific(lower_case));
    }
    let domain = text.contains('.') && text.split('.').all(is_label);
    domain.then_some(Tenant::Domain(lower_case))
}

fn scope(raw: &EmailSettings, issues: &mut Vec<Issue>) -> Option<String> {
    let field = Field::SmtpOauthScope;
    let typed = text(field, &raw.smtp_oauth_scope, issues)?;
    let right = Cloud::Global.scope();
    if typed.contains(char::is_whitespace) {
        issues.push(Issue::new(field, IssueCode::ScopeMalformed, &[]).suggest(right));
        return None;
    }
    let code = match Cloud::of_scope(typed) {
        Some(Cloud::Global) => return Some(typed.to_owned()),
        Some(_) => IssueCode::ScopeOtherCloud,
        None if typed.contains("graph.microsoft.") => IssueCode::ScopeGraph,
        None if !typed.ends_with("/.default") => IssueCode::ScopeNotDefault,
        None => IssueCode::ScopeOther,
    };
    issues.push(Issue::new(field, code, &[("value", typed)]).suggest(right));
    Some(typed.to_owned())
}

fn sender_in_tenant(mailbox: &Address, tenant: &Tenant, context: &Context, issues: &mut Vec<Issue>) {
    // A tenant has many domains: only two tenant IDs that differ say something.
    let differs = |(domain, found): &(String, Uuid)| match tenant {
        Tenant::Id(id) => domain.eq_ignore_ascii_case(mailbox.domain()) && id != found,
        Tenant::Domain(_) | Tenant::NotSpecific(_) => false,
    };
    if context.discovered_tenant.as_ref().is_some_and(differs) {
        let parameters = [("domain", mailbox.domain())];
        issues.push(Issue::new(Field::SystemEmailAddress, IssueCode::AddressOtherTenant, &parameters));
    }
}

fn toggles(raw: &EmailSettings, issues: &mut Vec<Issue>) {
    if !raw.email_host_requires_authentication {
        let field = Field::EmailHostRequiresAuthentication;
        issues.push(Issue::new(field, IssueCode::AuthenticationDisabled, &[]).suggest("true"));
    } else if raw.senders_username_auth {
        let field = Field::SendersUsernameAuth;
        issues.push(Issue::new(field, IssueCode::SendersUsernameEnabled, &[]).suggest("false"));
    }
    if !raw.smtp_oauth_enabled {
        issues.push(Issue::new(Field::SmtpOauthEnabled, IssueCode::OauthDisabled, &[]).suggest("true"));
    }
}

/// Errors of rows that Incorta hides become one error at the toggle that hides them.
fn gather_hidden_errors(issues: &mut Vec<Issue>) {
    let hidden = |issue: &Issue| issue.field > Field::SmtpOauthEnabled;
    let broken = issues.iter().any(|issue| hidden(issue) && issue.severity == IssueSeverity::Error);
    issues.retain(|issue| !hidden(issue));
    if broken {
        issues.retain(|issue| issue.code != IssueCode::OauthDisabled);
        issues.push(Issue::new(Field::SmtpOauthEnabled, IssueCode::OauthFieldsMissing, &[]).suggest("true"));
    }
}

//! Incorta's public API: the one call that makes Incorta itself send mail (*Schedule Dashboard Report Endpoint*, Public
//! API v2, with Incorta 6.0 and Cloud 2023.4.0). It starts a job of Incorta's scheduler: that the call is accepted says
//! nothing of the mail.
//!
//! The API token is the user's own. It goes to the cluster that the user named, over https or on this computer, and is
//! kept nowhere.

use std::sync::Arc;
use std::time::Duration;

use lettre::Address;
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;
use url::Url;

use crate::check::{Stage, fault_words};
use crate::net::https::{body, client, fault_of};
use crate::net::{Fault, Network, TlsObserver, is_loopback};
use crate::redact::{Redactor, printable};
use crate::words;

/// How much of Incorta's own words is shown, in characters.
const EXCERPT_LIMIT: usize = 300;

/// Which dashboard to send, from where and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendReport {
    address: Url,
    to: Address,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SendReportIssue {
    /// The cluster's address is none.
    #[error("Incorta's address begins with https://, such as https://analytics.contoso.com.")]
    Cluster,
    /// It would send the API token in clear text.
    #[error("http would send the API token in clear text. Use https; http is for Incorta on this computer only.")]
    ClearText,
    /// No tenant is named.
    #[error("Enter the tenant's name, with its capitals.")]
    Tenant,
    /// No dashboard is named.
    #[error("Paste the dashboard's address, or enter the GUID in it.")]
    Dashboard,
    /// The recipient is no address.
    #[error("Enter the e-mail address that the report goes to.")]
    Recipient,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SendReportOutcome {
    /// Incorta took the order.
    pub started: bool,
    /// In one line.
    pub title: String,
    /// What that means, and what to do.
    pub text: String,
}

impl SendReport {
    /// From what was typed. `cluster` may be the dashboard's whole address, which then names the dashboard, too.
    ///
    /// # Errors
    /// See [`SendReportIssue`].
    pub fn parse(cluster: &str, tenant: &str, dashboard: &str, to: &str) -> Result<Self, SendReportIssue> {
        let mut address = Url::parse(cluster.trim()).map_err(|_| SendReportIssue::Cluster)?;
        let host = address.host_str().ok_or(SendReportIssue::Cluster)?;
        match address.scheme() {
            "https" => {}
            "http" if is_loopback(host) => {}
            "http" => return Err(SendReportIssue::ClearText),
            _ => return Err(SendReportIssue::Cluster),
        }
        let tenant = tenant.trim();
        // A path leaves these out, so that the request would go elsewhere.
        if tenant.is_empty() || [".", ".."].contains(&tenant) || tenant.chars().any(char::is_control) {
            return Err(SendReportIssue::Tenant);
        }
        let dashboard = match dashboard.trim() {
            "" => guid_in(cluster).ok_or(SendReportIssue::Dashboard)?,
            typed => guid_in(typed).filter(|found| *found == typed).ok_or(SendReportIssue::Dashboard)?,
        };
        let to = to.trim().parse().map_err(|_| SendReportIssue::Recipient)?;
        let _ = address.set_username("");
        let _ = address.set_password(None);
        address.set_query(None);
        address.set_fragment(None);
        address.set_path("/");
        if let Ok(mut path) = address.path_segments_mut() {
            path.clear().extend(["incorta", "api", "v2", tenant, "dashboards", dashboard, "send-report"]);
        }
        Ok(Self { address, to })
    }

    /// Orders the report and says what came of it.
    pub async fn send(&self, network: &Network, token: &SecretString, limit: Duration) -> SendReportOutcome {
        let redactor = Redactor::default();
        redactor.add(token);
        let observer = Arc::new(TlsObserver::default());
        let order = json!({
            "toExternalEmails": [self.to.to_string()],
            "subject": words::text("send-report-subject", &[]),
            "body": words::text("send-report-body", &[]),
        });
        let asked = async {
            let (client, address) = client(network, self.address.clone(), limit, &observer)?;
            let request = client.post(address).bearer_auth(token.expose_secret()).json(&order);
            let response = request.send().await.map_err(|error| fault_of(&error, &observer))?;
            let status = response.status();
            Ok::<_, Fault>((status, body(response).await.map_err(|error| fault_of(&error, &observer))?))
        };
        match asked.await {
            Ok((status, body)) => self.judge(status, &body, &redactor),
            Err(fault) => self.outcome(false, "unreachable", &[("why", &fault_words(Stage::Connect, &fault))]),
        }
    }

    fn judge(&self, status: StatusCode, body: &[u8], redactor: &Redactor) -> SendReportOutcome {
        let answer: Option<Value> = serde_json::from_slice(body).ok();
        let said = answer.as_ref().and_then(|answer| {
            ["message", "error_description", "error"].iter().find_map(|name| answer.get(name)?.as_str())
        });
        let said = said.map(|said| printable(&redactor.redact(said)).chars().take(EXCERPT_LIMIT).collect::<String>());
        let parameters = [("status", status.as_str()), ("said", said.as_deref().unwrap_or_default())];
        let what = match status {
            // A page to sign in on is an answer, too, and no order was taken.
            _ if status.is_success() && answer.is_none() && !body.is_empty() => "no-api",
            _ if status.is_success() => "started",
            StatusCode::UNAUTHORIZED => "token-refused",
            StatusCode::FORBIDDEN => "not-allowed",
            StatusCode::NOT_FOUND => "not-found",
            _ if answer.is_none() => "no-api",
            _ => "refused",
        };
        self.outcome(what == "started", what, &parameters)
    }

    fn outcome(&self, started: bool, what: &str, parameters: words::Parameters<'_>) -> SendReportOutcome {
        let host = self.address.host_str().unwrap_or_default();
        let to = self.to.to_string();
        let parameters: Vec<_> = [("host", host), ("to", to.as_str())].iter().chain(parameters).copied().collect();
        let id = format!("send-report-{what}");
        let text = words::text(&format!("{id}.text"), &parameters);
        SendReportOutcome { started, title: words::text(&id, &parameters), text }
    }
}

/// The first GUID in a text.
fn guid_in(text: &str) -> Option<&str> {
    let parts = text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '-'));
    parts.into_iter().find(|part| {
        let groups: Vec<usize> = part.split('-').map(str::len).collect();
        groups == [8, 4, 4, 4, 12]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "79abe0db-67f6-4830-a9a7-2099e24b6541";

    fn parse(cluster: &str, tenant: &str, dashboard: &str) -> Result<String, SendReportIssue> {
        SendReport::parse(cluster, tenant, dashboard, "me@contoso.com").map(|report| report.address.to_string())
    }

    #[test]
    fn the_address_of_a_dashboard_names_it() {
        let wanted = format!("https://analytics.contoso.com/incorta/api/v2/Sales%20EU/dashboards/{GUID}/send-report");
        let pasted = format!(" https://analytics.contoso.com/incorta/!Sales/#/dashboard/{GUID}?tab=1 ");
        assert_eq!(parse(&pasted, "Sales EU", "").as_deref(), Ok(wanted.as_str()));
        assert_eq!(parse("https://analytics.contoso.com", "Sales EU", GUID).as_deref(), Ok(wanted.as_str()));
    }

    #[test]
    fn the_token_goes_nowhere_in_clear_text() {
        assert_eq!(parse("http://analytics.contoso.com", "t", GUID), Err(SendReportIssue::ClearText));
        assert!(parse("http://localhost:8080", "t", GUID).is_ok());
        for no_address in ["analytics", "ftp://analytics.contoso.com", "file:///etc/passwd", ""] {
            assert_eq!(parse(no_address, "t", GUID), Err(SendReportIssue::Cluster), "{no_address}");
        }
    }

    #[test]
    fn no_part_leads_to_another_path() {
        for tenant in ["", ".", "..", "a\nb"] {
            assert_eq!(parse("https://analytics.contoso.com", tenant, GUID), Err(SendReportIssue::Tenant), "{tenant}");
        }
        let climbing = parse("https://user:word@analytics.contoso.com", "../../x", GUID).unwrap();
        assert!(climbing.starts_with("https://analytics.contoso.com/incorta/api/v2/..%2F..%2Fx/"), "{climbing}");
        for dashboard in ["../x", "79abe0db", &format!("{GUID}/../x")] {
            assert_eq!(parse("https://analytics.contoso.com", "t", dashboard), Err(SendReportIssue::Dashboard));
        }
    }

    #[test]
    fn a_recipient_is_an_address() {
        let to_nobody = SendReport::parse("https://analytics.contoso.com", "t", GUID, "me");
        assert_eq!(to_nobody, Err(SendReportIssue::Recipient));
    }
}

/// What holds of an order, whatever is typed and whatever answers.
#[cfg(any(test, fuzzing))]
pub(crate) mod properties {
    use super::*;
    use crate::fuzzing::SECRET;
    use crate::redact::properties::assert_all_safe;

    /// Four lines are typed, the rest is the answer: the order goes to the host that
    /// was typed, to its API and nowhere below or beside it; what is said of the
    /// answer shows, is short, and holds no token.
    pub fn send_report(input: &[u8]) {
        let input = String::from_utf8_lossy(input);
        let mut parts = input.splitn(5, '\n');
        let mut part = || parts.next().unwrap_or_default();
        let (cluster, tenant, dashboard, to, answer) = (part(), part(), part(), part(), part());
        let Ok(order) = SendReport::parse(cluster, tenant, dashboard, to) else { return };
        let address = &order.address;
        assert_eq!(address.host(), Url::parse(cluster.trim()).expect("it was parsed before").host());
        assert!(address.scheme() == "https" || address.host_str().is_some_and(is_loopback), "{address}");
        assert!(address.username().is_empty() && address.password().is_none());
        assert!(address.query().is_none() && address.fragment().is_none(), "{address}");
        let path: Vec<&str> = address.path_segments().expect("it has a path").collect();
        assert!(matches!(path[..], ["incorta", "api", "v2", _, "dashboards", _, "send-report"]), "{address}");
        let redactor = Redactor::default();
        redactor.add(&SecretString::from(SECRET));
        for status in [StatusCode::OK, StatusCode::UNAUTHORIZED, StatusCode::NOT_FOUND, StatusCode::BAD_GATEWAY] {
            let outcome = order.judge(status, answer.as_bytes(), &redactor);
            assert_all_safe(&outcome, SECRET);
            assert!(!outcome.started || status.is_success(), "{outcome:?}");
        }
    }
}

//! What a script is about, from settings that may be half filled in.

use super::ScriptRequest;
use crate::cloud::Cloud;
use crate::settings::{AccessPath, EmailSettings, Field, Tenant};

fn settings() -> EmailSettings {
    EmailSettings { system_email_address: "reports@contoso.com".to_owned(), ..EmailSettings::default() }
}

fn of(settings: &EmailSettings) -> Result<ScriptRequest, Vec<Field>> {
    let request = ScriptRequest::of("Production", settings, AccessPath::Classic);
    request.map_err(|issues| issues.into_iter().map(|issue| issue.field).collect())
}

#[test]
fn the_sender_mailbox_is_enough() {
    let request = of(&settings()).unwrap();
    assert_eq!(request.client_id, None);
    assert_eq!(request.tenant, Tenant::Domain("contoso.com".to_owned()));
    assert_eq!(of(&EmailSettings::default()), Err(vec![Field::SystemEmailAddress]));
}

#[test]
fn what_is_there_must_be_right() {
    let client_id = EmailSettings { smtp_oauth_client_id: "the client ID".to_owned(), ..settings() };
    assert_eq!(of(&client_id), Err(vec![Field::SmtpOauthClientId]));
    let endpoint = EmailSettings { smtp_oauth_token_endpoint: "contoso".to_owned(), ..settings() };
    assert_eq!(of(&endpoint), Err(vec![Field::SmtpOauthTokenEndpoint]));
    let common = EmailSettings { smtp_oauth_token_endpoint: "common/oauth2/v2.0/token".to_owned(), ..settings() };
    assert_eq!(of(&common).unwrap().tenant, Tenant::Domain("contoso.com".to_owned()));
    // What only a check needs does not matter here.
    let port = EmailSettings { smtp_port: "none".to_owned(), smtp_oauth_enabled: false, ..settings() };
    assert!(of(&port).is_ok());
}

#[test]
fn host_scope_or_endpoint_tell_the_cloud() {
    for cloud in Cloud::ALL {
        let host = EmailSettings { smtp_host: cloud.smtp_host().to_owned(), ..settings() };
        assert_eq!(of(&host).unwrap().cloud, cloud);
        let scope = EmailSettings { smtp_oauth_scope: cloud.scope().to_owned(), ..settings() };
        assert_eq!(of(&scope).unwrap().cloud, cloud);
    }
    let endpoint = format!("https://{}/contoso.com/oauth2/v2.0/token", Cloud::China.login_host());
    let endpoint = EmailSettings { smtp_oauth_token_endpoint: endpoint, ..settings() };
    assert_eq!(of(&endpoint).unwrap().cloud, Cloud::China);
}

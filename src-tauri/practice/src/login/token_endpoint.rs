//! The token endpoint for client credentials: from the tenant's state and a form to what is
//! granted.
//!
//! The order of the questions is the order in which Entra asks them, as far as its answers tell:
//! form, tenant, application, user or secret, policy, resource, and at last whether a token can be
//! issued.

use std::collections::HashMap;

use serde_json::{Value, json};
use url::form_urlencoded;

use super::discovery::{SHARED_ENDPOINTS, find_tenant};
use super::error::{EntraError, Version};
use super::resource::{GRAPH, Resource};
use crate::clock;
use crate::conditions::{Application, ClientSecret, ConditionalAccess, ExchangeResource, LoginService, TokenContent};
use crate::state::TenantState;
use crate::token::{Grant, LIFE};

/// What this form is granted.
///
/// # Errors
///
/// The refusal, with Entra's code.
pub(super) fn grant(state: &TenantState, tenant: &str, body: &[u8], version: Version) -> Result<Grant, EntraError> {
    let form: HashMap<_, _> = form_urlencoded::parse(body).into_owned().collect();
    let field = |name: &str| {
        form.get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| EntraError::missing_field(name))
    };

    let grant_type = field("grant_type")?;
    check_grant_type(grant_type)?;
    check_tenant(state, tenant, field("client_id")?)?;
    let resource = match version {
        Version::V2 => Resource::from_scope(field("scope")?)?,
        Version::V1 => {
            let name = field("resource")?;
            Resource::from_name(name).unwrap_or(Resource::Unknown(name))
        }
    };
    check_application(state, field("client_id")?)?;
    check_user(grant_type)?;
    check_secret(state, field("client_secret").ok())?;
    check_policy(state)?;
    let grant = check_resource(state, resource)?;
    check_issuance(state)?;
    Ok(grant)
}

/// The answer to a granted request. The older endpoint writes its numbers as strings and names the
/// resource.
pub(super) fn success(access_token: &str, audience: &str, version: Version) -> Value {
    let life = LIFE.as_secs();
    match version {
        Version::V2 => {
            json!({ "token_type": "Bearer", "expires_in": life, "ext_expires_in": life, "access_token": access_token })
        }
        Version::V1 => {
            let now = clock::now().as_second();
            json!({
                "token_type": "Bearer",
                "expires_in": life.to_string(),
                "ext_expires_in": life.to_string(),
                "expires_on": (now + LIFE.as_secs() as i64).to_string(),
                "not_before": (now - 300).to_string(),
                "resource": audience,
                "access_token": access_token,
            })
        }
    }
}

fn check_grant_type(grant_type: &str) -> Result<(), EntraError> {
    match grant_type {
        "client_credentials" | "password" => Ok(()),
        other => Err(EntraError::bad_request(
            "unsupported_grant_type",
            70003,
            format!("The grant type '{other}' is not supported."),
        )),
    }
}

/// A user signs in with a password. This tenant has no user who could.
fn check_user(grant_type: &str) -> Result<(), EntraError> {
    if grant_type != "password" {
        return Ok(());
    }
    Err(EntraError::bad_request("invalid_grant", 50126, "The user name or the password is not valid.".to_owned()))
}

fn check_tenant(state: &TenantState, tenant: &str, client_id: &str) -> Result<(), EntraError> {
    if tenant.eq_ignore_ascii_case("organizations") {
        let message =
            format!("The application '{client_id}' is not a multi-tenant application: use a tenant-specific endpoint.");
        return Err(EntraError::bad_request("invalid_request", 50194, message));
    }
    if SHARED_ENDPOINTS.iter().any(|name| name.eq_ignore_ascii_case(tenant)) {
        let message =
            format!("The grant type is not supported over the endpoint '{tenant}': use a tenant-specific endpoint.");
        return Err(EntraError::bad_request("invalid_request", 9001023, message));
    }
    find_tenant(state, tenant, "invalid_request")
}

fn check_application(state: &TenantState, client_id: &str) -> Result<(), EntraError> {
    let tenant = &state.identities.tenant_id;
    let refuse = |code, message| Err(EntraError::bad_request("unauthorized_client", code, message));
    if !state.identities.client_id.eq_ignore_ascii_case(client_id) {
        return refuse(700016, format!("The application '{client_id}' was not found in the directory '{tenant}'."));
    }
    match state.application {
        Application::Registered => Ok(()),
        Application::NotFound => {
            refuse(700016, format!("The application '{client_id}' was not found in the directory '{tenant}'."))
        }
        Application::Disabled => refuse(7000112, format!("The application '{client_id}' is disabled.")),
        Application::WithoutServicePrincipal => {
            refuse(7000229, format!("The application '{client_id}' has no service principal in the tenant '{tenant}'."))
        }
    }
}

fn check_secret(state: &TenantState, secret: Option<&str>) -> Result<(), EntraError> {
    let client_id = &state.identities.client_id;
    let Some(secret) = secret else {
        let message =
            "The request body must contain 'client_assertion' or 'client_secret' for this grant type.".to_owned();
        return Err(EntraError::invalid_client(7000216, message));
    };
    if state.client_secret == ClientSecret::Replaced || secret != state.identities.client_secret {
        let message = format!(
            "The client secret is not valid for the application '{client_id}'. Send the secret's value, not its ID."
        );
        return Err(EntraError::invalid_client(7000215, message));
    }
    if state.client_secret == ClientSecret::Expired {
        let message = format!(
            "The client secret keys of the application '{client_id}' have expired. Create a new one in the portal."
        );
        return Err(EntraError::invalid_client(7000222, message));
    }
    Ok(())
}

fn check_policy(state: &TenantState) -> Result<(), EntraError> {
    match state.conditional_access {
        ConditionalAccess::Allows => Ok(()),
        ConditionalAccess::Blocks => Err(EntraError::bad_request(
            "invalid_grant",
            53003,
            "Conditional Access policies block access: no token can be issued.".to_owned(),
        )),
    }
}

fn check_issuance(state: &TenantState) -> Result<(), EntraError> {
    if state.login_service != LoginService::IssuanceFails {
        return Ok(());
    }
    let message = "There is an issue with the sign-in service. Open a support case to have it resolved.".to_owned();
    Err(EntraError::bad_request("invalid_request", 50000, message))
}

fn check_resource(state: &TenantState, resource: Resource<'_>) -> Result<Grant, EntraError> {
    let tenant = &state.identities.tenant_id;
    let not_found = |name: &str| {
        let message = format!("The resource principal '{name}' was not found in the tenant '{tenant}'.");
        Err(EntraError::bad_request("invalid_resource", 500011, message))
    };
    match resource {
        Resource::Unknown(name) => not_found(name),
        Resource::Graph(name) => Ok(Grant::new(state, name, false)),
        Resource::Exchange(name) => match state.exchange_resource {
            ExchangeResource::Enabled if state.token_content == TokenContent::OtherResource => {
                Ok(Grant::new(state, GRAPH[0], false))
            }
            ExchangeResource::Enabled => Ok(Grant::new(state, name, true)),
            ExchangeResource::NotFound => not_found(name),
            ExchangeResource::Disabled => {
                let message = format!(
                    "The service principal of the resource '{name}' is disabled: a subscription may have lapsed."
                );
                Err(EntraError::bad_request("invalid_resource", 500014, message))
            }
            ExchangeResource::AssignmentRequired => {
                let message = format!("The application is not assigned to a role of '{name}'.");
                Err(EntraError::bad_request("invalid_grant", 501051, message))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(state: &TenantState, change: impl FnOnce(&mut HashMap<&str, String>)) -> Vec<u8> {
        let mut form = HashMap::from([
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", state.identities.client_id.clone()),
            ("client_secret", state.identities.client_secret.clone()),
            ("scope", "https://outlook.office365.com/.default".to_owned()),
        ]);
        change(&mut form);
        form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish().into_bytes()
    }

    fn refusal(
        state: &TenantState,
        tenant: &str,
        change: impl FnOnce(&mut HashMap<&str, String>),
    ) -> (u16, &'static str, u32) {
        let error = grant(state, tenant, &body(state, change), Version::V2).unwrap_err();
        (error.status.as_u16(), error.error, error.code)
    }

    #[test]
    fn named_states_are_refused_with_entra_s_codes() {
        let expected = [
            ("secret_wrong", (401, "invalid_client", 7000215)),
            ("secret_expired", (401, "invalid_client", 7000222)),
            ("application_not_found", (400, "unauthorized_client", 700016)),
            ("application_disabled", (400, "unauthorized_client", 7000112)),
            ("application_without_service_principal", (400, "unauthorized_client", 7000229)),
            ("tenant_not_found", (400, "invalid_request", 90002)),
            ("wrong_cloud", (400, "invalid_request", 900382)),
            ("conditional_access_blocked", (400, "invalid_grant", 53003)),
            ("exchange_resource_not_found", (400, "invalid_resource", 500011)),
            ("exchange_resource_disabled", (400, "invalid_resource", 500014)),
            ("application_not_assigned", (400, "invalid_grant", 501051)),
            ("token_error_unknown", (400, "invalid_request", 50000)),
        ];
        for (name, expected) in expected {
            let state = TenantState::named(name).unwrap();
            assert_eq!(refusal(&state, "contoso.com", |_| ()), expected, "{name}");
        }
    }

    #[test]
    fn requests_that_do_not_fit_the_tenant() {
        let state = TenantState::healthy();
        let tenant = state.identities.tenant_id.clone();
        let code = |tenant: &str, field: &'static str, value: Option<&str>| {
            refusal(&state, tenant, |form| {
                form.remove(field);
                form.extend(value.map(|value| (field, value.to_owned())));
            })
            .2
        };
        assert_eq!(code(&tenant, "client_secret", Some("not the secret")), 7000215);
        assert_eq!(code(&tenant, "client_secret", None), 7000216);
        assert_eq!(code(&tenant, "client_id", Some(&tenant)), 700016);
        assert_eq!(code(&tenant, "scope", None), 900144);
        assert_eq!(code(&tenant, "scope", Some("https://outlook.office365.com/SMTP.SendAsApp")), 1002012);
        assert_eq!(code(&tenant, "scope", Some("https://mail.contoso.com/.default")), 500011);
        assert_eq!(code(&tenant, "grant_type", Some("password")), 50126);
        assert_eq!(code("northwind.com", "none", None), 90002);
        assert_eq!(code("common", "none", None), 9001023);
        assert_eq!(code("organizations", "none", None), 50194);
        assert_eq!(code("my tenant", "none", None), 900023);
        assert_eq!(code("", "none", None), 50059);
    }

    #[test]
    fn the_first_of_two_wrong_things_answers() {
        let mut state = TenantState::named("secret_expired").unwrap();
        state.application = Application::Disabled;
        state.exchange_resource = ExchangeResource::NotFound;
        assert_eq!(refusal(&state, "contoso.com", |_| ()).2, 7000112);
        state.application = Application::Registered;
        assert_eq!(refusal(&state, "contoso.com", |_| ()).2, 7000222);
    }

    #[test]
    fn a_wrong_secret_is_wrong_before_it_is_expired() {
        let state = TenantState::named("secret_expired").unwrap();
        assert_eq!(
            refusal(&state, "contoso.com", |form| drop(form.insert("client_secret", "other".to_owned()))).2,
            7000215
        );
    }

    #[test]
    fn permissions_become_roles_of_exchange_s_tokens_only() {
        let roles = |name: &str, scope: &str| {
            let state = TenantState::named(name).unwrap();
            grant(
                &state,
                "contoso.com",
                &body(&state, |form| drop(form.insert("scope", scope.to_owned()))),
                Version::V2,
            )
            .unwrap()
        };
        let exchange = "https://outlook.office365.com/.default";
        assert_eq!(roles("healthy", exchange).roles, ["SMTP.SendAsApp"]);
        assert_eq!(roles("permission_not_consented", exchange).roles, [""; 0]);
        assert_eq!(roles("wrong_permission", exchange).roles, ["Mail.Send"]);
        let graph = roles("healthy", "https://graph.microsoft.com/.default");
        assert_eq!((graph.audience.as_str(), graph.roles.len()), ("https://graph.microsoft.com", 0));
    }
}

//! Which tenant a name in the path stands for, and the OpenID configuration that tells a client so
//! without a sign-in.

use serde_json::{Value, json};
use uuid::Uuid;

use super::error::EntraError;
use crate::conditions::Directory;
use crate::state::TenantState;

/// Names that stand for no tenant in particular.
pub(super) const SHARED_ENDPOINTS: [&str; 3] = ["common", "organizations", "consumers"];

/// Finds the tenant by its GUID or its domain.
///
/// # Errors
///
/// 50059 (no name), 900023 (neither GUID nor domain), 900382 (another cloud) and 90002 (unknown),
/// with `error` as OAuth error code of the last.
pub(super) fn find_tenant(state: &TenantState, name: &str, error: &'static str) -> Result<(), EntraError> {
    let refuse = |error, code, message| Err(EntraError::bad_request(error, code, message));
    if name.is_empty() {
        return refuse(
            "invalid_request",
            50059,
            "No tenant was named in the request, and none is implied by the credentials.".to_owned(),
        );
    }
    if Uuid::try_parse(name).is_err() && !name.contains('.') {
        return refuse(
            "invalid_request",
            900023,
            format!("The tenant identifier '{name}' is neither a GUID nor a valid domain name."),
        );
    }
    let known =
        [&state.identities.tenant_id, &state.identities.domain].iter().any(|known| known.eq_ignore_ascii_case(name));
    match state.directory {
        Directory::Known if known => Ok(()),
        Directory::OtherCloud if known => refuse(
            "invalid_request",
            900382,
            format!("The tenant '{name}' lives in another cloud; a confidential client cannot cross clouds."),
        ),
        _ => refuse(
            error,
            90002,
            format!("The tenant '{name}' was not found. Check the tenant ID and that it belongs to this cloud."),
        ),
    }
}

/// The OpenID configuration of the tenant.
///
/// # Errors
///
/// As [`find_tenant`].
pub(super) fn document(state: &TenantState, tenant: &str) -> Result<Value, EntraError> {
    let shared = SHARED_ENDPOINTS.iter().find(|name| name.eq_ignore_ascii_case(tenant));
    // The shared endpoints tell a template for the issuer and themselves for the rest.
    let (issuer, path) = match shared {
        Some(name) => ("{tenantid}", *name),
        None => {
            find_tenant(state, tenant, "invalid_tenant")?;
            (state.identities.tenant_id.as_str(), state.identities.tenant_id.as_str())
        }
    };
    let host = "https://login.microsoftonline.com";
    let mut document = json!({
        "token_endpoint": format!("{host}/{path}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "jwks_uri": format!("{host}/{path}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{host}/{issuer}/v2.0"),
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": "https://graph.microsoft.com/oidc/userinfo",
        "authorization_endpoint": format!("{host}/{path}/oauth2/v2.0/authorize"),
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": "graph.microsoft.com",
    });
    if shared.is_none() {
        document["tenant_region_scope"] = json!("NA");
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_leads_to_the_tenant_s_guid() {
        let state = TenantState::healthy();
        let document = document(&state, "Contoso.com").unwrap();
        assert_eq!(
            document["issuer"],
            format!("https://login.microsoftonline.com/{}/v2.0", state.identities.tenant_id)
        );
        assert_eq!(document["cloud_instance_name"], "microsoftonline.com");
        assert_eq!(document["tenant_region_scope"], "NA");
    }

    #[test]
    fn names_that_lead_nowhere() {
        let state = TenantState::healthy();
        let code = |state: &TenantState, name| document(state, name).unwrap_err().code;
        assert_eq!(code(&state, "northwind.com"), 90002);
        assert_eq!(code(&state, "00000000-0000-4000-8000-000000000000"), 90002);
        assert_eq!(code(&state, "contoso"), 900023);
        assert_eq!(code(&TenantState::named("tenant_not_found").unwrap(), "contoso.com"), 90002);
        assert_eq!(code(&TenantState::named("wrong_cloud").unwrap(), "contoso.com"), 900382);
    }
}

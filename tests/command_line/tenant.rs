//! A practice tenant in the test's own process, so that a test can change it while the program runs.

use practice_tenant::PracticeTenant;

use crate::user::User;

/// The options that lead the program to a tenant.
pub fn tenant_options(user: &User, tenant: &PracticeTenant) -> Vec<String> {
    let identities = tenant.state().identities;
    let settings = serde_json::json!({
        "smtp_host": "localhost",
        "smtp_port": tenant.smtp_address().port(),
        "system_email_address": identities.mailbox,
        "smtp_oauth_client_id": identities.client_id,
        "smtp_oauth_token_endpoint": format!("{}/oauth2/v2.0/token", identities.tenant_id),
    });
    let file = |name: &str, text: &str| user.file(name, text).display().to_string();
    [
        ("--settings", file("settings.json", &settings.to_string())),
        ("--secret-file", file("secret.txt", &tenant.client_secret())),
        ("--ca-file", file("authority.pem", tenant.authority_pem())),
        ("--login-host", format!("https://localhost:{}", tenant.login_address().port())),
    ]
    .into_iter()
    .flat_map(|(option, value)| [option.to_owned(), value])
    .collect()
}

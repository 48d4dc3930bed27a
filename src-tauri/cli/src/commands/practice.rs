//! `incorta-mail practice`: the practice tenant in the foreground, for mail clients other than this one.

use std::path::Path;

use mail_setup_core::settings::EmailSettings;
use practice_tenant::{PracticeTenant, TenantState};
use serde_json::json;

use crate::arguments::PracticeOptions;
use crate::subject::practice_settings;
use crate::{Failure, input, interrupt, report_file, terminal};

/// Runs the tenant until a signal comes.
pub async fn practice(options: &PracticeOptions) -> Result<u8, Failure> {
    if options.list {
        terminal::out(&list());
        return Ok(0);
    }
    let mut state = input::practice_state(&options.state)?;
    for turn in &options.set {
        set(&mut state, turn)?;
    }
    let unable = |error: std::io::Error| Failure::unable(format!("cannot start the practice tenant: {error}"));
    let tenant = PracticeTenant::start(state).await.map_err(unable)?;
    let folder = tempfile::Builder::new().prefix("incorta-mail-practice-").tempdir().map_err(unable)?;
    hand_over(&tenant, folder.path())?;
    terminal::out(&announcement(&tenant, folder.path(), options.json)?);
    interrupt::signal().await;
    folder.close().map_err(|error| Failure::unable(format!("cannot remove the practice files: {error}")))?;
    Ok(0)
}

fn set(state: &mut TenantState, turn: &str) -> Result<(), Failure> {
    let wrong = || Failure::usage(format!("--set {turn}: no such switch or value. There are:\n{}", switches()));
    let (switch, value) = turn.split_once('=').ok_or_else(wrong)?;
    state.set(switch, value).map_err(|_| wrong())
}

fn list() -> String {
    format!("States:{}\n\nSwitches, the healthy value first:\n{}\n", input::practice_states(), switches())
}

fn switches() -> String {
    let lines = TenantState::healthy().switches().into_iter().map(|switch| {
        let values: Vec<String> = switch.choices.into_iter().map(|choice| choice.value).collect();
        terminal::wrapped(&values.join(" | "), &format!("  {:<24}", format!("{}=", switch.id)), &" ".repeat(26))
    });
    lines.collect::<String>().trim_end().to_owned()
}

/// What a client needs. The secret is a fixed one that opens nothing else.
fn hand_over(tenant: &PracticeTenant, folder: &Path) -> Result<(), Failure> {
    let settings = EmailSettings {
        smtp_host: "localhost".to_owned(),
        smtp_port: tenant.smtp_address().port().to_string(),
        ..practice_settings(&tenant.state()).settings
    };
    report_file::write(&folder.join("settings.json"), &report_file::json(&settings)?)?;
    report_file::write(&folder.join("secret.txt"), &format!("{}\n", tenant.client_secret()))?;
    report_file::write(&folder.join("authority.pem"), tenant.authority_pem())
}

fn announcement(tenant: &PracticeTenant, folder: &Path, as_json: bool) -> Result<String, Failure> {
    let identities = tenant.state().identities;
    let login_host = format!("https://localhost:{}", tenant.login_address().port());
    let smtp = format!("localhost:{}", tenant.smtp_address().port());
    let token_endpoint = format!("{login_host}/{}/oauth2/v2.0/token", identities.tenant_id);
    if as_json {
        let body = json!({
            "login_host": login_host,
            "token_endpoint": token_endpoint,
            "smtp": smtp,
            "mailbox": identities.mailbox,
            "client_id": identities.client_id,
            "folder": folder,
        });
        return Ok(format!("{body}\n"));
    }
    let shown = folder.display();
    Ok(format!(
        "The practice tenant runs on this computer until Ctrl-C.\n\n\
         Token endpoint         {token_endpoint}\n\
         SMTP with STARTTLS     {smtp}\n\
         Mailbox                {mailbox}\n\
         Client ID              {client}\n\
         Client secret          {shown}/secret.txt\n\
         Certificate authority  {shown}/authority.pem\n\
         Settings               {shown}/settings.json\n\n\
         Try it from another terminal:\n\n  \
         incorta-mail check --settings {shown}/settings.json \\\n      \
         --secret-file {shown}/secret.txt \\\n      \
         --ca-file {shown}/authority.pem --login-host {login_host}\n",
        mailbox = identities.mailbox,
        client = identities.client_id,
    ))
}

//! `incorta-mail profiles`: the kept profiles, which the window shares.

use mail_setup_core::profiles::{Profile, Profiles};
use mail_setup_core::settings::{AccessPath, EmailSettings, Field, paste};

use super::{transfer, values};
use crate::arguments::{EditOptions, EndDate, Fields, ProfilesCommand};
use crate::terminal::{self, table};
use crate::{Failure, input, kept, report_file};

/// Lists, shows or changes profiles.
pub fn profiles(command: &ProfilesCommand) -> Result<u8, Failure> {
    let kept = kept::profiles()?;
    match command {
        ProfilesCommand::List { json } => list(&kept, *json),
        ProfilesCommand::Show { profile, json } => show(&kept, profile.as_deref(), *json),
        ProfilesCommand::Add { name, settings, fields } => {
            let settings = settings.as_deref().map(input::settings).transpose()?.unwrap_or_default();
            add(&kept, name, settings, fields)
        }
        ProfilesCommand::Edit(options) => edit(&kept, options),
        ProfilesCommand::Remove { profile, yes } => remove(&kept, profile, *yes),
        ProfilesCommand::Import(options) => transfer::import(&kept, options),
        ProfilesCommand::Export { profiles, output } => transfer::export(&kept, profiles, output.as_deref()),
    }
}

fn list(profiles: &Profiles, json: bool) -> Result<u8, Failure> {
    let all = profiles.list().map_err(kept::failed)?;
    if json {
        terminal::out(&report_file::json(&all)?);
        return Ok(0);
    }
    if all.is_empty() {
        terminal::err("No profile is kept yet. Make one with 'incorta-mail profiles add'.\n");
        return Ok(0);
    }
    let selected = profiles.selected().map_err(kept::failed)?;
    let secrets = kept::secrets();
    let rows = all.into_iter().map(|profile| {
        let mark = if selected.as_ref() == Some(&profile.id) { "*" } else { "" };
        let secret = kept::status_words(secrets.status(&profile.id));
        let path = path_words(profile.access_path);
        [mark.to_owned(), profile.name, profile.settings.system_email_address, path.to_owned(), secret.to_owned()]
    });
    terminal::out(&table(["", "Profile", "Mailbox", "Access path", "Client secret"], rows));
    Ok(0)
}

fn show(profiles: &Profiles, name: Option<&str>, json: bool) -> Result<u8, Failure> {
    let profile = kept::find_or_selected(profiles, name)?;
    if json {
        terminal::out(&report_file::json(&profile)?);
        return Ok(0);
    }
    let mut rows = vec![
        ("Profile", profile.name.clone()),
        ("Access path", path_words(profile.access_path).to_owned()),
        ("Last change in Microsoft 365", profile.last_change_at.as_deref().map_or("not known".to_owned(), time)),
        ("Client secret ends on", profile.secret_expires_on.clone().unwrap_or_else(|| "not known".to_owned())),
        ("Changed here", time(&profile.changed_at)),
    ];
    let values = values::rows(&profile.settings, values::secret_words(Some(&profile)));
    rows.extend(values.iter().map(|(label, value)| (label.as_str(), value.clone())));
    terminal::out(&terminal::rows(rows.into_iter().map(|(label, value)| [label.to_owned(), value])));
    Ok(0)
}

/// A kept time to the second.
fn time(kept: &str) -> String {
    let parsed = kept.parse::<jiff::Timestamp>();
    parsed.map_or(kept.to_owned(), |at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}

fn path_words(path: AccessPath) -> &'static str {
    match path {
        AccessPath::Classic => "classic",
        AccessPath::Rbac => "rbac",
    }
}

fn add(profiles: &Profiles, name: &str, mut settings: EmailSettings, fields: &Fields) -> Result<u8, Failure> {
    fields.put_into(&mut settings);
    let profile = profiles.create(name, settings, fields.access_path().unwrap_or_default()).map_err(kept::failed)?;
    terminal::out(&format!("Kept as “{0}”. Store its secret: incorta-mail secret set \"{0}\"\n", profile.name));
    tell_issues(&profile);
    Ok(0)
}

fn edit(profiles: &Profiles, options: &EditOptions) -> Result<u8, Failure> {
    let found = kept::find(profiles, &options.profile)?;
    if let Some(name) = &options.name {
        profiles.rename(&found.id, name).map_err(kept::failed)?;
    }
    let now = options.changed_now.then(|| profiles.now());
    let change = |profile: &mut Profile| {
        options.fields.put_into(&mut profile.settings);
        profile.access_path = options.fields.access_path().unwrap_or(profile.access_path);
        if let Some(EndDate(date)) = options.secret_expires_on {
            profile.secret_expires_on = date.map(|date| date.to_string());
        }
        profile.last_change_at = now.or(profile.last_change_at.take());
    };
    let profile = profiles.update(&found.id, change).map_err(kept::failed)?;
    terminal::out(&format!("Kept as “{}”.\n", profile.name));
    tell_issues(&profile);
    Ok(0)
}

/// Fields may be filled in later, so nothing here is refused; but it is said.
fn tell_issues(profile: &Profile) {
    let issues = mail_setup_core::settings::parse(&profile.settings, &Default::default()).issues;
    for issue in issues {
        terminal::err(&terminal::wrapped(&format!("{}: {}", issue.field.label(), issue.text), "  ", "  "));
    }
}

fn remove(profiles: &Profiles, name: &str, yes: bool) -> Result<u8, Failure> {
    let profile = kept::find(profiles, name)?;
    if !yes && !confirmed(&profile.name)? {
        terminal::err("Nothing was removed.\n");
        return Ok(0);
    }
    // The secret first: a profile without one can still be found and removed again.
    let secrets = kept::secrets();
    let forgotten = secrets.forget(&profile.id);
    forgotten.map_err(|error| kept::store_failed(&error, secrets.store_name()))?;
    profiles.erase(&profile.id).map_err(kept::failed)?;
    terminal::out(&format!("Removed “{}”.\n", profile.name));
    Ok(0)
}

fn confirmed(name: &str) -> Result<bool, Failure> {
    if !terminal::can_ask() {
        return Err(Failure::usage(format!(
            "removing “{name}” and its secret cannot be undone: confirm it with --yes"
        )));
    }
    let question = format!("Remove “{name}” and its stored secret, for good?");
    inquire::Confirm::new(&question).with_default(false).prompt().map_err(terminal::not_answered)
}

impl Fields {
    /// Writes the fields that were given; pasted text is taken as the window takes it.
    fn put_into(&self, settings: &mut EmailSettings) {
        let forgiving = |field: Field, text: &String| {
            let changes = paste::interpret(field, text).changes;
            changes.into_iter().find(|change| change.field == field).map_or_else(|| text.clone(), |change| change.value)
        };
        let texts = [
            (&self.mailbox, Field::SystemEmailAddress, &mut settings.system_email_address),
            (&self.client_id, Field::SmtpOauthClientId, &mut settings.smtp_oauth_client_id),
            (&self.token_endpoint, Field::SmtpOauthTokenEndpoint, &mut settings.smtp_oauth_token_endpoint),
            (&self.scope, Field::SmtpOauthScope, &mut settings.smtp_oauth_scope),
            (&self.smtp_host, Field::SmtpHost, &mut settings.smtp_host),
            (&self.smtp_port, Field::SmtpPort, &mut settings.smtp_port),
            (&self.protocol, Field::Protocol, &mut settings.protocol),
        ];
        for (given, field, kept) in texts {
            if let Some(text) = given {
                *kept = forgiving(field, text);
            }
        }
        let toggles = [
            (self.requires_authentication, &mut settings.email_host_requires_authentication),
            (self.username_auth, &mut settings.senders_username_auth),
            (self.oauth_enabled, &mut settings.smtp_oauth_enabled),
        ];
        for (given, kept) in toggles {
            *kept = given.unwrap_or(*kept);
        }
    }

    fn access_path(&self) -> Option<AccessPath> {
        self.path.map(AccessPath::from)
    }
}

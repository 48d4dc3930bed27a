//! `incorta-mail values`: what to type into Incorta's Email screen, in its order. The secret only as *stored* or not.

use mail_setup_core::profiles::Profile;
use mail_setup_core::settings::{CopyRow, EmailSettings, copy_rows};

use crate::arguments::ShowOptions;
use crate::subject::Named;
use crate::terminal::{self, table};
use crate::{Failure, kept, report_file};

/// Prints labels and values.
pub fn values(options: &ShowOptions) -> Result<u8, Failure> {
    let named = Named::read(&options.subject)?;
    let secret = secret_words(named.profile.as_ref());
    if options.json {
        let rows = copy_rows(&named.settings).into_iter();
        let rows: Vec<_> = rows.map(|row| CopyRow { value: row.value.or(Some(secret.to_owned())), ..row }).collect();
        terminal::out(&report_file::json(&rows)?);
    } else {
        let rows = rows(&named.settings, secret).into_iter().map(|(label, value)| [label, value]);
        terminal::out(&table(["Label in Incorta", "Value"], rows));
        terminal::out(
            "\nCMC › Clusters › your cluster › Tenants › your tenant › Configure › Email. Match by label; Save.\n",
        );
    }
    Ok(0)
}

/// Label and value of every row, in Incorta's order.
pub fn rows(settings: &EmailSettings, secret: &str) -> Vec<(String, String)> {
    let rows = copy_rows(settings).into_iter();
    rows.map(|row| (row.label, row.value.unwrap_or_else(|| secret.to_owned()))).collect()
}

/// Where the secret is, in words; that of a settings file is nowhere.
pub fn secret_words(profile: Option<&Profile>) -> &'static str {
    profile.map_or("not stored", |profile| kept::status_words(kept::secrets().status(&profile.id)))
}

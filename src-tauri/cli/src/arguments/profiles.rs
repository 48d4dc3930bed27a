//! `incorta-mail profiles`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::subject::PathOption;

/// What `profiles` can do.
#[derive(Debug, Subcommand)]
pub enum ProfilesCommand {
    /// List the kept profiles
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one profile
    Show {
        /// Which profile; the one used last unless given
        #[arg(value_name = "PROFILE")]
        profile: Option<String>,

        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Keep a new profile
    #[command(after_help = ADD)]
    Add {
        /// What to call it
        #[arg(value_name = "NAME")]
        name: String,

        /// Begin with these settings, as JSON without the secret
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        settings: Option<PathBuf>,

        #[command(flatten)]
        fields: Fields,
    },
    /// Change some fields of a profile; the others stay as they are
    #[command(after_help = EDIT)]
    Edit(EditOptions),
    /// Remove a profile and its stored secret, for good
    Remove {
        /// Which profile
        #[arg(value_name = "PROFILE")]
        profile: String,

        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Keep the profiles of a file that `export` wrote, or one from a settings file
    #[command(after_help = IMPORT)]
    Import(ImportOptions),
    /// Print profiles as JSON, without their secrets
    #[command(after_help = "Example:\n  incorta-mail profiles export > profiles.json")]
    Export {
        /// Which profiles; all unless given
        #[arg(value_name = "PROFILE")]
        profiles: Vec<String>,

        /// Write to a file instead of standard output
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
}

const ADD: &str = "\
Examples:
  incorta-mail profiles add Production --mailbox reports@contoso.com \\
      --client-id 3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346 \\
      --token-endpoint 8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token
  incorta-mail profiles add Production --settings incorta.json

Fields not given have the values for Microsoft 365.";

const EDIT: &str = "\
Examples:
  incorta-mail profiles edit Production --mailbox reports@contoso.com
  incorta-mail profiles edit Production --changed-now
  incorta-mail profiles edit Production --name \"Production (EU)\" --path rbac";

const IMPORT: &str = "\
Examples:
  incorta-mail profiles import profiles.json
  incorta-mail profiles import incorta.json --name Production
  ssh desktop incorta-mail profiles export | incorta-mail profiles import -

A name that is taken gets a number; nothing is replaced.";

/// What `profiles edit` takes.
#[derive(Debug, Args)]
pub struct EditOptions {
    /// Which profile
    #[arg(value_name = "PROFILE")]
    pub profile: String,

    /// Give it another name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Something was changed in Microsoft 365 just now: findings then reckon with the time it takes
    #[arg(long)]
    pub changed_now: bool,

    /// The client secret's last day, as Entra shows it; an empty text forgets it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = end_date)]
    pub secret_expires_on: Option<EndDate>,

    #[command(flatten)]
    pub fields: Fields,
}

/// A last day, or none.
#[derive(Debug, Clone, Copy)]
pub struct EndDate(pub Option<jiff::civil::Date>);

fn end_date(text: &str) -> Result<EndDate, String> {
    if text.is_empty() {
        return Ok(EndDate(None));
    }
    text.parse().map(|date| EndDate(Some(date))).map_err(|_| "type a date as 2027-05-31".to_owned())
}

/// What `profiles import` takes.
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// The file; - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,

    /// What to call the profile of a settings file; the file's name unless given
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// The fields of Incorta's Email screen, and what a profile has besides.
#[derive(Debug, Args)]
pub struct Fields {
    /// System Email Address: the sender mailbox
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::EmailAddress)]
    pub mailbox: Option<String>,

    /// SMTP OAuth Client ID: Application (client) ID
    #[arg(long, value_name = "GUID")]
    pub client_id: Option<String>,

    /// SMTP OAuth Token Endpoint; a full address is shortened
    #[arg(long, value_name = "PATH")]
    pub token_endpoint: Option<String>,

    /// SMTP OAuth Scope
    #[arg(long, value_name = "SCOPE")]
    pub scope: Option<String>,

    /// SMTP Host
    #[arg(long, value_name = "HOST", value_hint = ValueHint::Hostname)]
    pub smtp_host: Option<String>,

    /// Port
    #[arg(long, value_name = "PORT")]
    pub smtp_port: Option<String>,

    /// Email Server Protocol
    #[arg(long, value_name = "PROTOCOL")]
    pub protocol: Option<String>,

    /// Email Host Requires Authentication
    #[arg(long, value_name = "BOOL")]
    pub requires_authentication: Option<bool>,

    /// Sender's Username Auth
    #[arg(long, value_name = "BOOL")]
    pub username_auth: Option<bool>,

    /// SMTP OAuth Enabled
    #[arg(long, value_name = "BOOL")]
    pub oauth_enabled: Option<bool>,

    /// How the application gets its rights in Exchange Online
    #[arg(long, value_enum, value_name = "PATH")]
    pub path: Option<PathOption>,
}

//! `incorta-mail practice`.

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  incorta-mail practice
  incorta-mail practice full_access_missing
  incorta-mail practice --set full_access=missing --set smtp_certificate=expired
  incorta-mail practice --list

It prints where its two servers listen and writes what a client needs (settings,
secret, certificate authority) into a folder that is removed at the end.";

/// What `practice` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct PracticeOptions {
    /// The state to begin with; an unknown one lists them all
    #[arg(value_name = "STATE", default_value = "healthy")]
    pub state: String,

    /// Turn one switch (repeatable)
    #[arg(long, value_name = "SWITCH=VALUE")]
    pub set: Vec<String>,

    /// List states and switches instead
    #[arg(long)]
    pub list: bool,

    /// Print where everything is as JSON, on one line
    #[arg(long)]
    pub json: bool,
}

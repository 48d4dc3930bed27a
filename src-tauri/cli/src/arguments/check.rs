//! `incorta-mail check`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum, ValueHint};
use mail_setup_core::check::{Depth, Owner};

use super::{Reach, SecretOptions, SubjectOptions};

const EXAMPLES: &str = "\
Examples:
  incorta-mail check --practice
  incorta-mail check --practice full_access_missing
  incorta-mail check Production
  incorta-mail check Production --keep-trying=30m
  incorta-mail check --settings incorta.json --secret-file secret.txt --to admin@contoso.com
  incorta-mail check --settings incorta.json --json --report check.html
  incorta-mail check Production --message-for exchange-admin
  incorta-mail check --all --quiet --depth sign-in

The client secret comes from --secret-file, --secret-stdin, the environment
variable INCORTA_MAIL_CLIENT_SECRET, or, for a profile, this system's credential
store; never from an option.

Exit codes: 0 passed, 1 failed, 2 wrong usage or invalid settings,
3 could not run, 130 stopped by Ctrl-C.";

/// What `check` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckOptions {
    #[command(flatten)]
    pub subject: SubjectOptions,

    /// Check every profile, side by side within Microsoft's limits
    #[arg(long, conflicts_with_all = ["profile", "settings", "secret_file", "secret_stdin", "report", "keep_trying", "mask_addresses"])]
    pub all: bool,

    /// Use the practice tenant on this computer, in this state; an unknown one lists them all
    #[arg(long, value_name = "STATE", num_args = 0..=1, default_missing_value = "healthy")]
    #[arg(conflicts_with_all = ["profile", "settings", "all", "login_host", "ca_file", "secret_file", "secret_stdin"])]
    pub practice: Option<String>,

    #[command(flatten)]
    pub secret: SecretOptions,

    /// How far to go
    #[arg(long, value_enum, value_name = "DEPTH", default_value_t = DepthOption::Message)]
    pub depth: DepthOption,

    /// Who gets the test message; the sender mailbox itself unless given (repeatable)
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::EmailAddress)]
    pub to: Vec<String>,

    /// Print the report as JSON, and nothing else, on standard output
    #[arg(long)]
    pub json: bool,

    /// Write the report to a file: .json, .md or .html by its ending
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,

    /// Print a message to send to whoever must act, and nothing else, on standard output
    #[arg(long, value_enum, value_name = "OWNER", conflicts_with_all = ["json", "all"])]
    pub message_for: Option<OwnerOption>,

    /// Mask e-mail addresses in what --json, --report and --message-for give, for a public ticket
    #[arg(long)]
    pub mask_addresses: bool,

    /// Print nothing on success, for cron; findings and failures are printed
    #[arg(long, short)]
    pub quiet: bool,

    /// Check again with a fresh token until it passes, after 30 seconds at first, for 2h at the most
    #[arg(long, value_name = "DURATION", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "2h", value_parser = duration)]
    pub keep_trying: Option<Duration>,

    #[command(flatten)]
    pub reach: Reach,
}

/// How far to go.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DepthOption {
    /// The token and its claims only
    Token,
    /// The connection up to encryption, and the token
    Connection,
    /// Up to the sign-in; proves no right on the mailbox
    SignIn,
    /// A real message
    Message,
}

impl From<DepthOption> for Depth {
    fn from(depth: DepthOption) -> Self {
        match depth {
            DepthOption::Token => Self::Token,
            DepthOption::Connection => Self::Connection,
            DepthOption::SignIn => Self::SignIn,
            DepthOption::Message => Self::Message,
        }
    }
}

/// Who can mend something.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum OwnerOption {
    /// Who types the values into Incorta
    IncortaAdmin,
    /// Who administers Microsoft Entra
    EntraAdmin,
    /// Who administers Exchange Online
    ExchangeAdmin,
    /// Who administers the network
    NetworkAdmin,
    /// Microsoft's support
    Microsoft,
}

impl From<OwnerOption> for Owner {
    fn from(owner: OwnerOption) -> Self {
        match owner {
            OwnerOption::IncortaAdmin => Self::IncortaAdmin,
            OwnerOption::EntraAdmin => Self::EntraAdmin,
            OwnerOption::ExchangeAdmin => Self::ExchangeAdmin,
            OwnerOption::NetworkAdmin => Self::NetworkAdmin,
            OwnerOption::Microsoft => Self::Microsoft,
        }
    }
}

/// No check is kept trying for longer than a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// `90s`, `30m`, `2h`, `1h 30m`.
fn duration(text: &str) -> Result<Duration, String> {
    let parsed: Option<Duration> = text.parse::<jiff::SignedDuration>().ok().and_then(|parsed| parsed.try_into().ok());
    let valid = parsed.filter(|parsed| !parsed.is_zero() && *parsed <= LONGEST);
    valid.ok_or_else(|| "type a time up to a day, as 90s, 30m or 2h".to_owned())
}

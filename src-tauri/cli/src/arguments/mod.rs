//! What can be typed. No option takes a secret.

mod check;
mod handover;
mod practice;
mod profiles;
mod script;
mod subject;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;

pub use check::CheckOptions;
pub use handover::HandoverCommand;
pub use practice::PracticeOptions;
pub use profiles::{EditOptions, EndDate, Fields, ImportOptions, ProfilesCommand};
pub use script::ScriptOptions;
pub use subject::{Reach, SecretOptions, SubjectOptions};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const ABOUT: &str = "\
Checks that Incorta can send mail through Microsoft 365.

Signs in with OAuth 2.0 as Incorta does, sends a real message, and names the
cause of any failure with the person and the command that mend it.";

const EXIT_CODES: &str = "\
Examples:
  incorta-mail check --practice                try it, without a tenant
  incorta-mail check --settings incorta.json   check settings from a file
  incorta-mail profiles add Production --mailbox reports@contoso.com \\
      --client-id 3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346 \\
      --token-endpoint 8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token
  incorta-mail secret set Production           asks for the secret, hidden
  incorta-mail check Production                check a kept profile

Exit codes: 0 passed, 1 failed, 2 wrong usage or invalid settings,
3 could not run, 130 stopped by Ctrl-C.";

/// Checks that Incorta can send mail through Microsoft 365
#[derive(Debug, Parser)]
#[command(name = "incorta-mail", version, styles = STYLES, arg_required_else_help = true)]
#[command(long_about = ABOUT, after_help = EXIT_CODES, infer_subcommands = false)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in as Incorta will, send a test message, and name the cause of any failure
    Check(Box<CheckOptions>),
    /// Say what is wrong with settings, without any connection
    #[command(after_help = "Exit codes: 0 nothing stops a check, 2 something does.")]
    Validate(ShowOptions),
    /// Show every value in the order of Incorta's Email screen
    Values(ShowOptions),
    /// Ask for a token and judge each of its claims; the token itself is never shown
    Token(TokenOptions),
    /// Explain a finding by its code: what is seen, why, what to do
    #[command(after_help = "Example:\n  incorta-mail explain full_access_missing")]
    Explain {
        /// The code; all codes are listed unless given
        code: Option<String>,
    },
    /// Write a PowerShell script that sets up, verifies or takes back the Microsoft 365 side
    Script(ScriptOptions),
    /// Keep settings as profiles, shared with the window
    #[command(subcommand)]
    Profiles(ProfilesCommand),
    /// Keep client secrets in this system's credential store, shared with the window
    #[command(subcommand)]
    Secret(SecretCommand),
    /// Ask the Microsoft 365 administrator, and take the sealed reply
    #[command(subcommand)]
    Handover(HandoverCommand),
    /// Run the practice tenant until Ctrl-C, for other mail clients to try
    Practice(PracticeOptions),
    /// Print a completion script
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// For which shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = MANUAL)]
    Man {
        /// The page of one command, e.g. check
        command: Option<String>,
    },
}

const COMPLETIONS: &str = "\
Examples:
  incorta-mail completions bash > /etc/bash_completion.d/incorta-mail
  incorta-mail completions zsh > \"${fpath[1]}/_incorta-mail\"";

const MANUAL: &str = "\
Examples:
  incorta-mail man | man -l -
  incorta-mail man check > /usr/local/share/man/man1/incorta-mail-check.1";

/// What `validate` and `values` take.
#[derive(Debug, Args)]
pub struct ShowOptions {
    #[command(flatten)]
    pub subject: SubjectOptions,

    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What `token` takes.
#[derive(Debug, Args)]
#[command(after_help = TOKEN)]
pub struct TokenOptions {
    #[command(flatten)]
    pub subject: SubjectOptions,

    #[command(flatten)]
    pub secret: SecretOptions,

    #[command(flatten)]
    pub reach: Reach,

    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

const TOKEN: &str = "\
Examples:
  incorta-mail token Production
  incorta-mail token --settings incorta.json --secret-file secret.txt --json

Exit codes: 0 every claim is as it should be (or deserves a look), 1 no token
or a wrong claim, 2 wrong usage or invalid settings, 3 could not run.";

/// What `secret` can do.
#[derive(Debug, Subcommand)]
pub enum SecretCommand {
    /// Store a profile's client secret: asks for it, hidden, or reads a file or standard input
    #[command(after_help = SET)]
    Set {
        /// Which profile
        #[arg(value_name = "PROFILE")]
        profile: String,

        #[command(flatten)]
        secret: SecretOptions,
    },
    /// Remove a profile's client secret from the store
    Forget {
        /// Which profile
        #[arg(value_name = "PROFILE")]
        profile: String,
    },
    /// Print a calendar reminder of the secret's end, to import into any calendar
    #[command(after_help = REMINDER)]
    Reminder {
        /// Which profile
        #[arg(value_name = "PROFILE")]
        profile: String,

        /// Write to a file instead of standard output
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Say where a profile's client secret is
    #[command(after_help = "Exit codes: 0 stored, 1 not stored, 3 the store is locked or does not answer.")]
    Status {
        /// Which profile; all unless given
        #[arg(value_name = "PROFILE", value_hint = ValueHint::Other)]
        profile: Option<String>,
    },
}

const REMINDER: &str = "\
Example:
  incorta-mail secret reminder Production --output secret-ends.ics

The end date is noted with 'incorta-mail profiles edit PROFILE --secret-expires-on'.";

const SET: &str = "\
Examples:
  incorta-mail secret set Production
  some-vault read incorta | incorta-mail secret set Production --secret-stdin";

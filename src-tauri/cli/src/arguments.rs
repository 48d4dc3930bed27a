//! What can be typed. No option takes a secret.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use mail_setup_core::check::Depth;

/// Checks that Incorta can send mail through Microsoft 365.
#[derive(Debug, Parser)]
#[command(name = "incorta-mail", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in as Incorta will, send a test message, and name the cause of any failure.
    #[command(after_help = EXAMPLES)]
    Check(CheckOptions),
}

const EXAMPLES: &str = "\
Examples:
  incorta-mail check --practice
  incorta-mail check --practice full_access_missing
  incorta-mail check --settings incorta.json --secret-file secret.txt --to admin@contoso.com
  INCORTA_MAIL_CLIENT_SECRET=… incorta-mail check --settings incorta.json --json

The client secret comes from --secret-file, --secret-stdin or the environment
variable INCORTA_MAIL_CLIENT_SECRET, never from an option.

Exit codes: 0 passed, 1 failed, 2 wrong usage or invalid settings,
3 could not run, 130 stopped by Ctrl-C.";

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("subject").required(true).args(["practice", "settings"]))]
pub struct CheckOptions {
    /// Use the practice tenant on this computer, in this state; an unknown one lists them all
    #[arg(long, value_name = "STATE", num_args = 0..=1, default_missing_value = "healthy")]
    #[arg(conflicts_with_all = ["settings", "login_host", "ca_file", "secret_file", "secret_stdin"])]
    pub practice: Option<String>,

    /// Settings as JSON, without the secret
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,

    /// Read the client secret from the first line of a file
    #[arg(long, value_name = "FILE", conflicts_with = "secret_stdin")]
    pub secret_file: Option<PathBuf>,

    /// Read the client secret from the first line of standard input
    #[arg(long)]
    pub secret_stdin: bool,

    /// How far to go
    #[arg(long, value_enum, value_name = "DEPTH", default_value_t = DepthOption::Message)]
    pub depth: DepthOption,

    /// Who gets the test message; the sender mailbox itself unless given (repeatable)
    #[arg(long, value_name = "ADDRESS")]
    pub to: Vec<String>,

    /// Print the report as JSON, and nothing else, on standard output
    #[arg(long)]
    pub json: bool,

    /// Trust these certificate authorities besides the system's
    #[arg(long, value_name = "PEM")]
    pub ca_file: Option<PathBuf>,

    /// Ask this host for the token: https, or http on localhost [default: Microsoft's]
    #[arg(long, value_name = "URL")]
    pub login_host: Option<String>,

    /// Seconds that each stage may take [default: 15 to 90, by stage]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: Option<u64>,
}

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

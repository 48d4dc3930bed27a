//! Options that several commands share: whose settings, which secret, how hosts are reached.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use mail_setup_core::settings::AccessPath;

/// Whose settings.
#[derive(Debug, Args)]
pub struct SubjectOptions {
    /// A kept profile, by name; the one used last unless given
    #[arg(value_name = "PROFILE", conflicts_with = "settings")]
    pub profile: Option<String>,

    /// Settings as JSON, without the secret
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub settings: Option<PathBuf>,

    /// How the application gets its rights, with --settings [default: classic]
    #[arg(long, value_enum, value_name = "PATH", requires = "settings")]
    pub path: Option<PathOption>,
}

/// How an application gets its rights in Exchange Online.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PathOption {
    /// API permission with admin consent, FullAccess and SendAs on the mailbox
    Classic,
    /// RBAC for Applications: a role assignment with a scope
    Rbac,
}

impl From<PathOption> for AccessPath {
    fn from(path: PathOption) -> Self {
        match path {
            PathOption::Classic => Self::Classic,
            PathOption::Rbac => Self::Rbac,
        }
    }
}

/// Where the client secret comes from, when not from the store or the environment.
#[derive(Debug, Args)]
pub struct SecretOptions {
    /// Read the client secret from the first line of a file
    #[arg(long, value_name = "FILE", conflicts_with = "secret_stdin", value_hint = ValueHint::FilePath)]
    pub secret_file: Option<PathBuf>,

    /// Read the client secret from the first line of standard input
    #[arg(long)]
    pub secret_stdin: bool,
}

/// How hosts are reached.
#[derive(Debug, Args)]
pub struct Reach {
    /// Trust these certificate authorities besides the system's
    #[arg(long, value_name = "PEM", value_hint = ValueHint::FilePath)]
    pub ca_file: Option<PathBuf>,

    /// Ask this host for the token: https, or http on localhost [default: Microsoft's]
    #[arg(long, value_name = "URL")]
    pub login_host: Option<String>,

    /// Seconds that each stage may take [default: 15 to 90, by stage]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: Option<u64>,
}

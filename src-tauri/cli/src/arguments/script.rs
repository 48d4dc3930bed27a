//! `incorta-mail script`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use mail_setup_core::guide::ScriptKind;

use super::SubjectOptions;
use super::subject::PathOption;

const EXAMPLES: &str = "\
Examples:
  incorta-mail script setup Production --output setup.ps1
  incorta-mail script verify Production --path rbac > verify.ps1
  incorta-mail script undo --settings incorta.json --output undo.ps1

The Microsoft 365 administrator runs it in Windows PowerShell 5.1 or in
PowerShell 7, at first as .\\setup.ps1 -WhatIf, which changes nothing. Only the
sender mailbox is needed: without a client ID, the setup registers the
application. No script holds a secret.";

/// What `script` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ScriptOptions {
    /// What the script does
    #[arg(value_enum, value_name = "KIND")]
    pub kind: KindOption,

    /// A kept profile, by name; the one used last unless given
    #[arg(value_name = "PROFILE", conflicts_with = "settings")]
    profile: Option<String>,

    /// Settings as JSON, without the secret
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    settings: Option<PathBuf>,

    /// How the application gets its rights [default: the profile's, else classic]
    #[arg(long, value_enum, value_name = "PATH")]
    pub path: Option<PathOption>,

    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

impl ScriptOptions {
    /// Whose settings. Unlike elsewhere, a path may stand beside a profile, too.
    pub fn subject(&self) -> SubjectOptions {
        SubjectOptions { profile: self.profile.clone(), settings: self.settings.clone(), path: self.path }
    }
}

/// What a script does.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum KindOption {
    /// Make what is missing in Microsoft 365
    Setup,
    /// Only read, and say what is as it must be
    Verify,
    /// Take back what the setup made
    Undo,
}

impl From<KindOption> for ScriptKind {
    fn from(kind: KindOption) -> Self {
        match kind {
            KindOption::Setup => Self::Setup,
            KindOption::Verify => Self::Verify,
            KindOption::Undo => Self::Undo,
        }
    }
}

//! `incorta-mail handover`.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

/// What `handover` can do.
#[derive(Debug, Subcommand)]
pub enum HandoverCommand {
    /// Make a package for the Microsoft 365 administrator: what is asked, scripts, and a key to seal the reply with
    #[command(after_help = REQUEST)]
    Request {
        /// Which profile the reply is to fill
        #[arg(value_name = "PROFILE")]
        profile: String,

        /// Write a new folder, or a file whose name ends in .zip
        #[arg(long, value_name = "FOLDER|FILE.zip", value_hint = ValueHint::AnyPath)]
        #[arg(default_value = "incorta-mail-request.zip")]
        output: PathBuf,

        /// Who asks, as the administrator knows you
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        asked_by: String,
    },
    /// Open the administrator's reply, store its secret and fill the profile
    #[command(after_help = ACCEPT)]
    Accept {
        /// The reply, or a mail that holds it; - for standard input
        #[arg(value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// List the requests and what has become of them
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

const REQUEST: &str = "\
Examples:
  incorta-mail handover request Production
  incorta-mail handover request Production --asked-by \"BI team\" \\
      --output for-the-administrator.zip

Nothing in the package is secret. The private key stays in this computer's
credential store, so open the reply here, as the same user, within 14 days.";

const ACCEPT: &str = "\
Examples:
  incorta-mail handover accept                 paste the block, then Ctrl-D
  incorta-mail handover accept reply.txt

Exit codes: 0 taken, 2 refused, 3 could not run. A reply that was refused can
be tried again.";

//! Misuse of the command line on one line: what was wrong, what to type instead, where to read on.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use crate::arguments::Arguments;
use crate::terminal;

/// Prints what clap has to say: help and version on standard output, misuse as one line.
pub fn tell(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            terminal::out(&error.render().ansi().to_string());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal::err(&error.render().ansi().to_string());
            ExitCode::from(2)
        }
        _ if may_show_a_secret(error) => {
            terminal::err(SECRET_TYPED);
            ExitCode::from(2)
        }
        _ => {
            terminal::err(&format!("incorta-mail: {}\n", one_line(&error.render().to_string())));
            ExitCode::from(2)
        }
    }
}

const SECRET_TYPED: &str = "incorta-mail: a secret is never an argument, where other users and the shell's history \
                            would have it: use --secret-file, --secret-stdin or INCORTA_MAIL_CLIENT_SECRET. Change it \
                            in Entra if it was a real one\n";

/// Whether the words of the error may hold a secret that somebody typed as an argument.
fn may_show_a_secret(error: &Error) -> bool {
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else { return false };
    let is_option = argument.starts_with('-');
    argument.to_lowercase().contains("secret") || (!is_option && command_meant().ends_with("secret set"))
}

/// What clap adds that helps nobody here.
const UNHELPFUL: [&str; 3] = ["For more information", "Usage: ", "to pass"];

/// clap writes a paragraph for the error, one for each tip, one for the usage.
fn one_line(rendered: &str) -> String {
    let mut sentences = Vec::new();
    for part in rendered.split("\n\n").flat_map(|paragraph| paragraph.split("\n  tip: ")) {
        let words = part.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.trim_start_matches("error: ").trim_start_matches("tip: ");
        if !words.is_empty() && !UNHELPFUL.iter().any(|beginning| words.starts_with(beginning)) {
            sentences.push(words.trim_end_matches('.').to_owned());
        }
    }
    format!("{}. See: {} --help", sentences.join("; "), command_meant())
}

/// The program and those of its commands that were typed.
fn command_meant() -> String {
    let mut command = &Arguments::command();
    let mut names = vec![command.get_name().to_owned()];
    for typed in std::env::args().skip(1) {
        let Some(found) = command.find_subcommand(typed) else { break };
        names.push(found.get_name().to_owned());
        command = found;
    }
    names.join(" ")
}

//! Misuse of the command line on one line: what was wrong, what to type instead, where to read on.

use std::process::ExitCode;

use clap::Error;
use clap::error::ErrorKind;

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
        _ => {
            terminal::err(&format!("incorta-mail: {}\n", one_line(&error.render().to_string())));
            ExitCode::from(2)
        }
    }
}

/// What clap adds that helps nobody here.
const UNHELPFUL: [&str; 2] = ["For more information", "to pass"];

/// clap writes a paragraph for the error, one for each tip, one for the usage.
fn one_line(rendered: &str) -> String {
    let mut sentences = Vec::new();
    let mut usage = String::new();
    for paragraph in rendered.split("\n\n") {
        for part in paragraph.split("\n  tip: ") {
            let words = part.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = words.trim_start_matches("error: ").trim_start_matches("tip: ");
            if let Some(line) = words.strip_prefix("Usage: ") {
                line.clone_into(&mut usage);
            } else if !words.is_empty() && !UNHELPFUL.iter().any(|beginning| words.starts_with(beginning)) {
                sentences.push(words.trim_end_matches('.').to_owned());
            }
        }
    }
    // The usage names the command that was meant: everything before its first option or value.
    let words = usage.split_whitespace().take_while(|word| !word.starts_with(['-', '<', '[']));
    let command = words.collect::<Vec<_>>().join(" ");
    let command = if command.is_empty() { "incorta-mail" } else { &command };
    format!("{}. See: {command} --help", sentences.join("; "))
}

//! What people read in a terminal or in a log: two streams, colour where it is wanted, a width.
//!
//! Colour follows `NO_COLOR`, `CLICOLOR_FORCE` and whether the stream is a terminal. A reader that
//! went away is no fault of ours: nothing is said about it.

mod findings;
mod people;
mod table;

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use inquire::InquireError;

pub use findings::{result, stage, title};
pub use people::People;
pub use table::{rows, table, wrapped_table};

use crate::{Failure, interrupt};

pub const STRONG: Style = Style::new().bold();
pub const QUIET: Style = Style::new().dimmed();
pub const GOOD: Style = AnsiColor::Green.on_default();
pub const BAD: Style = AnsiColor::Red.on_default().bold();
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub const COMMAND: Style = AnsiColor::Cyan.on_default();

/// Lines of a log, and the least that a terminal is taken to have.
const WIDTH: usize = 80;
/// Longer lines read badly, however wide the terminal is.
const WIDEST: usize = 110;

/// Writes to standard output.
pub fn out(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error.
pub fn err(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Whether a person sits at standard input, and at standard error where a question would stand.
pub fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// A question without an answer: Ctrl-C or Esc, or a terminal that cannot be used.
pub fn not_answered(error: InquireError) -> Failure {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Failure { code: interrupt::EXIT_CODE, text: "stopped; nothing was changed".to_owned() }
        }
        error => Failure::unable(format!("cannot ask in this terminal: {error}")),
    }
}

/// Columns to wrap text to.
pub fn width() -> usize {
    let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.map_or(WIDTH, |columns| columns.clamp(40, WIDEST))
}

/// Text in a style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A paragraph wrapped to the width, its line end included.
pub fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(width())
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        // A path or an address that is broken at its slashes cannot be copied.
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    format!("{}\n", textwrap::fill(text, options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_whole_wherever_the_line_ends() {
        let path = "contoso.com/oauth2/v2.0/token";
        let text = wrapped(&vec![path; 20].join(" "), "", "  ");
        assert!(text.lines().count() > 1, "{text}");
        assert_eq!(text.matches(path).count(), 20, "{text}");
    }
}

//! `incorta-mail completions` and `man`: made from the command line's own definition.

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::{Failure, terminal};

/// Prints a completion script.
pub fn completions(shell: Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "incorta-mail", &mut script);
    terminal::out(&String::from_utf8_lossy(&script));
    Ok(0)
}

/// Prints the manual page of the program or of one of its commands.
pub fn man(name: Option<&str>) -> Result<u8, Failure> {
    let mut whole = Arguments::command();
    whole.build();
    let command = match name {
        None => whole,
        Some(name) => page_of(&whole, name)?,
    };
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(|error| Failure::unable(error.to_string()))?;
    terminal::out(&String::from_utf8_lossy(&page));
    Ok(0)
}

fn page_of(whole: &Command, name: &str) -> Result<Command, Failure> {
    let found = whole.find_subcommand(name).ok_or_else(|| {
        let names: Vec<&str> = whole.get_subcommands().map(Command::get_name).collect();
        Failure::usage(format!("man {name}: no such command. There are: {}", names.join(", ")))
    })?;
    Ok(found.clone())
}

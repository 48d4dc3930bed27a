//! `incorta-mail`: the terminal twin of the window, for the Incorta server.
//!
//! Exit codes: 0 passed (warnings allowed), 1 the check failed, 2 wrong usage or
//! invalid settings, 3 could not run, 130 stopped by Ctrl-C. It links no windowing library.

mod arguments;
mod commands;
mod input;
mod interrupt;
mod kept;
mod misuse;
mod report_file;
mod subject;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use commands::{
    check, check_all, explain, generate, handover, practice, profiles, script, secret, token, validate, values,
};

/// Why the program stops before there is a report.
#[derive(Debug)]
struct Failure {
    code: u8,
    text: String,
}

impl Failure {
    /// Wrong usage or invalid settings.
    fn usage(text: impl Into<String>) -> Self {
        Self { code: 2, text: text.into() }
    }

    /// Could not run.
    fn unable(text: impl Into<String>) -> Self {
        Self { code: 3, text: text.into() }
    }
}

fn main() -> ExitCode {
    // Memory and environment hold the secret: no core file, and no look into them for the user's other programs. A
    // system that refuses this runs the program as it did before.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misuse::tell(&error),
    };
    match run(arguments.command) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            terminal::err(&format!("incorta-mail: {}\n", failure.text));
            ExitCode::from(failure.code)
        }
    }
}

fn run(command: Command) -> Result<u8, Failure> {
    match command {
        Command::Check(options) if options.all => connected(check_all::check_all(&options)),
        Command::Check(options) => connected(check::check(&options)),
        Command::Token(options) => connected(token::token(&options)),
        Command::Practice(options) => connected(practice::practice(&options)),
        Command::Validate(options) => validate::validate(&options),
        Command::Values(options) => values::values(&options),
        Command::Explain { code } => explain::explain(code.as_deref()),
        Command::Script(options) => script::write(&options),
        Command::Profiles(command) => profiles::profiles(&command),
        Command::Secret(command) => secret::secret(&command),
        Command::Handover(command) => handover::handover(&command),
        Command::Completions { shell } => generate::completions(shell),
        Command::Man { command } => generate::man(command.as_deref()),
    }
}

/// Runs a command that uses the network.
fn connected(command: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::unable(format!("cannot start: {error}")))?;
    let ended = runtime.block_on(command);
    // A name lookup in progress cannot be stopped; it must not hold the exit.
    runtime.shutdown_background();
    ended
}

//! `incorta-mail`: the terminal twin of the window, for the Incorta server.
//!
//! Exit codes: 0 passed (warnings allowed), 1 the check failed, 2 wrong usage or
//! invalid settings, 3 could not run, 130 stopped by Ctrl-C. It links no windowing library.

mod arguments;
mod check;
mod input;
mod print;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

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
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Failure::unable(format!("cannot start: {error}"))),
    };
    let Command::Check(options) = arguments.command;
    let ended = runtime.block_on(check::check(&options));
    // A name lookup in progress cannot be stopped; it must not hold the exit.
    runtime.shutdown_background();
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    print::to_standard_error(&format!("incorta-mail: {}\n", failure.text));
    ExitCode::from(failure.code)
}

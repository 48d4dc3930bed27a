//! The desktop shell: one window over `mail-setup-core`.
//!
//! Commands take a request, call core and map the error; what the product
//! knows, core knows. Nothing here is reachable from the terminal twin.

mod app_commands;
mod app_state;
#[cfg(test)]
mod bindings;
mod clipboard;
mod commands;
mod downloads;
mod error;
mod links;
mod practice;
mod report_file;
mod requests;

use std::process::ExitCode;
use std::sync::Arc;

use tauri::{Manager, RunEvent};

use app_state::AppState;

macro_rules! handler {
    ($($command:ident),* $(,)?) => { tauri::generate_handler![$(commands::$command),*] };
}

/// Opens the window and runs until it is closed.
pub fn run() -> ExitCode {
    let state = match AppState::of_this_computer() {
        Ok(state) => Arc::new(state),
        Err(reason) => return fail(&reason),
    };
    let app = tauri::Builder::default()
        .manage(state)
        .plugin(links::stay())
        .invoke_handler(app_commands::app_commands!(handler))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|handle, event| {
                if matches!(event, RunEvent::Exit) {
                    // There is no later moment to try again.
                    let _ = handle.state::<Arc<AppState>>().clipboard.take_back_secret();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error.to_string()),
    }
}

#[expect(clippy::print_stderr, reason = "without a window there is no other place to say why")]
fn fail(reason: &str) -> ExitCode {
    eprintln!("Incorta Mail Setup cannot start: {reason}");
    ExitCode::from(3)
}

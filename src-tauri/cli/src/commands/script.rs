//! `incorta-mail script`: PowerShell for the Microsoft 365 administrator.

use mail_setup_core::guide::{ScriptRequest, script};
use mail_setup_core::settings::AccessPath;

use crate::arguments::ScriptOptions;
use crate::subject::Named;
use crate::{Failure, input, report_file, terminal};

/// Prints or writes a script.
pub fn write(options: &ScriptOptions) -> Result<u8, Failure> {
    let named = Named::read(&options.subject())?;
    let access_path = options.path.map_or(named.access_path, AccessPath::from);
    let request = ScriptRequest::of(&named.name, &named.settings, access_path);
    let request = request.map_err(|issues| {
        Failure::usage(format!("{}: no script without these:{}", named.name, input::lines(&issues)))
    })?;
    let text = script(options.kind.into(), &request);
    match &options.output {
        None => terminal::out(&text),
        Some(path) => report_file::write(path, &text)?,
    }
    Ok(0)
}

//! `incorta-mail handover`: a request to the Microsoft 365 administrator, and the sealed reply to it.

use std::io::{ErrorKind, IsTerminal};
use std::path::Path;

use mail_setup_core::guide::handover::{
    Accepted, Asking, Destination, HandoverError, Handovers, NewRequest, RequestState, Scripts, package, sealing,
};
use mail_setup_core::guide::{ScriptKind, ScriptRequest, script};
use mail_setup_core::profiles::{FileError, Profile, Profiles};
use mail_setup_core::secrets::{SecretError, Secrets};
use serde::Serialize;

use crate::arguments::HandoverCommand;
use crate::terminal::{self, table};
use crate::{Failure, input, kept, report_file};

/// Makes a request, takes a reply, or lists the requests.
pub fn handover(command: &HandoverCommand) -> Result<u8, Failure> {
    let profiles = kept::profiles()?;
    let handovers = kept::handovers()?;
    match command {
        HandoverCommand::Request { profile, output, asked_by } => {
            request(&handovers, &kept::find(&profiles, profile)?, output, asked_by)
        }
        HandoverCommand::Accept { file } => accept(&handovers, &profiles, file),
        HandoverCommand::List { json } => list(&handovers, &profiles, *json),
    }
}

fn request(handovers: &Handovers, profile: &Profile, output: &Path, asked_by: &str) -> Result<u8, Failure> {
    let mailbox = profile.settings.system_email_address.trim();
    if mailbox.is_empty() {
        let name = &profile.name;
        return Err(Failure::usage(format!(
            "“{name}” has no sender mailbox yet, and the administrator is asked for rights on it: \
             incorta-mail profiles edit \"{name}\" --mailbox ADDRESS"
        )));
    }
    let about = ScriptRequest::of(&profile.name, &profile.settings, profile.access_path).map_err(|issues| {
        let issues = issues.iter().map(|issue| format!("\n  {}: {}", issue.field.label(), issue.text));
        Failure::usage(format!("{}: no script can be made of this:{}", profile.name, issues.collect::<String>()))
    })?;
    let destination = Destination::at(output).map_err(|error| not_written(output, &error))?;
    if let Some(aside) = handovers.set_aside_if_broken().map_err(|error| failed(error, ""))? {
        let (path, reason) = (aside.path.display(), aside.reason);
        terminal::err(&format!("The requests made before could not be read ({reason}). They are now in {path}.\n"));
    }
    let secrets = kept::secrets();
    let made = handovers.request(&profile.id, &secrets);
    let made = made.map_err(|error| failed(error, secrets.store_name()))?;
    let asking = Asking { mailbox, access_path: profile.access_path, asked_by };
    write(&destination, output, &made, &asking, about).inspect_err(|_| {
        // What could not be sent can never be answered; the fault to tell is the first.
        let _ = handovers.withdraw(&made.request, &secrets);
    })?;
    let (path, until) = (output.display(), made.request.expires_at.strftime("%Y-%m-%d %H:%M UTC"));
    terminal::out(&format!(
        "Written to {path}. Send it to the Microsoft 365 administrator; nothing in it is secret.\n\
         The reply fills “{}”. Open it here before {until}: incorta-mail handover accept\n",
        profile.name
    ));
    Ok(0)
}

fn write(
    destination: &Destination,
    path: &Path,
    made: &NewRequest,
    asking: &Asking<'_>,
    about: ScriptRequest,
) -> Result<(), Failure> {
    let about = ScriptRequest { sealing: Some(sealing(made)), ..about };
    let [setup, verify, undo] = ScriptKind::ALL.map(|kind| script(kind, &about));
    let scripts = Scripts { setup: Some(&setup), verify: Some(&verify), undo: Some(&undo) };
    let files = package(made, asking, &scripts);
    destination.write(&files, made.request.made_at).map_err(|error| not_written(path, &error))
}

fn not_written(path: &Path, error: &std::io::Error) -> Failure {
    let path = path.display();
    match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::usage(format!("--output {path}: there is something already, and nothing is replaced"))
        }
        ErrorKind::NotFound => Failure::usage(format!("--output {path}: the folder around it does not exist")),
        _ => Failure::unable(format!("cannot write {path}: {error}")),
    }
}

fn accept(handovers: &Handovers, profiles: &Profiles, file: &Path) -> Result<u8, Failure> {
    if file == Path::new("-") && std::io::stdin().is_terminal() {
        let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
        terminal::err(&format!("Paste the whole reply, from BEGIN to END, then press Enter and {end}:\n"));
    }
    let text = input::text(file, "reply")?;
    let secrets = kept::secrets();
    let accepted = handovers.accept(&text, profiles, &secrets);
    let accepted = accepted.map_err(|error| failed(error, secrets.store_name()))?;
    terminal::out(&told(&accepted, &secrets));
    Ok(0)
}

/// What was filled, with what it replaced: anyone who has the package can answer it.
fn told(accepted: &Accepted, secrets: &Secrets) -> String {
    let name = &accepted.profile.name;
    let mut rows: Vec<[String; 2]> = Vec::new();
    for filled in &accepted.filled {
        rows.push([filled.field.label().to_owned(), filled.now.clone()]);
        if !filled.before.trim().is_empty() && filled.before != filled.now {
            rows.push([String::new(), format!("in place of {}", filled.before)]);
        }
    }
    rows.push(["SMTP OAuth Client Secret".to_owned(), format!("stored in {}", secrets.store_name())]);
    rows.push(["Client secret ends on".to_owned(), accepted.ends_on.to_string()]);
    rows.push(["Object ID of the enterprise application".to_owned(), accepted.object_id.to_string()]);
    format!(
        "Taken. Filled in “{name}”:\n{}Compare the IDs with the administrator, then: incorta-mail check \"{name}\"\n",
        terminal::rows(rows)
    )
}

/// A request as `list --json` prints it.
#[derive(Serialize)]
struct Listed {
    request: String,
    profile: String,
    made_at: String,
    expires_at: String,
    accepted_at: Option<String>,
    state: RequestState,
    key_fingerprint: String,
}

fn list(handovers: &Handovers, profiles: &Profiles, json: bool) -> Result<u8, Failure> {
    let requests = handovers.list().map_err(|error| failed(error, ""))?;
    let profiles = profiles.list().map_err(kept::failed)?;
    let name = |id: &str| profiles.iter().find(|profile| profile.id == id).map(|profile| profile.name.clone());
    let listed = requests.into_iter().map(|(request, state)| Listed {
        request: request.id.to_string(),
        profile: name(&request.profile).unwrap_or_else(|| "(removed)".to_owned()),
        made_at: request.made_at.to_string(),
        expires_at: request.expires_at.to_string(),
        accepted_at: request.accepted_at.map(|at| at.to_string()),
        state,
        key_fingerprint: request.key_fingerprint,
    });
    let listed: Vec<Listed> = listed.collect();
    if json {
        terminal::out(&report_file::json(&listed)?);
        return Ok(0);
    }
    if listed.is_empty() {
        terminal::err("No request was made yet. Make one with 'incorta-mail handover request'.\n");
        return Ok(0);
    }
    let rows = listed.into_iter().map(|row| {
        let state = match row.state {
            RequestState::Pending => "waiting for the reply",
            RequestState::Accepted => "answered",
            RequestState::Expired => "expired",
        };
        [row.request, row.profile, day(&row.made_at), day(&row.expires_at), state.to_owned()]
    });
    terminal::out(&table(["Request", "Profile", "Made", "Expires", "State"], rows));
    Ok(0)
}

/// The day of a time in RFC 3339.
fn day(time: &str) -> String {
    time.chars().take(10).collect()
}

/// What went wrong, and what to do.
fn failed(error: HandoverError, store: &str) -> Failure {
    match error {
        HandoverError::Refused(refusal) => Failure::usage(refusal.text()),
        HandoverError::Secret(SecretError::Unavailable) => Failure::unable(
            "no credential store answers on this computer, and without one neither a request's key nor a client secret \
             can be kept. Make the request and open its reply on a desktop, in the window or here",
        ),
        HandoverError::Secret(error) => kept::store_failed(&error, store),
        HandoverError::Profile(error) => kept::failed(error),
        HandoverError::File(FileError::NotRead { .. }) => {
            Failure::unable(format!("{error}. The file stays as it is; the next request sets it aside"))
        }
        HandoverError::NoKeyMade | HandoverError::File(_) => Failure::unable(error.to_string()),
    }
}

//! `incorta-mail profiles import` and `export`: profiles from one computer to another, without their secrets.

use std::path::Path;

use mail_setup_core::profiles::Profiles;
use mail_setup_core::redact::printable;
use mail_setup_core::settings::{AccessPath, EmailSettings};
use serde::{Deserialize, Serialize};

use crate::arguments::ImportOptions;
use crate::{Failure, input, kept, report_file, terminal};

const VERSION: u32 = 1;

/// What an exported file holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exported {
    version: u32,
    profiles: Vec<ExportedProfile>,
}

/// A profile without what belongs to one computer alone.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportedProfile {
    name: String,
    settings: EmailSettings,
    #[serde(default)]
    access_path: AccessPath,
}

/// Prints or writes profiles.
pub fn export(profiles: &Profiles, names: &[String], output: Option<&Path>) -> Result<u8, Failure> {
    let chosen = match names {
        [] => profiles.list().map_err(kept::failed)?,
        names => names.iter().map(|name| kept::find(profiles, name)).collect::<Result<_, _>>()?,
    };
    let profiles = chosen.into_iter().map(|profile| ExportedProfile {
        name: profile.name,
        settings: profile.settings,
        access_path: profile.access_path,
    });
    let text = report_file::json(&Exported { version: VERSION, profiles: profiles.collect() })?;
    match output {
        None => terminal::out(&text),
        Some(path) => report_file::write(path, &text)?,
    }
    Ok(0)
}

/// Keeps the profiles of a file beside those that are there.
pub fn import(profiles: &Profiles, options: &ImportOptions) -> Result<u8, Failure> {
    let text = input::text(&options.file, "profiles")?;
    let mut read = read(&text, &options.file)?;
    if let Some(name) = &options.name {
        let [profile] = read.as_mut_slice() else {
            return Err(Failure::usage(format!(
                "--name fits one profile; {} holds {}",
                options.file.display(),
                read.len()
            )));
        };
        profile.name.clone_from(name);
    }
    for profile in read {
        let kept = profiles.create(&profile.name, profile.settings, profile.access_path).map_err(kept::failed)?;
        terminal::out(&format!("Kept as “{0}”. Store its secret: incorta-mail secret set \"{0}\"\n", kept.name));
    }
    Ok(0)
}

/// An exported file, or settings, which become one profile named after their file.
fn read(text: &str, path: &Path) -> Result<Vec<ExportedProfile>, Failure> {
    let refused = |reason: String| {
        Failure::usage(format!("{}: neither exported profiles nor settings in JSON: {reason}", path.display()))
    };
    // An error names what stands in the file.
    let wrong = |error: serde_json::Error| refused(printable(&error.to_string()));
    let is_export = serde_json::from_str::<serde_json::Value>(text).map_err(wrong)?.get("profiles").is_some();
    if !is_export {
        let settings = EmailSettings::of_json(text).map_err(refused)?;
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "-");
        let name = name.unwrap_or_else(|| "Imported".to_owned());
        return Ok(vec![ExportedProfile { name, settings, access_path: AccessPath::default() }]);
    }
    let exported: Exported = serde_json::from_str(text).map_err(wrong)?;
    if exported.version != VERSION {
        let version = exported.version;
        return Err(Failure::usage(format!(
            "{}: version {version} of exported profiles is not known to this release",
            path.display()
        )));
    }
    Ok(exported.profiles)
}

//! `--report FILE`: the report as JSON, Markdown or HTML by the file's ending, written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use mail_setup_core::check::Report;
use mail_setup_core::report::{html, markdown};

use crate::Failure;

/// Where a report goes, and in which form.
pub struct ReportFile {
    path: PathBuf,
    format: Format,
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Markdown,
    Html,
}

impl ReportFile {
    /// Judges the path before the check runs, so that no check is run for nothing.
    pub fn at(path: &Path) -> Result<Self, Failure> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let format = match ending.as_deref() {
            Some("json") => Format::Json,
            Some("md") => Format::Markdown,
            Some("html") => Format::Html,
            _ => {
                let path = path.display();
                return Err(Failure::usage(format!("--report {path}: end the file's name in .json, .md or .html")));
            }
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if path.is_dir() || !folder.is_dir() {
            return Err(Failure::unable(format!("--report {}: no file can be written there", path.display())));
        }
        Ok(Self { path: path.to_owned(), format })
    }

    /// Writes the report in place of an earlier one.
    pub fn write(&self, report: &Report) -> Result<(), Failure> {
        let text = match self.format {
            Format::Json => json(report)?,
            Format::Markdown => markdown(report),
            Format::Html => html(report),
        };
        write(&self.path, &text)
    }
}

/// Writes a file whole or not at all. A new one is the user's alone; one that is replaced keeps its owner and mode,
/// for it may have been opened to others on purpose.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let write = || {
        let mut options = atomic_write_file::OpenOptions::new();
        #[cfg(unix)]
        {
            use atomic_write_file::unix::OpenOptionsExt as _;
            use std::os::unix::fs::OpenOptionsExt as _;
            // A link is replaced, and its own mode says nothing.
            let is_file = !path.is_symlink();
            options.mode(0o600).preserve_mode(is_file).try_preserve_owner(is_file);
        }
        let mut file = options.open(path)?;
        file.write_all(text.as_bytes())?;
        file.commit()
    };
    write().map_err(|error: std::io::Error| Failure::unable(format!("cannot write {}: {error}", path.display())))
}

/// JSON as files and programs get it.
pub fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::unable(error.to_string()))?;
    Ok(format!("{text}\n"))
}

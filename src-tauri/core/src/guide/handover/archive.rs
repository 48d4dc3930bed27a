//! Where a package is written: a new folder, or a zip file.

use std::io::{self, Cursor, ErrorKind, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::PackageFile;
use crate::document::{make_private_folder, private};

/// A place for a package where nothing is yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder, which is made.
    Folder(PathBuf),
    /// A file whose name ends in `.zip`.
    Zip(PathBuf),
}

impl Destination {
    /// A file when the name ends in `.zip`, else a folder.
    ///
    /// # Errors
    /// `AlreadyExists` when there is something, `NotFound` when the folder around it is missing.
    pub fn at(path: &Path) -> io::Result<Self> {
        let around = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if path.symlink_metadata().is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        if !around.is_dir() {
            return Err(ErrorKind::NotFound.into());
        }
        let is_zip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        Ok(if is_zip { Self::Zip(path.to_owned()) } else { Self::Folder(path.to_owned()) })
    }

    /// Writes the files, private to the user; `made_at` becomes their time inside a zip file (UTC). Nothing that is
    /// there is replaced.
    ///
    /// # Errors
    /// The operating system's.
    pub fn write(&self, files: &[PackageFile], made_at: Timestamp) -> io::Result<()> {
        match self {
            Self::Folder(folder) => {
                make_private_folder(folder)?;
                files.iter().try_for_each(|file| write_new(&folder.join(file.name), file.contents.as_bytes()))
            }
            Self::Zip(path) => write_new(path, &zipped(files, made_at)?),
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private().create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The files as one zip file; `made_at` becomes their time inside it (UTC).
///
/// # Errors
/// When a file is larger than a zip file may hold.
pub fn zipped(files: &[PackageFile], made_at: Timestamp) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip_time(made_at).unwrap_or_default());
    for file in files {
        archive.start_file(file.name, options)?;
        archive.write_all(file.contents.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A zip file holds times from 1980 to 2107.
fn zip_time(at: Timestamp) -> Option<DateTime> {
    let at = TimeZone::UTC.to_datetime(at);
    let part = |number: i8| u8::try_from(number).ok();
    let year = u16::try_from(at.year()).ok()?;
    let (month, day) = (part(at.month())?, part(at.day())?);
    DateTime::from_date_and_time(year, month, day, part(at.hour())?, part(at.minute())?, part(at.second())?).ok()
}

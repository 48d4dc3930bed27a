//! A document in a file: one JSON object with a version, written whole or not at
//! all, private to the user, changed only under a lock. A file that cannot be
//! read is set aside under another name, never overwritten; one that a newer
//! release wrote is left where it is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::redact::printable;

/// No document is larger, in bytes.
pub const SIZE_LIMIT: usize = 16 * 1024 * 1024;

/// How long to wait for others who change the same file: they need milliseconds, unless they wait for a person.
const LOCK_LIMIT: Duration = Duration::from_secs(30);

/// What a file may hold. The default stands for a file that is not there yet.
/// Fields that it does not know are kept in it, so that what a newer release
/// wrote survives a change by an older one.
pub(crate) trait Document: Default + Serialize + DeserializeOwned {
    /// The name of its files, without an ending.
    const NAME: &'static str;
    /// The one version that this release reads and writes. It grows when an older release could not keep what is new.
    const VERSION: u32;
}

/// A file that could not be read, kept under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    /// What was wrong with it.
    pub reason: String,
}

/// Why a file of this user could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It could not be read.
    #[error("cannot read {}: {reason}", path.display())]
    NotRead {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it, or the operating system's words.
        reason: String,
    },
    /// It could not be written; the old one stands.
    #[error("cannot write {}: {reason}", path.display())]
    NotWritten {
        /// Which file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// A newer release wrote it; it is neither read nor changed.
    #[error(
        "{} was written by a newer release of Incorta Mail Setup (version {version} of the file): update this one",
        path.display()
    )]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
}

/// The file of a document.
pub(crate) struct DocumentFile<D> {
    path: PathBuf,
    lock_path: PathBuf,
    document: PhantomData<fn() -> D>,
}

impl<D: Document> DocumentFile<D> {
    /// The document's file in `folder`, which is made when it is missing.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let file = |ending: &str| folder.join(format!("{}.{ending}", D::NAME));
        Self { path: file("json"), lock_path: file("lock"), document: PhantomData }
    }

    /// The document; an empty one when there is no file yet.
    pub(crate) fn read(&self) -> Result<D, FileError> {
        let Some(bytes) = self.read_bytes()? else { return Ok(D::default()) };
        parse(&bytes).map_err(|fault| match fault {
            Fault::Broken(reason) => self.not_read(reason),
            Fault::Newer(version) => FileError::Newer { path: self.path.clone(), version },
        })
    }

    /// Reads, changes and writes under the lock. Nothing is written when `change` fails.
    pub(crate) fn change<T, E: From<FileError>>(&self, change: impl FnOnce(&mut D) -> Result<T, E>) -> Result<T, E> {
        let _lock = self.lock()?;
        let mut document = self.read()?;
        let result = change(&mut document)?;
        self.write(&document)?;
        Ok(result)
    }

    /// Sets the file aside if it is broken, and says so.
    pub(crate) fn set_aside_if_broken(&self, now: Timestamp) -> Result<Option<SetAside>, FileError> {
        if self.broken()?.is_none() {
            return Ok(None);
        }
        let _lock = self.lock()?;
        // Another process may have set it aside meanwhile.
        let Some(reason) = self.broken()? else { return Ok(None) };
        let stamp = now.strftime("%Y%m%dT%H%M%SZ");
        let names = std::iter::once(String::new()).chain((2..).map(|number| format!("-{number}")));
        let mut paths = names.map(|mark| self.path.with_file_name(format!("{}.set-aside-{stamp}{mark}.json", D::NAME)));
        let path = paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_default();
        fs::rename(&self.path, &path).map_err(|error| self.not_written(error))?;
        Ok(Some(SetAside { path, reason }))
    }

    /// What is wrong with the file, if anything.
    fn broken(&self) -> Result<Option<String>, FileError> {
        let bytes = self.read_bytes()?;
        Ok(bytes.and_then(|bytes| match parse::<D>(&bytes) {
            Err(Fault::Broken(reason)) => Some(reason),
            Ok(_) | Err(Fault::Newer(_)) => None,
        }))
    }

    /// What the file holds, or as much of it as shows that it is too large.
    fn read_bytes(&self) -> Result<Option<Vec<u8>>, FileError> {
        let path = self.target().map_err(|error| self.not_read(error.to_string()))?;
        let mut bytes = Vec::new();
        match File::open(path).and_then(|file| file.take(SIZE_LIMIT as u64 + 1).read_to_end(&mut bytes)) {
            Ok(_) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.not_read(error.to_string())),
        }
    }

    /// The file itself where its path is a link, as people have it who keep such files elsewhere. A
    /// link that leads nowhere is an error: its file may only be away for a while.
    fn target(&self) -> io::Result<PathBuf> {
        if !self.path.is_symlink() {
            return Ok(self.path.clone());
        }
        fs::canonicalize(&self.path).map_err(|error| io::Error::other(format!("it is a link, and {error}")))
    }

    /// Held until dropped. The lock is a file of its own, because the document's
    /// file is replaced by each write.
    fn lock(&self) -> Result<File, FileError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        folder_builder()
            .recursive(true)
            .create(folder)
            .map_err(|error| self.not_written(io::Error::other(format!("no folder can be made for it: {error}"))))?;
        let lock = private().create(true).truncate(false).open(&self.lock_path);
        let lock = lock.map_err(|error| self.not_written(error))?;
        let begun = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) if begun.elapsed() < LOCK_LIMIT => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(self.not_written(io::Error::other("another window or terminal is changing it")));
                }
                Err(TryLockError::Error(error)) => return Err(self.not_written(error)),
            }
        }
    }

    fn write(&self, document: &D) -> Result<(), FileError> {
        let mut json = serde_json::to_vec_pretty(document).map_err(|error| self.not_written(error.into()))?;
        json.push(b'\n');
        if json.len() > SIZE_LIMIT {
            return Err(self.not_written(io::Error::other(format!("it would be larger than {SIZE_LIMIT} bytes"))));
        }
        self.target().and_then(|path| replace(&path, &json)).map_err(|error| self.not_written(error))
    }

    fn not_read(&self, reason: String) -> FileError {
        FileError::NotRead { path: self.path.clone(), reason }
    }

    fn not_written(&self, error: io::Error) -> FileError {
        FileError::NotWritten { path: self.path.clone(), reason: error.to_string() }
    }
}

/// Why bytes are no document of this release.
enum Fault {
    Broken(String),
    Newer(u64),
}

#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

fn parse<D: Document>(bytes: &[u8]) -> Result<D, Fault> {
    if bytes.len() > SIZE_LIMIT {
        return Err(Fault::Broken(format!("it is larger than {SIZE_LIMIT} bytes")));
    }
    // Editors under Windows may begin a file with a byte order mark.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let broken = |error: serde_json::Error| Fault::Broken(printable(&error.to_string()));
    let known = u64::from(D::VERSION);
    match serde_json::from_slice(bytes).map_err(broken)? {
        Versioned { version } if version > known => Err(Fault::Newer(version)),
        Versioned { version } if version < known => Err(Fault::Broken(format!("there is no version {version}"))),
        Versioned { .. } => serde_json::from_slice(bytes).map_err(broken),
    }
}

/// Puts bytes in the place of a file, whole or not at all. They begin in a file beside it whose name is always the
/// same: who holds the lock is alone, and what a killed process left there is gone with the next write.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A rename would replace it all the same, except under Windows.
    if fs::metadata(path).is_ok_and(|file| file.permissions().readonly()) {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let new = path.with_extension("json.new");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = private().create_new(true).open(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let replaced = written.and_then(|()| fs::rename(&new, path));
    if replaced.is_err() {
        // The first fault is the one to tell.
        let _ = fs::remove_file(&new);
        return replaced;
    }
    // The new name outlives a loss of power, too. Where that cannot be had, the file is written all the same.
    #[cfg(unix)]
    let _ = File::open(path.parent().unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
    Ok(())
}

/// To open a file for writing that, when it is made, is the user's alone.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that is the user's alone; there must be none yet.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    folder_builder().create(folder)
}

fn folder_builder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// What holds of a document, whatever its file holds.
#[cfg(any(test, fuzzing))]
pub(crate) mod properties {
    use super::{Document, Fault, parse};
    use crate::redact::properties::assert_shows;

    /// What is read is the same when it is written and read again, and a refusal shows.
    pub(crate) fn file<D: Document>(input: &[u8]) {
        match parse::<D>(input) {
            Ok(document) => {
                let json = serde_json::to_value(&document).expect("a document can be serialised");
                let again = parse::<D>(json.to_string().as_bytes()).ok().expect("it was read before");
                assert_eq!(serde_json::to_value(&again).expect("a document can be serialised"), json);
            }
            Err(Fault::Broken(reason)) => assert_shows(&reason),
            Err(Fault::Newer(version)) => assert!(version > u64::from(D::VERSION)),
        }
    }
}

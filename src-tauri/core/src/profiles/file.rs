//! The file of the profiles: one JSON document, written whole and atomically,
//! private to the user, changed only under a lock.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Profile, ProfileError};

const VERSION: u32 = 1;

/// What the file holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Document {
    version: u32,
    #[serde(default)]
    pub(super) selected: Option<String>,
    #[serde(default)]
    pub(super) profiles: Vec<Profile>,
}

impl Default for Document {
    fn default() -> Self {
        Self { version: VERSION, selected: None, profiles: Vec::new() }
    }
}

/// A file that could not be read, kept under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    /// What was wrong with it.
    pub reason: String,
}

pub(super) struct ProfileFile {
    path: PathBuf,
    lock_path: PathBuf,
}

impl ProfileFile {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("profiles.json"), lock_path: folder.join("profiles.lock") }
    }

    /// The document; an empty one when there is no file yet.
    pub(super) fn read(&self) -> Result<Document, ProfileError> {
        self.read_bytes().and_then(|bytes| match bytes {
            None => Ok(Document::default()),
            Some(bytes) => parse(&bytes).map_err(|reason| self.not_read(reason)),
        })
    }

    /// Reads, changes and writes under the lock. Nothing is written when `change` fails.
    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&mut Document) -> Result<T, ProfileError>,
    ) -> Result<T, ProfileError> {
        let _lock = self.lock()?;
        let mut document = self.read()?;
        let result = change(&mut document)?;
        self.write(&document)?;
        Ok(result)
    }

    pub(super) fn set_aside_if_broken(&self, now: Timestamp) -> Result<Option<SetAside>, ProfileError> {
        if self.broken()?.is_none() {
            return Ok(None);
        }
        let _lock = self.lock()?;
        // Another process may have set it aside meanwhile.
        let Some(reason) = self.broken()? else { return Ok(None) };
        let stamp = now.strftime("%Y%m%dT%H%M%SZ");
        let names = std::iter::once(String::new()).chain((2..).map(|number| format!("-{number}")));
        let mut paths = names.map(|mark| self.path.with_file_name(format!("profiles.set-aside-{stamp}{mark}.json")));
        let path = paths.find(|path| !path.exists()).unwrap_or_default();
        fs::rename(&self.path, &path).map_err(|error| self.not_written(error))?;
        Ok(Some(SetAside { path, reason }))
    }

    /// What is wrong with the file, if anything.
    fn broken(&self) -> Result<Option<String>, ProfileError> {
        Ok(self.read_bytes()?.and_then(|bytes| parse(&bytes).err()))
    }

    fn read_bytes(&self) -> Result<Option<Vec<u8>>, ProfileError> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.not_read(error.to_string())),
        }
    }

    /// Held until dropped. The lock is a file of its own, because the profiles'
    /// file is replaced by each write.
    fn lock(&self) -> Result<File, ProfileError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        make_private_folder(folder).map_err(|error| self.not_written(error))?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&self.lock_path);
        let lock = lock.map_err(|error| self.not_written(error))?;
        lock.lock().map_err(|error| self.not_written(error))?;
        Ok(lock)
    }

    fn write(&self, document: &Document) -> Result<(), ProfileError> {
        let mut json = serde_json::to_vec_pretty(document).map_err(|error| self.not_written(error.into()))?;
        json.push(b'\n');
        let write = || {
            let mut options = atomic_write_file::OpenOptions::new();
            #[cfg(unix)]
            {
                use atomic_write_file::unix::OpenOptionsExt as _;
                use std::os::unix::fs::OpenOptionsExt as _;
                options.mode(0o600).preserve_mode(false);
            }
            let mut file = options.open(&self.path)?;
            file.write_all(&json)?;
            file.commit()
        };
        write().map_err(|error| self.not_written(error))
    }

    fn not_read(&self, reason: String) -> ProfileError {
        ProfileError::NotRead { path: self.path.clone(), reason }
    }

    fn not_written(&self, error: std::io::Error) -> ProfileError {
        ProfileError::NotWritten { path: self.path.clone(), reason: error.to_string() }
    }
}

fn parse(bytes: &[u8]) -> Result<Document, String> {
    let document: Document = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if document.version == VERSION {
        Ok(document)
    } else {
        Err(format!("version {} is not known to this release", document.version))
    }
}

fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

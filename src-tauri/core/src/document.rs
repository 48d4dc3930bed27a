//! A document in a file: one JSON object with a version, written whole and
//! atomically, private to the user, changed only under a lock. A file that
//! cannot be read is set aside under another name, never overwritten.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a file may hold. The default stands for a file that is not there yet.
pub(crate) trait Document: Default + Serialize + DeserializeOwned {
    /// The name of its files, without an ending.
    const NAME: &'static str;
    /// The one version that this release reads and writes.
    const VERSION: u32;
    /// The version that it was read with.
    fn version(&self) -> u32;
}

/// A file that could not be read, kept under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    /// What was wrong with it.
    pub reason: String,
}

/// Why a document could not be read or written.
#[derive(Debug)]
pub(crate) enum DocumentError {
    /// The file could not be read.
    NotRead {
        /// Which file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// The file could not be written; the old one stands.
    NotWritten {
        /// Which file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
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
    pub(crate) fn read(&self) -> Result<D, DocumentError> {
        self.read_bytes().and_then(|bytes| match bytes {
            None => Ok(D::default()),
            Some(bytes) => parse(&bytes).map_err(|reason| self.not_read(reason)),
        })
    }

    /// Reads, changes and writes under the lock. Nothing is written when `change` fails.
    pub(crate) fn change<T, E: From<DocumentError>>(
        &self,
        change: impl FnOnce(&mut D) -> Result<T, E>,
    ) -> Result<T, E> {
        let _lock = self.lock()?;
        let mut document = self.read()?;
        let result = change(&mut document)?;
        self.write(&document)?;
        Ok(result)
    }

    /// Sets the file aside if it cannot be read, and says so.
    pub(crate) fn set_aside_if_broken(&self, now: Timestamp) -> Result<Option<SetAside>, DocumentError> {
        if self.broken()?.is_none() {
            return Ok(None);
        }
        let _lock = self.lock()?;
        // Another process may have set it aside meanwhile.
        let Some(reason) = self.broken()? else { return Ok(None) };
        let stamp = now.strftime("%Y%m%dT%H%M%SZ");
        let names = std::iter::once(String::new()).chain((2..).map(|number| format!("-{number}")));
        let mut paths = names.map(|mark| self.path.with_file_name(format!("{}.set-aside-{stamp}{mark}.json", D::NAME)));
        let path = paths.find(|path| !path.exists()).unwrap_or_default();
        fs::rename(&self.path, &path).map_err(|error| self.not_written(error))?;
        Ok(Some(SetAside { path, reason }))
    }

    /// What is wrong with the file, if anything.
    fn broken(&self) -> Result<Option<String>, DocumentError> {
        Ok(self.read_bytes()?.and_then(|bytes| parse::<D>(&bytes).err()))
    }

    fn read_bytes(&self) -> Result<Option<Vec<u8>>, DocumentError> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.not_read(error.to_string())),
        }
    }

    /// Held until dropped. The lock is a file of its own, because the document's
    /// file is replaced by each write.
    fn lock(&self) -> Result<File, DocumentError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        make_private_folder(folder).map_err(|error| self.not_written(error))?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&self.lock_path);
        let lock = lock.map_err(|error| self.not_written(error))?;
        lock.lock().map_err(|error| self.not_written(error))?;
        Ok(lock)
    }

    fn write(&self, document: &D) -> Result<(), DocumentError> {
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

    fn not_read(&self, reason: String) -> DocumentError {
        DocumentError::NotRead { path: self.path.clone(), reason }
    }

    fn not_written(&self, error: std::io::Error) -> DocumentError {
        DocumentError::NotWritten { path: self.path.clone(), reason: error.to_string() }
    }
}

fn parse<D: Document>(bytes: &[u8]) -> Result<D, String> {
    let document: D = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if document.version() == D::VERSION {
        Ok(document)
    } else {
        Err(format!("version {} is not known to this release", document.version()))
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

//! Files made for people or programs: in the user's downloads, private to the user,
//! whole or not at all, and never in place of another file.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use directories::UserDirs;
use tempfile::NamedTempFile;

use crate::error::CommandError;

/// Saves a file in the downloads, or at home where there are none; gives its path.
pub fn save(stem: &str, ending: &str, contents: &[u8]) -> Result<PathBuf, CommandError> {
    let mut problem = CommandError::FileNotSaved { folder: String::new(), reason: "no home folder".to_owned() };
    for folder in folders() {
        match write(&folder, stem, ending, contents) {
            Ok(path) => return Ok(path),
            Err(error) => {
                let (folder, reason) = (folder.display().to_string(), error.to_string());
                problem = CommandError::FileNotSaved { folder, reason };
            }
        }
    }
    Err(problem)
}

/// Where to save, best first.
fn folders() -> Vec<PathBuf> {
    let Some(user) = UserDirs::new() else { return Vec::new() };
    user.download_dir().into_iter().chain([user.home_dir()]).map(Path::to_owned).collect()
}

/// Writes a file under the first free name. The temporary file it begins as is
/// private (mode 0600), and so is what becomes of it.
fn write(folder: &Path, stem: &str, ending: &str, contents: &[u8]) -> std::io::Result<PathBuf> {
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(contents)?;
    file.as_file().sync_all()?;
    for number in 1_u32.. {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{stem}{mark}.{ending}"));
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => file = taken.file,
            Err(failed) => return Err(failed.error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEM: &str = "incorta-mail-check-20261125-0307";

    #[test]
    fn a_second_file_of_the_same_name_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let write = |text: &str| write(folder.path(), STEM, "html", text.as_bytes()).unwrap();
        assert_eq!(write("first"), folder.path().join("incorta-mail-check-20261125-0307.html"));
        assert_eq!(write("second"), folder.path().join("incorta-mail-check-20261125-0307-2.html"));
        assert_eq!(std::fs::read_to_string(folder.path().join(format!("{STEM}.html"))).unwrap(), "first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn a_saved_file_is_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path(), STEM, "json", b"{}").unwrap();
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_folder_that_is_none_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        assert_eq!(write(&missing, STEM, "json", b"{}").unwrap_err().kind(), ErrorKind::NotFound);
    }
}

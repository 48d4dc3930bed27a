//! The one error that crosses to the window: a closed list of codes with typed
//! parameters. The window has the words.

use mail_setup_core::guide::handover::{HandoverError, Refusal};
use mail_setup_core::incorta::SendReportIssue;
use mail_setup_core::profiles::{FileError, ProfileError};
use mail_setup_core::report::ReadError;
use mail_setup_core::secrets::SecretError;
use mail_setup_core::settings::{Issue, SECRET_LIMIT};
use serde::Serialize;
use ts_rs::TS;

/// Why a command did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CommandError {
    /// An argument is not of its form.
    InvalidRequest {
        /// Which, and why.
        reason: String,
    },
    /// No profile has this identifier.
    ProfileNotFound,
    /// The profiles' file cannot be read.
    ProfilesNotRead {
        /// Which file.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// The profiles' file cannot be written.
    ProfilesNotWritten {
        /// Which file.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// A newer release wrote a file of this user; nothing is read from it, and it is left as it is.
    FileNewer {
        /// Which file.
        path: String,
        /// Its version.
        version: u64,
    },
    /// There is nothing to store.
    SecretEmpty,
    /// The secret is longer than any store takes.
    SecretTooLong {
        /// The limit, in characters.
        limit: usize,
    },
    /// There is no secret to check with or to copy.
    SecretNotStored,
    /// The credential store holds something else under this name.
    SecretUnreadable,
    /// The credential store is locked.
    StoreLocked,
    /// The credential store failed.
    StoreFailed {
        /// Its words, without the secret.
        reason: String,
    },
    /// The clipboard cannot be used.
    ClipboardUnavailable {
        /// Its words.
        reason: String,
    },
    /// The form holds errors.
    SettingsInvalid {
        /// All its issues.
        issues: Vec<Issue>,
    },
    /// A check is running already.
    CheckRunning,
    /// The practice tenant cannot run.
    PracticeFailed {
        /// Why.
        reason: String,
    },
    /// The address is not of a known host.
    LinkNotAllowed {
        /// The address.
        url: String,
    },
    /// The file is larger than a report may be.
    ReportTooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The file is not JSON.
    ReportNotJson {
        /// Where it stops being JSON; the first line is 1.
        line: usize,
        /// In that line; the first character is 1.
        column: usize,
    },
    /// The file is JSON, but not a report.
    ReportMalformed {
        /// The part in question.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The report was written by a release with a newer schema.
    ReportNewer {
        /// Its schema.
        schema: u64,
    },
    /// The report's addresses cannot be masked, so that nothing is written.
    ReportNotMasked,
    /// The file cannot be written anywhere.
    FileNotSaved {
        /// The folder that was tried last.
        folder: String,
        /// The operating system's words.
        reason: String,
    },
    /// The text is no day of the calendar.
    DateMalformed,
    /// No credential store answers, and what was asked for needs one.
    StoreUnavailable,
    /// The reply of the Microsoft 365 administrator is not taken.
    ReplyRefused {
        /// Why.
        refusal: Refusal,
        /// The same in words, with what to do.
        text: String,
    },
    /// What was typed names no report that Incorta could be asked for.
    SendReportIncomplete {
        /// What is wrong.
        issue: SendReportIssue,
        /// The same in words.
        text: String,
    },
    /// The file of the requests to administrators cannot be read.
    RequestsNotRead {
        /// Which file.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// The file of the requests to administrators cannot be written.
    RequestsNotWritten {
        /// Which file.
        path: String,
        /// The operating system's words.
        reason: String,
    },
}

impl From<SendReportIssue> for CommandError {
    fn from(issue: SendReportIssue) -> Self {
        Self::SendReportIncomplete { text: issue.to_string(), issue }
    }
}

impl From<ProfileError> for CommandError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::File(FileError::NotRead { path, reason }) => {
                Self::ProfilesNotRead { path: path.display().to_string(), reason }
            }
            ProfileError::File(FileError::NotWritten { path, reason }) => {
                Self::ProfilesNotWritten { path: path.display().to_string(), reason }
            }
            ProfileError::File(FileError::Newer { path, version }) => {
                Self::FileNewer { path: path.display().to_string(), version }
            }
            ProfileError::NotFound => Self::ProfileNotFound,
            error @ ProfileError::Name => Self::InvalidRequest { reason: error.to_string() },
        }
    }
}

impl From<SecretError> for CommandError {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Empty => Self::SecretEmpty,
            SecretError::TooLong => Self::SecretTooLong { limit: SECRET_LIMIT },
            SecretError::Locked => Self::StoreLocked,
            SecretError::Unavailable => Self::StoreUnavailable,
            SecretError::Unreadable => Self::SecretUnreadable,
            SecretError::Failed(reason) => Self::StoreFailed { reason },
        }
    }
}

impl From<HandoverError> for CommandError {
    fn from(error: HandoverError) -> Self {
        match error {
            HandoverError::Refused(refusal) => Self::ReplyRefused { text: refusal.text(), refusal },
            HandoverError::Secret(error) => error.into(),
            HandoverError::Profile(error) => error.into(),
            error @ HandoverError::NoKeyMade => Self::InvalidRequest { reason: error.to_string() },
            HandoverError::File(FileError::NotRead { path, reason }) => {
                Self::RequestsNotRead { path: path.display().to_string(), reason }
            }
            HandoverError::File(FileError::NotWritten { path, reason }) => {
                Self::RequestsNotWritten { path: path.display().to_string(), reason }
            }
            HandoverError::File(FileError::Newer { path, version }) => {
                Self::FileNewer { path: path.display().to_string(), version }
            }
        }
    }
}

impl From<ReadError> for CommandError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::TooLarge { limit } => Self::ReportTooLarge { limit },
            ReadError::NotJson { line, column } => Self::ReportNotJson { line, column },
            ReadError::Malformed { place, reason } => Self::ReportMalformed { place, reason },
            ReadError::Newer { schema } => Self::ReportNewer { schema },
        }
    }
}

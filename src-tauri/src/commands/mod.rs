//! The commands of the window: each takes its request, calls core, maps the
//! error.

mod check;
mod form;
mod guide;
mod handover;
mod incorta;
mod practice;
mod profiles;
mod report;
mod secrets;

pub(crate) use check::*;
pub(crate) use form::*;
pub(crate) use guide::*;
pub(crate) use handover::*;
pub(crate) use incorta::*;
pub(crate) use practice::*;
pub(crate) use profiles::*;
pub(crate) use report::*;
pub(crate) use secrets::*;

/// The state as Tauri hands it in.
type State<'a> = tauri::State<'a, std::sync::Arc<crate::app_state::AppState>>;

/// What every command gives back.
type Answer<T> = Result<T, crate::error::CommandError>;

//! Ctrl-C and a service manager's request to end: both stop a check cleanly, with the report so far.

use tokio_util::sync::CancellationToken;

/// What a shell gives for a program ended by Ctrl-C (128 + SIGINT).
pub const EXIT_CODE: u8 = 130;

/// A token that is cancelled by the first signal.
pub fn cancel() -> CancellationToken {
    let cancel = CancellationToken::new();
    let cancelled = cancel.clone();
    tokio::spawn(async move {
        signal().await;
        cancelled.cancel();
    });
    cancel
}

/// Waits for a signal.
#[cfg(unix)]
pub async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

/// Waits for a signal.
#[cfg(not(unix))]
pub async fn signal() {
    let _ = tokio::signal::ctrl_c().await;
}

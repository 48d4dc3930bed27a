//! What this process holds of the operating system and of its runtime.

use std::time::{Duration, Instant};

use tokio::runtime::Handle;

/// How long what is over may take to be gone.
const PATIENCE: Duration = Duration::from_secs(20);

/// What must not grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub descriptors: usize,
    /// Those of them that are sockets.
    pub sockets: usize,
    pub threads: usize,
    pub tasks: usize,
}

impl Held {
    /// At this moment.
    pub fn now() -> Self {
        let entries = || std::fs::read_dir("/proc/self/fd").unwrap().flatten();
        let is_socket = |target: std::path::PathBuf| target.to_string_lossy().starts_with("socket:");
        let targets: Vec<_> = entries().filter_map(|entry| std::fs::read_link(entry.path()).ok()).collect();
        Self {
            descriptors: targets.len(),
            sockets: targets.into_iter().filter(|target| is_socket(target.clone())).count(),
            threads: usize::try_from(status("Threads:")).unwrap(),
            tasks: Handle::current().metrics().num_alive_tasks(),
        }
    }

    /// Once only so many tasks are alive: a connection that is over takes a moment to be gone.
    pub async fn with_tasks(tasks: usize) -> Self {
        let begun = Instant::now();
        loop {
            let held = Self::now();
            if held.tasks <= tasks || begun.elapsed() > PATIENCE {
                return held;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Memory in use, in kB.
pub fn resident() -> u64 {
    status("VmRSS:")
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

//! What a process holds of its system, as Linux tells it.

use std::fs::read_dir;

/// Tasks of the runtime, and what the kernel counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub tasks: usize,
    /// File descriptors, sockets among them.
    pub handles: usize,
    pub sockets: usize,
    pub threads: usize,
    pub resident_kb: u64,
}

impl Held {
    /// What this process holds now.
    pub fn now(tasks: usize) -> Self {
        // A descriptor that is closed meanwhile, as that of the listing itself, has no target.
        let targets: Vec<_> = read_dir("/proc/self/fd")
            .unwrap()
            .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
            .collect();
        let sockets = targets.iter().filter(|target| target.to_string_lossy().starts_with("socket:")).count();
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let number = |name: &str| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().trim_end_matches(" kB").parse().unwrap()
        };
        Self {
            tasks,
            handles: targets.len(),
            sockets,
            threads: usize::try_from(number("Threads:")).unwrap(),
            resident_kb: number("VmRSS:"),
        }
    }
}

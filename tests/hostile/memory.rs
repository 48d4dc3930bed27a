//! The most memory that this process ever held.

/// Holds the peak against a bound, in megabytes, and tells it.
#[cfg(target_os = "linux")]
#[allow(clippy::print_stderr, reason = "the figure is for whoever runs the test")]
pub fn stays_below(megabytes: u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    eprintln!("peak of memory: {} MB", kilobytes / 1024);
    assert!(kilobytes / 1024 < megabytes, "{kilobytes} kB at the most");
}

/// Elsewhere the system does not tell it in a file.
#[cfg(not(target_os = "linux"))]
pub fn stays_below(_: u64) {}

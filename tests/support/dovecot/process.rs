//! The running process group, from its start to its end.

use std::fs::OpenOptions;
use std::io;
use std::net::Ipv4Addr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::files::LOG;

/// Runs Dovecot until standard input closes or Dovecot ends, then kills the whole process group.
/// The kernel closes that pipe however the test ends, so that no server outlives it. Dovecot's own
/// orderly stop would leave sign-in processes behind as long as a client is connected.
const SUPERVISOR: &str = "(/usr/sbin/dovecot -F -c \"$1\"; kill -KILL 0) & read -r _; kill -KILL 0";

/// How long a start may take on a loaded machine.
const START_DEADLINE: Duration = Duration::from_secs(20);

/// How long a connection may wait for its greeting before it is tried again.
const GREETING_DEADLINE: Duration = Duration::from_secs(2);

/// The supervising shell: the leader of a process group with all of Dovecot in it.
#[derive(Debug)]
pub(super) struct Supervised(pub(super) Child);

impl Supervised {
    /// Starts Dovecot with the configuration in `directory`.
    pub(super) fn spawn(directory: &Path) -> io::Result<Self> {
        let log = OpenOptions::new().create(true).append(true).open(directory.join(LOG))?;
        Command::new("/bin/sh")
            .args(["-c", SUPERVISOR, "dovecot-supervisor"])
            .arg(directory.join("dovecot.conf"))
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .map(Self)
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // The shell kills itself with its group; there is nothing to learn from its exit status.
        drop(self.0.wait());
    }
}

/// Waits until the server greets; otherwise says what was seen instead.
pub(super) async fn wait_for_greeting(
    process: &mut Supervised,
    port: u16,
    directory: &Path,
) -> Result<(), &'static str> {
    let started = Instant::now();
    while started.elapsed() < START_DEADLINE {
        if !matches!(process.0.try_wait(), Ok(None)) {
            return Err("ended at once");
        }
        if greets(port, directory).await {
            return Ok(());
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err("did not greet in time")
}

/// Whether the server on `port` is the one started in `directory`, which its greeting names.
async fn greets(port: u16, directory: &Path) -> bool {
    let greeting = async {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).await?;
        io::Result::Ok(line)
    };
    let expected = format!("220 localhost Dovecot ready, {}\r\n", directory.display());
    matches!(timeout(GREETING_DEADLINE, greeting).await, Ok(Ok(line)) if line == expected)
}

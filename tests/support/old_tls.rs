//! OpenSSL's own TLS server, held to a version that TLS libraries of today no longer speak.

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

use crate::authority::ServerIdentity;

/// Runs the server until standard input closes, however the test ends.
const SUPERVISOR: &str = "exec 3<&0; (openssl s_server \"$@\" <&3; kill -KILL 0) & read -r _; kill -KILL 0";

/// A version of TLS that RFC 8996 retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldTls {
    /// TLS 1.0.
    V1_0,
    /// TLS 1.1.
    V1_1,
}

/// A running `openssl s_server`. It knows TLS and nothing else: what goes before is another server's
/// affair, which then hands the connection over.
#[derive(Debug)]
pub struct OldTlsServer {
    process: Child,
    address: SocketAddr,
    /// Open as long as the server writes to it.
    _said: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl OldTlsServer {
    /// Starts the server on a free port, with this identity and this version alone.
    ///
    /// # Errors
    ///
    /// When OpenSSL cannot be started or does not say where it waits.
    pub fn start(version: OldTls, identity: &ServerIdentity) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let file = |name: &str, text: String| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).map(|()| path)
        };
        let version = match version {
            OldTls::V1_0 => "-tls1",
            OldTls::V1_1 => "-tls1_1",
        };
        let mut process = Command::new("/bin/sh")
            .args(["-c", SUPERVISOR, "tls-supervisor", "-accept", "127.0.0.1:0", version])
            .args(["-cipher", "DEFAULT@SECLEVEL=0"])
            .arg("-cert")
            .arg(file("certificate.pem", identity.certificate_pem())?)
            .arg("-key")
            .arg(file("key.pem", identity.key_pem())?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        let mut said = process.stdout.take().map(BufReader::new).ok_or(io::ErrorKind::BrokenPipe)?;
        let address = loop {
            let mut line = String::new();
            if said.read_line(&mut line)? == 0 {
                return Err(io::Error::other("openssl s_server did not say where it waits"));
            }
            if let Some(address) = line.trim_end().strip_prefix("ACCEPT ") {
                break address.parse().map_err(io::Error::other)?;
            }
        };
        Ok(Self { process, address, _said: said, _folder: folder })
    }

    /// Where the server waits.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for OldTlsServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        drop(self.process.wait());
    }
}

#[cfg(test)]
mod tests;

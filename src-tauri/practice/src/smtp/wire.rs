//! Lines in, replies out, with limits: no client can make the server read without end or wait
//! without end.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;

use super::reply::Reply;

/// How long the server waits for a client that says nothing, or hears nothing.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// After its last word the server reads on for a moment: closing on unread octets would reset the
/// connection, and the reset could overtake the word.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_LIMIT: u64 = 1024 * 1024;

/// What came in place of a line.
#[derive(Debug)]
pub(super) enum ReadError {
    /// The client closed the connection.
    Closed,
    /// More octets than allowed before the line's end.
    TooLong,
    /// Nothing in time.
    Idle,
    /// The connection failed.
    Failed(io::Error),
}

/// One side of a connection.
pub(super) struct Wire<S> {
    stream: BufReader<S>,
    patience: Duration,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(super) fn new(stream: S, patience: Duration) -> Self {
        Self { stream: BufReader::new(stream), patience }
    }

    /// The stream underneath. What was read ahead is lost.
    pub(super) fn into_stream(self) -> S {
        self.stream.into_inner()
    }

    /// Reads a line with its end, of `limit` octets at most.
    pub(super) async fn read_line(&mut self, limit: u64) -> Result<Vec<u8>, ReadError> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(limit);
        match timeout(self.patience, limited.read_until(b'\n', &mut line)).await {
            Err(_) => Err(ReadError::Idle),
            Ok(Err(error)) => Err(ReadError::Failed(error)),
            Ok(Ok(_)) if line.ends_with(b"\n") => Ok(line),
            Ok(Ok(_)) if limited.limit() == 0 => Err(ReadError::TooLong),
            Ok(Ok(_)) => Err(ReadError::Closed),
        }
    }

    /// Reads `length` octets and keeps those within `keep`.
    pub(super) async fn read_octets(&mut self, length: u64, keep: u64) -> Result<Vec<u8>, ReadError> {
        let mut kept = Vec::new();
        let mut sink = tokio::io::sink();
        let read = async {
            let first = (&mut self.stream).take(length.min(keep)).read_to_end(&mut kept).await? as u64;
            let rest = tokio::io::copy(&mut (&mut self.stream).take(length - first), &mut sink).await?;
            Ok(first + rest)
        };
        match timeout(self.patience, read).await {
            Err(_) => Err(ReadError::Idle),
            Ok(Err(error)) => Err(ReadError::Failed(error)),
            Ok(Ok(read)) if read < length => Err(ReadError::Closed),
            Ok(Ok(_)) => Ok(kept),
        }
    }

    /// Reads and drops whatever comes until the client gives up.
    pub(super) async fn ignore(&mut self) -> io::Result<()> {
        tokio::io::copy(&mut self.stream, &mut tokio::io::sink()).await?;
        Ok(())
    }

    pub(super) async fn write(&mut self, reply: &Reply) -> io::Result<()> {
        self.write_bytes(&reply.to_bytes()).await
    }

    pub(super) async fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        let write = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        timeout(self.patience, write).await?
    }

    /// Ends the connection in order; with TLS, with a closing alert.
    pub(super) async fn shut_down(&mut self) -> io::Result<()> {
        let end = async {
            self.stream.shutdown().await?;
            let mut rest = (&mut self.stream).take(LINGER_LIMIT);
            tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
        };
        timeout(LINGER, end).await??;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_have_a_limit() {
        let (mut client, server) = tokio::io::duplex(64);
        client.write_all(b"short\r\nas long as it may be").await.unwrap();
        let mut wire = Wire::new(server, PATIENCE);
        assert_eq!(wire.read_line(10).await.unwrap(), b"short\r\n");
        assert!(matches!(wire.read_line(10).await, Err(ReadError::TooLong)));
    }

    #[tokio::test]
    async fn a_client_that_says_nothing_is_not_waited_for_without_end() {
        let (_client, server) = tokio::io::duplex(64);
        let mut wire = Wire::new(server, Duration::from_millis(1));
        assert!(matches!(wire.read_line(10).await, Err(ReadError::Idle)));
        assert!(matches!(wire.read_octets(10, 10).await, Err(ReadError::Idle)));
    }

    #[tokio::test]
    async fn an_end_within_a_line_is_an_end() {
        let (mut client, server) = tokio::io::duplex(64);
        client.write_all(b"QUI").await.unwrap();
        drop(client);
        assert!(matches!(Wire::new(server, PATIENCE).read_line(10).await, Err(ReadError::Closed)));
    }

    #[tokio::test]
    async fn octets_over_what_is_kept_are_read_and_dropped() {
        let (mut client, server) = tokio::io::duplex(64);
        client.write_all(b"0123456789NOOP\r\n").await.unwrap();
        let mut wire = Wire::new(server, PATIENCE);
        assert_eq!(wire.read_octets(10, 4).await.unwrap(), b"0123");
        assert_eq!(wire.read_line(10).await.unwrap(), b"NOOP\r\n");
    }
}

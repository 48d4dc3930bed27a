//! The message's content from DATA: lines up to the single dot, without the dots that the client
//! doubled (RFC 5321, section 4.5.2).

use tokio::io::{AsyncRead, AsyncWrite};

use super::wire::{ReadError, Wire};

/// Far above the 1,000 octets of RFC 5321, so that a careless client is told so by others.
const LINE_LIMIT: u64 = 64 * 1024;

/// Why content cannot be accepted, whatever the tenant's state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ContentFault {
    /// Larger than it may be.
    TooLarge,
    /// A line ends in LF alone, with which messages can be smuggled.
    BareLineFeed,
}

/// Reads content of `limit` octets at most up to its end. Faulty content is read to its end too, so
/// that the next command is found.
pub(super) async fn receive<S>(wire: &mut Wire<S>, limit: u64) -> Result<Result<Vec<u8>, ContentFault>, ReadError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut content = Vec::new();
    let mut fault = None;
    let mut at_line_start = true;
    loop {
        let line = wire.read_line(LINE_LIMIT).await?;
        if at_line_start && line == b".\r\n" {
            return Ok(fault.map_or(Ok(content), Err));
        }
        let unstuffed = if at_line_start { line.strip_prefix(b".").unwrap_or(&line) } else { &line };
        at_line_start = line.ends_with(b"\r\n");
        if !at_line_start {
            fault = fault.or(Some(ContentFault::BareLineFeed));
        }
        if (content.len() + unstuffed.len()) as u64 > limit {
            fault = fault.or(Some(ContentFault::TooLarge));
        }
        if fault.is_none() {
            content.extend_from_slice(unstuffed);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt as _;

    use super::super::wire::PATIENCE;
    use super::*;

    const LIMIT: u64 = 100_000;

    async fn read(sent: &[u8]) -> Result<Vec<u8>, ContentFault> {
        let (mut client, server) = tokio::io::duplex(sent.len().max(1));
        client.write_all(sent).await.unwrap();
        receive(&mut Wire::new(server, PATIENCE), LIMIT).await.unwrap()
    }

    #[tokio::test]
    async fn doubled_dots_are_single_again() {
        assert_eq!(read(b"a\r\n..\r\n..b\r\nc..\r\n.\r\n").await.unwrap(), b"a\r\n.\r\n.b\r\nc..\r\n");
    }

    #[tokio::test]
    async fn a_bare_line_feed_ends_neither_line_nor_content() {
        assert_eq!(read(b"a\n.\r\nMAIL FROM:<x@contoso.com>\r\n.\r\n").await, Err(ContentFault::BareLineFeed));
    }

    #[tokio::test]
    async fn content_over_the_limit_is_refused_after_its_end() {
        let mut sent = b"0123456789\r\n".repeat(LIMIT as usize / 12 + 1);
        sent.extend_from_slice(b".\r\n");
        assert_eq!(read(&sent).await, Err(ContentFault::TooLarge));
    }

    #[tokio::test]
    async fn a_line_without_end_is_not_read_for_ever() {
        let (mut client, server) = tokio::io::duplex(LINE_LIMIT as usize + 1);
        client.write_all(&vec![b'a'; LINE_LIMIT as usize + 1]).await.unwrap();
        assert!(matches!(receive(&mut Wire::new(server, PATIENCE), LIMIT).await, Err(ReadError::TooLong)));
    }
}

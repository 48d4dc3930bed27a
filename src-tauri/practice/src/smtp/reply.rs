//! Replies as Exchange Online words them: enhanced status codes (RFC 3463) and, at the end of most,
//! the server's tag that Microsoft's support asks for.

use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::clock;

const NAME: &str = "AM0PR01CA0001";
const MAILBOX_SERVER: &str = "AM0PR01MB0001.eurprd01.prod.outlook.com";

/// One reply.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// At least one line, without code and line end.
    pub(super) lines: Vec<String>,
}

impl Reply {
    pub(super) fn new(code: u16, text: impl Into<String>) -> Self {
        Self { code, lines: vec![text.into()] }
    }

    /// As on the wire.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let last = self.lines.len().saturating_sub(1);
        let lines = self.lines.iter().enumerate().map(|(index, line)| {
            let separator = if index == last { ' ' } else { '-' };
            format!("{}{separator}{line}\r\n", self.code)
        });
        lines.collect::<String>().into_bytes()
    }
}

/// The front-end server of one connection.
pub(super) struct Server {
    /// Sixteen hexadecimal digits, the same in every tag of the connection.
    session_id: String,
}

impl Server {
    pub(super) fn new() -> Self {
        let chance = Uuid::new_v4().simple().to_string().to_uppercase();
        Self { session_id: format!("08DE{}", &chance[..12]) }
    }

    /// The name that the server greets with.
    pub(super) fn host(&self) -> String {
        format!("{NAME}.outlook.office365.com")
    }

    /// The mailbox server's name, as the last reply to a message tells it.
    pub(super) fn mailbox_server(&self) -> &'static str {
        MAILBOX_SERVER
    }

    pub(super) fn greeting(&self) -> Reply {
        let now = rfc2822::to_string(&clock::now().to_zoned_datetime(TimeZone::UTC)).unwrap_or_default();
        Reply::new(220, format!("{} Microsoft ESMTP MAIL Service ready at {now}", self.host()))
    }

    /// A reply with the server's tag at its end.
    pub(super) fn tagged(&self, code: u16, text: &str) -> Reply {
        let now = clock::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ");
        Reply::new(code, format!("{text} [{NAME}.EURPRD01.PROD.OUTLOOK.COM {now} {}]", self.session_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_but_the_last_are_continued() {
        let reply = Reply { code: 250, lines: vec!["one".to_owned(), "two".to_owned()] };
        assert_eq!(reply.to_bytes(), b"250-one\r\n250 two\r\n");
    }

    #[test]
    fn a_tag_has_server_time_and_session() {
        let reply = Server::new().tagged(535, "5.7.3 Authentication unsuccessful");
        let tag =
            reply.lines[0].strip_prefix("5.7.3 Authentication unsuccessful [").unwrap().strip_suffix(']').unwrap();
        let parts: Vec<&str> = tag.split(' ').collect();
        assert_eq!(parts[0], "AM0PR01CA0001.EURPRD01.PROD.OUTLOOK.COM");
        let time: jiff::Timestamp = parts[1].parse().unwrap();
        assert!(time.duration_until(clock::now()).as_secs().abs() < 60);
        assert_eq!(parts[1].len(), "2026-11-22T10:11:12.345Z".len());
        assert_eq!((parts[2].len(), &parts[2][..4]), (16, "08DE"));
    }
}

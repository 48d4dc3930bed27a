//! Commands as read from a line (RFC 5321, section 4.1). Parsing decides the form only; whether a
//! command is in place is the session's matter.

/// A command of the client's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Command {
    /// EHLO, with the client's name if it is one.
    Ehlo(Option<String>),
    /// HELO, likewise.
    Helo(Option<String>),
    /// STARTTLS.
    StartTls,
    /// AUTH with its mechanism in capitals and the initial response.
    Auth { mechanism: String, initial: Option<String> },
    /// MAIL with the sender and the declared size in octets.
    Mail { sender: String, size: Option<u64> },
    /// RCPT with the recipient.
    Rcpt(String),
    /// DATA.
    Data,
    /// BDAT with the chunk's size in octets.
    Bdat { size: u64, last: bool },
    /// RSET.
    Rset,
    /// NOOP.
    Noop,
    /// VRFY.
    Vrfy,
    /// QUIT.
    Quit,
    /// MAIL or RCPT with an address that is none.
    BadAddress,
    /// A known command with other arguments than it takes.
    BadArguments,
    /// Anything else.
    Unknown,
}

impl Command {
    /// Reads a line, with or without its end.
    pub(super) fn parse(line: &[u8]) -> Self {
        let Ok(line) = std::str::from_utf8(line) else {
            return Self::Unknown;
        };
        let line = line.trim_end();
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => Self::Ehlo(client_name(rest)),
            "HELO" => Self::Helo(client_name(rest)),
            "STARTTLS" if rest.is_empty() => Self::StartTls,
            "AUTH" => auth(rest),
            "MAIL" => mail(rest),
            "RCPT" => path(rest, "TO:").map_or(Self::BadAddress, |(recipient, _)| {
                if recipient.is_empty() { Self::BadAddress } else { Self::Rcpt(recipient) }
            }),
            "DATA" if rest.is_empty() => Self::Data,
            "BDAT" => bdat(rest),
            "RSET" => Self::Rset,
            "NOOP" => Self::Noop,
            "VRFY" => Self::Vrfy,
            "QUIT" => Self::Quit,
            "STARTTLS" | "DATA" => Self::BadArguments,
            _ => Self::Unknown,
        }
    }
}

/// A domain or an address literal in brackets.
fn client_name(text: &str) -> Option<String> {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let valid = !inner.is_empty()
        && inner.chars().all(|character| character.is_ascii_alphanumeric() || ".-_:".contains(character));
    valid.then(|| text.to_owned())
}

fn auth(arguments: &str) -> Command {
    let mut words = arguments.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(mechanism), initial, None) => {
            Command::Auth { mechanism: mechanism.to_ascii_uppercase(), initial: initial.map(str::to_owned) }
        }
        _ => Command::BadArguments,
    }
}

fn mail(arguments: &str) -> Command {
    let Some((sender, parameters)) = path(arguments, "FROM:") else {
        return Command::BadAddress;
    };
    let mut size = None;
    for parameter in parameters.split_whitespace() {
        if let Some(("SIZE", value)) = parameter.to_ascii_uppercase().split_once('=') {
            let Ok(value) = value.parse() else {
                return Command::BadArguments;
            };
            size = Some(value);
        }
    }
    Command::Mail { sender, size }
}

/// The address in `<>` after `keyword`, and the parameters behind it. The address may be empty.
fn path<'a>(arguments: &'a str, keyword: &str) -> Option<(String, &'a str)> {
    let start = arguments.get(..keyword.len())?;
    if !start.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, parameters) = arguments[keyword.len()..].trim_start().strip_prefix('<')?.split_once('>')?;
    let valid = address.is_empty()
        || address.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.is_empty()
                && !address
                    .chars()
                    .any(|character| character.is_whitespace() || character.is_control() || character == '<')
        });
    valid.then(|| (address.to_owned(), parameters))
}

fn bdat(arguments: &str) -> Command {
    let mut words = arguments.split_whitespace();
    let size = words.next().and_then(|size| size.parse().ok());
    match (size, words.next(), words.next()) {
        (Some(size), None, None) => Command::Bdat { size, last: false },
        (Some(size), Some(last), None) if last.eq_ignore_ascii_case("LAST") => Command::Bdat { size, last: true },
        _ => Command::BadArguments,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_whatever_their_case() {
        let cases = [
            ("ehlo [127.0.0.1]\r\n", Command::Ehlo(Some("[127.0.0.1]".to_owned()))),
            ("EHLO contoso com", Command::Ehlo(None)),
            ("EHLO", Command::Ehlo(None)),
            ("StartTLS\r\n", Command::StartTls),
            ("STARTTLS now", Command::BadArguments),
            ("AUTH xoauth2 abc=", Command::Auth { mechanism: "XOAUTH2".to_owned(), initial: Some("abc=".to_owned()) }),
            ("AUTH LOGIN", Command::Auth { mechanism: "LOGIN".to_owned(), initial: None }),
            ("AUTH", Command::BadArguments),
            (
                "MAIL FROM:<a@contoso.com> BODY=8BITMIME SIZE=12",
                Command::Mail { sender: "a@contoso.com".to_owned(), size: Some(12) },
            ),
            ("mail from:<>", Command::Mail { sender: String::new(), size: None }),
            ("MAIL FROM:<a@contoso.com> SIZE=many", Command::BadArguments),
            ("MAIL FROM:a@contoso.com", Command::BadAddress),
            ("RCPT TO:<b@contoso.com> NOTIFY=NEVER", Command::Rcpt("b@contoso.com".to_owned())),
            ("RCPT TO:<b contoso.com>", Command::BadAddress),
            ("RCPT TO:<>", Command::BadAddress),
            ("BDAT 10 last", Command::Bdat { size: 10, last: true }),
            ("BDAT -1", Command::BadArguments),
            ("GET / HTTP/1.1", Command::Unknown),
        ];
        for (line, expected) in cases {
            assert_eq!(Command::parse(line.as_bytes()), expected, "{line}");
        }
        assert_eq!(Command::parse(b"MAIL \xff"), Command::Unknown);
    }
}

//! The ways in which one character of a secret may be written in a text: as it is, percent-encoded (RFC 3986) or
//! as a form has it, escaped for JSON, escaped for HTML. Leaves out base64, which writes no single characters.

/// Where a needle that begins at the start of `text` ends, however each of its characters is written. The longest
/// reading counts.
pub(super) fn length(text: &str, needle: &str) -> Option<usize> {
    // A character can be read in two ways, `%25` as `%` and as the beginning of `%25`: all ends are followed.
    let mut characters = needle.chars();
    let mut ends: Vec<usize> = lengths(text, characters.next()?).collect();
    for character in characters {
        if ends.is_empty() {
            return None;
        }
        let mut next = Vec::with_capacity(ends.len());
        for end in ends {
            for length in lengths(&text[end..], character) {
                if !next.contains(&(end + length)) {
                    next.push(end + length);
                }
            }
        }
        ends = next;
    }
    ends.into_iter().max()
}

/// How long the character is at the start of `text`, once for each way in which it can be read there.
fn lengths(text: &str, character: char) -> impl Iterator<Item = usize> {
    let escaped = match text.as_bytes().first() {
        Some(b'%') => percent(text, character),
        Some(b'\\') => backslash(text, character),
        Some(b'&') => entity(text, character),
        Some(b'+') if character == ' ' => Some(1),
        _ => None,
    };
    text.starts_with(character).then(|| character.len_utf8()).into_iter().chain(escaped)
}

/// `%C3%A4`, with digits in either case.
fn percent(text: &str, character: char) -> Option<usize> {
    let mut buffer = [0; 4];
    let bytes = character.encode_utf8(&mut buffer).bytes();
    let mut rest = text;
    for byte in bytes {
        rest = rest.strip_prefix('%')?;
        (u8::from_str_radix(rest.get(..2)?, 16).ok()? == byte).then_some(())?;
        rest = &rest[2..];
    }
    Some(text.len() - rest.len())
}

/// `\"`, `\n`, `\u00e4` (RFC 8259, section 7).
fn backslash(text: &str, character: char) -> Option<usize> {
    let short = match character {
        '"' | '\\' | '/' | '\'' => Some(character),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    if short.is_some_and(|short| text[1..].starts_with(short)) {
        return Some(2);
    }
    let mut buffer = [0; 2];
    let mut rest = text;
    for unit in character.encode_utf16(&mut buffer) {
        rest = rest.strip_prefix("\\u")?;
        (u16::from_str_radix(rest.get(..4)?, 16).ok()? == *unit).then_some(())?;
        rest = &rest[4..];
    }
    Some(text.len() - rest.len())
}

/// `&amp;`, `&#38;`, `&#x26;`.
fn entity(text: &str, character: char) -> Option<usize> {
    // The longest that is of interest: `&#x0010FFFF;`.
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let named = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    let numbered = || {
        let digits = name.strip_prefix('#')?;
        let number = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        char::from_u32(number.ok()?)
    };
    (named.or_else(numbered)? == character).then_some(end + 1)
}

//! Values in PowerShell: every one is a single-quoted literal, so that none can become code.

/// A single-quoted PowerShell literal, without control characters; the typographic quotes
/// count as quotes there, too (PowerShell, `about_Quoting_Rules`).
pub fn literal(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars().filter(|character| !character.is_control()) {
        if matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn no_value_leaves_its_quotes() {
        assert_eq!(literal("o'neil\n$(x)`"), "'o''neil$(x)`'");
        assert_eq!(literal("a\u{2019};b"), "'a\u{2019}\u{2019};b'");
    }
}

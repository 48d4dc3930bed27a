//! What a client said to a peer, and what it must not have said.

use mail_setup_tests::Event;

use crate::cell::Complaints;

/// The client secret and the token of every cell.
pub const SECRET: &str = "canary~Secret-for/hostile+peers";
pub const TOKEN: &str = "canary.token-for-hostile.peers";

/// The commands of SMTP among the lines received, by their verbs. What a probe for TLS sends, and the lines of a
/// message, are none.
pub fn commands(events: &[Event]) -> Vec<&str> {
    let lines = events.iter().filter_map(|event| match event {
        Event::Received(line) => Some(line.as_str()),
        _ => None,
    });
    let verb = |line| match line {
        "STARTTLS" | "DATA" | "." | "QUIT" | "RSET" | "AUTH XOAUTH2" => Some(line),
        _ => ["EHLO", "HELO", "AUTH", "MAIL", "RCPT"]
            .into_iter()
            .find(|verb| line.strip_prefix(verb).is_some_and(|rest| rest.starts_with(' '))),
    };
    lines.filter_map(verb).collect()
}

/// A secret or a token that the SMTP server should not have seen.
pub fn leaks(events: &[Event]) -> Complaints {
    let mut complaints = Complaints::new();
    let mut secured = false;
    for event in events {
        match event {
            Event::Secured => secured = true,
            Event::Received(line) if line.contains("canary") => {
                complaints.push(format!("the server got {line:?}"));
            }
            Event::Received(line) if !secured && line.starts_with("AUTH") => {
                complaints.push("AUTH in clear text".to_owned());
            }
            _ => {}
        }
    }
    complaints
}

//! What a server may do wrong when it has the word.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_setup_core::check::Stage;
use mail_setup_tests::{SENDER, Step};

use super::Place;
use crate::cell::Verdict::{self, Ends, Senseless};
use crate::dialogue::{SECRET, TOKEN};

/// A fault, and how the check ends when the server commits it at a place. The place after it is given, too.
pub struct Fault {
    pub name: &'static str,
    /// The check has to wait for the end of its time.
    pub is_slow: bool,
    pub at: fn(&Place, Option<&Place>) -> Verdict,
}

const fn fault(name: &'static str, at: fn(&Place, Option<&Place>) -> Verdict) -> Fault {
    Fault { name, is_slow: false, at }
}

const fn slow(name: &'static str, at: fn(&Place, Option<&Place>) -> Verdict) -> Fault {
    Fault { name, is_slow: true, at }
}

/// Bytes of every value, most of them no text.
pub fn binary() -> Vec<u8> {
    (0..=255).rev().collect()
}

/// Sends this at once and then listens.
fn says(text: impl Into<Vec<u8>>) -> Vec<Step> {
    vec![Step::Send(text.into()), Step::Silence]
}

/// A refusal with these bytes for its text.
fn refuses(place: &Place, text: &[u8]) -> Verdict {
    let code: &[u8] = if place.verb.is_empty() { b"554 " } else { b"550 " };
    Ends(place.stage, place.refused, says([code, text, b"\r\n"].concat()))
}

/// The fault shows at the next place, before the client says what belongs there.
fn at_next(place: &Place, next: Option<&Place>, code: &'static str, steps: Vec<Step>) -> Verdict {
    match next {
        None => Senseless("last"),
        Some(next) if next.is_sent_ahead => Senseless("sent already"),
        Some(_) if place.verb == "STARTTLS" => Ends(Stage::Starttls, "starttls_injected", steps),
        Some(next) => Ends(next.stage, code, steps),
    }
}

pub const FAULTS: &[Fault] = &[
    slow("silence", |place, _| Ends(place.stage, "server_timeout", vec![Step::Silence])),
    slow("a byte a second", |place, _| {
        let drip = Step::Drip { bytes: b"250 2.0.0 in good time".to_vec(), pause: Duration::from_secs(1) };
        Ends(place.stage, "server_timeout", vec![drip, Step::Silence])
    }),
    slow("half a line", |place, _| Ends(place.stage, "server_timeout", says(place.good.split_at(3).0))),
    slow("half a reply", |place, _| Ends(place.stage, "server_timeout", says("250-2.0.0 more\r\n"))),
    slow("binary without a line", |place, _| {
        let bytes: Vec<u8> = binary().into_iter().filter(|byte| *byte != b'\n').collect();
        Ends(place.stage, "server_timeout", says(bytes))
    }),
    fault("reset", |place, _| match place.is_sent_ahead {
        true => Senseless("overtakes the replies before it"),
        false => Ends(place.stage, "connection_dropped", vec![Step::Reset]),
    }),
    fault("half close", |place, _| Ends(place.stage, "connection_dropped", vec![Step::Close])),
    fault("cut in a line", |place, _| {
        Ends(place.stage, "connection_dropped", vec![Step::Send(place.good.split_at(3).0.into()), Step::Close])
    }),
    fault("cut below TLS", |place, _| match place.stage {
        Stage::Greeting => Senseless("no TLS"),
        Stage::Starttls if place.verb == "STARTTLS" => Senseless("no TLS"),
        stage => Ends(stage, "connection_dropped", vec![Step::Cut]),
    }),
    fault("bytes below TLS", |place, _| match place.stage {
        _ if place.is_sent_ahead => Senseless("overtakes the replies before it"),
        Stage::Greeting => Senseless("no TLS"),
        Stage::Starttls if place.verb == "STARTTLS" => Senseless("no TLS"),
        stage => Ends(stage, "tls_handshake_failed", vec![Step::Beneath(b"250 2.0.0 ok\r\n".to_vec()), Step::Silence]),
    }),
    fault("endless line", |place, _| Ends(place.stage, "smtp_not_smtp", vec![Step::Repeat(vec![b'2'; 4096])])),
    fault("endless reply", |place, _| {
        Ends(place.stage, "smtp_not_smtp", vec![Step::Repeat(b"250-and more\r\n".repeat(200))])
    }),
    fault("endless reply of long lines", |place, _| {
        let line = [b"250-".as_slice(), &[b'x'; 2000], b"\r\n"].concat();
        Ends(place.stage, "smtp_not_smtp", vec![Step::Repeat(line)])
    }),
    fault("endless empty lines", |place, _| {
        Ends(place.stage, "smtp_not_smtp", vec![Step::Repeat(b"\r\n".repeat(2000))])
    }),
    fault("endless escapes", |place, _| {
        Ends(place.stage, "smtp_not_smtp", vec![Step::Repeat(b"250-\x1b[2J\x1b]0;x\x07\r\n".repeat(200))])
    }),
    fault("a line as long as it may be", |place, _| refuses(place, &[b'x'; 7000])),
    fault("a line of escapes as long as it may be", |place, _| {
        Ends(place.stage, "smtp_not_smtp", says([b"550 ".as_slice(), &[0x1b; 7000], b"\r\n"].concat()))
    }),
    fault("a long line, a byte at a time", |place, _| {
        let code: &[u8] = if place.verb.is_empty() { b"554 " } else { b"550 " };
        let bytes = [code, &[b'x'; 300], b"\r\n"].concat();
        // Each in a packet of its own, without waits: a busy computer would make minutes of them.
        let each = bytes.into_iter().map(|byte| Step::Send(vec![byte]));
        Ends(place.stage, place.refused, each.chain([Step::Silence]).collect())
    }),
    fault("as many lines as there may be", |place, _| {
        let reply = format!("{}550 5.9.9 no\r\n", "550-5.9.9 no\r\n".repeat(100));
        Ends(place.stage, place.refused, says(if place.verb.is_empty() { reply.replace("550", "554") } else { reply }))
    }),
    fault("binary", |place, _| Ends(place.stage, "smtp_not_smtp", says(binary()))),
    fault("another protocol", |place, _| Ends(place.stage, "smtp_not_smtp", says("HTTP/1.1 400 Bad Request\r\n\r\n"))),
    fault("no code", |place, _| Ends(place.stage, "smtp_not_smtp", says("ok\r\n"))),
    fault("a code beyond all", |place, _| Ends(place.stage, "smtp_not_smtp", says("999 9.9.9 what\r\n"))),
    fault("two codes in a reply", |place, _| {
        Ends(place.stage, "smtp_not_smtp", says("250-2.0.0 yes\r\n550 5.0.0 no\r\n"))
    }),
    fault("no UTF-8", |place, _| refuses(place, b"5.9.9 \xff\xfe\xc3(\x80 refused")),
    fault("terminal escapes", |place, _| {
        refuses(
            place,
            "5.9.9 \u{1b}[2J\u{1b}]8;;https://x.example\u{7}go\u{1b}]8;;\u{7}\u{9b}31m\u{202e}on\r".as_bytes(),
        )
    }),
    fault("markup", |place, _| {
        refuses(place, b"5.9.9 <script>alert(1)</script> ![x](https://x.example/p.png) `|` [redacted]")
    }),
    fault("an echo of what is secret", |place, _| {
        let response = STANDARD.encode(format!("user={SENDER}\u{1}auth=Bearer {TOKEN}\u{1}\u{1}"));
        // Nobody knows token and response before they were sent.
        let (token, response) = if place.stage < Stage::SignIn { ("", "") } else { (TOKEN, response.as_str()) };
        refuses(place, format!("5.9.9 no: {SECRET}, {token}, {response}").as_bytes())
    }),
    fault("refusal", |place, _| refuses(place, b"5.9.9 no")),
    fault("refusal without text", |place, _| {
        Ends(place.stage, place.refused, says(if place.verb.is_empty() { "554\r\n" } else { "550\r\n" }))
    }),
    fault("closing", |place, _| Ends(place.stage, place.closing, vec![Step::line("421 4.3.2 closing"), Step::Close])),
    fault("a reply that goes on the question", |place, _| match place.verb {
        "" => Ends(place.stage, "smtp_not_smtp", says("354 go on\r\n")),
        "EHLO" if place.stage == Stage::Greeting => Ends(place.stage, "smtp_not_smtp", says("354 go on\r\n")),
        "DATA" => Ends(place.stage, "smtp_error_unknown", says("334 \r\n")),
        _ => Ends(place.stage, "smtp_error_unknown", says("354 go on\r\n")),
    }),
    fault("yes to another question", |place, _| match place.verb {
        "" => Ends(place.stage, "smtp_not_smtp", says("250 2.0.0 ok\r\n")),
        "EHLO" if place.stage == Stage::Greeting => {
            Ends(Stage::Starttls, "starttls_not_offered", says("221 2.0.0 ok\r\n"))
        }
        "EHLO" => Ends(Stage::SignIn, "xoauth2_not_offered", says("221 2.0.0 ok\r\n")),
        "MAIL" | "RCPT" | "." => Senseless("the first digit decides"),
        _ => Ends(place.stage, "smtp_error_unknown", says("221 2.0.0 ok\r\n")),
    }),
    fault("nothing offered", |place, _| match (place.verb, place.stage) {
        ("EHLO", Stage::Greeting) => Ends(Stage::Starttls, "starttls_not_offered", says("250 AUTH XOAUTH2\r\n")),
        ("EHLO", _) => Ends(
            Stage::SignIn,
            "xoauth2_not_offered",
            says("250-mail.example\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN\r\n"),
        ),
        _ => Senseless("no offer"),
    }),
    fault("a reply before the question", |place, next| {
        at_next(place, next, "smtp_not_smtp", says(format!("{}\r\n250 2.0.0 early\r\n", place.good)))
    }),
    fault("replies without end before the question", |place, next| {
        // The first comes in one write with what was asked for, so that it is never early by chance only.
        let first = Step::Send(format!("{}\r\n250 2.0.0 early\r\n", place.good).into());
        at_next(place, next, "smtp_not_smtp", vec![first, Step::Repeat(b"250 2.0.0 early\r\n".repeat(200))])
    }),
    fault("half a line before the question", |place, next| {
        at_next(place, next, "smtp_not_smtp", says(format!("{}\r\n250 2.0", place.good)))
    }),
    fault("closing before the question", |place, next| {
        let steps = vec![Step::Send(format!("{}\r\n421 4.3.2 closing\r\n", place.good).into()), Step::Close];
        match next {
            // Answers what was sent already.
            Some(next) if next.is_sent_ahead => Ends(next.stage, next.closing, steps),
            Some(next) if next.stage == Stage::Greeting => Ends(next.stage, next.closing, steps),
            _ => at_next(place, next, "smtp_temporary_failure", steps),
        }
    }),
];

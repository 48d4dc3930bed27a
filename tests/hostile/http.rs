//! Answers to an HTTP request that no login host should give, and what is made of each: by the request for a token,
//! and by the look-up of a tenant.

use std::io::Write;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use mail_setup_tests::Step;

use crate::dialogue::{SECRET, TOKEN};
use crate::smtp::binary;

/// What the request for a token makes of an answer.
#[derive(Clone, Copy)]
pub enum Token {
    /// There is none; the finding.
    None(&'static str),
    /// It is used; the findings about what it says.
    Used(&'static [&'static str]),
}

/// What the look-up of a tenant makes of an answer.
#[derive(Clone, Copy)]
pub enum Tenant {
    /// Nothing.
    Unknown,
    /// There is none.
    None,
    /// There is one.
    Found,
}

/// An answer; `steps` is given the port of a server elsewhere.
pub struct Answer {
    pub name: &'static str,
    /// Nobody can tell before the time is over.
    pub is_slow: bool,
    pub token: Token,
    /// The same over HTTPS, where that differs.
    pub token_over_tls: Option<Token>,
    pub tenant: Tenant,
    pub steps: fn(u16) -> Vec<Step>,
}

const UNREACHABLE: Token = Token::None("login_host_unreachable");
const UNEXPECTED: Token = Token::None("login_unexpected_response");

const fn answer(name: &'static str, token: Token, steps: fn(u16) -> Vec<Step>) -> Answer {
    Answer { name, is_slow: false, token, token_over_tls: None, tenant: Tenant::Unknown, steps }
}

const fn slow(name: &'static str, steps: fn(u16) -> Vec<Step>) -> Answer {
    Answer { is_slow: true, ..answer(name, UNREACHABLE, steps) }
}

/// A whole answer with this status line, these headers and this body.
fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    vec![Step::Send([head.as_bytes(), body].concat()), Step::Silence]
}

fn json(body: &str) -> Vec<Step> {
    reply("200 OK", "Content-Type: application/json\r\n", body)
}

fn refusal(body: &str) -> Vec<Step> {
    reply("400 Bad Request", "Content-Type: application/json\r\n", body)
}

/// The head of an answer whose body is still to come.
fn head(headers: &str) -> Step {
    Step::Send(format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}\r\n").into_bytes())
}

/// The path that every redirect names.
pub const REDIRECTED: &str = "/elsewhere/oauth2/v2.0/token";

fn redirect(status: &str, port: u16) -> Vec<Step> {
    reply(status, &format!("Location: http://localhost:{port}{REDIRECTED}\r\n"), "")
}

fn token_body(token: &str) -> String {
    format!(r#"{{"token_type":"Bearer","expires_in":3599,"access_token":{token}}}"#)
}

/// An answer with a token that says this.
fn claims(payload: &str) -> Vec<Step> {
    json(&token_body(&format!("\"e30.{}.x\"", URL_SAFE_NO_PAD.encode(payload))))
}

/// Packed bytes that unpack to a thousandfold.
fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

const FOUND: &str = r#"{"token_endpoint":"https://login.microsoftonline.com/8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/oauth2/v2.0/token","cloud_instance_name":"microsoftonline.com","issuer":"\u001b[2J"}"#;

pub const ANSWERS: &[Answer] = &[
    // The connection.
    slow("silence", |_| vec![Step::Silence]),
    slow("a byte a second", |_| {
        vec![Step::Drip { bytes: b"HTTP/1.1 200 OK\r\n".to_vec(), pause: Duration::from_secs(1) }, Step::Silence]
    }),
    slow("half a head", |_| vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-Ty".to_vec()), Step::Silence]),
    slow("go on, without end", |_| {
        let bytes = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(500);
        vec![Step::Drip { bytes, pause: Duration::from_millis(2) }, Step::Silence]
    }),
    slow("a body of a byte a second", |_| {
        let bytes = token_body("\"x\"").into_bytes();
        vec![head("Content-Length: 200\r\n"), Step::Drip { bytes, pause: Duration::from_secs(1) }]
    }),
    slow("half a body", |_| vec![head("Content-Length: 200\r\n"), Step::Send(b"{\"acc".to_vec()), Step::Silence]),
    answer("reset", UNREACHABLE, |_| vec![Step::Reset]),
    answer("half close", UNREACHABLE, |_| vec![Step::Close]),
    answer("cut below TLS", UNREACHABLE, |_| vec![Step::Cut]),
    answer("cut in the head", UNREACHABLE, |_| vec![Step::Send(b"HTTP/1.1 200 OK\r\nConte".to_vec()), Step::Close]),
    answer("cut in the body", UNREACHABLE, |_| {
        vec![head("Content-Length: 200\r\n"), Step::Send(token_body("\"x\"").into()), Step::Close]
    }),
    answer("cut in a body without a length", UNREACHABLE, |_| {
        vec![head("Transfer-Encoding: chunked\r\n"), Step::Send(b"10\r\n{\"access".to_vec()), Step::Cut]
    }),
    answer("reset in the body", UNREACHABLE, |_| {
        vec![head("Content-Length: 200\r\n"), Step::Send(b"{\"acc".to_vec()), Step::Reset]
    }),
    answer("a body that ends with the connection", Token::Used(&[]), |_| {
        vec![head(""), Step::Send(token_body(&format!("\"{TOKEN}\"")).into()), Step::Close]
    }),
    // Without TLS's farewell, nobody knows whether that was all.
    Answer {
        token_over_tls: Some(UNREACHABLE),
        ..answer("a body that ends with a cut below TLS", Token::Used(&[]), |_| {
            vec![head(""), Step::Send(token_body(&format!("\"{TOKEN}\"")).into()), Step::Cut]
        })
    },
    answer("a length beyond all", UNEXPECTED, |_| {
        vec![head("Content-Length: 18446744073709551615\r\n"), Step::Send(b"{}".to_vec()), Step::Close]
    }),
    Answer {
        token_over_tls: Some(Token::None("login_tls_failed")),
        ..answer("bytes below TLS", UNEXPECTED, |_| {
            vec![Step::Beneath(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec()), Step::Silence]
        })
    },
    // What is not HTTP.
    answer("another protocol", UNEXPECTED, |_| vec![Step::line("220 mail.example ESMTP"), Step::Silence]),
    answer("binary", UNEXPECTED, |_| vec![Step::Send(binary()), Step::Silence]),
    answer("endless status line", UNEXPECTED, |_| {
        vec![Step::Send(b"HTTP/1.1 200 ".to_vec()), Step::Repeat(vec![b'x'; 8192])]
    }),
    answer("endless header", UNEXPECTED, |_| {
        vec![Step::Send(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), Step::Repeat(vec![b'x'; 8192])]
    }),
    answer("endless headers", UNEXPECTED, |_| {
        vec![Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Repeat(b"X-More: and more\r\n".repeat(400))]
    }),
    answer("two lengths", UNEXPECTED, |_| {
        vec![head("Content-Length: 5\r\nContent-Length: 7\r\n"), Step::Send(b"{}     ".to_vec()), Step::Silence]
    }),
    answer("a length that is none", UNEXPECTED, |_| vec![head("Content-Length: -1\r\n"), Step::Silence]),
    // The status.
    answer("301 elsewhere", UNEXPECTED, |port| redirect("301 Moved Permanently", port)),
    answer("302 elsewhere", UNEXPECTED, |port| redirect("302 Found", port)),
    answer("303 elsewhere", UNEXPECTED, |port| redirect("303 See Other", port)),
    answer("307 elsewhere", UNEXPECTED, |port| redirect("307 Temporary Redirect", port)),
    answer("308 elsewhere", UNEXPECTED, |port| redirect("308 Permanent Redirect", port)),
    answer("another protocol from here on", UNEXPECTED, |_| {
        reply("101 Switching Protocols", "Connection: upgrade\r\nUpgrade: x\r\n", "")
    }),
    answer("asks who is there", UNEXPECTED, |_| reply("401 Unauthorized", "WWW-Authenticate: Basic\r\n", "")),
    answer("a proxy asks who is there", Token::None("proxy_refused"), |_| {
        reply("407 Proxy Authentication Required", "Proxy-Authenticate: Basic\r\n", "")
    }),
    answer("wait for ever", Token::None("login_throttled"), |_| {
        reply("429 Too Many Requests", "Retry-After: 99999999999999999999999\r\n", "\u{1b}[2J")
    }),
    answer("wait for almost ever", Token::None("login_throttled"), |_| {
        reply("429 Too Many Requests", "Retry-After: 18446744073709551615\r\n", "")
    }),
    answer("a fault of its own", Token::None("login_unavailable"), |_| {
        reply("503 Service Unavailable", "Content-Type: text/html\r\n", "<html>\u{1b}[2J<script>alert(1)</script>")
    }),
    answer("no content", UNEXPECTED, |_| vec![Step::line("HTTP/1.1 204 No Content\r\n"), Step::Silence]),
    answer("a status beyond all", Token::None("login_unavailable"), |_| reply("999 What", "", "")),
    answer("a name for the content as long as it may be", UNEXPECTED, |_| {
        reply("200 OK", &format!("Content-Type: text/{}\r\n", "x".repeat(100_000)), "{}")
    }),
    answer("the secret for the name of the content", UNEXPECTED, |_| {
        // Wherever it is cut, a copy lies across.
        reply("403 Forbidden", &format!("Content-Type: text/{}\r\n", SECRET.repeat(50)), SECRET.repeat(50))
    }),
    // The body.
    answer("nothing", UNEXPECTED, |_| json("")),
    answer("a web page", UNEXPECTED, |_| {
        reply("200 OK", "Content-Type: text/html\r\n", "<html>\u{1b}[2JSign in</html>")
    }),
    answer("a body of binary", UNEXPECTED, |_| reply("200 OK", "Content-Type: application/json\r\n", binary())),
    answer("a refusal of binary", UNEXPECTED, |_| reply("400 Bad Request", "", binary())),
    answer("no UTF-8", UNEXPECTED, |_| reply("200 OK", "", b"{\"access_token\":\"\xff\xfe\"}")),
    answer("half of the text", UNEXPECTED, |_| json(r#"{"token_type":"Bearer","access_token":"eyJ0e"#)),
    answer("endless body", UNEXPECTED, |_| {
        vec![
            head("Transfer-Encoding: chunked\r\n"),
            Step::Repeat([b"2000\r\n".as_slice(), &[b'['; 0x2000], b"\r\n"].concat()),
        ]
    }),
    answer("endless end of the body", UNEXPECTED, |_| {
        vec![
            head("Transfer-Encoding: chunked\r\n"),
            Step::Send(b"2\r\n{}\r\n0\r\n".to_vec()),
            Step::Repeat(b"X-More: and more\r\n".repeat(400)),
        ]
    }),
    answer("a token behind a megabyte", UNEXPECTED, |_| {
        json(&format!("{}{}", " ".repeat(1 << 20), token_body("\"x\"")))
    }),
    answer("packed a thousandfold", UNEXPECTED, |_| {
        let body = packed(&[b' '; 8 << 20]);
        assert!(body.len() < (8 << 20) / 500);
        reply("200 OK", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", body)
    }),
    answer("packed, though nobody asked", UNEXPECTED, |_| {
        reply("200 OK", "Content-Encoding: gzip\r\n", packed(token_body("\"x\"").as_bytes()))
    }),
    answer("packed in a way unknown", UNEXPECTED, |_| reply("200 OK", "Content-Encoding: br, zstd\r\n", binary())),
    answer("nested too deep", UNEXPECTED, |_| json(&"[".repeat(100_000))),
    answer("a token nested too deep", UNEXPECTED, |_| {
        json(&token_body(&format!("{}{}", "[".repeat(50_000), "]".repeat(50_000))))
    }),
    answer("as many values as there may be", UNEXPECTED, |_| json(&format!("[{}0]", "0,".repeat(120_000)))),
    answer("a list", UNEXPECTED, |_| json("[]")),
    answer("null", UNEXPECTED, |_| json("null")),
    answer("a number", UNEXPECTED, |_| json("1e999")),
    answer("a text", UNEXPECTED, |_| json("\"access_token\"")),
    answer("a token that is a number", UNEXPECTED, |_| json(&token_body("1"))),
    answer("a token that is a list", UNEXPECTED, |_| json(&token_body(r#"["x"]"#))),
    answer("a token that is null", UNEXPECTED, |_| json(&token_body("null"))),
    answer("a token that is true", UNEXPECTED, |_| json(&token_body("true"))),
    answer("a token that is an object", UNEXPECTED, |_| json(&token_body(r#"{"x":"y"}"#))),
    answer("a token that is empty", UNEXPECTED, |_| json(&token_body("\"\""))),
    answer("a token with a line's end", UNEXPECTED, |_| json(&token_body(r#""x\r\nRCPT TO:<x@y.example>""#))),
    answer("a token with half a line's end", UNEXPECTED, |_| json(&token_body(r#""x\nRCPT TO:<x@y.example>""#))),
    answer("a token with a space", UNEXPECTED, |_| json(&token_body("\"x y\""))),
    answer("a token with NUL and ^A", UNEXPECTED, |_| json(&token_body(r#""x\u0000y\u0001user=z""#))),
    answer("a token that is no ASCII", UNEXPECTED, |_| json(&token_body("\"tökén\""))),
    answer("a token longer than a line may be", UNEXPECTED, |_| {
        json(&token_body(&format!("\"{}\"", "x".repeat(200_000))))
    }),
    answer("two tokens", Token::Used(&[]), |_| {
        json(&format!(r#"{{"access_token":"other","access_token":"{TOKEN}","expires_in":1}}"#))
    }),
    answer("a life that is a list", Token::Used(&[]), |_| {
        json(&format!(r#"{{"access_token":"{TOKEN}","expires_in":[1]}}"#))
    }),
    answer("a life beyond all", Token::Used(&[]), |_| {
        json(&format!(r#"{{"access_token":"{TOKEN}","expires_in":18446744073709551615}}"#))
    }),
    answer("a life that is over", Token::Used(&[]), |_| {
        json(&format!(r#"{{"access_token":"{TOKEN}","expires_in":-1}}"#))
    }),
    // What a token says.
    answer("claims of other kinds", Token::Used(&["token_wrong_audience"]), |_| {
        claims(
            r#"{"aud":["https://outlook.office365.com"],"tid":1,"appid":{},"roles":"SMTP.SendAsApp","nbf":"x","exp":1e99}"#,
        )
    }),
    answer("claims of escapes", Token::Used(&["token_wrong_audience"]), |_| {
        claims(
            r#"{"aud":"\u001b[2J\u202e<script>","roles":["\u0007","|"],"scp":"\u001b]8;;x\u0007","oid":"'; Remove-Mailbox"}"#,
        )
    }),
    answer("more roles than there are", Token::Used(&["wrong_permission_granted"]), |_| {
        claims(&format!(r#"{{"aud":"https://outlook.office365.com","roles":[{}"x"]}}"#, r#""\u001b","#.repeat(800)))
    }),
    answer("times beyond all", Token::Used(&["permission_not_consented", "clock_skew"]), |_| {
        claims(r#"{"aud":"https://outlook.office365.com","nbf":9223372036854775807,"exp":-9223372036854775808}"#)
    }),
    answer("claims nested too deep", Token::Used(&[]), |_| claims(&"[".repeat(5000))),
    answer("claims that are no object", Token::Used(&[]), |_| claims("[1]")),
    answer("claims that are no text", Token::Used(&[]), |_| json(&token_body(r#""a.\u005f\u005f\u005f.b""#))),
    // A refusal.
    answer("an error that is a number", UNEXPECTED, |_| refusal(r#"{"error":1,"error_description":"no"}"#)),
    answer("an error that is an object", UNEXPECTED, |_| refusal(r#"{"error":{"code":"x"}}"#)),
    answer("a description that is a list", Token::None("token_error_unknown"), |_| {
        refusal(r#"{"error":"x","error_description":["AADSTS7000215"],"error_codes":"7000215","trace_id":{}}"#)
    }),
    answer("codes of many kinds", Token::None("client_secret_wrong"), |_| {
        refusal(r#"{"error":"x","error_codes":["7",-1,1e99,null,[7000215],7000215.5,7000215]}"#)
    }),
    answer("more codes than there are", Token::None("token_error_unknown"), |_| {
        refusal(&format!(r#"{{"error":"x","error_codes":[{}1]}}"#, "12345678,".repeat(20_000)))
    }),
    answer("a description of escapes without end", Token::None("token_error_unknown"), |_| {
        let escapes = r"\u001b[2J\u202e".repeat(15_000);
        refusal(&format!(r#"{{"error":"{}","error_description":"{escapes}","trace_id":"{0}"}}"#, "x".repeat(10_000)))
    }),
    answer("a description that names every code", Token::None("token_error_unknown"), |_| {
        refusal(&format!(r#"{{"error":"x","error_description":"{}"}}"#, "AADSTS1: ".repeat(20_000)))
    }),
    answer("a number beyond all", Token::None("token_error_unknown"), |_| {
        refusal(r#"{"error":"x","error_codes":[18446744073709551615]}"#)
    }),
    answer("a code beyond all", Token::None("token_error_unknown"), |_| {
        refusal(r#"{"error":"x","error_description":"AADSTS99999999999999999999999999: no"}"#)
    }),
    answer("an error with success", Token::None("client_secret_wrong"), |_| {
        json(r#"{"error":"invalid_client","error_description":"AADSTS7000215: no"}"#)
    }),
    answer("a token with a refusal", UNEXPECTED, |_| refusal(&token_body(&format!("\"{TOKEN}\"")))),
    // The look-up of a tenant.
    Answer { tenant: Tenant::Found, ..answer("a tenant", UNEXPECTED, |_| json(FOUND)) },
    Answer {
        tenant: Tenant::None,
        ..answer("no tenant", Token::None("tenant_not_found"), |_| {
            refusal(r#"{"error":"invalid_tenant","error_description":"AADSTS90002: \u001b[2J"}"#)
        })
    },
    answer("an endpoint that is a list", UNEXPECTED, |_| {
        json(
            r#"{"token_endpoint":["8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4"],"cloud_instance_name":"microsoftonline.com"}"#,
        )
    }),
    answer("an endpoint without a tenant", UNEXPECTED, |_| {
        json(r#"{"token_endpoint":"https://x.example/\u001b[2J/token","cloud_instance_name":"microsoftonline.com"}"#)
    }),
    answer("a cloud that nobody knows", UNEXPECTED, |_| {
        json(
            r#"{"token_endpoint":"https://x.example/8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/","cloud_instance_name":"\u001b[2J"}"#,
        )
    }),
    answer("a cloud that is a number", UNEXPECTED, |_| {
        json(r#"{"token_endpoint":"https://x.example/8f2d6c1e-4b7a-4c39-9e15-6a0d3b52f7c4/","cloud_instance_name":1}"#)
    }),
];

//! Signing in with XOAUTH2 (Microsoft: "Authenticate an IMAP, POP or SMTP
//! connection using OAuth"; the exchange itself follows RFC 4954).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncRead, AsyncWrite};

use super::dialogue::Capabilities;
use super::evidence::{SmtpEvidence, Stop};
use super::reply::Reply;
use super::wire::Wire;
use crate::net::{Fault, Violation};
use crate::redact::Redactor;

/// Signs in as `mailbox` with an access token.
///
/// The response goes with the command. A server that finds the line too long
/// (code 500) gets it in a second step. A 334 after the response carries the
/// reason as base64 JSON: it is answered with an empty line, and the reply
/// after it is the one that counts.
///
/// # Errors
/// A fault, or [`Stop::Refused`].
pub async fn sign_in<S: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut Wire<S>,
    capabilities: &Capabilities,
    mailbox: &Address,
    token: &SecretString,
    redactor: &Redactor,
    evidence: &mut SmtpEvidence,
) -> Result<(), Stop> {
    if !capabilities.offers_mechanism("XOAUTH2") {
        let offered = evidence.capabilities.join(", ");
        return Err(Fault::Protocol { violation: Violation::Xoauth2NotOffered, detail: offered }.into());
    }
    let response = response(mailbox, token)?;
    redactor.add(&response);
    let size = response.expose_secret().len();

    let line = SecretString::from(format!("AUTH XOAUTH2 {}\r\n", response.expose_secret()));
    let shown = format!("AUTH XOAUTH2 [{size} bytes redacted]");
    let mut reply = wire.ask_redacted(line.expose_secret().as_bytes(), &shown, evidence).await?;
    if reply.code == 500 {
        reply = in_two_steps(wire, &response, evidence).await?;
    }
    if reply.code == 334 {
        evidence.challenge = challenge(&reply).map(|text| wire.transcript().clean(&text));
        reply = wire.ask("\r\n", evidence).await?;
    }
    if reply.code == 235 { Ok(()) } else { Err(Stop::Refused) }
}

async fn in_two_steps<S: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut Wire<S>,
    response: &SecretString,
    evidence: &mut SmtpEvidence,
) -> Result<Reply, Stop> {
    let reply = wire.ask("AUTH XOAUTH2\r\n", evidence).await?;
    if reply.code != 334 {
        return Ok(reply);
    }
    let line = SecretString::from(format!("{}\r\n", response.expose_secret()));
    let shown = format!("[{} bytes redacted]", response.expose_secret().len());
    wire.ask_redacted(line.expose_secret().as_bytes(), &shown, evidence).await
}

/// The base64 response: `user=` mailbox ^A `auth=Bearer ` token ^A ^A.
fn response(mailbox: &Address, token: &SecretString) -> Result<SecretString, Stop> {
    let credentials = Credentials::new(mailbox.to_string(), token.expose_secret().to_owned());
    let plain = Mechanism::Xoauth2
        .response(&credentials, None)
        .map(SecretString::from)
        .map_err(|error| Fault::Protocol { violation: Violation::MalformedReply, detail: error.to_string() })?;
    Ok(SecretString::from(STANDARD.encode(plain.expose_secret())))
}

/// The text of a challenge, when it is base64.
fn challenge(reply: &Reply) -> Option<String> {
    let encoded = reply.lines.first()?.trim();
    let bytes = STANDARD.decode(encoded).ok().filter(|bytes| !bytes.is_empty())?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

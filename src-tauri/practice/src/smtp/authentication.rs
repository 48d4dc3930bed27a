//! The part of the dialogue that signs in: XOAUTH2 in one step or two, and LOGIN, which is asked
//! through to its end and refused.

use std::io;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use tokio::io::{AsyncRead, AsyncWrite};

use super::refusal;
use super::reply::Reply;
use super::rules;
use super::session::{COMMAND_LIMIT, End, Session, SignedIn};
use super::xoauth2;
use crate::conditions::{SignInService, SmtpNetwork, SmtpService};

/// What AUTH leads to: a reply, or the connection's end.
type Outcome = io::Result<Result<Reply, End>>;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<'_, S> {
    /// Answers AUTH. Before TLS no mechanism is known.
    pub(super) async fn authenticate(&mut self, mechanism: &str, initial: Option<String>) -> Outcome {
        if !self.secure {
            return Ok(Ok(self.unrecognized_mechanism()));
        }
        let state = self.shared.state();
        match state.smtp_network {
            SmtpNetwork::DropsAtAuth => return Ok(Err(End::Closed)),
            SmtpNetwork::SilentAtAuth => {
                self.wire.ignore().await?;
                return Ok(Err(End::Closed));
            }
            _ => {}
        }
        let knows_xoauth2 = state.smtp_service != SmtpService::XOAuth2NotOffered
            && state.sign_in_service != SignInService::MechanismUnrecognized;
        match mechanism {
            "XOAUTH2" if knows_xoauth2 => self.xoauth2(initial).await,
            "LOGIN" => self.login(initial).await,
            _ => Ok(Ok(self.unrecognized_mechanism())),
        }
    }

    async fn xoauth2(&mut self, initial: Option<String>) -> Outcome {
        let response = match initial {
            Some(response) => response,
            None => match self.challenge("").await? {
                Ok(response) => response,
                Err(end) => return Ok(end),
            },
        };
        let state = self.shared.state();
        if let Some(reply) = refusal::sign_in_service(self.server, state.sign_in_service) {
            return Ok(Ok(reply));
        }
        if state.sign_in_service == SignInService::Challenged {
            return self.refuse_with_challenge().await;
        }
        let Some(credentials) = xoauth2::parse(&response) else {
            return Ok(Ok(refusal::malformed(self.server)));
        };
        let grant = self.shared.tokens.find(&credentials.token);
        if let Err(reason) = rules::sign_in(&state, grant.as_ref(), &credentials.user) {
            return Ok(Ok(refusal::sign_in(self.server, reason)));
        }
        self.signed_in = grant
            .filter(|_| state.sign_in_service != SignInService::Forgotten)
            .map(|grant| SignedIn { mailbox: credentials.user, grant });
        Ok(Ok(Reply::new(235, "2.7.0 Authentication successful")))
    }

    /// Says in a challenge what is wrong, waits for the client to take note, and refuses.
    async fn refuse_with_challenge(&mut self) -> Outcome {
        let reason =
            r#"{"status":"invalid_token","schemes":"bearer","scope":"https://outlook.office365.com/.default"}"#;
        match self.challenge(&STANDARD.encode(reason)).await? {
            Ok(_) => Ok(Ok(self.server.tagged(535, "5.7.8 Authentication credentials invalid"))),
            Err(end) => Ok(end),
        }
    }

    /// Takes name and password without looking at them, as clients send them only when asked.
    async fn login(&mut self, initial: Option<String>) -> Outcome {
        if initial.is_none()
            && let Err(end) = self.challenge("VXNlcm5hbWU6").await?
        {
            return Ok(end);
        }
        if let Err(end) = self.challenge("UGFzc3dvcmQ6").await? {
            return Ok(end);
        }
        Ok(Ok(refusal::basic_authentication(self.server)))
    }

    fn unrecognized_mechanism(&self) -> Reply {
        self.server.tagged(504, "5.7.4 Unrecognized Authentication Type")
    }

    /// Asks and reads the response, or says how AUTH ends: the client may cancel with an asterisk
    /// (RFC 4954, section 4).
    async fn challenge(&mut self, text: &str) -> io::Result<Result<String, Result<Reply, End>>> {
        self.wire.write(&Reply::new(334, text)).await?;
        let line = match self.wire.read_line(COMMAND_LIMIT).await {
            Ok(line) => line,
            Err(error) => return Ok(Err(Err(self.end(error).await?))),
        };
        let response = String::from_utf8_lossy(&line).trim_end().to_owned();
        if response == "*" {
            return Ok(Err(Ok(self.server.tagged(501, "5.7.0 Authentication cancelled"))));
        }
        Ok(Ok(response))
    }
}

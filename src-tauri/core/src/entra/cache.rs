//! One token for an application, however many checks ask for it at once: Microsoft
//! throttles an application that asks again and again (AADSTS50196).
//!
//! A cache lives as long as the checks that run side by side, minutes at the most,
//! so that no token outlives its use. A check on its own has a cache of its own, and
//! so always asks anew: an old token lacks what was granted since.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OnceCell;

use super::token::{TokenAnswer, TokenEvidence, TokenRequest, request_token};
use crate::net::{Fault, Network};
use crate::redact::Redactor;

/// Tokens that were asked for, refused ones among them.
#[derive(Debug, Default)]
pub struct TokenCache {
    asked: Mutex<Vec<Arc<Asked>>>,
}

/// One question and, once it is there, its answer.
#[derive(Debug)]
struct Asked {
    question: Question,
    answer: OnceCell<(TokenEvidence, Option<Arc<TokenAnswer>>)>,
}

/// What makes two requests the same. Not `Clone`, and never shown: it holds the secret.
#[derive(Debug)]
struct Question {
    url: String,
    /// Where a closed network leads instead.
    route: Option<SocketAddr>,
    client_id: String,
    client_secret: SecretString,
    scope: String,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
            && self.route == other.route
            && self.client_id == other.client_id
            && self.scope == other.scope
            && self.client_secret.expose_secret() == other.client_secret.expose_secret()
    }
}

impl TokenCache {
    /// Asks for a token, or waits for the answer to the same request by another check. Should that
    /// check give up, this one asks itself.
    pub async fn token(
        &self,
        network: &Network,
        request: &TokenRequest<'_>,
        redactor: &Redactor,
        evidence: &mut TokenEvidence,
    ) -> Option<Arc<TokenAnswer>> {
        evidence.url = request.url();
        let asked = match self.find(network, request) {
            Ok(asked) => asked,
            Err(fault) => {
                evidence.fault = Some(fault);
                return None;
            }
        };
        let ask = async || {
            let mut evidence = evidence.clone();
            let answer = request_token(network, request, redactor, &mut evidence).await;
            (evidence, answer.map(Arc::new))
        };
        let (seen, answer) = asked.answer.get_or_init(ask).await;
        evidence.clone_from(seen);
        if let Some(answer) = answer {
            redactor.add(&answer.token);
        }
        answer.clone()
    }

    fn find(&self, network: &Network, request: &TokenRequest<'_>) -> Result<Arc<Asked>, Fault> {
        let question = Question {
            url: request.url(),
            route: network.route(request.login_host.name(), request.login_host.port())?,
            client_id: request.client_id.to_owned(),
            client_secret: request.client_secret.clone(),
            scope: request.scope.to_owned(),
        };
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = asked.iter().find(|known| known.question == question) {
            return Ok(Arc::clone(known));
        }
        let new = Arc::new(Asked { question, answer: OnceCell::new() });
        asked.push(Arc::clone(&new));
        Ok(new)
    }
}

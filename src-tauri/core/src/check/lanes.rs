//! The two lanes that run side by side: the token, and the way to an encrypted
//! connection. A lane that fails leaves its evidence and skips its own rest;
//! it does not stop the other.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio_rustls::client::TlsStream;

use super::record::{ClaimsEvidence, StageEvidence, StageRecord};
use super::recorder::Recorder;
use super::{Depth, Plan, Stage, StageOutcome};
use crate::clock::Clock;
use crate::entra::{Claims, LoginHost, TokenAnswer, TokenEvidence, TokenRequest};
use crate::net::{self, ConnectEvidence, Fault, ResolveEvidence, Violation};
use crate::settings::{Settings, looks_like_secret_id};
use crate::smtp::{Capabilities, SmtpEvidence, Stop, Wire, ehlo, greeting, starttls};
use crate::words;

/// How long a silent server may take to show whether it speaks TLS.
const PROBE: Duration = Duration::from_secs(5);

/// An encrypted connection, ready for AUTH.
pub(super) struct Connected {
    pub(super) wire: Wire<TlsStream<TcpStream>>,
    pub(super) capabilities: Capabilities,
    /// Its place among the mailbox's connections.
    _place: OwnedSemaphorePermit,
}

/// How a stage of the dialogue ended, in words.
pub(super) fn stopped(stage: Stage, stop: &Stop, evidence: &mut SmtpEvidence) -> (StageOutcome, String) {
    match stop {
        Stop::Fault(fault) => {
            evidence.fault = Some(fault.clone());
            failed(stage, fault)
        }
        Stop::Refused => {
            let text = evidence.last_reply().map(|reply| reply.text()).unwrap_or_default();
            (StageOutcome::Failed, text)
        }
    }
}

/// How a stage ended by a fault, in words.
pub(super) fn failed(stage: Stage, fault: &Fault) -> (StageOutcome, String) {
    if *fault == Fault::Cancelled {
        return (StageOutcome::Cancelled, words::text("summary-cancelled", &[]));
    }
    (StageOutcome::Failed, fault_words(stage, fault))
}

/// A fault in words for people.
pub fn fault_words(stage: Stage, fault: &Fault) -> String {
    let kind = serde_json::to_value(fault).ok();
    let part = |name: &str| kind.as_ref().and_then(|kind| kind.get(name)?.as_str()).unwrap_or_default().to_owned();
    let stage_name = stage.name();
    let parameters = [
        ("stage", stage_name.as_str()),
        ("detail", &part("detail")),
        ("problem", &part("problem")),
        ("violation", &part("violation")),
    ];
    let id = format!("fault-{}", part("kind").replace('_', "-"));
    words::text(&id, &parameters)
}

/// Token and claims.
pub(super) async fn token_lane(
    plan: &Plan,
    settings: &Settings,
    secret: &SecretString,
    recorder: &Recorder,
    clock: &dyn Clock,
) -> (Vec<StageRecord>, Option<Arc<TokenAnswer>>) {
    use secrecy::ExposeSecret as _;

    let running = recorder.start(Stage::Token);
    let login_host = plan.login_host.clone().unwrap_or_else(|| LoginHost::microsoft(settings.login_cloud));
    let client_id = settings.client_id.to_string();
    let request = TokenRequest {
        login_host: &login_host,
        token_endpoint: &settings.token_endpoint,
        client_id: &client_id,
        client_secret: secret,
        scope: &settings.scope,
        limit: recorder.limit(Stage::Token),
    };
    let mut evidence =
        TokenEvidence { secret_looks_like_id: looks_like_secret_id(secret.expose_secret()), ..Default::default() };
    let tokens = &plan.shared.tokens;
    let work = async { Ok(tokens.token(&plan.network, &request, &recorder.redactor, &mut evidence).await) };
    // The request keeps its own time, so that what was seen by then is not lost; here only the user may stop it.
    let answer = match recorder.until_cancelled::<_, Fault>(work).await {
        Ok(answer) => answer,
        Err(fault) => {
            evidence.fault = Some(fault);
            None
        }
    };
    let (outcome, summary) = token_summary(&login_host, &answer, &evidence);
    let token = recorder.finish(running, outcome, summary, StageEvidence::Token(evidence));
    let claims = match &answer {
        Some(answer) => claims_stage(plan, settings, answer, recorder, clock),
        None => recorder.skip(Stage::Claims),
    };
    (vec![token, claims], answer)
}

fn token_summary(
    login_host: &LoginHost,
    answer: &Option<Arc<TokenAnswer>>,
    evidence: &TokenEvidence,
) -> (StageOutcome, String) {
    if answer.is_some() {
        let minutes = (evidence.expires_in_s.unwrap_or_default() / 60).to_string();
        let parameters = [("host", login_host.name()), ("minutes", minutes.as_str())];
        return (StageOutcome::Passed, words::text("summary-token", &parameters));
    }
    if let Some(fault) = &evidence.fault {
        return failed(Stage::Token, fault);
    }
    match &evidence.failure {
        Some(failure) if failure.description.is_empty() => (StageOutcome::Failed, failure.error.clone()),
        Some(failure) => (StageOutcome::Failed, failure.description.clone()),
        None => {
            let status = evidence.status.unwrap_or_default().to_string();
            let parameters = [("host", login_host.name()), ("status", status.as_str())];
            (StageOutcome::Failed, words::text("summary-token-unexpected", &parameters))
        }
    }
}

/// Compares the claims with the settings. A token for something else fails; a
/// missing role only warns, because the RBAC path needs none.
fn claims_stage(
    plan: &Plan,
    settings: &Settings,
    answer: &TokenAnswer,
    recorder: &Recorder,
    clock: &dyn Clock,
) -> StageRecord {
    let running = recorder.start(Stage::Claims);
    let evidence = ClaimsEvidence { claims: answer.claims.clone(), received_at: clock.now().as_second() };
    let (outcome, id) = match &answer.claims {
        None => (StageOutcome::Passed, "summary-claims-opaque"),
        Some(claims) if !claims.is_for_exchange() => (StageOutcome::Failed, "summary-claims-audience"),
        Some(claims) if !claims.is_of_tenant(&settings.tenant) => (StageOutcome::Failed, "summary-claims-tenant"),
        Some(claims) if !claims.is_of_application(&settings.client_id) => {
            (StageOutcome::Failed, "summary-claims-application")
        }
        Some(claims) if claims.is_delegated() => (StageOutcome::Failed, "summary-claims-delegated"),
        Some(claims) if claims.may_send_as_app() => (StageOutcome::Passed, "summary-claims"),
        Some(_) if plan.access_path.needs_role() => (StageOutcome::Warned, "summary-claims-no-role"),
        Some(_) => (StageOutcome::Passed, "summary-claims-rbac"),
    };
    let audience = answer.claims.as_ref().and_then(|claims| claims.audience.as_deref()).unwrap_or_default();
    let summary = words::text(id, &[("audience", audience), ("role", Claims::SEND_AS_APP)]);
    recorder.finish(running, outcome, summary, StageEvidence::Claims(evidence))
}

/// Resolve, connect, greeting, STARTTLS.
pub(super) async fn smtp_lane(
    plan: &Plan,
    settings: &Settings,
    recorder: &Recorder,
) -> (Vec<StageRecord>, Option<Connected>) {
    let stages = [Stage::Resolve, Stage::Connect, Stage::Greeting, Stage::Starttls];
    let mut records = Vec::new();
    let connected = match plan.depth >= Depth::Connection {
        true => to_encrypted(plan, settings, recorder, &mut records).await,
        false => None,
    };
    for stage in stages.into_iter().skip(records.len()) {
        records.push(recorder.skip(stage));
    }
    (records, connected)
}

/// `None` where a stage stopped; its record then is the last in `records`.
async fn to_encrypted(
    plan: &Plan,
    settings: &Settings,
    recorder: &Recorder,
    records: &mut Vec<StageRecord>,
) -> Option<Connected> {
    let (host, port) = (settings.smtp_host.as_str(), settings.smtp_port);
    // Waiting for other checks of the same mailbox is no part of any stage.
    let place = recorder.until_cancelled(plan.shared.place(&plan.network, settings)).await;

    let running = recorder.start(Stage::Resolve);
    let mut evidence = ResolveEvidence::default();
    let resolved = async {
        let place = place?;
        Ok((place, net::resolve(&plan.network, host, port, &mut evidence).await?))
    };
    let found = recorder.within(Stage::Resolve, resolved).await;
    let (outcome, summary) = match &found {
        Ok(_) => (StageOutcome::Passed, evidence.addresses.join(", ")),
        Err(fault) => failed(Stage::Resolve, fault),
    };
    evidence.fault = found.as_ref().err().cloned();
    records.push(recorder.finish(running, outcome, summary, StageEvidence::Resolve(evidence)));
    let (place, addresses) = found.ok()?;

    let running = recorder.start(Stage::Connect);
    let mut evidence = ConnectEvidence::default();
    let work = net::connect(&addresses, recorder.limit(Stage::Connect), &mut evidence);
    // Each address has its own time inside `connect`; here only the user may stop it.
    let begun = recorder.until_cancelled(work).await;
    let (outcome, summary) = match &begun {
        Ok(stream) => (StageOutcome::Passed, stream.peer_addr().map(|peer| peer.to_string()).unwrap_or_default()),
        Err(fault) => failed(Stage::Connect, fault),
    };
    evidence.fault = begun.as_ref().err().cloned();
    records.push(recorder.finish(running, outcome, summary, StageEvidence::Connect(evidence)));
    let stream = begun.ok()?;
    let peer = stream.peer_addr().ok();
    let own_address = stream.local_addr().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip());

    let running = recorder.start(Stage::Greeting);
    let mut evidence = SmtpEvidence::default();
    let mut wire = Wire::new(stream, Arc::clone(&recorder.transcript));
    let work = async {
        greeting(&mut wire, &mut evidence).await?;
        ehlo(&mut wire, own_address, &mut evidence).await
    };
    let mut greeted = recorder.within(Stage::Greeting, work).await;
    if let (Err(Stop::Fault(Fault::TimedOut | Fault::Dropped)), Some(peer), []) =
        (&greeted, peer, &evidence.exchanges[..])
    {
        let probe = tokio::time::timeout(
            recorder.limit(Stage::Greeting).min(PROBE),
            net::answers_tls(&plan.network.trust, host, peer),
        );
        let answered = recorder.until_cancelled::<_, Fault>(async { Ok(probe.await) }).await;
        if matches!(answered, Ok(Ok(true))) {
            let violation = Violation::TlsAtOnce;
            greeted = Err(Fault::Protocol { violation, detail: String::new() }.into());
        }
    }
    let (outcome, summary) = match &greeted {
        Ok(_) => (StageOutcome::Passed, evidence.exchanges.first().map(|first| first.reply.text()).unwrap_or_default()),
        Err(stop) => stopped(Stage::Greeting, stop, &mut evidence),
    };
    // STARTTLS reports what was offered before it.
    let offered = evidence.capabilities.clone();
    records.push(recorder.finish(running, outcome, summary, StageEvidence::Smtp(evidence)));
    let capabilities = greeted.ok()?;

    let running = recorder.start(Stage::Starttls);
    let mut evidence = SmtpEvidence { capabilities: offered, ..Default::default() };
    let work = async {
        let mut wire = starttls(wire, &capabilities, &plan.network.trust, host, &mut evidence).await?;
        let capabilities = ehlo(&mut wire, own_address, &mut evidence).await?;
        Ok(Connected { wire, capabilities, _place: place })
    };
    let encrypted = recorder.within(Stage::Starttls, work).await;
    let (outcome, summary) = match &encrypted {
        Ok(_) => (StageOutcome::Passed, encryption(&evidence)),
        Err(stop) => stopped(Stage::Starttls, stop, &mut evidence),
    };
    records.push(recorder.finish(running, outcome, summary, StageEvidence::Smtp(evidence)));
    encrypted.ok()
}

/// `TLS 1.3, certificate for smtp.office365.com`.
fn encryption(evidence: &SmtpEvidence) -> String {
    let Some(tls) = &evidence.tls else { return String::new() };
    let version = tls.version.as_deref().unwrap_or_default().replace("TLSv", "TLS ").replace('_', ".");
    let subject = tls.certificates.first().map(|certificate| certificate.subject.as_str()).unwrap_or_default();
    words::text("summary-starttls", &[("version", version.as_str()), ("subject", subject)])
}

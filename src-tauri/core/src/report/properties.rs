//! What holds of reports, whatever is opened and whatever a server said.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::time::Instant;
use uuid::Uuid;

use super::{details, html, markdown, masked, message_for, read};
use crate::check::{Depth, Plan, Record, Report, Shared, Stage, StageEvidence, StageOutcome, StageRecord, Timeouts};
use crate::diagnosis::diagnose;
use crate::fuzzing::{SECRET, at_once, settings};
use crate::net::{Network, Trust};
use crate::redact::Redactor;
use crate::redact::properties::{assert_all_safe, assert_all_show, assert_shows};
use crate::settings::{AccessPath, Context, parse};
use crate::smtp::{Capabilities, Envelope, SmtpEvidence, Stop, Transcript, Wire, ehlo, greeting, sign_in};

/// A file that is opened: a report that is read holds, and a refusal shows.
pub fn report_file(input: &[u8]) {
    match read(&String::from_utf8_lossy(input)) {
        Ok(report) => assert_holds(&report),
        Err(error) => assert_shows(&error.to_string()),
    }
}

/// What a server says in a whole dialogue: its report holds and has no secret.
pub fn dialogue(input: &[u8]) {
    let redactor = Redactor::default();
    let token = SecretString::from(SECRET);
    redactor.add(&token);
    let transcript = Arc::new(Transcript::new(Instant::now(), redactor.clone(), Arc::new(|_| {})));
    let stages = at_once(talk(input, &transcript, &token, &redactor));
    let typed = settings();
    let report = diagnose(Record {
        settings: parse(&typed, &Context::default()).settings,
        plan: Plan {
            profile: "Production".to_owned(),
            settings: typed,
            depth: Depth::Message,
            recipients: Vec::new(),
            access_path: AccessPath::Classic,
            last_change_at: None,
            secret_expires_on: None,
            login_host: None,
            network: network(),
            timeouts: Timeouts::default(),
            shared: Arc::new(Shared::default()),
        },
        started_at: Timestamp::UNIX_EPOCH,
        duration_ms: 1,
        stages,
        transcript: transcript.lines(),
        message_id: None,
        reference: None,
        redactor,
    });
    assert_all_safe(&report, SECRET);
    assert_holds(&report);
}

/// A report can be shown in every form, and is the same when it is saved and opened again.
pub(super) fn assert_holds(report: &Report) {
    assert_all_show(report);
    let json = serde_json::to_string(report).expect("a report can be serialised");
    assert_eq!(read(&json).as_ref(), Ok(report));
    let page = html(report);
    for text in [&markdown(report), &page] {
        text.lines().for_each(assert_shows);
    }
    assert_only_known_tags(&page);
    for detail in details(report) {
        assert_shows(&detail.value);
    }
    for finding in &report.findings {
        let message = message_for(report, finding.owner).expect("it has a finding of this owner");
        message.lines().for_each(assert_shows);
    }
    let masked = masked(report).expect("a report can be masked");
    let known = addresses(report);
    let left: Vec<String> = addresses(&masked).into_iter().filter(|address| known.contains(address)).collect();
    assert_eq!(left, Vec::<String>::new());
}

/// The e-mail addresses in the conversation and of the sender, in lower case, without stand-ins and Message-IDs.
fn addresses(report: &Report) -> Vec<String> {
    let lines = report.transcript.iter().map(|line| line.line.as_str());
    let texts = lines.chain([report.settings.system_email_address.as_str()]);
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && !"@.-_+".contains(c)));
    let is_address = |word: &&str| {
        let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.');
        word.split_once('@').is_some_and(|(local, domain)| {
            let is_ours = domain == "masked.example" || Uuid::try_parse(local).is_ok();
            plain(local) && plain(domain) && !domain.contains(['@', '_', '+']) && !is_ours
        })
    };
    words.filter(is_address).map(str::to_lowercase).collect()
}

/// Nothing that stands in a report became markup.
fn assert_only_known_tags(page: &str) {
    const KNOWN: &str = "blockquote br code h1 h2 h3 li p pre table tbody td th thead tr ul";
    const WITH_CLASS: [&str; 2] = ["code class=\"language-powershell\"", "code class=\"language-text\""];
    let (_, body) = page.split_once("<main>").expect("a page has a main part");
    let (body, _) = body.rsplit_once("</main>").expect("it ends");
    for piece in body.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let name = tag.trim_start_matches('/').trim_end_matches(" /");
        assert!(KNOWN.split(' ').any(|known| known == name) || WITH_CLASS.contains(&tag), "<{tag}> in {body}");
    }
}

/// The stages of a dialogue against a server that sends these bytes and closes.
async fn talk(
    server: &[u8],
    transcript: &Arc<Transcript>,
    token: &SecretString,
    redactor: &Redactor,
) -> Vec<StageRecord> {
    let mut wire = Wire::new(tokio::io::join(server, tokio::io::sink()), Arc::clone(transcript));
    let mailbox = settings().system_email_address.parse().expect("it is an address");
    let mut stages = Vec::new();
    let mut keep = |stage: Stage, ended: Result<(), Stop>, mut evidence: SmtpEvidence| {
        let outcome = if ended.is_ok() { StageOutcome::Passed } else { StageOutcome::Failed };
        if let Err(Stop::Fault(fault)) = ended {
            evidence.fault = Some(fault);
        }
        let summary = evidence.last_reply().map(|reply| reply.text()).unwrap_or_default();
        let evidence = StageEvidence::Smtp(evidence);
        stages.push(StageRecord { stage, outcome, start_ms: 0, duration_ms: 1, summary, evidence });
    };

    let mut evidence = SmtpEvidence::default();
    let greeted = greeting(&mut wire, &mut evidence).await;
    keep(Stage::Greeting, greeted, evidence);
    let mut evidence = SmtpEvidence::default();
    let offered = ehlo(&mut wire, IpAddr::V4(Ipv4Addr::LOCALHOST), &mut evidence).await;
    keep(Stage::Starttls, offered.as_ref().map(|_| ()).map_err(Clone::clone), evidence);
    let offered: Capabilities = offered.unwrap_or_default();
    let mut evidence = SmtpEvidence::default();
    let signed_in = sign_in(&mut wire, &offered, &mailbox, token, redactor, &mut evidence).await;
    keep(Stage::SignIn, signed_in, evidence);
    let mut envelope = Envelope::new(&mut wire, &offered, &mailbox, std::slice::from_ref(&mailbox));
    let mut evidence = SmtpEvidence::default();
    let sent = envelope.sender(&mut evidence).await;
    keep(Stage::Sender, sent, evidence);
    let mut evidence = SmtpEvidence::default();
    let taken = envelope.recipients(&mut evidence).await;
    keep(Stage::Recipient, taken.map(|_| ()), evidence);
    let mut evidence = SmtpEvidence::default();
    let accepted = envelope.message(b"Subject: x\r\n\r\n.\r\n", &mut evidence).await;
    keep(Stage::Message, accepted.map(|_| ()), evidence);
    stages
}

/// No check runs on it; made once, because it reads the system's certificates.
fn network() -> Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    let open = || Network::open(Trust::operating_system(&[]).expect("no certificate is added"));
    NETWORK.get_or_init(open).clone()
}

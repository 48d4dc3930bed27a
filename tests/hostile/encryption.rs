//! The TLS handshake, with the SMTP server and with the login host.

use std::sync::Arc;
use std::time::Duration;

use mail_setup_core::check::Stage;
use mail_setup_core::entra::TenantDiscovery;
use mail_setup_tests::{Authority, OldTls, OldTlsServer, ServerIdentity, Step};

use crate::cell::{Complaints, Matrix};
use crate::dialogue::{commands, leaks};
use crate::{discovery, login, smtp, whole};

/// Whose certificate a server shows.
#[derive(Clone, Copy)]
enum Shows {
    Good,
    WrongName,
    Expired,
    NotYetValid,
    SelfSigned,
    ForeignAuthority,
    Immense,
}

/// A fault, and the finding at the SMTP server and at the login host.
struct Fault {
    name: &'static str,
    shows: Shows,
    does: Does,
    smtp: &'static str,
    login: &'static str,
}

enum Does {
    /// The handshake in good order, with the certificate shown.
    Handshake,
    /// These steps instead.
    Steps(fn() -> Vec<Step>),
    /// The same, and the check waits for the end of its time.
    Slowly(fn() -> Vec<Step>),
    /// The handshake of a server that speaks this version alone.
    Old(OldTls),
}

const SILENT: (&str, &str) = ("server_timeout", "login_host_unreachable");
const CUT: (&str, &str) = ("connection_dropped", "login_host_unreachable");
const BROKEN: (&str, &str) = ("tls_handshake_failed", "login_tls_failed");

const fn fault(name: &'static str, does: Does, (smtp, login): (&'static str, &'static str)) -> Fault {
    Fault { name, shows: Shows::Good, does, smtp, login }
}

const fn shown(name: &'static str, shows: Shows, smtp: &'static str) -> Fault {
    Fault { name, shows, does: Does::Handshake, smtp, login: "login_tls_failed" }
}

/// A TLS record (RFC 8446, section 5.1): its type and what it holds.
fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[kind, 3, 3], &length[..], content].concat()
}

const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;

/// The beginning of a ServerHello that claims the longest body of all.
fn begun_hello() -> Vec<u8> {
    record(HANDSHAKE, &[&[2, 0xff, 0xff, 0xff, 3, 3], &[0; 200][..]].concat())
}

const FAULTS: &[Fault] = &[
    fault("silence", Does::Slowly(|| vec![Step::Silence]), SILENT),
    fault(
        "a byte a second",
        Does::Slowly(|| vec![Step::Drip { bytes: begun_hello(), pause: Duration::from_secs(1) }]),
        SILENT,
    ),
    fault("half a handshake", Does::Slowly(|| vec![Step::Send(begun_hello()[..50].into()), Step::Silence]), SILENT),
    fault("reset", Does::Steps(|| vec![Step::Reset]), CUT),
    fault("half close", Does::Steps(|| vec![Step::Close]), CUT),
    fault("cut in the handshake", Does::Steps(|| vec![Step::Send(begun_hello()[..50].into()), Step::Cut]), CUT),
    fault("plain text", Does::Steps(|| vec![Step::line("250 2.0.0 no need for secrets"), Step::Silence]), BROKEN),
    fault("binary", Does::Steps(|| vec![Step::Send(smtp::binary()), Step::Silence]), BROKEN),
    fault("refusal", Does::Steps(|| vec![Step::Send(record(ALERT, &[2, 40])), Step::Silence]), BROKEN),
    fault(
        "endless hello",
        Does::Steps(|| vec![Step::Send(begun_hello()), Step::Repeat(record(HANDSHAKE, &[0; 8192]))]),
        BROKEN,
    ),
    fault("endless empty records", Does::Steps(|| vec![Step::Repeat(record(HANDSHAKE, &[]).repeat(500))]), BROKEN),
    fault("endless warnings", Does::Steps(|| vec![Step::Repeat(record(ALERT, &[1, 90]).repeat(500))]), BROKEN),
    fault("TLS 1.0", Does::Old(OldTls::V1_0), BROKEN),
    fault("TLS 1.1", Does::Old(OldTls::V1_1), BROKEN),
    shown("a certificate for another name", Shows::WrongName, "tls_name_mismatch"),
    shown("a certificate whose time is over", Shows::Expired, "tls_certificate_expired"),
    shown("a certificate whose time has not begun", Shows::NotYetValid, "tls_certificate_expired"),
    shown("a certificate of its own making", Shows::SelfSigned, "tls_certificate_untrusted"),
    shown("a certificate of a foreign authority", Shows::ForeignAuthority, "tls_certificate_untrusted"),
    shown("an immense certificate", Shows::Immense, "tls_certificate_untrusted"),
];

/// The servers and identities that the cells share.
struct Kit {
    authority: Authority,
    old: [OldTlsServer; 2],
}

impl Kit {
    fn new() -> Self {
        let authority = Authority::new().unwrap();
        let good = authority.issue_for_loopback().unwrap();
        let old = [OldTls::V1_0, OldTls::V1_1].map(|version| OldTlsServer::start(version, &good).unwrap());
        Self { authority, old }
    }

    fn steps(&self, does: &Does) -> Vec<Step> {
        match does {
            Does::Handshake => vec![Step::StartTls],
            // A server has nothing to say before the client's hello.
            Does::Steps(steps) | Does::Slowly(steps) => [vec![Step::Await], steps()].concat(),
            Does::Old(version) => vec![Step::HandOver(self.old[usize::from(*version == OldTls::V1_1)].address())],
        }
    }

    fn identity(&self, shows: Shows) -> ServerIdentity {
        let mut params = Authority::params_for_loopback().unwrap();
        match shows {
            Shows::Good => {}
            Shows::WrongName => {
                params.subject_alt_names = vec!["mail.contoso.com".try_into().map(rcgen::SanType::DnsName).unwrap()]
            }
            Shows::Expired => params.not_after = rcgen::date_time_ymd(2020, 1, 1),
            Shows::NotYetValid => params.not_before = rcgen::date_time_ymd(2090, 1, 1),
            Shows::SelfSigned => return ServerIdentity::self_signed(&params).unwrap(),
            Shows::ForeignAuthority => return Authority::new().unwrap().issue(&params).unwrap(),
            Shows::Immense => {
                let escapes = "\u{1b}".repeat(20);
                let names = (0..500).map(|number| format!("{escapes}host-{number}.contoso.example"));
                params.subject_alt_names =
                    names.map(|name| name.try_into().map(rcgen::SanType::DnsName).unwrap()).collect();
                params.distinguished_name.push(rcgen::DnType::OrganizationName, "\u{1b}[2J\u{202e}".repeat(2500));
                return ServerIdentity::self_signed(&params).unwrap();
            }
        }
        self.authority.issue(&params).unwrap()
    }
}

/// Adds the cells: each fault at each of the three that ask.
pub fn cells(matrix: &mut Matrix) {
    let kit = Arc::new(Kit::new());
    for fault in FAULTS {
        let is_slow = matches!(fault.does, Does::Slowly(_));
        let identity = Arc::new(kit.identity(fault.shows));

        let script = [smtp::up_to_handshake(), kit.steps(&fault.does)].concat();
        let (here, shown) = (Arc::clone(&kit), Arc::clone(&identity));
        matrix.add(format!("TLS with the SMTP server × {}", fault.name), async move {
            let (report, told, events) = smtp::run(script, &here.authority, &shown, is_slow).await;
            let mut complaints = whole::complaints(&report, Stage::Starttls, fault.smtp);
            complaints.extend(whole::harmful_events(&told));
            complaints.extend(leaks(&events));
            let sent = commands(&events);
            complaints.extend((sent != ["EHLO", "STARTTLS"]).then(|| format!("the server got {sent:?}")));
            complaints
        });

        let (script, here, shown) = (kit.steps(&fault.does), Arc::clone(&kit), Arc::clone(&identity));
        matrix.add(format!("TLS with the login host × {}", fault.name), async move {
            let seen = login::run(script, true, &here.authority, &shown, is_slow).await;
            let mut complaints = whole::complaints(&seen.report, Stage::Token, fault.login);
            complaints.extend(seen.without_token());
            complaints.extend((!seen.requests().is_empty()).then(|| format!("it was asked: {:?}", seen.requests())));
            complaints
        });

        let (script, here) = (kit.steps(&fault.does), Arc::clone(&kit));
        matrix.add(format!("TLS when the tenant is looked up × {}", fault.name), async move {
            let found = discovery::run(script, true, &here.authority, &identity, is_slow).await;
            match found {
                TenantDiscovery::Unreachable => Complaints::new(),
                found => vec![format!("{found:?}")],
            }
        });
    }
}

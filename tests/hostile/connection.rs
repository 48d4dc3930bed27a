//! The way to a host, when nobody opens: at the SMTP server and at the login host.

use std::net::SocketAddr;
use std::time::Duration;

use mail_setup_core::check::Stage;
use mail_setup_core::entra::TenantDiscovery;
use mail_setup_core::net::{ConnectEvidence, Fault, connect};
use mail_setup_tests::{Authority, LoginHost, ScriptedSmtp};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::bench::{plan_to, report};
use crate::cell::{Complaints, Matrix, time_for};
use crate::dialogue::{SECRET, TOKEN};
use crate::{discovery, smtp, whole};

/// A port at which nobody is let in.
enum Door {
    /// Connections are refused.
    Closed(TcpSocket),
    /// Connections get no answer: the listener's queue is full, and the system drops further attempts without a
    /// word, as a firewall does.
    Full(TcpListener, #[allow(dead_code, reason = "keeps the queue full")] Vec<TcpStream>),
}

impl Door {
    async fn closed() -> Self {
        Self::Closed(bound())
    }

    async fn full() -> Self {
        let listener = bound().listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        while let Ok(Ok(stream)) = timeout(Duration::from_millis(500), TcpStream::connect(address)).await {
            waiting.push(stream);
        }
        Self::Full(listener, waiting)
    }

    fn port(&self) -> u16 {
        let address = match self {
            Self::Closed(socket) => socket.local_addr(),
            Self::Full(listener, _) => listener.local_addr(),
        };
        address.unwrap().port()
    }
}

/// A socket with a port of its own that does not listen.
fn bound() -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    socket
}

/// Adds the cells: each door at each of the three that ask.
pub fn cells(matrix: &mut Matrix) {
    matrix.add("connection to the SMTP server × refused".to_owned(), async {
        to_smtp(Door::closed().await, "smtp_connection_refused").await
    });
    matrix.add("connection to the login host × refused".to_owned(), async { to_login(Door::closed().await).await });
    matrix.add("connection to look up the tenant × refused".to_owned(), async {
        to_look_up(Door::closed().await).await
    });
    matrix.add("connection × a thousand addresses".to_owned(), async {
        let Door::Closed(socket) = Door::closed().await else { unreachable!("just closed") };
        let addresses = vec![socket.local_addr().unwrap(); 1000];
        let mut evidence = ConnectEvidence::default();
        let connected = connect(&addresses, Duration::from_secs(5), &mut evidence).await;
        let ended = (connected.map(drop), evidence.attempts.len());
        if ended == (Err(Fault::ConnectionRefused), 20) { Complaints::new() } else { vec![format!("{ended:?}")] }
    });
    // Only Linux is known to leave the clients of a full queue without an answer.
    if cfg!(target_os = "linux") {
        matrix.add("connection to the SMTP server × silence".to_owned(), async {
            to_smtp(Door::full().await, "smtp_port_blocked").await
        });
        matrix.add("connection to the login host × silence".to_owned(), async { to_login(Door::full().await).await });
        matrix.add("connection to look up the tenant × silence".to_owned(), async {
            to_look_up(Door::full().await).await
        });
    }
}

async fn to_smtp(door: Door, code: &str) -> Complaints {
    let login_host = LoginHost::granting(TOKEN).await.unwrap();
    let mut plan = plan_to(door.port(), &Authority::new().unwrap().pem(), &login_host.url());
    plan.timeouts = time_for(true);
    whole::complaints(&report(plan, SECRET).await, Stage::Connect, code)
}

async fn to_login(door: Door) -> Complaints {
    let authority = Authority::new().unwrap();
    let identity = authority.issue_for_loopback().unwrap();
    let server = ScriptedSmtp::start(smtp::in_good_order(), Some(&identity)).await.unwrap();
    let url = format!("https://localhost:{}", door.port());
    let mut plan = plan_to(server.address().port(), &authority.pem(), &url);
    plan.timeouts = time_for(true);
    whole::complaints(&report(plan, SECRET).await, Stage::Token, "login_host_unreachable")
}

async fn to_look_up(door: Door) -> Complaints {
    match discovery::look_up(door.port(), true, &Authority::new().unwrap().pem(), true).await {
        TenantDiscovery::Unreachable => Complaints::new(),
        found => vec![format!("{found:?}")],
    }
}

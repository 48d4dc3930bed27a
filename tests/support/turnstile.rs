//! A TCP proxy that counts: how many connections are open at once, and how many ever were. It can also
//! hold connections back until enough of them are there, so that "at most three" and "all fifty side by
//! side" are proven without measuring time.
//!
//! It knows no protocol and changes nothing that passes through it. A connection counts from the moment
//! it is taken until its client closes it, whatever the server behind does.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::loopback::Loopback;

/// A proxy on a free loopback port, in front of one address.
#[derive(Debug)]
pub struct Turnstile {
    server: Loopback,
    count: Arc<Count>,
}

impl Turnstile {
    /// A turnstile in front of `target` that lets every connection through at once.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn counting(target: SocketAddr) -> io::Result<Self> {
        Self::holding(target, 0).await
    }

    /// A turnstile in front of `target` that holds every connection until `crowd` of them are open at
    /// once. From then on it lets all through, the later ones too. A connection that is held gets no byte
    /// and is not yet known to the server; when the crowd never comes together, its client waits in vain.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn holding(target: SocketAddr, crowd: usize) -> io::Result<Self> {
        let count = Arc::new(Count { open: Mutex::default(), most: watch::Sender::new(0) });
        let counted = Arc::clone(&count);
        let server = Loopback::start(move |stream| {
            let admitted = Count::admit(&counted, &stream);
            let gate = counted.most.subscribe();
            async move {
                // A connection that cannot be counted must not slip through; its client sees it closed.
                let Ok(_admitted) = admitted else { return };
                // A client that goes away ends its own connection only.
                drop(pass(stream, target, gate, crowd).await);
            }
        })
        .await?;
        Ok(Self { server, count })
    }

    /// Where clients connect.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// How many connections are open now, the held ones included.
    #[must_use]
    pub fn open(&self) -> usize {
        let mut open = self.count.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.forget_closed();
        open.clients.len()
    }

    /// The highest number of connections that were ever open at once.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        *self.count.most.borrow()
    }
}

#[derive(Debug)]
struct Count {
    open: Mutex<Open>,
    /// The highest number ever. It never falls, so that a gate once open stays open.
    most: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    /// A second handle to each client's socket, to ask the system about it.
    clients: BTreeMap<u64, OwnedFd>,
}

impl Open {
    /// Takes out the connections whose client has closed them. The task that serves such a connection
    /// may not have run since, and a client that closes one before it opens the next never has two.
    fn forget_closed(&mut self) {
        self.clients.retain(|_, client| !is_closed(client));
    }
}

/// Whether the other end has closed or reset the connection, even with bytes yet to be read.
fn is_closed(client: &OwnedFd) -> bool {
    let mut asked = [PollFd::new(client, PollFlags::RDHUP)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    // A reset (HUP, ERR) is told without being asked for. A socket that cannot be asked counts as open.
    poll(&mut asked, Some(&at_once)).is_ok_and(|ready| ready > 0)
}

impl Count {
    /// Counts a new connection until what is given back is dropped, or its client closes it.
    fn admit(count: &Arc<Self>, client: &TcpStream) -> io::Result<Admitted> {
        let client = client.as_fd().try_clone_to_owned()?;
        let mut open = count.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.forget_closed();
        let number = open.next;
        open.next += 1;
        open.clients.insert(number, client);
        let now = open.clients.len();
        count.most.send_if_modified(|most| {
            let is_more = now > *most;
            *most = now.max(*most);
            is_more
        });
        Ok(Admitted { count: Arc::clone(count), number })
    }
}

/// A connection that is being served.
struct Admitted {
    count: Arc<Count>,
    number: u64,
}

impl Drop for Admitted {
    fn drop(&mut self) {
        self.count.open.lock().unwrap_or_else(PoisonError::into_inner).clients.remove(&self.number);
    }
}

/// Waits at the gate, then passes everything on in both directions until both ends have closed.
async fn pass(
    mut client: TcpStream,
    target: SocketAddr,
    mut gate: watch::Receiver<usize>,
    crowd: usize,
) -> io::Result<()> {
    let mut held = Vec::new();
    loop {
        tokio::select! {
            opened = gate.wait_for(|most| *most >= crowd) => {
                drop(opened.map_err(io::Error::other)?);
                break;
            }
            // Reading is how a client that gives up is noticed.
            read = client.read_buf(&mut held) => if read? == 0 {
                return Ok(());
            },
        }
    }
    let mut server = TcpStream::connect(target).await?;
    server.write_all(&held).await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

#[cfg(test)]
mod tests;

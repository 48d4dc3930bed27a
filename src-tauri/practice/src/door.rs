//! A listening socket that can be closed, blocked and opened again on the same port, and the loop
//! that serves its connections.
//!
//! While it is closed the port stays bound without listening: connections are refused, and no other
//! program can take the port. While it is blocked it listens and its queue is full: the operating
//! system drops further attempts without a word, as a firewall does. Windows refuses them instead.

use std::future::{Future, poll_fn};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Connections served at once; further ones are closed at once.
const CONNECTIONS: usize = 32;

/// The queue of a blocked door: the shortest that every system takes as told.
const SHORT_QUEUE: u32 = 1;
/// More connections than any system lets into [`SHORT_QUEUE`]. Those that do not get in keep
/// trying, and would take a place before any client.
const FILLERS: usize = 6;

/// How a door meets those who connect.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Entry {
    /// Connections are accepted.
    Open,
    /// Connections are refused.
    Closed,
    /// Attempts to connect get no answer.
    Blocked,
}

type Filler = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

enum Socket {
    Open(TcpListener),
    /// Bound without listening; none when the port could not be kept.
    Closed(Option<TcpSocket>),
    /// Never accepts, and is kept full by connections of its own.
    Blocked {
        _listener: TcpListener,
        _fillers: Vec<Filler>,
    },
}

impl Socket {
    fn entry(&self) -> Entry {
        match self {
            Self::Open(_) => Entry::Open,
            Self::Closed(_) => Entry::Closed,
            Self::Blocked { .. } => Entry::Blocked,
        }
    }
}

/// A socket on loopback with a free port.
pub(crate) struct Door {
    address: SocketAddr,
    socket: Mutex<Socket>,
    moved: Notify,
    runtime: Handle,
}

impl Door {
    /// Binds a free port. Must be called within a tokio runtime.
    pub(crate) fn new(entry: Entry) -> io::Result<Self> {
        let socket = bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = socket.local_addr()?;
        let door = Self {
            address,
            socket: Mutex::new(Socket::Closed(Some(socket))),
            moved: Notify::new(),
            runtime: Handle::current(),
        };
        door.set(entry)?;
        Ok(door)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Opens, closes or blocks the door; in force when this returns.
    ///
    /// # Errors
    ///
    /// The port could not be listened on again. The door is then closed.
    pub(crate) fn set(&self, entry: Entry) -> io::Result<()> {
        let _runtime = self.runtime.enter();
        let mut socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        if socket.entry() == entry {
            return Ok(());
        }
        let reserved = match std::mem::replace(&mut *socket, Socket::Closed(None)) {
            Socket::Closed(Some(reserved)) => Some(reserved),
            listening => {
                drop(listening);
                bind(self.address).ok()
            }
        };
        *socket = match entry {
            Entry::Closed => Socket::Closed(reserved),
            Entry::Open => Socket::Open(listen(reserved, self.address, 128)?),
            Entry::Blocked => {
                let listener = listen(reserved, self.address, SHORT_QUEUE)?;
                Socket::Blocked { _listener: listener, _fillers: fill(self.address) }
            }
        };
        self.moved.notify_one();
        Ok(())
    }

    /// Closes the door and gives the port back.
    pub(crate) fn give_up(&self) {
        *self.socket.lock().unwrap_or_else(PoisonError::into_inner) = Socket::Closed(None);
    }

    async fn accept(&self) -> io::Result<TcpStream> {
        loop {
            let connection = poll_fn(|context| match &*self.socket.lock().unwrap_or_else(PoisonError::into_inner) {
                Socket::Open(listener) => listener.poll_accept(context),
                Socket::Closed(_) | Socket::Blocked { .. } => Poll::Pending,
            });
            tokio::select! {
                accepted = connection => return accepted.map(|(stream, _)| stream),
                () = self.moved.notified() => {}
            }
        }
    }

    /// Serves connections until this future is dropped; the connections end with it.
    pub(crate) async fn serve<F>(&self, handle: impl Fn(TcpStream) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut connections = JoinSet::new();
        loop {
            let accepted = self.accept().await;
            while connections.try_join_next().is_some() {}
            match accepted {
                Ok(stream) if connections.len() < CONNECTIONS => {
                    connections.spawn(handle(stream));
                }
                Ok(_) => {}
                // Out of file descriptors, most likely: give others time to close theirs.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Windows means something else by this option: there it would let others take the port.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Listens on the socket that kept the port, or on one bound anew.
fn listen(reserved: Option<TcpSocket>, address: SocketAddr, queue: u32) -> io::Result<TcpListener> {
    reserved.map_or_else(|| bind(address), Ok)?.listen(queue)
}

/// Starts connections until the queue is full and leaves them there. A connection is on its way
/// once its future was polled; nobody waits for it to stand.
fn fill(address: SocketAddr) -> Vec<Filler> {
    let fillers = (0..FILLERS).map(|_| -> Filler { Box::pin(TcpStream::connect(address)) });
    let mut fillers: Vec<Filler> = fillers.collect();
    for filler in &mut fillers {
        let _ = filler.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    }
    fillers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_closed_door_refuses_and_an_opened_one_accepts() {
        let door = Door::new(Entry::Closed).unwrap();
        let refused = TcpStream::connect(door.address()).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);

        door.set(Entry::Open).unwrap();
        let client = TcpStream::connect(door.address()).await.unwrap();
        let server = door.accept().await.unwrap();
        assert_eq!(client.local_addr().unwrap(), server.peer_addr().unwrap());

        door.set(Entry::Closed).unwrap();
        assert_eq!(TcpStream::connect(door.address()).await.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
        door.set(Entry::Open).unwrap();
        TcpStream::connect(door.address()).await.unwrap();
    }

    #[tokio::test]
    async fn opening_wakes_a_waiting_accept() {
        let door = Door::new(Entry::Closed).unwrap();
        let client = async {
            tokio::task::yield_now().await;
            door.set(Entry::Open).unwrap();
            TcpStream::connect(door.address()).await.unwrap()
        };
        let (accepted, _client) = tokio::join!(door.accept(), client);
        accepted.unwrap();
    }

    /// Only Linux is known to leave a full queue's clients without an answer.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_blocked_door_answers_nobody_until_it_is_opened() {
        let door = Door::new(Entry::Blocked).unwrap();
        let attempts = (0..8).map(|_| TcpStream::connect(door.address()));
        let mut attempts: Vec<_> = attempts.map(Box::pin).collect();
        for attempt in &mut attempts {
            let waited = tokio::time::timeout(Duration::from_millis(100), attempt).await;
            assert!(waited.is_err(), "{waited:?}");
        }

        door.set(Entry::Open).unwrap();
        TcpStream::connect(door.address()).await.unwrap();
        door.set(Entry::Blocked).unwrap();
        let again = tokio::time::timeout(Duration::from_millis(100), TcpStream::connect(door.address())).await;
        assert!(again.is_err(), "{again:?}");
        door.set(Entry::Closed).unwrap();
        assert_eq!(TcpStream::connect(door.address()).await.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
    }
}

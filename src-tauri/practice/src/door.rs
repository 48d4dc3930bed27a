//! A listening socket that can be closed and opened again on the same port, and the loop that
//! serves its connections.
//!
//! While it is closed the port stays bound without listening: connections are refused, and no other
//! program can take the port.

use std::future::{Future, poll_fn};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Connections served at once; further ones are closed at once.
const CONNECTIONS: usize = 32;

enum Socket {
    Open(TcpListener),
    /// Bound without listening; none when the port could not be kept.
    Closed(Option<TcpSocket>),
}

/// A socket on loopback with a free port.
pub(crate) struct Door {
    address: SocketAddr,
    socket: Mutex<Socket>,
    moved: Notify,
    runtime: Handle,
}

impl Door {
    /// Binds a free port, open or closed. Must be called within a tokio runtime.
    pub(crate) fn new(open: bool) -> io::Result<Self> {
        let socket = bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = socket.local_addr()?;
        let door = Self {
            address,
            socket: Mutex::new(Socket::Closed(Some(socket))),
            moved: Notify::new(),
            runtime: Handle::current(),
        };
        if open {
            door.set_open(true)?;
        }
        Ok(door)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Opens or closes the door; in force when this returns.
    ///
    /// # Errors
    ///
    /// The port could not be listened on again. The door is then closed.
    pub(crate) fn set_open(&self, open: bool) -> io::Result<()> {
        let _runtime = self.runtime.enter();
        let mut socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*socket, Socket::Open(_)) == open {
            return Ok(());
        }
        match std::mem::replace(&mut *socket, Socket::Closed(None)) {
            Socket::Open(listener) => {
                drop(listener);
                *socket = Socket::Closed(bind(self.address).ok());
            }
            Socket::Closed(reserved) => {
                let reserved = reserved.map_or_else(|| bind(self.address), Ok)?;
                *socket = Socket::Open(reserved.listen(128)?);
            }
        }
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
                Socket::Closed(_) => Poll::Pending,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_closed_door_refuses_and_an_opened_one_accepts() {
        let door = Door::new(false).unwrap();
        let refused = TcpStream::connect(door.address()).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);

        door.set_open(true).unwrap();
        let client = TcpStream::connect(door.address()).await.unwrap();
        let server = door.accept().await.unwrap();
        assert_eq!(client.local_addr().unwrap(), server.peer_addr().unwrap());

        door.set_open(false).unwrap();
        assert_eq!(TcpStream::connect(door.address()).await.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
        door.set_open(true).unwrap();
        TcpStream::connect(door.address()).await.unwrap();
    }

    #[tokio::test]
    async fn opening_wakes_a_waiting_accept() {
        let door = Door::new(false).unwrap();
        let client = async {
            tokio::task::yield_now().await;
            door.set_open(true).unwrap();
            TcpStream::connect(door.address()).await.unwrap()
        };
        let (accepted, _client) = tokio::join!(door.accept(), client);
        accepted.unwrap();
    }
}

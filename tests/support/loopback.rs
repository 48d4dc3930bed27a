//! The part every server here shares: a listener on a free loopback port, one task a connection.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

/// A listener whose port and open connections close when it is dropped.
#[derive(Debug)]
pub(crate) struct Loopback {
    address: SocketAddr,
    _accepting: AbortOnDropHandle<()>,
}

impl Loopback {
    /// Binds a free port on 127.0.0.1 and runs `serve` for every connection.
    ///
    /// # Errors
    ///
    /// When the port cannot be bound.
    pub(crate) async fn start<Serve, Served>(serve: Serve) -> io::Result<Self>
    where
        Serve: Fn(TcpStream) -> Served + Send + 'static,
        Served: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let accepting = tokio::spawn(async move {
            // Owned by this task, so that aborting it aborts the connections too.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream));
            }
        });
        Ok(Self { address, _accepting: AbortOnDropHandle::new(accepting) })
    }

    /// Where the listener waits.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

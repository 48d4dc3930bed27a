//! A plain SMTP server on loopback that follows a script, for faults no real server makes to order.
//!
//! It knows no SMTP: what it says and what it waits for is the script's affair, and a script may play any
//! other server that speaks in lines. Every connection runs the whole script from its start, and everything
//! said on any of them is recorded, what came after the last step, too.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

use crate::authority::ServerIdentity;
use crate::loopback::Loopback;

/// How long [`ScriptedSmtp::finished`] waits.
const FINISH_DEADLINE: Duration = Duration::from_secs(20);

/// One step of a script. The connection closes in good order after the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Sends these bytes in one write.
    Send(Vec<u8>),
    /// Sends these bytes one at a time.
    Drip {
        /// What is sent.
        bytes: Vec<u8>,
        /// The wait before each byte.
        pause: Duration,
    },
    /// Reads one line, which must start with this prefix. Case counts.
    Expect(String),
    /// Reads lines up to and with this one: a whole message ends with `.`.
    ExpectThrough(String),
    /// Sends these bytes again and again, until the client goes.
    Repeat(Vec<u8>),
    /// Sends these bytes below TLS, as somebody would who writes into the connection.
    Beneath(Vec<u8>),
    /// Waits until the client has said something, and leaves it unread.
    Await,
    /// The TLS handshake as the server. It fails when the client sent plain text ahead of it.
    StartTls,
    /// Leaves the connection to the server at this address.
    HandOver(SocketAddr),
    /// Closes this end in good order, with TLS's own farewell, and reads on until the client goes.
    Close,
    /// Closes this end without TLS's farewell, and reads on until the client goes.
    Cut,
    /// Resets the TCP connection.
    Reset,
    /// Says nothing more, and reads on until the client goes.
    Silence,
}

impl Step {
    /// Sends `text` as a line with CRLF.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self::Send(format!("{text}\r\n").into_bytes())
    }

    /// Reads one line that starts with `prefix`.
    #[must_use]
    pub fn expect(prefix: &str) -> Self {
        Self::Expect(prefix.to_owned())
    }
}

/// What happened, in order. Text that is not UTF-8 is shown with replacement characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A client connected.
    Connected,
    /// The server sent this.
    Sent(String),
    /// The client sent this line, here without its line end.
    Received(String),
    /// The TLS handshake was completed.
    Secured,
    /// The script could not go on: another line than expected, a failed handshake, a lost connection.
    Failed(String),
    /// The connection is over.
    Ended,
}

/// A running scripted server.
#[derive(Debug)]
pub struct ScriptedSmtp {
    server: Loopback,
    dialogue: watch::Receiver<Vec<Event>>,
}

impl ScriptedSmtp {
    /// Starts the server on a free port. `identity` is what [`Step::StartTls`] shows; without one that
    /// step fails.
    ///
    /// # Errors
    ///
    /// When no port can be bound, or the identity's key and certificate do not fit each other.
    pub async fn start(steps: impl IntoIterator<Item = Step>, identity: Option<&ServerIdentity>) -> io::Result<Self> {
        let steps: Arc<[Step]> = steps.into_iter().collect();
        let tls = identity.map(ServerIdentity::server_config).transpose().map_err(io::Error::other)?.map(Arc::new);
        let (recorder, dialogue) = watch::channel(Vec::new());
        let server = Loopback::start(move |stream| {
            let (steps, tls, recorder) = (Arc::clone(&steps), tls.clone(), recorder.clone());
            async move {
                record(&recorder, Event::Connected);
                if let Err(error) = follow(&steps, stream, tls, &recorder).await {
                    record(&recorder, Event::Failed(error.to_string()));
                }
                record(&recorder, Event::Ended);
            }
        })
        .await?;
        Ok(Self { server, dialogue })
    }

    /// Where the server waits.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Everything recorded so far.
    #[must_use]
    pub fn dialogue(&self) -> Vec<Event> {
        self.dialogue.borrow().clone()
    }

    /// Everything recorded by the time the first connection is over, which the client may see before
    /// the server does.
    ///
    /// # Panics
    ///
    /// When no connection ends within 20 seconds; the message shows the dialogue.
    pub async fn finished(&self) -> Vec<Event> {
        let mut dialogue = self.dialogue.clone();
        let ended = dialogue.wait_for(|events| events.contains(&Event::Ended));
        match tokio::time::timeout(FINISH_DEADLINE, ended).await {
            Ok(Ok(events)) => events.clone(),
            _ => panic!("no connection to the scripted server has ended: {:?}", self.dialogue()),
        }
    }
}

fn record(recorder: &watch::Sender<Vec<Event>>, event: Event) {
    recorder.send_modify(|events| events.push(event));
}

type Stream = BufReader<Either<TcpStream, TlsStream<TcpStream>>>;

async fn follow(
    steps: &[Step],
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    recorder: &watch::Sender<Vec<Event>>,
) -> io::Result<()> {
    // What is sent in pieces arrives in pieces, and none waits until the last is acknowledged.
    stream.set_nodelay(true)?;
    let mut stream: Stream = BufReader::new(Either::Left(stream));
    for step in steps {
        match step {
            Step::Send(bytes) => {
                // Recorded first: a client that has read it may look at the dialogue at once.
                record(recorder, Event::Sent(String::from_utf8_lossy(bytes).into_owned()));
                stream.write_all(bytes).await?;
                stream.flush().await?;
            }
            Step::Drip { bytes, pause } => {
                record(recorder, Event::Sent(String::from_utf8_lossy(bytes).into_owned()));
                for byte in bytes {
                    tokio::time::sleep(*pause).await;
                    stream.write_all(&[*byte]).await?;
                    stream.flush().await?;
                }
            }
            Step::Expect(prefix) => {
                let line = receive(&mut stream, recorder).await?;
                if !line.starts_with(prefix) {
                    return Err(io::Error::other(format!("expected {prefix:?}, received {line:?}")));
                }
            }
            Step::ExpectThrough(last) => while receive(&mut stream, recorder).await? != *last {},
            Step::StartTls => {
                let config = tls.clone().ok_or_else(|| io::Error::other("StartTls without an identity"))?;
                stream = start_tls(stream, config).await?;
                record(recorder, Event::Secured);
            }
            Step::Repeat(bytes) => {
                record(recorder, Event::Sent(String::from_utf8_lossy(bytes).into_owned()));
                let (reader, mut writer) = tokio::io::split(&mut stream);
                let send = async { while writer.write_all(bytes).await.is_ok() {} };
                tokio::join!(send, until_gone(BufReader::new(reader), recorder));
                return Ok(());
            }
            Step::Await => drop(stream.fill_buf().await?),
            Step::Beneath(bytes) => {
                record(recorder, Event::Sent(String::from_utf8_lossy(bytes).into_owned()));
                tcp_mut(&mut stream).write_all(bytes).await?;
            }
            Step::HandOver(address) => {
                let mut other = TcpStream::connect(address).await?;
                // How it ends is for the two to know.
                drop(tokio::io::copy_bidirectional(&mut stream, &mut other).await);
                return Ok(());
            }
            Step::Close => break,
            Step::Cut => {
                drop(tcp_mut(&mut stream).shutdown().await);
                until_gone(&mut stream, recorder).await;
                return Ok(());
            }
            Step::Reset => return tcp(&stream).set_zero_linger(),
            Step::Silence => {
                until_gone(&mut stream, recorder).await;
                return Ok(());
            }
        }
    }
    // A client that has gone already is no failure of the script.
    drop(stream.shutdown().await);
    // Closing while the client's bytes lie unread would reset the connection instead.
    until_gone(&mut stream, recorder).await;
    Ok(())
}

/// One line; what came before the end counts as one, too.
async fn receive(stream: &mut (impl AsyncBufRead + Unpin), recorder: &watch::Sender<Vec<Event>>) -> io::Result<String> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Err(io::Error::other("the client closed the connection"));
    }
    let line = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
    record(recorder, Event::Received(line.clone()));
    Ok(line)
}

async fn start_tls(stream: Stream, config: Arc<ServerConfig>) -> io::Result<Stream> {
    if !stream.buffer().is_empty() {
        return Err(io::Error::other("the client sent plain text ahead of the TLS handshake"));
    }
    let Either::Left(stream) = stream.into_inner() else {
        return Err(io::Error::other("StartTls, and TLS is on already"));
    };
    let stream = TlsAcceptor::from(config).accept(stream).await?;
    Ok(BufReader::new(Either::Right(stream)))
}

fn tcp(stream: &Stream) -> &TcpStream {
    match stream.get_ref() {
        Either::Left(stream) => stream,
        Either::Right(stream) => stream.get_ref().0,
    }
}

fn tcp_mut(stream: &mut Stream) -> &mut TcpStream {
    match stream.get_mut() {
        Either::Left(stream) => stream,
        Either::Right(stream) => stream.get_mut().0,
    }
}

/// Reads and records until the client closes the connection, in whatever way.
async fn until_gone(mut stream: impl AsyncBufRead + Unpin, recorder: &watch::Sender<Vec<Event>>) {
    while receive(&mut stream, recorder).await.is_ok() {}
}

#[cfg(test)]
mod tests;

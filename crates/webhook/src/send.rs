//! One message to one address, within limits.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::{Request, Response, header};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::{Address, Allow};

/// The most bytes that are read of an answer, and of its head.
const ANSWER_BYTES: usize = 8 << 10;
/// The most headers of an answer.
const ANSWER_HEADERS: usize = 64;
/// How much of an answer is kept, in characters.
const EXCERPT: usize = 300;
/// A receiver may ask for so much patience, in seconds.
const LONGEST_RETRY_AFTER: u32 = 3_600;

/// How long may be waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For a connection to one address.
    pub connect: Duration,
    /// For everything from the look-up of the name to the end of the answer.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(15),
        }
    }
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The header `webhook-id`: the same however often it is sent.
    pub id: String,
    /// The header `webhook-timestamp`: seconds since 1970, of this attempt.
    pub timestamp: i64,
    /// The header `webhook-signature`.
    pub signature: String,
    /// JSON.
    pub body: String,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// How long to wait before the next attempt, in seconds, if it was said.
    pub retry_after: Option<u32>,
    /// The beginning of what it says, at most 300 characters, one line, nothing that cannot be
    /// printed. Whoever shows it escapes it.
    pub excerpt: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Its name is not known, or could not be asked for.
    #[error("the name of the receiver could not be looked up")]
    Name,
    /// Its name stands for this machine or an inner network.
    #[error("the name of the receiver stands for {0}, which nothing may be sent to")]
    Inner(std::net::IpAddr),
    /// It takes no connection.
    #[error("no connection: {0}")]
    Connect(String),
    /// It is not who it says, or speaks no TLS.
    #[error("no secure connection: {0}")]
    Tls(String),
    /// It took too long.
    #[error("no answer in time")]
    Timeout,
    /// What it answered is no answer.
    #[error("the answer cannot be read: {0}")]
    Unreadable(String),
}

impl SendError {
    /// Its code, by which it is put into words.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Inner(_) => "inner",
            Self::Connect(_) => "connect",
            Self::Tls(_) => "tls",
            Self::Timeout => "timeout",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

/// How names are looked up.
pub type Resolve = Arc<
    dyn Fn(String, u16) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>
        + Send
        + Sync,
>;

/// Sends messages. Cheap to clone.
#[derive(Clone)]
pub struct Sender {
    allow: Arc<Allow>,
    limits: Limits,
    tls: TlsConnector,
    resolve: Resolve,
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("allow", &self.allow)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Sender {
    /// A sender that trusts the machine's own certificates and those in `pem`.
    ///
    /// Error: what is wrong with `pem`.
    pub fn new(allow: Allow, pem: Option<&[u8]>) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        // One that cannot be read is of no use and no harm.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        for certificate in CertificateDer::pem_slice_iter(pem.unwrap_or_default()) {
            let certificate = certificate.map_err(|error| error.to_string())?;
            roots.add(certificate).map_err(|error| error.to_string())?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            allow: Arc::new(allow),
            limits: Limits::default(),
            tls: TlsConnector::from(Arc::new(config)),
            resolve: Arc::new(|name, port| {
                Box::pin(async move {
                    let found = tokio::net::lookup_host((name, port)).await?;
                    Ok(found.collect())
                })
            }),
        })
    }

    /// The same with other limits.
    #[must_use]
    pub const fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same, names looked up in another way: for tests.
    #[must_use]
    pub fn resolving(mut self, resolve: Resolve) -> Self {
        self.resolve = resolve;
        self
    }

    /// What may be connected to.
    pub fn allow(&self) -> &Allow {
        &self.allow
    }

    /// Sends a message, once.
    pub async fn send(&self, to: &Address, message: &Message) -> Result<Answer, SendError> {
        let mut at_work = JoinSet::new();
        let head = timeout(self.limits.whole, async {
            let stream = self.connect(to).await?;
            if !to.is_https() {
                return exchange(stream, to, message, &mut at_work).await;
            }
            let name = ServerName::try_from(to.host()).map_err(|_| SendError::Name)?;
            let stream = self.tls.connect(name, stream).await;
            let stream = stream.map_err(|error| SendError::Tls(error.to_string()))?;
            exchange(stream, to, message, &mut at_work).await
        });
        let response = head.await.map_err(|_| SendError::Timeout)??;
        let status = response.status().as_u16();
        let retry_after = retry_after(&response);
        // The status is the answer: what follows it is only looked into.
        let mut seen = Vec::new();
        let reading = read_some(response.into_body(), &mut seen);
        let _ = timeout(self.limits.connect, reading).await;
        Ok(Answer {
            status,
            retry_after,
            excerpt: excerpt(&seen),
        })
    }

    /// A connection to what the address stands for now: all of it may be connected to, or none
    /// is. Nothing is looked up again between the judgement and the connection.
    async fn connect(&self, to: &Address) -> Result<TcpStream, SendError> {
        let host = to.host();
        let found = match to.ip() {
            Some(ip) => vec![SocketAddr::new(ip, to.port())],
            None => (self.resolve)(host.clone(), to.port())
                .await
                .map_err(|_| SendError::Name)?,
        };
        if !self.allow.host(&host)
            && let Some(inner) = found.iter().find(|found| !self.allow.ip(found.ip()))
        {
            return Err(SendError::Inner(inner.ip()));
        }
        let mut last = SendError::Name;
        for address in found {
            match timeout(self.limits.connect, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = SendError::Connect(error.to_string()),
                Err(_) => last = SendError::Timeout,
            }
        }
        Err(last)
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    to: &Address,
    message: &Message,
    at_work: &mut JoinSet<()>,
) -> Result<Response<Incoming>, SendError> {
    let broken = |error: hyper::Error| SendError::Unreadable(error.to_string());
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(ANSWER_BYTES)
        .max_headers(ANSWER_HEADERS)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    // It ends with whoever waits for the answer.
    at_work.spawn(async move {
        let _ = connection.await;
    });
    let request = Request::post(to.path())
        .header(header::HOST, to.authority())
        .header(header::CONTENT_TYPE, "application/json")
        .header(
            header::USER_AGENT,
            concat!("phusa-webhook/", env!("CARGO_PKG_VERSION")),
        )
        .header(header::CONNECTION, "close")
        .header("webhook-id", &message.id)
        .header("webhook-timestamp", message.timestamp.to_string())
        .header("webhook-signature", &message.signature)
        .body(Full::new(Bytes::from(message.body.clone())))
        .map_err(|error| SendError::Unreadable(error.to_string()))?;
    sender.send_request(request).await.map_err(broken)
}

fn retry_after(response: &Response<Incoming>) -> Option<u32> {
    let said = response.headers().get(header::RETRY_AFTER)?;
    let seconds: u32 = said.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.min(LONGEST_RETRY_AFTER))
}

async fn read_some(mut body: Incoming, seen: &mut Vec<u8>) {
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(data) = frame.into_data() else {
            return;
        };
        let room = ANSWER_BYTES - seen.len();
        seen.extend_from_slice(&data[..data.len().min(room)]);
        if seen.len() == ANSWER_BYTES {
            return;
        }
    }
}

/// One line of what can be printed.
fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let words = text.split(|ch: char| ch.is_whitespace() || ch.is_control());
    let line = words.filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    // Marks that turn the direction of text or take no room would make it look like something else.
    let seen = |ch: &char| !matches!(ch, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    line.chars().filter(seen).take(EXCERPT).collect()
}

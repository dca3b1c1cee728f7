//! Sending to servers of all kinds, on this machine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use webhook::{Address, Allow, Answer, Key, Limits, Message, SendError, Sender, verify};

const LIMITS: Limits = Limits {
    connect: Duration::from_millis(300),
    whole: Duration::from_millis(700),
};

fn open() -> Allow {
    Allow::listed("127.0.0.0/8,::1").unwrap().over_http(true)
}

fn sender(allow: Allow) -> Sender {
    Sender::new(allow, None).unwrap().within(LIMITS)
}

fn message() -> Message {
    let body = r#"{"type":"record.step"}"#.to_owned();
    let signature = Key::new([1; 32])
        .secret("a", 1)
        .sign("msg_1", 1_614_265_330, &body);
    Message {
        id: "msg_1".to_owned(),
        timestamp: 1_614_265_330,
        signature,
        body,
    }
}

/// All of a request with its body.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut seen = Vec::new();
    let mut buffer = [0; 4_096];
    loop {
        let text = String::from_utf8_lossy(&seen);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return text.into_owned();
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return String::from_utf8_lossy(&seen).into_owned(),
            Ok(count) => seen.extend_from_slice(&buffer[..count]),
        }
    }
}

/// A server that reads a request and does that with each connection; how many there were.
async fn server<F, D>(act: F) -> (SocketAddr, Arc<AtomicUsize>)
where
    F: Fn(tokio::net::TcpStream, String) -> D + Send + 'static,
    D: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            counted.fetch_add(1, Ordering::SeqCst);
            let text = request(&mut stream).await;
            tokio::spawn(act(stream, text));
        }
    });
    (address, count)
}

async fn answering(answer: &'static [u8]) -> (SocketAddr, Arc<AtomicUsize>) {
    server(move |mut stream, _| async move {
        let _ = stream.write_all(answer).await;
    })
    .await
}

async fn post(to: &str, allow: Allow) -> Result<Answer, SendError> {
    let address = Address::read(to, &allow).unwrap();
    sender(allow).send(&address, &message()).await
}

#[tokio::test]
async fn a_message_arrives_whole_and_its_signature_holds() {
    let (sent, mut received) = tokio::sync::mpsc::unbounded_channel();
    let (address, _) = server(move |mut stream, text| {
        let sent = sent.clone();
        async move {
            sent.send(text).unwrap();
            let answer =
                b"HTTP/1.1 202 Accepted\r\ncontent-length: 9\r\n\r\n\xc4\x91\xc3\xa3\tnh\xe1\xba";
            let _ = stream.write_all(answer).await;
        }
    })
    .await;
    let answer = post(&format!("http://{address}/nhan?a=b"), open())
        .await
        .unwrap();
    assert_eq!(
        (answer.status, answer.excerpt.as_str()),
        (202, "đã nh\u{fffd}")
    );
    let text = received.recv().await.unwrap();
    assert!(text.starts_with("POST /nhan?a=b HTTP/1.1\r\n"), "{text}");
    let header = |name: &str| {
        let line = text
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}: ")));
        line.unwrap().split_once(": ").unwrap().1.to_owned()
    };
    assert_eq!(header("host"), address.to_string());
    assert_eq!(header("content-type"), "application/json");
    let (id, at) = (header("webhook-id"), header("webhook-timestamp"));
    let body = text.split_once("\r\n\r\n").unwrap().1;
    let secret = Key::new([1; 32]).secret("a", 1).handed_over();
    assert!(verify(
        &secret,
        &id,
        at.parse().unwrap(),
        body,
        &header("webhook-signature")
    ));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let (trap, visits) = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let text = format!("HTTP/1.1 307 Go\r\nlocation: http://{trap}/\r\ncontent-length: 0\r\n\r\n");
    let (address, _) = answering(text.leak().as_bytes()).await;
    let answer = post(&format!("http://{address}/"), open()).await.unwrap();
    assert_eq!(answer.status, 307);
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn answers_that_do_not_end_are_not_waited_for() {
    // A head that drips in: no answer.
    let (address, _) = server(|mut stream, _| async move {
        for byte in b"HTTP/1.1 200 OK\r\nx-slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n" {
            let _ = stream.write_all(&[*byte]).await;
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    })
    .await;
    let begun = Instant::now();
    let answer = post(&format!("http://{address}/"), open()).await;
    assert_eq!(answer, Err(SendError::Timeout));
    assert!(begun.elapsed() < Duration::from_secs(3));
    // Nothing at all.
    let (address, _) = server(|stream, _| async move {
        tokio::time::sleep(Duration::from_secs(30)).await;
        drop(stream);
    })
    .await;
    assert_eq!(
        post(&format!("http://{address}/"), open()).await,
        Err(SendError::Timeout)
    );
    // A body that drips in: its status counts, and what came of it is shown.
    let (address, _) = server(|mut stream, _| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n")
            .await;
        loop {
            if stream.write_all(b"a").await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
    let begun = Instant::now();
    let answer = post(&format!("http://{address}/"), open()).await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.excerpt.starts_with('a') && answer.excerpt.len() < 50);
    assert!(begun.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn answers_without_end_are_cut() {
    let (address, _) = server(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&vec![b'<'; 65_536]).await.is_ok() {}
    })
    .await;
    let answer = post(&format!("http://{address}/"), open()).await.unwrap();
    assert_eq!(answer.excerpt, "<".repeat(300));
    // A head without end is no answer.
    let (address, _) = server(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
        while stream
            .write_all(b"x-more: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")
            .await
            .is_ok()
        {}
    })
    .await;
    let answer = post(&format!("http://{address}/"), open()).await;
    assert!(
        matches!(answer, Err(SendError::Unreadable(_))),
        "{answer:?}"
    );
    let (address, _) = answering(b"SSH-2.0-OpenSSH\r\n\r\n").await;
    let answer = post(&format!("http://{address}/"), open()).await;
    assert!(
        matches!(answer, Err(SendError::Unreadable(_))),
        "{answer:?}"
    );
}

#[tokio::test]
async fn nobody_there_is_said_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let answer = post(&format!("http://{address}/"), open()).await;
    assert!(matches!(answer, Err(SendError::Connect(_))), "{answer:?}");
    let answer = post("http://khong-co.invalid/", open()).await;
    assert_eq!(answer, Err(SendError::Name));
}

#[tokio::test]
async fn names_of_inner_addresses_are_not_connected_to() {
    let (address, visits) = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let closed = Allow::default().over_http(true);
    let answer = post(
        &format!("http://localhost:{}/", address.port()),
        closed.clone(),
    )
    .await;
    assert!(
        matches!(answer, Err(SendError::Inner(ip)) if ip.is_loopback()),
        "{answer:?}"
    );
    assert_eq!(visits.load(Ordering::SeqCst), 0);
    // One inner address among public ones is enough.
    let mixed: webhook::Resolve = Arc::new(|_, port| {
        Box::pin(async move {
            let ips = ["203.119.8.1", "169.254.169.254"];
            Ok(ips
                .iter()
                .map(|ip| SocketAddr::new(ip.parse().unwrap(), port))
                .collect())
        })
    });
    let to = Address::read("http://nhan.vinhlong.gov.vn/", &closed).unwrap();
    let answer = sender(closed.clone())
        .resolving(mixed)
        .send(&to, &message())
        .await;
    assert_eq!(
        answer,
        Err(SendError::Inner("169.254.169.254".parse().unwrap()))
    );
    // A host that the operator names may be anywhere.
    let named = Allow::listed("localhost").unwrap().over_http(true);
    let answer = post(&format!("http://localhost:{}/", address.port()), named).await;
    assert_eq!(answer.unwrap().status, 200);
}

#[tokio::test]
async fn a_name_is_looked_up_once_and_what_was_judged_is_connected_to() {
    let (address, visits) = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    // At the second look-up it would stand for something else.
    let turning: webhook::Resolve = Arc::new(move |_, port| {
        let count = counted.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            let ip = if count == 0 { "127.0.0.1" } else { "127.9.9.9" };
            Ok(vec![SocketAddr::new(ip.parse().unwrap(), port)])
        })
    });
    let allow = Allow::listed("127.0.0.1").unwrap().over_http(true);
    let to = Address::read(&format!("http://nhan.test:{}/", address.port()), &allow).unwrap();
    let sender = sender(allow).resolving(turning);
    assert_eq!(sender.send(&to, &message()).await.unwrap().status, 200);
    let once = (asked.load(Ordering::SeqCst), visits.load(Ordering::SeqCst));
    assert_eq!(once, (1, 1));
    let again = sender.send(&to, &message()).await;
    assert_eq!(again, Err(SendError::Inner("127.9.9.9".parse().unwrap())));
}

/// A server that speaks TLS under a name, and its certificate.
async fn secure(name: &str) -> (SocketAddr, String) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], PrivateKeyDer::from(key))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                request(&mut stream).await;
                let _ = answer_ok(&mut stream).await;
            });
        }
    });
    (address, made.cert.pem())
}

async fn answer_ok(stream: &mut (impl AsyncWrite + Unpin)) -> std::io::Result<()> {
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
        .await?;
    stream.shutdown().await
}

#[tokio::test]
async fn over_tls_only_a_receiver_that_is_known_is_told() {
    let (address, pem) = secure("localhost").await;
    let allow = Allow::listed("127.0.0.0/8,::1").unwrap();
    let to = Address::read(&format!("https://localhost:{}/", address.port()), &allow).unwrap();
    let known = Sender::new(allow.clone(), Some(pem.as_bytes())).unwrap();
    assert_eq!(known.send(&to, &message()).await.unwrap().excerpt, "ok");
    // Signed by nobody.
    let unknown = Sender::new(allow.clone(), None).unwrap();
    let answer = unknown.send(&to, &message()).await;
    assert!(matches!(answer, Err(SendError::Tls(_))), "{answer:?}");
    // Known under another name.
    let to = Address::read(&format!("https://127.0.0.1:{}/", address.port()), &allow).unwrap();
    let answer = known.send(&to, &message()).await;
    assert!(matches!(answer, Err(SendError::Tls(_))), "{answer:?}");
    // No TLS at all.
    let (address, _) = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let to = Address::read(&format!("https://localhost:{}/", address.port()), &allow).unwrap();
    let answer = known.within(LIMITS).send(&to, &message()).await;
    assert!(
        matches!(answer, Err(SendError::Tls(_) | SendError::Timeout)),
        "{answer:?}"
    );
    assert!(
        Sender::new(
            allow,
            Some(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        )
        .is_err()
    );
}

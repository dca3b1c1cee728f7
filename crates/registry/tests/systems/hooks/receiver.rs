//! A receiver on this machine that answers as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use webhook::verify;

/// How the receiver answers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reply {
    /// With this status.
    Status(u16),
    /// Not at all: it holds the connection.
    Silence,
}

/// What came in.
#[derive(Clone, Debug)]
pub(super) struct Came {
    pub id: String,
    pub timestamp: i64,
    pub signature: String,
    pub text: String,
    pub body: Value,
}

impl Came {
    /// Whether it is signed by this secret, as it was handed over.
    pub(super) fn is_by(&self, secret: &str) -> bool {
        verify(
            secret,
            &self.id,
            self.timestamp,
            &self.text,
            &self.signature,
        )
    }

    pub(super) fn name(&self) -> &str {
        self.body["type"].as_str().unwrap()
    }

    pub(super) fn version(&self) -> i64 {
        self.body["data"]["version"].as_i64().unwrap()
    }

    pub(super) fn record(&self) -> &str {
        self.body["data"]["record"].as_str().unwrap()
    }
}

#[derive(Default)]
struct Inside {
    replies: Mutex<VecDeque<Reply>>,
    usual: Mutex<Option<Reply>>,
    came: Mutex<Vec<Came>>,
    arrived: Notify,
}

pub(super) struct Receiver {
    address: SocketAddr,
    inside: Arc<Inside>,
}

impl Receiver {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inside = Arc::new(Inside::default());
        let shared = inside.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { address, inside }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/nhan", self.address)
    }

    /// Answers so, once each, then as usual.
    pub(super) fn reply(&self, replies: impl IntoIterator<Item = Reply>) {
        self.inside.replies.lock().unwrap().extend(replies);
    }

    /// Answers so from now on.
    pub(super) fn usually(&self, reply: Reply) {
        *self.inside.usual.lock().unwrap() = Some(reply);
    }

    /// What came in since it was asked last.
    pub(super) fn came(&self) -> Vec<Came> {
        std::mem::take(&mut self.inside.came.lock().unwrap())
    }

    /// Waits until something comes in.
    pub(super) async fn arrival(&self) {
        self.inside.arrived.notified().await;
    }
}

async fn serve(mut stream: TcpStream, inside: Arc<Inside>) {
    let mut seen = Vec::new();
    let mut buffer = [0; 8_192];
    let (head, text) = loop {
        let count = stream.read(&mut buffer).await.unwrap_or(0);
        if count == 0 {
            return;
        }
        seen.extend_from_slice(&buffer[..count]);
        let all = String::from_utf8(seen.clone()).unwrap_or_default();
        let Some((head, body)) = all.split_once("\r\n\r\n") else {
            continue;
        };
        let length: usize = header(head, "content-length").parse().unwrap();
        if body.len() >= length {
            break (head.to_owned(), body.to_owned());
        }
    };
    inside.came.lock().unwrap().push(Came {
        id: header(&head, "webhook-id"),
        timestamp: header(&head, "webhook-timestamp").parse().unwrap(),
        signature: header(&head, "webhook-signature"),
        body: serde_json::from_str(&text).unwrap(),
        text,
    });
    inside.arrived.notify_one();
    let scripted = inside.replies.lock().unwrap().pop_front();
    let usual = *inside.usual.lock().unwrap();
    match scripted.or(usual).unwrap_or(Reply::Status(204)) {
        Reply::Status(status) => {
            let answer = format!("HTTP/1.1 {status} -\r\ncontent-length: 0\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
        Reply::Silence => tokio::time::sleep(std::time::Duration::from_mins(1)).await,
    }
}

fn header(head: &str, name: &str) -> String {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.unwrap().1.trim().to_owned()
}

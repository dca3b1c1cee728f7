//! A browser at its barest: one connection that is kept, one request at a time. What it costs
//! falls on both sides of a comparison, so it does as little as it can.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Failure;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// A connection to a server on this machine.
pub(crate) struct Connection {
    stream: TcpStream,
    host: String,
    read: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            host: address.to_owned(),
            read: Vec::with_capacity(16 << 10),
        })
    }

    /// The bytes of a request; `headers` are whole lines.
    pub(crate) fn request(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let length = match body.len() {
            0 => String::new(),
            length => format!("content-length: {length}\r\n"),
        };
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}{length}\r\n{body}",
            self.host
        )
    }

    /// Asks for a page or a record.
    pub(crate) async fn get(&mut self, path: &str, headers: &str) -> Result<Answer, Failure> {
        let request = self.request("GET", path, headers, "");
        self.send(&request).await
    }

    /// Sends a request and reads the answer to its end.
    pub(crate) async fn send(&mut self, request: &str) -> Result<Answer, Failure> {
        self.stream.write_all(request.as_bytes()).await?;
        self.read.clear();
        let head = loop {
            if let Some(end) = find(&self.read, b"\r\n\r\n") {
                break end + 4;
            }
            self.fill().await?;
        };
        let text = std::str::from_utf8(&self.read[..head])?.to_owned();
        let status = text.get(9..12).ok_or("no status")?.parse()?;
        let length = match header(&text, "content-length") {
            Some(length) => length.parse()?,
            None if status == 304 || status == 204 => 0,
            None => return Err(format!("an answer without a length: {text}").into()),
        };
        while self.read.len() < head + length {
            self.fill().await?;
        }
        Ok(Answer {
            status,
            head: text,
            body: self.read[head..head + length].to_vec(),
        })
    }

    async fn fill(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }
}

impl Answer {
    /// The body, of an answer that must be fine.
    pub(crate) fn fine(self) -> Result<Vec<u8>, Failure> {
        if (200..400).contains(&self.status) {
            return Ok(self.body);
        }
        let body = String::from_utf8_lossy(&self.body);
        Err(format!("{}{body}", self.head).into())
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// The value of a cookie that the answer sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let start = format!("{name}=");
        let mut set = self.head.lines().filter_map(|line| {
            let (header, value) = line.split_once(": ")?;
            header.eq_ignore_ascii_case("set-cookie").then_some(value)
        });
        set.find_map(|value| value.strip_prefix(&start)?.split(';').next())
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

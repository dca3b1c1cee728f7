//! A mail server on the loopback that keeps what it is given.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use data_encoding::BASE64_MIME_PERMISSIVE;

/// It takes every mail; gone with the test's process.
pub(crate) struct PostBox {
    address: SocketAddr,
    mails: Receiver<Letter>,
}

/// A mail as it came.
pub(crate) struct Letter {
    pub(crate) to: Vec<String>,
    /// The body, decoded.
    pub(crate) text: String,
}

impl PostBox {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (given, mails) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let given = given.clone();
                std::thread::spawn(move || converse(&stream, &given));
            }
        });
        Self { address, mails }
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The next mail, if one comes so soon.
    pub(crate) fn next(&self, within: Duration) -> Option<Letter> {
        self.mails.recv_timeout(within).ok()
    }
}

/// One conversation (RFC 5321), as far as a mailer needs it.
fn converse(stream: &TcpStream, given: &Sender<Letter>) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    let say = |line: &str| {
        let mut stream = stream;
        stream.write_all(format!("{line}\r\n").as_bytes()).ok()
    };
    say("220 here")?;
    let mut to = Vec::new();
    while let Some(Ok(line)) = lines.next() {
        match line.get(..4).unwrap_or(&line) {
            "RCPT" => {
                let (_, box_name) = line.split_once('<')?;
                to.push(box_name.split('>').next()?.to_owned());
                say("250 yes")?;
            }
            "DATA" => {
                say("354 go on")?;
                let said: Vec<String> = lines
                    .by_ref()
                    .map_while(Result::ok)
                    .take_while(|line| line != ".")
                    .collect();
                say("250 taken")?;
                let to = std::mem::take(&mut to);
                let text = decoded(&said);
                given.send(Letter { to, text }).ok()?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 yes")?,
        }
    }
    None
}

/// The body of a mail of one part.
fn decoded(lines: &[String]) -> String {
    let end = lines.iter().position(String::is_empty).unwrap();
    let (head, body) = lines.split_at(end);
    let is = |encoding: &str| {
        head.iter().any(|line| {
            line.to_ascii_lowercase() == format!("content-transfer-encoding: {encoding}")
        })
    };
    if is("base64") {
        let bytes = BASE64_MIME_PERMISSIVE.decode(body.concat().as_bytes());
        return String::from_utf8(bytes.unwrap()).unwrap();
    }
    let text = body.join("\n");
    if is("quoted-printable") {
        return quoted_printable(&text);
    }
    text
}

/// RFC 2045 §6.7.
fn quoted_printable(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let mut parts = joined.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

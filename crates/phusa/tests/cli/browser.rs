//! Somebody who fills in forms of a running server, with a cookie jar.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A browser without scripts.
pub(crate) struct Browser {
    address: String,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn of(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    /// Sends a form with the token that the page at `from` carries.
    pub(crate) fn post(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(from).value_of("csrf");
        let mut form = format!("csrf={token}");
        for (name, value) in fields {
            form += "&";
            form += name;
            form += "=";
            form += &encode(value);
        }
        self.send("POST", path, &form)
    }

    pub(crate) fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let fields = [
            ("ten-dang-nhap", login),
            ("mat-khau", password),
            ("tiep", "/"),
        ];
        self.post("/dang-nhap", "/dang-nhap", &fields)
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let jar: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            jar.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, text) = answer.split_once("\r\n\r\n").unwrap();
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else {
                continue;
            };
            if name.eq_ignore_ascii_case("set-cookie") {
                let (name, value) = value.split_once('=').unwrap();
                let value = value.split(';').next().unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            text: text.to_owned(),
        }
    }
}

impl Answer {
    /// What stands in the first field of this name.
    pub(crate) fn value_of(&self, field: &str) -> String {
        let at = self.text.find(&format!("name=\"{field}\"")).unwrap();
        let tag = self.text[at..].split('>').next().unwrap();
        let (_, value) = tag.split_once("value=\"").unwrap();
        value.split('"').next().unwrap().to_owned()
    }

    /// What is between the frame's parts.
    pub(crate) fn main(&self) -> String {
        let (start, end) = (self.text.find("<main"), self.text.find("</main"));
        self.text[start.unwrap()..end.unwrap()].to_owned()
    }
}

fn encode(text: &str) -> String {
    use std::fmt::Write as _;

    text.bytes().fold(String::new(), |mut all, byte| {
        write!(all, "%{byte:02X}").unwrap();
        all
    })
}

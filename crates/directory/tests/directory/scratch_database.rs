//! A database of its own on the server that `./dev test` started, made with the few messages
//! of PostgreSQL's protocol that this takes: the driver belongs to `store` alone.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};

static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Makes an empty database and gives the settings that lead to it.
pub(crate) fn create(server: &str) -> String {
    let setting = |name: &str| {
        let found = server
            .split(' ')
            .find_map(|part| part.strip_prefix(&format!("{name}=")));
        found
            .unwrap_or_else(|| panic!("{name} is not in PHUSA_TEST_PG_URL"))
            .to_owned()
    };
    let address = format!("{}:{}", setting("host"), setting("port"));
    let mut stream = TcpStream::connect(&address).unwrap();
    let started = format!("user\0{}\0database\0postgres\0\0", setting("user"));
    let mut message = 196_608_u32.to_be_bytes().to_vec();
    message.extend(started.as_bytes());
    send(&mut stream, None, &message);
    until_ready(&mut stream);
    let number = DATABASES.fetch_add(1, Ordering::SeqCst);
    let name = format!("directory_{}_{number}", std::process::id());
    send(
        &mut stream,
        Some(b'Q'),
        format!("CREATE DATABASE {name}\0").as_bytes(),
    );
    until_ready(&mut stream);
    server.replace("dbname=postgres", &format!("dbname={name}"))
}

fn send(stream: &mut TcpStream, kind: Option<u8>, content: &[u8]) {
    let length = u32::try_from(content.len() + 4).unwrap();
    let mut message: Vec<u8> = kind.into_iter().collect();
    message.extend(length.to_be_bytes());
    message.extend(content);
    stream.write_all(&message).unwrap();
}

/// Reads on until the server is ready for the next message.
fn until_ready(stream: &mut TcpStream) {
    loop {
        let mut head = [0; 5];
        stream.read_exact(&mut head).unwrap();
        let [kind, length @ ..] = head;
        let mut content = vec![0; u32::from_be_bytes(length) as usize - 4];
        stream.read_exact(&mut content).unwrap();
        match kind {
            b'E' => panic!("{}", String::from_utf8_lossy(&content)),
            b'Z' => return,
            _ => {}
        }
    }
}

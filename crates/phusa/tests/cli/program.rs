//! Running the program in a data folder of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A server that takes longer to begin is taken for one that hangs.
const STARTS_WITHIN: Duration = Duration::from_mins(1);

const DEMO_PASSWORD: &str = "một câu để trình diễn";
/// The same as forms send it.
const DEMO_ENCODED: &str = "m%E1%BB%99t+c%C3%A2u+%C4%91%E1%BB%83+tr%C3%ACnh+di%E1%BB%85n";

/// A folder that nobody else uses; gone when dropped.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The data folder that the program is told to use.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// The program with nothing in its environment but what these tests say.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        command(&self.data(), arguments)
    }

    /// Runs the program in English to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        Done::of(self.command(arguments).output().unwrap())
    }

    /// Serves on a free port and waits until it is ready.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        Server::start(self.command(&[&["serve"], arguments].concat()))
    }
}

/// The program with a data folder, speaking English.
pub(crate) fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phusa"));
    command
        .args(arguments)
        .env_clear()
        .env("LANG", "en_GB.UTF-8")
        .env("PHUSA_DATA", data)
        .env("PHUSA_LISTEN", "127.0.0.1:0")
        .env("PHUSA_DEMO_PASSWORD", DEMO_PASSWORD)
        .stdin(Stdio::null());
    command
}

/// What the program printed, and how it ended.
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) printed: String,
    pub(crate) complaint: String,
}

impl Done {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            printed: String::from_utf8(output.stdout).unwrap(),
            complaint: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What was printed, of a run that must have ended well.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.printed, self.complaint);
        self.printed
    }

    /// What was complained about, of a run that must have ended so.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.printed, self.complaint);
        assert!(!self.complaint.contains("panicked"), "{}", self.complaint);
        assert!(!self.complaint.contains('⟦'), "{}", self.complaint);
        self.complaint
    }
}

/// A server at work; killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    output: BufReader<std::process::ChildStdout>,
}

impl Server {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(
                output.read_line(&mut line).unwrap(),
                0,
                "it ended: {greeting}"
            );
            greeting.push_str(&line);
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.trim_end().trim_end_matches('/').to_owned();
            }
        };
        let server = Self {
            child,
            address,
            output,
        };
        let deadline = Instant::now() + STARTS_WITHIN;
        while !server
            .get("/readyz")
            .is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
        {
            assert!(Instant::now() < deadline, "/readyz never answered 200");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// The whole answer to a GET, head included; none if nothing could be fetched.
    pub(crate) fn get(&self, path: &str) -> Option<String> {
        self.send("GET", path, &[], "")
    }

    /// The whole answer to a request, head included; none if nothing could be fetched.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, String)],
        body: &str,
    ) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .ok()?;
        let headers: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Length: {}\r\n{}\r\n{body}",
            self.address,
            body.len(),
            headers.concat(),
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        String::from_utf8(answer).ok()
    }

    /// Signs a demonstration account in; its cookies.
    pub(crate) fn sign_in(&self, login: &str) -> String {
        let between = |text: &str, start: &str, end: char| {
            let at = text.find(start).unwrap() + start.len();
            text[at..].split(end).next().unwrap().to_owned()
        };
        let page = self.get("/dang-nhap").unwrap();
        let token = between(&page, "name=\"csrf\" value=\"", '"');
        let visit = between(&page, "set-cookie: phusa-visit=", ';');
        let body = format!("csrf={token}&ten-dang-nhap={login}&mat-khau={DEMO_ENCODED}&tiep=/");
        let form = "application/x-www-form-urlencoded".to_owned();
        let headers = [
            ("Cookie", format!("phusa-visit={visit}")),
            ("Content-Type", form),
        ];
        let answer = self.send("POST", "/dang-nhap", &headers, &body).unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        format!("phusa={}", between(&answer, "set-cookie: phusa=", ';'))
    }

    /// Asks it to stop and waits for its end: everything else it printed, and the exit code.
    pub(crate) fn stop(mut self, signal: &str) -> (String, Option<i32>) {
        self.signal(signal);
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        (rest, self.child.wait().unwrap().code())
    }

    /// As a power cut would: no chance to finish anything.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! `serve`: beginning, ending well and badly, and what stands in its way.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::program::{Folder, command};

#[test]
fn it_serves_until_asked_to_stop() {
    for signal in ["TERM", "INT"] {
        let folder = Folder::new();
        let server = folder.serve(&[]);
        assert!(server.get("/design").unwrap().starts_with("HTTP/1.1 200"));
        let (said, code) = server.stop(signal);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("There is no administrator yet"), "{said}");
        assert!(said.contains("Stopped"), "{said}");
        folder.run(&["doctor"]).fine();
    }
}

#[test]
fn the_setup_code_is_another_at_each_start_and_never_in_an_address() {
    let folder = Folder::new();
    let code = || {
        let (said, _) = folder.serve(&[]).stop("TERM");
        let line = said.lines().find(|line| line.trim().len() == 29).unwrap();
        let code = line.trim().to_owned();
        assert_eq!(said.matches(&code).count(), 1, "{said}");
        assert!(said.contains("/thiet-lap and"), "{said}");
        code
    };
    assert_ne!(code(), code());
}

#[test]
fn after_kill_it_is_up_again_soon_with_everything_there() {
    let folder = Folder::new();
    let server = folder.serve(&["--demo"]);
    let token = folder
        .run(&["token", "create", "--account", "canbo.snv"])
        .fine();
    assert_eq!(token.lines().count(), 1);
    server.kill();

    let began = Instant::now();
    let server = folder.serve(&[]);
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "up again after {took:?}");
    let report = folder.run(&["audit", "verify"]).fine();
    assert!(report.contains("The chain is whole"), "{report}");
    let (said, code) = server.stop("TERM");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        !said.contains("no administrator"),
        "the demonstration's is still there: {said}"
    );
}

#[test]
fn the_demonstration_keeps_its_password_to_itself() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let serve = |demo: &[&str]| {
        let mut command = folder.command(&[&["serve"], demo].concat());
        command.env_remove("PHUSA_DEMO_PASSWORD");
        crate::program::Server::start(command).stop("TERM").0
    };
    let first = serve(&["--demo"]);
    let kept = std::fs::read_to_string(folder.data().join("demo-password")).unwrap();
    assert!(first.contains(kept.trim()), "{first}");
    for login in [
        "canbo.snv",
        "lanhdao.snv",
        "dieuphoi.sttt",
        "lanhdaotinh",
        "quantri",
    ] {
        assert!(first.contains(login), "{login} in {first}");
    }
    let again = serve(&["--demo"]);
    assert!(!again.contains(kept.trim()), "shown a second time: {again}");

    let mode = |name: &str| {
        std::fs::metadata(folder.data().join(name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode("demo-password"), 0o600);
    assert_eq!(mode(""), 0o700);
}

#[test]
fn an_address_in_use_is_named_with_what_to_do() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (listen, said) in [
        (address.as_str(), "Another program uses"),
        ("nowhere", "PHUSA_LISTEN"),
        ("192.0.2.1:80", "PHUSA_LISTEN"),
    ] {
        let output = folder
            .command(&["serve"])
            .env("PHUSA_LISTEN", listen)
            .output()
            .unwrap();
        let complaint = crate::program::Done::of(output).ended(1);
        assert!(
            complaint.contains(listen) && complaint.contains(said),
            "{complaint}"
        );
    }
    assert!(!folder.data().exists(), "nothing was begun");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    let file = folder.path("file");
    std::fs::write(&file, "no folder").unwrap();
    let output = command(&file.join("data"), &["serve"]).output().unwrap();
    let complaint = crate::program::Done::of(output).ended(1);
    assert!(complaint.contains("file/data"), "{complaint}");
    assert!(complaint.contains("PHUSA_DATA"), "{complaint}");
}

#[test]
fn a_setting_that_is_neither_yes_nor_no_is_refused() {
    let folder = Folder::new();
    let output = folder
        .command(&["serve"])
        .env("PHUSA_BEHIND_TLS", "perhaps")
        .output()
        .unwrap();
    let complaint = crate::program::Done::of(output).ended(1);
    assert!(complaint.contains("PHUSA_BEHIND_TLS"), "{complaint}");
}

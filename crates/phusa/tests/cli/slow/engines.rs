//! The same program on PostgreSQL, and from one engine to the other.

use std::path::Path;
use std::process::Command;

use crate::program::{Done, Folder, Server, command};

/// The program on that database, with its files in this folder.
fn on(database: &str, data: &Path, arguments: &[&str]) -> Command {
    let mut command = command(data, arguments);
    command.env("PHUSA_DATABASE_URL", database);
    command
}

#[tokio::test]
async fn what_postgresql_holds_survives_kill_and_moves_to_sqlite_and_back() {
    let (Some(first), Some(second)) = (scratch::database().await, scratch::database().await) else {
        return;
    };
    let folder = Folder::new();
    let data = folder.data();
    let run = |arguments: &[&str]| Done::of(on(&first, &data, arguments).output().unwrap());

    Server::start(on(&first, &data, &["serve", "--demo"])).kill();
    let server = Server::start(on(&first, &data, &["serve"]));
    run(&["audit", "verify"]).fine();
    let said = run(&["doctor"]).fine();
    assert!(said.contains("PostgreSQL"), "{said}");
    let head = run(&["audit", "head"]).fine();
    let one = folder.path("one.phusa");
    let one = one.to_str().unwrap();
    run(&["backup", one]).fine();
    let (said, code) = server.stop("TERM");
    assert_eq!(code, Some(0), "{said}");

    let embedded = folder.path("embedded");
    let run = |arguments: &[&str]| Done::of(command(&embedded, arguments).output().unwrap());
    run(&["restore", one]).fine();
    assert_eq!(run(&["audit", "head"]).fine(), head);
    run(&["doctor"]).fine();
    let two = folder.path("two.phusa");
    let two = two.to_str().unwrap();
    run(&["backup", two]).fine();

    let again = folder.path("again");
    let run = |arguments: &[&str]| Done::of(on(&second, &again, arguments).output().unwrap());
    run(&["restore", two]).fine();
    assert_eq!(run(&["audit", "head"]).fine(), head);
    run(&["doctor"]).fine();
}

#[test]
fn a_database_that_cannot_be_reached_is_said_so_without_its_password() {
    let folder = Folder::new();
    let database = "postgres://phusa:kept-to-oneself@127.0.0.1:1/phusa";
    let output = on(database, &folder.data(), &["serve"]).output().unwrap();
    let complaint = Done::of(output).ended(1);
    assert!(complaint.contains("PHUSA_DATABASE_URL"), "{complaint}");
    assert!(!complaint.contains("kept-to-oneself"), "{complaint}");
}

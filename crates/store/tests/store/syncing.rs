//! What was acknowledged had been synced before: shown by the system calls themselves.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use store::{Config, Expect, Store};
use tempfile::TempDir;
use vocab::context::fixed;

use crate::fixture::{put, tables, thing};

const ROUNDS: u64 = 5;

/// The child of the test below: commits and uploads one after the other, and notes each as
/// soon as it is acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn acknowledges_one_by_one() {
    let Ok(folder) = std::env::var("PHUSA_SYNC_FOLDER") else {
        return;
    };
    let folder = Path::new(&folder);
    let store = Store::open(&Config::embedded(folder), tables(), fixed::context(1))
        .await
        .unwrap();
    let mut notes = std::fs::File::create(folder.join("notes")).unwrap();
    notes.write_all(b"begin\n").unwrap();
    for number in 1..=ROUNDS {
        store
            .commit(put(thing(number, 5, "ghi", Expect::New)))
            .await
            .unwrap();
        notes.write_all(b"commit\n").unwrap();
    }
    for number in 1..=ROUNDS {
        let mut upload = store.upload(100).await.unwrap();
        upload.write(&number.to_be_bytes()).await.unwrap();
        upload.finish().await.unwrap();
        notes.write_all(b"upload\n").unwrap();
    }
}

/// A system call that has ended, or begun in the case of a note.
#[derive(Debug, PartialEq)]
enum Call {
    Wrote(String),
    Synced(String),
    Noted(String),
}

/// The calls of interest in a trace of `strace -f -y`, in their order: a sync counts when it
/// has ended well, a note when it begins.
fn calls(trace: &str) -> Vec<Call> {
    let mut unfinished: HashMap<&str, String> = HashMap::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let Some((process, rest)) = line.split_once(' ') else {
            continue;
        };
        let rest = rest.trim_start();
        let path = |text: &str| {
            let from = text.find('<')? + 1;
            Some(text[from..from + text[from..].find('>')?].to_owned())
        };
        let writes = rest.starts_with("write(") || rest.starts_with("pwrite64(");
        if writes && let Some(to) = path(rest) {
            let note = rest.split('"').nth(1).unwrap_or_default();
            calls.push(if to.ends_with("/notes") {
                Call::Noted(note.trim_end_matches("\\n").to_owned())
            } else {
                Call::Wrote(to)
            });
        } else if rest.starts_with("fsync(") || rest.starts_with("fdatasync(") {
            let Some(of) = path(rest) else { continue };
            if rest.ends_with("<unfinished ...>") {
                unfinished.insert(process, of);
            } else if rest.ends_with("= 0") {
                calls.push(Call::Synced(of));
            }
        } else if rest.starts_with("<... f") && rest.contains("sync resumed") {
            let of = unfinished.remove(process);
            calls.extend(of.filter(|_| rest.ends_with("= 0")).map(Call::Synced));
        }
    }
    calls
}

/// Checks each note: everything that was written of the store since the note before was
/// synced since, and an object's folders too.
fn check(calls: &[Call]) -> Result<(u64, u64), String> {
    let (mut commits, mut uploads) = (0, 0);
    for part in calls
        .split_inclusive(|call| matches!(call, Call::Noted(_)))
        .skip(1)
    {
        let Some((Call::Noted(note), before)) = part.split_last() else {
            continue;
        };
        let synced_after =
            |from: usize, path: &str| before[from..].contains(&Call::Synced(path.to_owned()));
        let (mut logs, mut objects) = (0, 0);
        for (at, call) in before.iter().enumerate() {
            let Call::Wrote(path) = call else { continue };
            let object = path.contains("/files/");
            if !object && !path.ends_with("phusa.db-wal") {
                continue;
            }
            let last = before.iter().rposition(|other| other == call).unwrap_or(at);
            if !synced_after(last, path) {
                return Err(format!(
                    "{note}: {path} was not synced after its last write"
                ));
            }
            if object {
                objects += 1;
                for folder in Path::new(path).ancestors().skip(1).take(2) {
                    if !synced_after(at, &folder.display().to_string()) {
                        return Err(format!(
                            "{note}: the folder {} was not synced",
                            folder.display()
                        ));
                    }
                }
            } else {
                logs += 1;
            }
        }
        match note.as_str() {
            "commit" if logs > 0 => commits += 1,
            "upload" if logs > 0 && objects > 0 => uploads += 1,
            _ => return Err(format!("{note}: nothing was written before it")),
        }
    }
    Ok((commits, uploads))
}

#[test]
fn a_sync_that_comes_late_or_fails_would_be_seen() {
    let trace = |sync: &str, late: &str| {
        format!(
            "1 write(3</d/notes>, \"begin\\n\", 6) = 6\n\
             2 pwrite64(4</d/phusa.db-wal>, \"x\"..., 9, 0) = 9\n{sync}\
             1 write(3</d/notes>, \"commit\\n\", 7) = 7\n{late}"
        )
    };
    let ended = "2 fdatasync(4</d/phusa.db-wal>) = 0\n";
    let begun = "2 fdatasync(4</d/phusa.db-wal> <unfinished ...>\n";
    let resumed = "2 <... fdatasync resumed>) = 0\n";
    assert_eq!(check(&calls(&trace(ended, ""))), Ok((1, 0)));
    assert_eq!(
        check(&calls(&trace(&format!("{begun}{resumed}"), ""))),
        Ok((1, 0))
    );
    for (sync, late) in [
        ("", ended),
        (begun, resumed),
        (
            "2 fdatasync(4</d/phusa.db-wal>) = -1 EIO (Input/output error)\n",
            "",
        ),
        ("2 fdatasync(5</d/phusa.db>) = 0\n", ""),
    ] {
        assert!(check(&calls(&trace(sync, late))).is_err(), "{sync}{late}");
    }
}

#[test]
fn commits_and_uploads_are_synced_before_they_are_acknowledged() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("skipped: strace is not installed; scripts/store/fsync.sh installs it");
        return;
    }
    let folder = TempDir::new().unwrap();
    let trace = folder.path().join("trace");
    let data = folder.path().join("data");
    let ran = Command::new("strace")
        .args([
            "-f",
            "-y",
            "-e",
            "trace=write,pwrite64,fsync,fdatasync",
            "-o",
        ])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "syncing::acknowledges_one_by_one"])
        .env("PHUSA_SYNC_FOLDER", &data)
        .stdout(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    if said.contains("Operation not permitted") {
        eprintln!("skipped: strace may not trace here: {said}");
        return;
    }
    assert!(ran.status.success(), "{said}");
    let calls = calls(&std::fs::read_to_string(&trace).unwrap());
    assert_eq!(check(&calls), Ok((ROUNDS, ROUNDS)));
    eprintln!("{ROUNDS} commits and {ROUNDS} uploads: each was synced before it was acknowledged");
}

//! What takes seconds: `./dev test --quick` leaves it out.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use store::audit::AuditQuery;
use store::{Config, Expect, Store, StoreError};
use tempfile::TempDir;
use vocab::context::fixed;

use crate::browsing::{multiply, somebody};
use crate::fixture::{empty_places, places, put, tables, thing};

/// The child of the test below: says how much memory backing up and restoring took at most.
#[tokio::test(flavor = "multi_thread")]
async fn backs_up_much_in_a_process_of_its_own() {
    let Ok(folder) = std::env::var("PHUSA_BACKUP_FOLDER") else {
        return;
    };
    let folder = std::path::Path::new(&folder);
    let config = Config::embedded(folder.join("data"));
    let store = Store::open(&config, tables(), fixed::context(1))
        .await
        .unwrap();
    let mut upload = store.upload(1 << 30).await.unwrap();
    for part in 0..1_000_u32 {
        upload
            .write(&part.to_be_bytes().repeat(20_000))
            .await
            .unwrap();
    }
    let file = upload.finish().await.unwrap();
    for number in 1..=60 {
        let mut large = thing(number, 5, "lớn", Expect::New);
        large.files.push(file.digest);
        large.body = format!("\"{}\"", "x".repeat(2_000_000));
        store.commit(put(large)).await.unwrap();
    }
    let before = memory_kib();
    let peak = Arc::new(AtomicU64::new(before));
    let watched = peak.clone();
    std::thread::spawn(move || {
        loop {
            watched.fetch_max(memory_kib(), Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    });
    let archive = folder.join("backup.tar.zst");
    store.backup(&archive).await.unwrap();
    let to = Config::embedded(folder.join("restored"));
    Store::restore(&to, &archive, tables(), fixed::context(9))
        .await
        .unwrap();
    let grown = peak.load(Ordering::SeqCst) - before;
    std::fs::write(folder.join("grown"), grown.to_string()).unwrap();
}

/// The memory that this process holds now, without what is mapped from files.
fn memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("RssAnon"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn memory_does_not_grow_with_what_is_backed_up() {
    if !std::path::Path::new("/proc/self/status").exists() {
        eprintln!("skipped: this system does not say how much memory a process holds");
        return;
    }
    let folder = TempDir::new().unwrap();
    let ran = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "slow::backs_up_much_in_a_process_of_its_own"])
        .env("PHUSA_BACKUP_FOLDER", folder.path())
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
    let grown: u64 = std::fs::read_to_string(folder.path().join("grown"))
        .unwrap()
        .parse()
        .unwrap();
    assert!(grown < 130_000, "it grew by {grown} KiB for 200 MB");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_and_large_bodies_come_through_in_parts() {
    for place in places(83).await {
        let mut writes = Vec::new();
        for number in 1..=2_345_u64 {
            writes.push(put(thing(
                number,
                5,
                &format!("số {}", number % 7),
                Expect::New,
            )));
        }
        for number in 3_001..=3_004_u64 {
            let mut large = thing(number, 5, "lớn", Expect::New);
            large.body = format!("{{\"x\":\"{}\"}}", "ớ\\n".repeat(600_000));
            writes.push(put(large));
        }
        for outcome in place.store.commit_each(writes).await {
            outcome.unwrap();
        }
        let archive = place.folder.path().join("backup.tar.zst");
        place.store.backup(&archive).await.unwrap();
        for (name, config, _folder) in empty_places().await {
            let report = Store::restore(&config, &archive, tables(), fixed::context(9))
                .await
                .unwrap();
            assert_eq!(report.audit.findings, [], "{} to {name}", place.name);
            assert_eq!((report.audit.versions, report.audit.heads), (2_349, 2_349));
        }
    }
}

/// The child of the test below: backs up or restores until it is killed.
#[tokio::test(flavor = "multi_thread")]
async fn works_until_killed() {
    let Ok(archive) = std::env::var("PHUSA_KILL_ARCHIVE") else {
        return;
    };
    let config = Config {
        data: std::env::var("PHUSA_KILL_DATA").unwrap().into(),
        database_url: std::env::var("PHUSA_KILL_URL").ok(),
        max_page_count: None,
    };
    let archive = std::path::Path::new(&archive);
    if std::env::var("PHUSA_KILL_BACKUP").is_ok() {
        let store = Store::open(&config, tables(), fixed::context(1))
            .await
            .unwrap();
        store.backup(archive).await.unwrap();
    } else {
        Store::restore(&config, archive, tables(), fixed::context(1))
            .await
            .unwrap();
    }
}

async fn kill_after(milliseconds: u64, backup: bool, config: &Config, archive: &std::path::Path) {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "slow::works_until_killed"])
        .env("PHUSA_KILL_ARCHIVE", archive)
        .env("PHUSA_KILL_DATA", &config.data)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    if let Some(url) = &config.database_url {
        command.env("PHUSA_KILL_URL", url);
    }
    if backup {
        command.env("PHUSA_KILL_BACKUP", "1");
    }
    let mut child = command.spawn().unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_or_restore_that_is_killed_is_whole_or_not_there() {
    for place in places(89).await {
        let mut records = Vec::new();
        for number in 1..=1_500_u64 {
            let mut record = thing(number, 5, "tên", Expect::New);
            if number <= 40 {
                let mut upload = place.store.upload(1_000).await.unwrap();
                upload.write(&number.to_be_bytes()).await.unwrap();
                record.files.push(upload.finish().await.unwrap().digest);
            }
            records.push(put(record));
        }
        for outcome in place.store.commit_each(records).await {
            outcome.unwrap();
        }
        let archive = place.folder.path().join("whole.tar.zst");
        place.store.backup(&archive).await.unwrap();
        for round in 0..6 {
            let killed = place.folder.path().join(format!("killed-{round}"));
            kill_after(100 + 150 * round, true, &place.config, &killed).await;
            let folder = TempDir::new().unwrap();
            if killed.exists() {
                let to = Config::embedded(folder.path());
                let report = Store::restore(&to, &killed, tables(), fixed::context(9))
                    .await
                    .unwrap();
                assert_eq!(
                    (report.audit.versions, &report.audit.findings[..]),
                    (1_500, &[][..])
                );
            }
        }
        for (name, config, _folder) in empty_places().await {
            for round in 0..8 {
                kill_after(100 + 120 * round, false, &config, &archive).await;
            }
            // It came to its end before it was killed, or the place is as good as empty.
            match Store::restore(&config, &archive, tables(), fixed::context(9)).await {
                Ok(_) | Err(StoreError::NotEmpty { .. }) => {}
                Err(error) => panic!("{name}: {error:?}"),
            }
            let store = Store::open(&config, tables(), fixed::context(10))
                .await
                .unwrap();
            let report = store.verify(None).await.unwrap();
            let counts = (report.versions, report.files, &report.findings[..]);
            assert_eq!(counts, (1_500, 40, &[][..]), "{} to {name}", place.name);
        }
    }
}

/// Pages of a log of a million entries, whichever filter finds them.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_million_audit_entries() {
    for place in places(51).await {
        place
            .store
            .commit(put(thing(1, 5, "tên", Expect::New)))
            .await
            .unwrap();
        multiply(&place, 1_000_000).await;
        let newest = AuditQuery {
            limit: 50,
            ..AuditQuery::default()
        };
        let deep = {
            let first = place
                .store
                .audit_entries(&store::Scope::bypass("a test"), &newest)
                .await
                .unwrap();
            let mut at = first[0].place();
            at.at = at.at.plus_seconds(-500);
            at
        };
        for (what, query) in [
            ("newest", newest.clone()),
            (
                "deep",
                AuditQuery {
                    before: Some(deep),
                    ..newest.clone()
                },
            ),
            (
                "of an account",
                AuditQuery {
                    actor: Some(somebody(&place)),
                    before: Some(deep),
                    ..newest.clone()
                },
            ),
            (
                "of a table",
                AuditQuery {
                    table: Some("rare".to_owned()),
                    before: Some(deep),
                    ..newest.clone()
                },
            ),
            (
                "of a period",
                AuditQuery {
                    from: Some(deep.at.plus_seconds(-60)),
                    until: Some(deep.at),
                    ..newest.clone()
                },
            ),
        ] {
            let began = std::time::Instant::now();
            let found = place
                .store
                .audit_entries(&store::Scope::bypass("a test"), &query)
                .await
                .unwrap();
            let took = began.elapsed();
            println!("{} {what}: {took:?}", place.name);
            assert_eq!(found.len(), 50, "{} {what}", place.name);
            assert!(took.as_millis() < 100, "{} {what}: {took:?}", place.name);
        }
    }
}

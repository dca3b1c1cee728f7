//! What takes seconds: `./dev test --quick` leaves it out.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use store::{Config, Expect, Store};
use tempfile::TempDir;
use vocab::context::fixed;

use crate::fixture::{put, tables, thing};

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

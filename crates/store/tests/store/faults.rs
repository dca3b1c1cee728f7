//! A disk that is full and a server that goes away: clear errors, nothing lost, and on it goes.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use store::{Config, Expect, IdempotencyKey, Outcome, Scope, Store, StoreError};
use tempfile::TempDir;
use vocab::context::fixed;

use crate::fixture::{files_in, id, put, seal_all, tables, thing};

/// A small file system in memory, unmounted at the end.
struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// None where this may not be mounted.
    fn mount(size: &str) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the store's writer thread may hold its file a moment longer.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing_and_goes_on_when_there_is_space_again() {
    let Some(disk) = SmallDisk::mount("24m") else {
        eprintln!("skipped: only root may mount a small disk");
        return;
    };
    let ballast = disk.path().join("ballast");
    std::fs::write(&ballast, vec![1; 12 << 20]).unwrap();
    let data = disk.path().join("data");
    let store = Store::open(&Config::embedded(&data), tables(), fixed::context(1))
        .await
        .unwrap();
    let mut kept = 0;
    let error = loop {
        let mut record = thing(kept + 1, 5, "đầy", Expect::New);
        record.body = long_body(kept, 100_000);
        match store.commit(put(record)).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1_000);
    };
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    assert!(kept > 40, "{kept}");

    let before = files_in(disk.path()).len();
    let archive = disk.path().join("backup.tar.zst");
    let mut refused = Vec::new();
    for _ in 0..3 {
        refused.push(store.backup(&archive).await.err());
        refused.push(take_in(&store, 12 << 20).await.err());
        refused.push(store.commit(put(large(9_000))).await.err());
    }
    for error in refused {
        assert!(matches!(error, Some(StoreError::Full(_))), "{error:?}");
    }
    let left = files_in(disk.path());
    assert_eq!(left.len(), before, "{left:?}");

    // Reading still works, and what was acknowledged is there.
    for number in 1..=kept {
        let record = store
            .fetch("thing", &Scope::bypass("a test"), id(number))
            .await
            .unwrap();
        assert!(record.is_some(), "{number} is lost");
    }
    std::fs::remove_file(&ballast).unwrap();
    store.commit(put(large(9_001))).await.unwrap();
    take_in(&store, 100_000).await.unwrap();
    let head = seal_all(&store, 1).await;
    assert_eq!(store.verify(Some(&head)).await.unwrap().findings, []);
}

/// A body of so many letters that does not get much smaller when it is packed.
fn long_body(seed: u64, letters: usize) -> String {
    let mut state = seed;
    let text: String = (0..letters)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            char::from(b'a' + u8::try_from(state >> 60).unwrap())
        })
        .collect();
    format!("{{\"x\":\"{text}\"}}")
}

fn large(number: u64) -> store::RecordPut {
    let mut record = thing(number, 5, "lớn", Expect::New);
    record.body = long_body(number, 900_000);
    record
}

async fn take_in(store: &Store, size: usize) -> Result<(), StoreError> {
    let mut upload = store.upload(1 << 30).await?;
    for chunk in vec![7; size].chunks(1 << 16) {
        upload.write(chunk).await?;
    }
    upload.finish().await.map(|_| ())
}

/// A PostgreSQL of this test's own: `./dev pg`, which restarts it on a signal.
struct Server {
    script: Child,
    url: String,
}

impl Server {
    fn start() -> Self {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut script = Command::new(root.join("dev"))
            .arg("pg")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut url = String::new();
        let said = script.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut url).unwrap();
        assert!(url.starts_with("postgres://"), "{url:?}");
        Self {
            script,
            url: url.trim().to_owned(),
        }
    }

    fn signal(&self, name: &str) {
        let id = self.script.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.unwrap().success());
    }

    fn restart(&self) {
        self.signal("USR1");
    }

    fn stop(&mut self) {
        self.signal("TERM");
        self.script.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.script.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.stop();
        }
    }
}

/// Writes under idempotency keys until told to stop, each again until it is acknowledged.
/// Gives how many writes, and what was said meanwhile.
async fn write_on(store: Store, writer: u64, stop: Arc<AtomicBool>) -> (u64, Vec<StoreError>) {
    let mut errors = Vec::new();
    for number in 0.. {
        let mut write = put(thing(writer * 1_000_000 + number, 5, "ghi", Expect::New));
        write.idempotency = Some(IdempotencyKey {
            account: id(1),
            key: format!("{writer}-{number}"),
            request_digest: [1; 32],
            answer: "{}".to_owned(),
        });
        loop {
            match store.commit(write.clone()).await {
                Ok(Outcome::Done(_) | Outcome::Repeated(_)) => break,
                Err(error) => errors.push(error),
            }
            assert!(errors.len() < 1_000, "{:?}", errors.last());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if stop.load(Ordering::SeqCst) {
            return (number + 1, errors);
        }
    }
    unreachable!("a range without an end")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_restarts_under_load_loses_and_doubles_nothing() {
    if std::env::var("PHUSA_TEST_PG_URL").is_err() {
        return;
    }
    let mut server = Server::start();
    let folder = TempDir::new().unwrap();
    let config = Config::postgres(folder.path(), &server.url);
    let store = Store::open(&config, tables(), fixed::context(1))
        .await
        .unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (1..=6)
        .map(|writer| tokio::spawn(write_on(store.clone(), writer, stop.clone())))
        .collect();
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(400)).await;
        server.restart();
        tokio::time::sleep(Duration::from_millis(900)).await;
        // Everything but commits comes back too, at the latest on the second try.
        for round in 0.. {
            match take_in(&store, 100).await {
                Ok(()) => break,
                Err(error) => assert!(
                    matches!(error, StoreError::Unavailable(_)) && round < 5,
                    "{error:?}"
                ),
            }
        }
        assert!(store.seal().await.is_ok() || store.seal().await.is_ok());
    }
    stop.store(true, Ordering::SeqCst);
    let mut written = 0;
    let mut refused = 0;
    for (writer, task) in (1..).zip(writers) {
        let (count, errors) = task.await.unwrap();
        for error in &errors {
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        }
        for number in 0..count {
            let history = store
                .history(
                    "thing",
                    &store::Scope::bypass("a test"),
                    id(writer * 1_000_000 + number),
                    10,
                )
                .await
                .unwrap();
            assert_eq!(history.len(), 1, "{writer}-{number}");
        }
        written += count;
        refused += errors.len();
    }
    assert!(
        written > 100 && refused > 0,
        "{written} written, {refused} refused"
    );
    let leaves = i64::try_from(written).unwrap();
    let head = seal_all(&store, leaves).await;
    let report = store.verify(Some(&head)).await.unwrap();
    assert_eq!((report.findings, report.leaves), (vec![], leaves));

    server.stop();
    let gone = |error| matches!(error, Some(StoreError::Unavailable(_)));
    assert!(gone(
        store.commit(put(thing(1, 5, "x", Expect::New))).await.err()
    ));
    assert!(gone(
        store
            .fetch("thing", &Scope::bypass("a test"), id(1))
            .await
            .err()
    ));
    assert!(gone(store.seal().await.err()));
}

//! Acknowledged means durable; a full disk and a server that restarts lose nothing.

use std::process::Command;

use store::{Config, Expect, Scope, Store, StoreError};
use tempfile::TempDir;
use vocab::context::fixed;

use crate::fixture::{id, places, put, tables, thing};

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_syncs_before_it_answers() {
    for place in places(51).await {
        let durability = place.store.durability().await.unwrap();
        assert!(durability.before_answer, "{durability:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_clearly_and_keeps_what_was_there() {
    let folder = TempDir::new().unwrap();
    let config = Config {
        max_page_count: Some(120),
        ..Config::embedded(folder.path())
    };
    let store = Store::open(&config, tables(), fixed::context(1))
        .await
        .unwrap();
    let mut kept = 0;
    let error = loop {
        let mut record = thing(kept + 1, 5, "đầy", Expect::New);
        record.body = format!("{{\"x\":\"{}\"}}", "a".repeat(5_000));
        match store.commit(put(record)).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1_000);
    };
    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    assert!(kept > 5);
    drop(store);
    let store = Store::open(
        &Config::embedded(folder.path()),
        tables(),
        fixed::context(2),
    )
    .await
    .unwrap();
    for number in 1..=kept {
        assert!(
            store
                .fetch("thing", &Scope::bypass("a test"), id(number))
                .await
                .unwrap()
                .is_some()
        );
    }
    assert_eq!(store.verify(None).await.unwrap().findings, []);
    store
        .commit(put(thing(9_999, 5, "lại có chỗ", Expect::New)))
        .await
        .unwrap();
}

/// The child of the test below: writes until it is killed, and says what was acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn writes_until_killed() {
    let Ok(folder) = std::env::var("PHUSA_KILL_FOLDER") else {
        return;
    };
    let start: u64 = std::env::var("PHUSA_KILL_START").unwrap().parse().unwrap();
    let store = Store::open(&Config::embedded(&folder), tables(), fixed::context(start))
        .await
        .unwrap();
    for number in start.. {
        store
            .commit(put(thing(number, 5, "ghi", Expect::New)))
            .await
            .unwrap();
        let line = format!("{number}\n");
        std::io::Write::write_all(
            &mut std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(format!("{folder}/acknowledged"))
                .unwrap(),
            line.as_bytes(),
        )
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = TempDir::new().unwrap();
    for round in 0..10_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "durability::writes_until_killed"])
            .env("PHUSA_KILL_FOLDER", folder.path())
            .env("PHUSA_KILL_START", (1 + round * 1_000_000).to_string())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(250 + 40 * round)).await;
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let store = Store::open(
        &Config::embedded(folder.path()),
        tables(),
        fixed::context(7),
    )
    .await
    .unwrap();
    let acknowledged = std::fs::read_to_string(folder.path().join("acknowledged")).unwrap();
    let numbers: Vec<u64> = acknowledged
        .lines()
        .filter_map(|line| line.parse().ok())
        .collect();
    assert!(
        numbers.len() > 20,
        "only {} writes were acknowledged",
        numbers.len()
    );
    for number in numbers {
        assert!(
            store
                .fetch("thing", &Scope::bypass("a test"), id(number))
                .await
                .unwrap()
                .is_some(),
            "{number} is lost"
        );
    }
    assert_eq!(store.verify(None).await.unwrap().findings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_made_again() {
    for place in places(52).await {
        let Some(url) = place.config.database_url.clone() else {
            continue;
        };
        place
            .store
            .commit(put(thing(1, 5, "trước", Expect::New)))
            .await
            .unwrap();
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                      WHERE datname = current_database() AND pid <> pg_backend_pid()";
        client.batch_execute(others).await.unwrap();
        assert!(
            place
                .store
                .fetch("thing", &Scope::bypass("a test"), id(1))
                .await
                .unwrap()
                .is_some()
        );
        // The writer may meet its dead connection once; a repetition goes through.
        let write = || put(thing(2, 5, "sau", Expect::New));
        if place.store.commit(write()).await.is_err() {
            place.store.commit(write()).await.unwrap();
        }
        assert!(
            place
                .store
                .fetch("thing", &Scope::bypass("a test"), id(2))
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(place.store.verify(None).await.unwrap().findings, []);
    }
}

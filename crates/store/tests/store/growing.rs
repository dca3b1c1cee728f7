//! A declaration that grows while others write.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use store::{
    ColumnKind, Expect, Grouping, ListQuery, Scope, Store, StoreError, TableSpec, Tally, Value,
};
use tokio_postgres::NoTls;
use vocab::context::fixed;

use crate::fixture::{Place, places, put, thing};

/// Long enough that the names of two indexes would be one on `PostgreSQL`.
const LONG: &str = "f_the_market_that_it_is_sold_in";
const TABLE: &str = "p_growing_area_harvest_declaration";

fn first() -> TableSpec {
    TableSpec::new(TABLE)
        .evolving()
        .column("title", ColumnKind::Text)
        .filter("title")
}

fn grown() -> TableSpec {
    first()
        .column(LONG, ColumnKind::Text)
        .column("amount", ColumnKind::Int)
        .unique("code", ColumnKind::Text)
        .filter(LONG)
        .ranged("amount")
        .searchable()
}

async fn open(place: &Place, spec: TableSpec, seed: u64) -> Result<Store, StoreError> {
    Store::open(&place.config, vec![spec], fixed::context(seed)).await
}

fn note(number: u64, columns: Vec<Value>) -> store::Write {
    let title = format!("số {number}");
    let mut note = thing(number, 5 + number % 3, &title, Expect::New);
    TABLE.clone_into(&mut note.table);
    note.columns = columns;
    put(note)
}

async fn fill(store: &Store, numbers: std::ops::Range<u64>) {
    let writes = numbers.map(|number| note(number, vec![format!("nhóm {}", number % 4).into()]));
    let done = store.commit_each(writes.collect()).await;
    assert!(done.iter().all(Result::is_ok));
}

fn all() -> ListQuery {
    ListQuery::new(TABLE, Scope::bypass("a test"))
}

/// Writes until told to stop; gives how many were written and how long the slowest took.
async fn write_meanwhile(store: Store, from: u64, stop: Arc<AtomicBool>) -> (u64, Duration) {
    let (mut written, mut slowest) = (0, Duration::ZERO);
    while !stop.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let columns = vec!["viết trong lúc đó".into()];
        store.commit(note(from + written, columns)).await.unwrap();
        slowest = slowest.max(begun.elapsed());
        written += 1;
    }
    (written, slowest)
}

/// That everything a grown table is for works, and is quick.
async fn is_whole(place: &Place, store: &Store, count: i64) {
    let said = |value: &str| all().filter(LONG, value);
    let plan = store.explain_list(&said("EU")).await.unwrap().join("\n");
    // PostgreSQL reads so few records as they lie, whatever indexes there are.
    if place.config.database_url.is_none() {
        assert!(plan.contains(LONG) && !plan.contains("B-TREE"), "{plan}");
    }
    let columns = vec!["mới".into(), "EU".into(), Value::Int(12), "M-1".into()];
    store.commit(note(900_001, columns.clone())).await.unwrap();
    let found = store.list(&said("EU")).await.unwrap().items;
    assert_eq!(found.len(), 1, "{}", place.name);
    let twice = store.commit(note(900_002, columns)).await;
    assert!(
        matches!(&twice, Err(StoreError::Duplicate { constraint }) if constraint.contains("code")),
        "{}: {twice:?}",
        place.name
    );
    let by = Grouping {
        by: LONG.to_owned(),
        beginning: None,
        sum: None,
    };
    let tally = |value: Value, count| Tally {
        value,
        count,
        sum: None,
    };
    assert_eq!(
        store.tally(&all().limit(10), &by).await.unwrap(),
        [tally(Value::Null, count), tally("EU".into(), 1)],
        "{}",
        place.name
    );
    assert_eq!(store.verify(None).await.unwrap().findings, []);
    let names = index_names(place).await;
    for wanted in ["in_unit", "in_order", "along", "within", "once", LONG] {
        let mut names = names.iter();
        assert!(
            names.any(|name| name.contains(wanted)),
            "{}: {wanted}",
            place.name
        );
    }
    let long = names.iter().filter(|name| name.contains(LONG));
    assert_eq!(long.count(), 2, "{}: {names:?}", place.name);
}

async fn index_names(place: &Place) -> Vec<String> {
    let Some(url) = &place.config.database_url else {
        let path = place.folder.path().join("phusa.db");
        let connection = rusqlite::Connection::open(path).unwrap();
        let sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?1";
        let mut found = connection.prepare(sql).unwrap();
        let names = found.query_map([format!("head_{TABLE}")], |row| row.get(0));
        return names.unwrap().map(Result::unwrap).collect();
    };
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "SELECT indexrelid::regclass::text FROM pg_index \
               WHERE indrelid = $1::text::regclass AND indisvalid";
    let rows = client
        .query(sql, &[&format!("head_{TABLE}")])
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_grows_while_another_process_writes() {
    for place in places(131).await {
        let old = open(&place, first(), 1).await.unwrap();
        fill(&old, 1..4_001).await;
        let stop = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn(write_meanwhile(old.clone(), 10_000, stop.clone()));
        // Two at once, as when several servers start.
        let both = tokio::join!(open(&place, grown(), 2), open(&place, grown(), 3));
        stop.store(true, Ordering::Relaxed);
        let (written, slowest) = writing.await.unwrap();
        let (store, _) = (both.0.unwrap(), both.1.unwrap());
        assert!(slowest < Duration::from_secs(5), "{slowest:?}");
        is_whole(&place, &store, i64::try_from(4_000 + written).unwrap()).await;
        // By the earlier declaration one still reads and writes.
        old.commit(note(800_000, vec!["cũ".into()])).await.unwrap();
        assert_eq!(old.verify(None).await.unwrap().findings, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn growth_that_was_cut_off_is_ended_by_the_next_opening() {
    for place in places(132).await {
        let store = open(&place, first(), 1).await.unwrap();
        fill(&store, 1..51).await;
        let before = stored_declaration(&place).await;
        drop(open(&place, grown(), 2).await.unwrap());
        // As if it had been killed between two indexes: the columns are there, one index is, one is
        // half-made, the others are not, and the declaration names none of them.
        let half = before.replace(
            "}],\"filters\"",
            &format!(
                "}},{{\"name\":\"{LONG}\",\"kind\":\"text\",\"unique\":false}},\
                 {{\"name\":\"amount\",\"kind\":\"int\",\"unique\":false}},\
                 {{\"name\":\"code\",\"kind\":\"text\",\"unique\":false}}],\"filters\""
            ),
        );
        assert_ne!(half, before);
        let sql = format!("UPDATE declaration SET spec = '{half}' WHERE name = '{TABLE}'");
        place.tamper(&sql).await;
        for name in index_names(&place).await {
            if name.contains("along") || name.contains("once") {
                place.run(&format!("DROP INDEX {name}")).await;
            } else if name.contains("in_order") && place.config.database_url.is_some() {
                let sql = format!(
                    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{name}'::regclass"
                );
                place.tamper(&sql).await;
            }
        }
        let store = open(&place, grown(), 3).await.unwrap();
        is_whole(&place, &store, 50).await;
    }
}

async fn stored_declaration(place: &Place) -> String {
    let sql = format!("SELECT spec FROM declaration WHERE name = '{TABLE}'");
    let Some(url) = &place.config.database_url else {
        let path = place.folder.path().join("phusa.db");
        let connection = rusqlite::Connection::open(path).unwrap();
        return connection.query_row(&sql, [], |row| row.get(0)).unwrap();
    };
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.query_one(&sql, &[]).await.unwrap().get(0)
}

/// A backup reads every table for minutes: who changes one must not let writers queue up behind.
#[tokio::test(flavor = "multi_thread")]
async fn writers_do_not_wait_behind_a_growth_that_waits_for_a_reader() {
    for place in places(133).await {
        let Some(url) = place.config.database_url.clone() else {
            continue;
        };
        let old = open(&place, first(), 1).await.unwrap();
        fill(&old, 1..51).await;
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
        tokio::spawn(connection);
        let sql = format!("BEGIN; SELECT count(*) FROM head_{TABLE}");
        client.batch_execute(&sql).await.unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn(write_meanwhile(old, 10_000, stop.clone()));
        let growing = open(&place, grown(), 2);
        let reading = async {
            tokio::time::sleep(Duration::from_secs(4)).await;
            client.batch_execute("COMMIT").await.unwrap();
        };
        let (store, ()) = tokio::join!(growing, reading);
        stop.store(true, Ordering::Relaxed);
        let (written, slowest) = writing.await.unwrap();
        assert!(slowest < Duration::from_secs(2), "{slowest:?}");
        is_whole(
            &place,
            &store.unwrap(),
            i64::try_from(50 + written).unwrap(),
        )
        .await;
    }
}

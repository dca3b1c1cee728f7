//! Who saw whose personal data.

use std::time::Instant;

use store::reads::{Reading, ReadingPlace, ReadingQuery, ReadingRow};
use store::{Config, Store};
use tempfile::TempDir;

use crate::fixture::{empty_places, id, places, tables};

fn look(reader: u64, subject: u64, fields: &'static [&'static str]) -> Reading {
    Reading {
        reader: id(reader),
        subject: id(subject),
        kind: "person",
        record: id(subject),
        fields,
        via: "page",
    }
}

fn asked(change: impl FnOnce(&mut ReadingQuery)) -> ReadingQuery {
    let mut query = ReadingQuery {
        limit: 100,
        ..ReadingQuery::default()
    };
    change(&mut query);
    query
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_grouped_and_written_once() {
    for place in places(41).await {
        let store = &place.store;
        for _ in 0..5 {
            store.note_reading(look(1, 9, &["phone"]));
        }
        store.note_reading(look(1, 9, &["citizen_id", "phone"]));
        store.note_reading(look(2, 9, &["phone"]));
        store.note_reading(look(2, 8, &["phone"]));
        // Whoever looks at their own data is not a case of it.
        store.note_reading(look(9, 9, &["phone"]));
        assert_eq!(store.readings(&asked(|_| ())).await.unwrap(), []);
        assert_eq!(store.write_readings().await.unwrap(), 4);
        assert_eq!(store.write_readings().await.unwrap(), 0);

        store.note_reading(look(1, 9, &["phone"]));
        assert_eq!(store.write_readings().await.unwrap(), 1);
        let of = asked(|q| q.subject = Some(id(9)));
        let rows = store.readings(&of).await.unwrap();
        assert_eq!(rows.len(), 3, "{}", place.name);
        let latest = &rows[0];
        assert_eq!((latest.reader, latest.times), (id(1), 6));
        assert_eq!(latest.fields, ["phone"]);
        assert!(latest.first < latest.last);

        let by = asked(|q| q.reader = Some(id(2)));
        assert_eq!(store.readings(&by).await.unwrap().len(), 2);
        let later = asked(|q| q.from = Some(latest.last));
        assert_eq!(store.readings(&later).await.unwrap(), rows[..1]);
        let before = asked(|q| q.until = Some(latest.last));
        assert_eq!(store.readings(&before).await.unwrap().len(), 3);

        assert_eq!(
            by_ones(store).await,
            store.readings(&asked(|_| ())).await.unwrap()
        );
    }
}

/// All of them, a page for each, the place of one going through its text as through an address.
async fn by_ones(store: &Store) -> Vec<ReadingRow> {
    let mut paged: Vec<ReadingRow> = Vec::new();
    loop {
        let after = paged.last().map(|row| row.place().to_string());
        let next = asked(|q| {
            q.limit = 1;
            q.after = after.map(|place| place.parse().unwrap());
        });
        let page = store.readings(&next).await.unwrap();
        if page.is_empty() {
            return paged;
        }
        paged.extend(page);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_of_one_instant_are_each_on_a_page() {
    for place in places(45).await {
        for reader in 1..4 {
            for fields in [&["phone"][..], &["citizen_id", "phone"]] {
                for via in ["page", "api"] {
                    let look = look(reader, 9, fields);
                    place.store.note_reading(Reading { via, ..look });
                }
            }
        }
        assert_eq!(place.store.write_readings().await.unwrap(), 12);
        place.run("UPDATE personal_read SET last_at = 5").await;
        let all = place.store.readings(&asked(|_| ())).await.unwrap();
        assert_eq!(all.len(), 12);
        assert_eq!(by_ones(&place.store).await, all, "{}", place.name);
        "5.x".parse::<ReadingPlace>().unwrap_err();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_written_stays_counted() {
    for place in places(42).await {
        place.store.note_reading(look(1, 9, &["phone"]));
        place.run("ALTER TABLE personal_read RENAME TO away").await;
        place.store.write_readings().await.unwrap_err();
        place.store.note_reading(look(1, 9, &["phone"]));
        place.run("ALTER TABLE away RENAME TO personal_read").await;
        assert_eq!(place.store.write_readings().await.unwrap(), 1);
        let rows = place.store.readings(&asked(|_| ())).await.unwrap();
        assert_eq!(rows[0].times, 2, "{}", place.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_takes_them_along() {
    for place in places(43).await {
        place.store.note_reading(look(1, 9, &["phone"]));
        place.store.write_readings().await.unwrap();
        let rows = place.store.readings(&asked(|_| ())).await.unwrap();
        let out = TempDir::new().unwrap();
        let archive = out.path().join("all.tar.zst");
        place.store.backup(&archive).await.unwrap();
        for (name, config, _folder) in empty_places().await {
            let context = vocab::context::fixed::context(5);
            Store::restore(&config, &archive, tables(), context.clone())
                .await
                .unwrap();
            let config: Config = config;
            let store = Store::open(&config, tables(), context).await.unwrap();
            let restored = store.readings(&asked(|_| ())).await.unwrap();
            assert_eq!(restored, rows, "{} to {name}", place.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_costs_microseconds() {
    let place = places(44).await.remove(0);
    let began = Instant::now();
    for number in 0..100_000 {
        place
            .store
            .note_reading(look(1 + number % 50, 100 + number % 997, &["phone"]));
    }
    let each = began.elapsed() / 100_000;
    println!("{each:?} for one look");
    // Unoptimised, on a machine that others use too.
    assert!(each.as_micros() < 50, "{each:?}");
}

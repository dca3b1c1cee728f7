//! Short-lived rows end by themselves.

use store::{Ephemeral, Op, Store, Write};
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Instant};

use crate::fixture::{actor, id, places, tables};

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_replaced_by_its_key_ends_with_its_time_and_is_swept() {
    for place in places(61).await {
        let start = Instant::from_micros(1_700_000_000_000_000);
        let clock = SteppingClock::new(start, 0);
        let context = Context::new(clock.clone(), SeededEntropy::new(1));
        let store = Store::open(&place.config, tables(), context).await.unwrap();
        let row = |key: &str, seconds: i64, body: &str| Ephemeral {
            kind: "session".to_owned(),
            key: key.to_owned(),
            owner: id(1),
            expires_at: start.plus_seconds(seconds),
            body: body.to_owned(),
        };
        store.keep(&row("a", 10, "1")).await.unwrap();
        store
            .commit(Write::by(actor()).op(Op::Keep(row("a", 20, "2"))))
            .await
            .unwrap();
        store.keep(&row("b", 40, "3")).await.unwrap();
        let bodies = async || -> Vec<String> {
            store
                .ephemerals_of("session", id(1))
                .await
                .unwrap()
                .into_iter()
                .map(|row| row.body)
                .collect()
        };
        assert_eq!(bodies().await, ["2", "3"], "{}", place.name);
        clock.set(start.plus_seconds(20));
        assert_eq!(store.ephemeral("session", "a").await.unwrap(), None);
        assert_eq!(bodies().await, ["3"]);
        store.sweep().await.unwrap();
        clock.set(start);
        assert_eq!(
            store.ephemeral("session", "a").await.unwrap(),
            None,
            "{}: it was swept",
            place.name
        );
        store.drop_ephemeral("session", "b").await.unwrap();
        assert_eq!(bodies().await, [""; 0]);
    }
}

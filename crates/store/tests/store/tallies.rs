//! Counts by a value: the same on both engines, and nothing beyond the scope.

use store::{Expect, Grouping, ListQuery, Scope, Tally, Value};

use crate::fixture::{id, places, put, thing};

fn by(column: &str) -> Grouping {
    Grouping {
        by: column.to_owned(),
        beginning: None,
        sum: None,
    }
}

fn tally(value: impl Into<Value>, count: i64, sum: Option<i128>) -> Tally {
    Tally {
        value: value.into(),
        count,
        sum,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_counted_and_added_up_by_a_value() {
    for place in places(91).await {
        let store = &place.store;
        let amounts = [i64::MAX, i64::MAX, 5, -7];
        let writes = (0..12_u64).map(|number| {
            let title =
                ["2023-04-01", "2023-04-30", "2023-05-02"][usize::try_from(number % 3).unwrap()];
            let mut thing = thing(number, 40 + number % 2, title, Expect::New);
            if number == 11 {
                thing.columns[0] = Value::Null;
            }
            thing.columns[1] = match amounts.get(usize::try_from(number).unwrap()) {
                Some(amount) => Value::Int(*amount),
                None => Value::Null,
            };
            put(thing)
        });
        let written = store.commit_each(writes.collect()).await;
        assert!(written.iter().all(Result::is_ok));
        let all = ListQuery::new("thing", Scope::bypass("a test"));

        // Months; a sum that is wider than a column; those that say nothing.
        let months = Grouping {
            beginning: Some(7),
            sum: Some("amount".to_owned()),
            ..by("title")
        };
        let largest = i128::from(i64::MAX);
        assert_eq!(
            store.tally(&all, &months).await.unwrap(),
            [
                tally("2023-04", 8, Some(2 * largest - 7)),
                tally("2023-05", 3, Some(5)),
                tally(Value::Null, 1, None),
            ],
            "{}",
            place.name
        );
        // One unit, one filter, the first value alone.
        let one = ListQuery::new("thing", Scope::units([id(41)])).filter("title", "2023-04-30");
        let found = store.tally(&one, &by("unit")).await.unwrap();
        assert_eq!(found, [tally(id(41), 2, None)], "{}", place.name);
        let first = store.tally(&all.clone().limit(1), &by("title")).await;
        assert_eq!(first.unwrap().len(), 1);
        let nothing = ListQuery::new("thing", Scope::nothing());
        assert_eq!(store.tally(&nothing, &by("state")).await.unwrap(), []);
        // A column that there is not, however it is spelt.
        for column in ["body", "1; DROP TABLE head_thing", ""] {
            assert!(store.tally(&all, &by(column)).await.is_err(), "{column}");
        }
    }
}

//! Pages and searches: nothing missing, nothing twice, nothing beyond the scope.

use store::{Cursor, Expect, ListQuery, Scope, SearchQuery};

use crate::fixture::{id, places, put, thing};

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_through_every_record_once_in_order_for_every_shape_of_scope() {
    for place in places(11).await {
        let store = &place.store;
        // Many ties in the sort key, 30 units, one rare title.
        let writes = (0..600_u64)
            .map(|number| {
                let title = if number % 97 == 0 {
                    "hiếm".to_owned()
                } else {
                    format!("tên {}", number % 7)
                };
                put(thing(number, 1_000 + number % 30, &title, Expect::New))
            })
            .collect();
        assert!(store.commit_each(writes).await.iter().all(Result::is_ok));
        let scattered = Scope::units((0..30).step_by(3).map(|unit| id(1_000 + unit)));
        let one = Scope::units([id(1_004)]);
        let except = Scope::except([id(1_001), id(1_002)]);
        for scope in [
            Scope::bypass("a test"),
            scattered,
            one,
            except,
            Scope::nothing(),
        ] {
            for (filter, descending) in [(None, false), (None, true), (Some("hiếm"), false)] {
                let mut query = ListQuery::new("thing", scope.clone()).limit(17);
                if let Some(title) = filter {
                    query = query.filter("title", title);
                }
                if descending {
                    query = query.descending();
                }
                let mut seen = Vec::new();
                loop {
                    let page = store.list(&query).await.unwrap();
                    seen.extend(
                        page.items
                            .iter()
                            .map(|head| (head.sort_key.clone(), head.id)),
                    );
                    let Some(next) = page.next else { break };
                    assert_eq!(next.to_string().parse::<Cursor>(), Ok(next.clone()));
                    query = query.after(Some(next));
                }
                let mut expected: Vec<_> = (0..600_u64)
                    .filter(|number| scope.contains(id(1_000 + number % 30)))
                    .map(|number| {
                        let title = if number % 97 == 0 {
                            "hiếm".to_owned()
                        } else {
                            format!("tên {}", number % 7)
                        };
                        (title.into_bytes(), id(number))
                    })
                    .filter(|(title, _)| filter.is_none_or(|wanted| title == wanted.as_bytes()))
                    .collect();
                expected.sort();
                if descending {
                    expected.reverse();
                }
                assert_eq!(seen, expected, "{} {scope:?} {filter:?}", place.name);
                let query = query.after(None);
                assert_eq!(
                    store.count_up_to(&query, 10_000).await.unwrap(),
                    expected.len()
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_with_and_without_marks_and_only_within_the_scope() {
    for place in places(12).await {
        let store = &place.store;
        for (number, unit, title) in [
            (1, 5, "Tỷ lệ chữ ký số"),
            (2, 6, "Chữ ký số cấp xã"),
            (3, 5, "Ký túc xá' OR 1=1 --"),
        ] {
            store
                .commit(put(thing(number, unit, title, Expect::New)))
                .await
                .unwrap();
        }
        let found = async |text: &str, scope: Scope| -> Vec<u64> {
            let query = SearchQuery {
                table: "thing".to_owned(),
                scope,
                text: text.to_owned(),
                limit: 10,
            };
            let heads = store.search(&query).await.unwrap();
            let mut numbers: Vec<u64> = heads
                .iter()
                .map(|head| u64::from_be_bytes(head.id.as_bytes()[8..].try_into().unwrap()))
                .collect();
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(found("chu ky so", Scope::bypass("a test")).await, [1, 2]);
        assert_eq!(found("CHỮ KÝ SỐ", Scope::bypass("a test")).await, [1, 2]);
        assert_eq!(found("chữ k", Scope::bypass("a test")).await, [1, 2]);
        assert_eq!(found("chu ky so", Scope::units([id(6)])).await, [2]);
        assert_eq!(found("chu ky so", Scope::except([id(6)])).await, [1]);
        assert_eq!(found("ky", Scope::nothing()).await, [0_u64; 0]);
        assert_eq!(
            found("\" OR * ' NEAR( µ", Scope::bypass("a test")).await,
            [0_u64; 0]
        );
        // A new title takes the old words with it.
        store
            .commit(put(thing(1, 5, "Hồ sơ", Expect::Version(1))))
            .await
            .unwrap();
        assert_eq!(found("chu ky so", Scope::bypass("a test")).await, [2]);
        assert_eq!(found("ho so", Scope::bypass("a test")).await, [1]);
    }
}

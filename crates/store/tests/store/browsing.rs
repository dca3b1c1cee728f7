//! Looking through the audit: every filter, page by page, along an index.

use store::audit::{AuditEntry, AuditQuery};
use store::{Actor, Expect, Op, Write};
use vocab::Id;

use crate::fixture::{Place, actor, id, places, put, thing};

type Holds = Box<dyn Fn(&AuditEntry) -> bool>;

/// Forty entries by two people, through two ways in, creations and edits.
async fn filled(place: &Place) {
    for number in 0..40_u64 {
        let (record, expect) = if number < 20 {
            (number + 10, Expect::New)
        } else {
            (number - 10, Expect::Version(1))
        };
        let actor = Actor {
            account: id(1 + number % 2),
            via: if number % 3 == 0 { "page" } else { "api" }.to_owned(),
            ..actor()
        };
        let write = Write::by(actor).op(Op::Put(thing(record, 5, "tên", expect)));
        place.store.commit(write).await.unwrap();
    }
}

fn asked(change: impl FnOnce(&mut AuditQuery)) -> AuditQuery {
    let mut query = AuditQuery {
        limit: 500,
        ..AuditQuery::default()
    };
    change(&mut query);
    query
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_gives_what_going_through_all_gives() {
    for place in places(31).await {
        filled(&place).await;
        let all = place
            .store
            .audit_entries(&store::Scope::bypass("a test"), &asked(|_| ()))
            .await
            .unwrap();
        assert_eq!(all.len(), 40, "{}", place.name);
        let (early, late) = (all[30].at, all[9].at);
        let cases: Vec<(AuditQuery, Holds)> = vec![
            (
                asked(|q| q.actor = Some(id(2))),
                Box::new(|e| e.actor == id(2)),
            ),
            (
                asked(|q| q.record = Some(id(12))),
                Box::new(|e| e.record == id(12)),
            ),
            (
                asked(|q| q.action = Some("edit".into())),
                Box::new(|e| e.action == "edit"),
            ),
            (
                asked(|q| q.via = Some("page".into())),
                Box::new(|e| e.via == "page"),
            ),
            (
                asked(|q| q.table = Some("thing".into())),
                Box::new(|_| true),
            ),
            (
                asked(|q| q.table = Some("other".into())),
                Box::new(|_| false),
            ),
            (
                asked(|q| (q.from, q.until) = (Some(early), Some(late))),
                Box::new(move |e| e.at >= early && e.at < late),
            ),
            (
                asked(|q| {
                    q.actor = Some(id(1));
                    q.action = Some("create".into());
                    q.until = Some(late);
                }),
                Box::new(move |e| e.actor == id(1) && e.action == "create" && e.at < late),
            ),
        ];
        for (query, holds) in cases {
            let expected: Vec<_> = all.iter().filter(|entry| holds(entry)).cloned().collect();
            // Seven at a time: no entry twice, none left out.
            let mut found: Vec<AuditEntry> = Vec::new();
            loop {
                let page = AuditQuery {
                    before: found.last().map(AuditEntry::place),
                    limit: 7,
                    ..query.clone()
                };
                let page = place
                    .store
                    .audit_entries(&store::Scope::bypass("a test"), &page)
                    .await
                    .unwrap();
                if page.is_empty() {
                    break;
                }
                found.extend(page);
            }
            assert_eq!(found, expected, "{}: {query:?}", place.name);
        }
        let one = &all[7];
        let same = place
            .store
            .audit_entry(&store::Scope::bypass("a test"), one.ord)
            .await
            .unwrap();
        assert_eq!(same.as_ref(), Some(one));
        assert_eq!(one.hash.len(), 64);
        assert_eq!(
            place
                .store
                .audit_entry(&store::Scope::bypass("a test"), 99_999)
                .await
                .unwrap(),
            None
        );
        let own = place
            .store
            .audit_of("thing", &store::Scope::bypass("a test"), id(12), 10)
            .await
            .unwrap();
        assert_eq!(own.iter().map(|e| e.version).collect::<Vec<_>>(), [2, 1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_filter_sorts_the_whole_log() {
    for place in places(32).await {
        place
            .store
            .commit(put(thing(1, 5, "tên", Expect::New)))
            .await
            .unwrap();
        if place.name == "postgres" {
            // Its planner looks at how much there is.
            multiply(&place, 20_000).await;
        }
        let at = place
            .store
            .audit_entries(&store::Scope::bypass("a test"), &asked(|_| ()))
            .await
            .unwrap()[0]
            .place();
        for query in [
            asked(|_| ()),
            asked(|q| q.before = Some(at)),
            asked(|q| q.actor = Some(id(1))),
            asked(|q| q.table = Some("thing".into())),
            asked(|q| q.action = Some("withdraw".into())),
            asked(|q| q.via = Some("cli".into())),
            asked(|q| (q.action, q.before) = (Some("withdraw".into()), Some(at))),
            asked(|q| (q.from, q.until) = (Some(at.at), Some(at.at))),
        ] {
            let query = AuditQuery { limit: 50, ..query };
            let plan = place
                .store
                .explain_audit(&store::Scope::bypass("a test"), &query)
                .await
                .unwrap()
                .join("\n");
            let whole = plan.contains("Seq Scan") || plan.contains("SCAN leaf\n");
            assert!(
                plan.contains("leaf_") && !whole && !plan.contains("TEMP B-TREE"),
                "{} {query:?}: {plan}",
                place.name
            );
        }
    }
}

/// So many more entries, put in behind the store's back, by a thousand accounts in turn.
pub(crate) async fn multiply(place: &Place, many: u32) {
    let columns = "era, record_id, version, table_name, action, on_behalf, via, request, body_digest, head_digest, hash";
    let (numbers, actor) = if place.name == "postgres" {
        (
            format!("generate_series(1, {many}) AS n(i)"),
            "decode(lpad(to_hex(n.i % 1000), 32, '0'), 'hex')",
        )
    } else {
        (
            format!(
                "(WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {many}) SELECT i FROM c) AS n"
            ),
            "CAST(x'000000000000000000000000' || substr(CAST(printf('%04d', n.i % 1000) AS BLOB), 1, 4) AS BLOB)",
        )
    };
    let table = "CASE WHEN n.i % 100 = 0 THEN 'rare' ELSE 'usual' END";
    let select = columns.replace("table_name", table);
    place
        .tamper(&format!(
            "INSERT INTO leaf ({columns}, actor, at) SELECT {select}, {actor}, at + n.i * 1000 \
             FROM (SELECT * FROM leaf LIMIT 1) AS l CROSS JOIN {numbers}"
        ))
        .await;
    if place.name == "postgres" {
        place.run("ANALYZE leaf").await;
    }
}

/// An account that [`multiply`] gave entries to.
pub(crate) fn somebody(place: &Place) -> Id {
    if place.name == "postgres" {
        return id(7);
    }
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(b"0007");
    Id::from_bytes(bytes)
}

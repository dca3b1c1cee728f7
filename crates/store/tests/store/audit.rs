//! Whoever tampers is found, and what was touched is named.

use store::{Expect, Op, Remove, Write};

use crate::fixture::{Place, actor, id, places, put, seal_all, thing};

async fn filled(place: &Place) {
    for number in 1..=6 {
        place
            .store
            .commit(put(thing(number, 5, "tên", Expect::New)))
            .await
            .unwrap();
    }
    place
        .store
        .commit(put(thing(2, 5, "tên mới", Expect::Version(1))))
        .await
        .unwrap();
    let remove = Remove {
        table: "thing".to_owned(),
        id: id(6),
        version: 1,
        action: "remove".to_owned(),
    };
    place
        .store
        .commit(Write::by(actor()).op(Op::Remove(remove)))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_tampering_is_named() {
    let two = "'\\x00000000000000000000000000000002'::bytea";
    let three = "'\\x00000000000000000000000000000003'::bytea";
    let cases: Vec<(String, &str)> = vec![
        (
            format!("UPDATE head_thing SET amount = 9 WHERE id = {two}"),
            "head-altered",
        ),
        (
            format!("UPDATE head_thing SET state = 'approved' WHERE id = {two}"),
            "head-altered",
        ),
        (
            format!("DELETE FROM head_thing WHERE id = {three}"),
            "head-missing",
        ),
        (
            format!(
                "UPDATE record_version SET body = '{{}}' WHERE record_id = {two} AND version = 1"
            ),
            "version-altered",
        ),
        (
            format!(
                "UPDATE record_version SET body = NULL, salt = NULL WHERE record_id = {two} AND version = 1"
            ),
            "version-altered",
        ),
        (
            format!("DELETE FROM record_version WHERE record_id = {two} AND version = 1"),
            "version-missing",
        ),
        (
            format!("UPDATE leaf SET actor = {two} WHERE record_id = {three}"),
            "leaf-altered",
        ),
        (
            format!("DELETE FROM leaf WHERE record_id = {three}"),
            "version-unaudited",
        ),
        (
            "UPDATE leaf SET ord = CASE ord WHEN 2 THEN -3 ELSE -2 END WHERE ord IN (2, 3)"
                .to_owned(),
            "segment-altered",
        ),
        (
            "UPDATE segment SET leaf_count = leaf_count - 1 WHERE number = 1".to_owned(),
            "chain-broken",
        ),
    ];
    for (sql, kind) in cases {
        for place in places(21).await {
            filled(&place).await;
            let head = seal_all(&place.store, 8).await;
            assert_eq!(head.leaves, 8);
            let clean = place.store.verify(Some(&head)).await.unwrap();
            assert_eq!(
                (clean.findings, clean.leaves, clean.unsealed, clean.heads),
                (vec![], 8, 0, 5)
            );
            place.tamper(&sql).await;
            if kind == "segment-altered" {
                place
                    .tamper("UPDATE leaf SET ord = -ord WHERE ord < 0")
                    .await;
                // PostgreSQL orders leaves by their transactions first.
                place
                    .tamper(
                        "UPDATE leaf SET xid = (SELECT l.xid FROM leaf l WHERE l.ord = 5 - leaf.ord) \
                         WHERE ord IN (2, 3)",
                    )
                    .await;
            }
            let report = place.store.verify(Some(&head)).await.unwrap();
            assert!(
                report.findings.iter().any(|finding| finding.kind == kind),
                "{}: {sql} gave {:?}",
                place.name,
                report.findings
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_tail_shows_against_a_saved_head() {
    for place in places(22).await {
        filled(&place).await;
        let before = seal_all(&place.store, 8).await;
        place
            .store
            .commit(put(thing(9, 5, "cuối", Expect::New)))
            .await
            .unwrap();
        let head = seal_all(&place.store, 9).await;
        assert_eq!(head.segment, before.segment + 1);
        // Everything about the last write is taken out, chain and all.
        place
            .tamper(&format!(
                "DELETE FROM segment WHERE number = {}",
                head.segment
            ))
            .await;
        for table in ["leaf", "record_version"] {
            place.tamper(&format!("DELETE FROM {table} WHERE record_id = '\\x00000000000000000000000000000009'::bytea")).await;
        }
        place
            .tamper(
                "DELETE FROM head_thing WHERE id = '\\x00000000000000000000000000000009'::bytea",
            )
            .await;
        assert_eq!(
            place.store.verify(None).await.unwrap().findings,
            [],
            "{}",
            place.name
        );
        let report = place.store.verify(Some(&head)).await.unwrap();
        assert_eq!(
            report
                .findings
                .iter()
                .map(|finding| finding.kind)
                .collect::<Vec<_>>(),
            ["tail-cut"]
        );
    }
}

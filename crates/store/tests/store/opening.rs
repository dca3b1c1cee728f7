//! A store refuses what does not fit it before it touches anything.

use store::{
    ColumnKind, Expect, ListQuery, Scope, SearchQuery, Store, StoreError, TableSpec, Value,
};
use vocab::context::fixed;

use crate::fixture::{id, places, put, tables, thing};

#[tokio::test(flavor = "multi_thread")]
async fn another_versions_store_is_refused_untouched() {
    for place in places(71).await {
        place
            .tamper("UPDATE meta SET value = '99' WHERE key = 'schema'")
            .await;
        let newer = vec![TableSpec::new("newcomer")];
        let refused = Store::open(&place.config, newer, fixed::context(1))
            .await
            .err();
        assert!(
            matches!(&refused, Some(StoreError::Invalid(why)) if why.contains("99")),
            "{refused:?}"
        );
        // It fails if the refused program had made its own table.
        place.run("CREATE TABLE head_newcomer (id BIGINT)").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_grows_with_its_declaration_and_its_records_stay_proven() {
    let plain = || TableSpec::new("note").column("title", ColumnKind::Text);
    let grown = || {
        TableSpec::new("note")
            .column("added", ColumnKind::Int)
            .column("title", ColumnKind::Text)
            .filter("title")
            .searchable()
    };
    for place in places(72).await {
        let mut old = thing(1, 5, "cũ", Expect::New);
        old.table = "note".to_owned();
        old.columns = vec!["cũ".into()];
        let store = Store::open(&place.config, vec![plain()], fixed::context(1))
            .await
            .unwrap();
        store.commit(put(old.clone())).await.unwrap();
        drop(store);

        let store = Store::open(&place.config, vec![grown()], fixed::context(2))
            .await
            .unwrap();
        let head = store
            .fetch("note", &Scope::bypass("a test"), id(1))
            .await
            .unwrap()
            .unwrap()
            .head;
        assert_eq!(head.columns, [Value::Null, "cũ".into()]);
        assert_eq!(
            store.verify(None).await.unwrap().findings,
            [],
            "{}",
            place.name
        );
        let query = || SearchQuery {
            table: "note".to_owned(),
            scope: Scope::bypass("a test"),
            text: "cu".to_owned(),
            limit: 10,
        };
        assert_eq!(store.search(&query()).await.unwrap(), []);
        old.expect = Expect::Version(1);
        old.columns = vec![Value::Int(7), "cũ".into()];
        store.commit(put(old)).await.unwrap();
        assert_eq!(store.search(&query()).await.unwrap().len(), 1);
        let listed = ListQuery::new("note", Scope::bypass("a test")).filter("title", "cũ");
        assert_eq!(store.list(&listed).await.unwrap().items.len(), 1);
        assert_eq!(store.verify(None).await.unwrap().findings, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_that_changed_in_any_other_way_is_refused() {
    let changes: [fn(&mut TableSpec); 6] = [
        |spec| drop(spec.columns.remove(0)),
        |spec| spec.columns[1].kind = ColumnKind::Text,
        |spec| spec.columns[0].unique = true,
        |spec| spec.filters.clear(),
        |spec| spec.searchable = false,
        |spec| *spec = spec.clone().unique("added", ColumnKind::Text),
    ];
    for place in places(73).await {
        for (number, change) in changes.iter().enumerate() {
            let mut declared = tables().remove(0);
            if number == 0 {
                declared.filters = vec!["state".to_owned()];
            }
            change(&mut declared);
            let refused = Store::open(&place.config, vec![declared], fixed::context(1))
                .await
                .err();
            assert!(
                matches!(&refused, Some(StoreError::Declaration { table, .. }) if table == "thing"),
                "{}: change {number}: {refused:?}",
                place.name
            );
        }
        Store::open(&place.config, tables(), fixed::context(1))
            .await
            .unwrap();
    }
}

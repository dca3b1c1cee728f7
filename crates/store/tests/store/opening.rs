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

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_bends_keeps_what_is_declared_no_more_until_it_is_written_again() {
    let first = || {
        TableSpec::new("note")
            .evolving()
            .column("title", ColumnKind::Text)
            .unique("plate", ColumnKind::Text)
            .filter("title")
    };
    let without = || {
        TableSpec::new("note")
            .evolving()
            .column("plate", ColumnKind::Text)
            .column("added", ColumnKind::Int)
    };
    let other_kind = || {
        TableSpec::new("note")
            .evolving()
            .column("title", ColumnKind::Int)
            .column("plate", ColumnKind::Text)
            .filter("title")
    };
    for place in places(74).await {
        let open = |spec: TableSpec, seed| {
            let config = place.config.clone();
            async move { Store::open(&config, vec![spec], fixed::context(seed)).await }
        };
        let note = |number: u64, expect| {
            let mut note = thing(number, 5, "một", expect);
            note.table = "note".to_owned();
            note.files.clear();
            note
        };
        let store = open(first(), 1).await.unwrap();
        let mut one = note(1, Expect::New);
        one.columns = vec!["một".into(), "B1".into()];
        store.commit(put(one.clone())).await.unwrap();
        drop(store);

        let store = open(without(), 2).await.unwrap();
        let head = |store: Store| async move {
            let scope = Scope::bypass("a test");
            store
                .fetch("note", &scope, id(1))
                .await
                .unwrap()
                .unwrap()
                .head
        };
        let columns = head(store.clone()).await.columns;
        assert_eq!(columns, ["B1".into(), Value::Null, "một".into()]);
        assert_eq!(
            store.verify(None).await.unwrap().findings,
            [],
            "{}",
            place.name
        );
        // Another kind cannot take the place of what a record still holds.
        assert!(open(other_kind(), 3).await.is_err(), "{}", place.name);

        one.expect = Expect::Version(1);
        one.columns = vec!["B1".into(), Value::Int(7)];
        store.commit(put(one)).await.unwrap();
        let columns = head(store.clone()).await.columns;
        assert_eq!(columns, ["B1".into(), Value::Int(7), Value::Null]);
        // What was unique is not any more.
        let mut two = note(2, Expect::New);
        two.columns = vec!["B1".into(), Value::Null];
        store.commit(put(two)).await.unwrap();
        assert_eq!(store.verify(None).await.unwrap().findings, []);
        drop(store);

        let store = open(other_kind(), 4).await.unwrap();
        let mut three = note(3, Expect::New);
        three.columns = vec![Value::Int(3), "B3".into()];
        store.commit(put(three)).await.unwrap();
        assert_eq!(
            store.verify(None).await.unwrap().findings,
            [],
            "{}",
            place.name
        );
        drop(store);
        // Opened again it is as it was left.
        let store = open(other_kind(), 5).await.unwrap();
        assert_eq!(store.verify(None).await.unwrap().findings, []);
    }
}

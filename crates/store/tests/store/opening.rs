//! A store refuses what does not fit it before it touches anything.

use store::{ColumnKind, Store, StoreError, TableSpec};
use vocab::context::fixed;

use crate::fixture::{places, tables};

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
async fn a_declaration_that_the_stored_table_does_not_follow_is_refused() {
    for place in places(72).await {
        let changed = vec![tables().remove(0).column("added", ColumnKind::Int)];
        let refused = Store::open(&place.config, changed, fixed::context(1))
            .await
            .err();
        assert!(
            matches!(&refused, Some(StoreError::Declaration { table, .. }) if table == "thing"),
            "{}: {refused:?}",
            place.name
        );
    }
}

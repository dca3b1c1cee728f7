//! What lists go by, brought up to date after a declaration says it anew.

use std::collections::BTreeSet;

use registry::system::NewRecord;
use registry::system::applied::{known, rearranged};
use registry::{Registry, RegistryError};
use serde_json::{Map, Value, json};
use store::{ListQuery, Scope, SearchQuery};
use vocab::Id;

use super::base::{Version, bases, by_program, keeper, verified, version};
use crate::fixture::fields;

const COUNT: usize = 450;

/// One by whose fax records are found and ordered.
fn by_fax() -> Version {
    version(&[
        (
            "id = \"fax\"\ntype = \"text\"",
            "id = \"fax\"\ntype = \"text\"\nfilter = true\nsearch = true",
        ),
        (
            "order = [\"name\"]",
            "order = [\"fax\"]\nsort = [\"acreage\", \"created_on\"]",
        ),
    ])
}

fn said(number: usize, name: &str) -> Map<String, Value> {
    fields(json!({
        "name": name, "plate": format!("B{number}"), "fax": format!("máy {}", number % 3),
        "acreage": format!("{}.5", number % 100),
    }))
}

async fn make(registry: &Registry, number: usize) -> Id {
    let kind = registry.systems().find("samples", "plot").unwrap();
    let new = NewRecord {
        fields: said(number, &format!("Thửa {number:04}")),
        ..NewRecord::default()
    };
    let caller = keeper(registry).await;
    let made = registry.make(&caller, kind, new).await.unwrap();
    made.record.id
}

/// Edits a record by somebody who has seen it in a version.
async fn edit(
    registry: &Registry,
    ids: &[Id],
    number: usize,
    version: i64,
) -> Result<i64, RegistryError> {
    let kind = registry.systems().find("samples", "plot").unwrap();
    let caller = keeper(registry).await;
    let edit = said(number, &format!("Thửa sửa từ {version}"));
    let done = registry
        .revise(&caller, kind, ids[number], version, edit)
        .await?;
    Ok(done.record.version)
}

async fn arrange_all(registry: &Registry) -> u64 {
    let mut records = 0;
    loop {
        let round = registry.arrange_some(&by_program()).await.unwrap();
        records += round.records;
        if round.is_done {
            return records;
        }
    }
}

async fn found(registry: &Registry) -> usize {
    let kind = registry.systems().find("samples", "plot").unwrap();
    let column = kind.column("fax").unwrap();
    let query = ListQuery::new(kind.name, Scope::bypass("a test")).filter(column, "máy 1");
    registry.store().count_up_to(&query, 2_000).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_records_are_found_by_what_is_filtered_searched_and_ordered_by_only_now() {
    for base in bases().await {
        let (_, old, noted) = base.first(500).await;
        let mut ids = Vec::new();
        for number in 0..COUNT {
            ids.push(make(&old, number).await);
        }
        let later = by_fax();
        let changed = base.process(&later, None, 510).await;
        let tables = rearranged(old.systems(), changed.systems());
        let kind = old.systems().find("samples", "plot").unwrap().name;
        assert_eq!(tables, BTreeSet::from([kind.to_owned()]));
        assert_eq!(rearranged(old.systems(), old.systems()), BTreeSet::new());
        let applied = old
            .record_application(&by_program(), &noted, &later.declared, &tables)
            .await
            .unwrap();
        drop(changed);

        let one = base.process(&later, Some(applied.epoch), 520).await;
        assert_eq!(found(&one).await, 0, "{}", base.name);
        // Somebody has a form open, and somebody else writes by the new declaration already.
        let edited = edit(&one, &ids, 1, 1).await.unwrap();
        assert_eq!(edited, 2);
        let other = base.process(&later, Some(applied.epoch), 530).await;
        let both = tokio::join!(arrange_all(&one), arrange_all(&other));
        assert_eq!(both.0 + both.1, COUNT as u64 - 1, "{}", base.name);
        assert_eq!(arrange_all(&one).await, 0);
        assert!(!one.is_arranging(kind));

        assert_eq!(found(&one).await, COUNT / 3, "{}", base.name);
        let whole = Scope::bypass("a test");
        let words = SearchQuery {
            table: kind.to_owned(),
            scope: whole.clone(),
            text: "may 2".to_owned(),
            limit: 500,
        };
        let hits = one.store().search(&words).await.unwrap();
        assert_eq!(hits.len(), COUNT / 3, "{}", base.name);
        let query = ListQuery::new(kind, whole.clone()).limit(COUNT);
        let all = one.list_all(&query).await.unwrap().items;
        let faxes: Vec<&str> = all.iter().filter_map(|r| r.body["fax"].as_str()).collect();
        assert!(faxes.is_sorted() && faxes.len() == COUNT, "{}", base.name);
        assert!(all.iter().all(|record| record.version == 2));
        let history = one.store().history(kind, &whole, ids[0], 5).await.unwrap();
        assert_eq!(history[0].action, "arrange");
        // By size, not by its letters: 9.5 before 10.5.
        let query = ListQuery::new(kind, whole.clone())
            .limit(COUNT)
            .by("o_acreage");
        let all = one.list_all(&query).await.unwrap().items;
        let size = |record: &registry::Record| record.body["acreage"].as_str()?.parse::<f64>().ok();
        let sizes: Vec<f64> = all.iter().filter_map(size).collect();
        assert!(sizes.is_sorted() && sizes.len() == COUNT, "{}", base.name);
        verified(&one, base.name).await;

        // Whoever has seen what a record says may go on, whoever has not is told.
        assert_eq!(edit(&one, &ids, 2, 1).await.unwrap(), 3);
        let missed = edit(&one, &ids, 2, 2).await.unwrap_err();
        assert!(
            matches!(missed, RegistryError::Conflict { .. }),
            "{missed:?}"
        );
        let missed = edit(&one, &ids, 1, 1).await.unwrap_err();
        assert!(
            matches!(missed, RegistryError::Conflict { .. }),
            "{missed:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn arranging_says_how_far_it_is_and_ends_where_the_table_went() {
    for base in bases().await {
        let (_, old, noted) = base.first(600).await;
        make(&old, 1).await;
        let later = by_fax();
        let gone = BTreeSet::from(["p_samples_gone".to_owned()]);
        let applied = old
            .record_application(&by_program(), &noted, &later.declared, &gone)
            .await
            .unwrap();
        let new = base.process(&later, Some(applied.epoch), 610).await;
        let stale = base.process(&version(&[]), Some(noted.epoch), 620).await;
        // By the earlier declaration nobody arranges anything.
        let refused = stale.arrange_some(&by_program()).await.unwrap_err();
        assert!(matches!(refused, RegistryError::Refused(_)), "{refused:?}");
        assert!(stale.is_arranging("p_samples_gone"));
        assert_eq!(arrange_all(&new).await, 0);
        assert!(!new.is_arranging("p_samples_gone"));
        let stands = known(new.store()).await.unwrap().applied.unwrap();
        assert_eq!(stands.sequence, 2, "{}", base.name);
    }
}

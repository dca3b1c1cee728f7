//! Lists along another column than the sort key: nothing missing, nothing twice, no sort.

use store::{ColumnKind, Expect, ListQuery, Scope, Store, StoreError, TableSpec, Value};
use vocab::Id;
use vocab::context::fixed;

use crate::fixture::{Place, id, places, put, thing};

const TABLE: &str = "p_device";
const UNITS: u64 = 30;
const COUNT: u64 = 3_000;

fn spec() -> TableSpec {
    TableSpec::new(TABLE)
        .evolving()
        .column("kind", ColumnKind::Text)
        .filter("kind")
        .sorted("o_price")
}

/// Many ties; every eleventh was written before there was such an order.
fn price(number: u64) -> Value {
    if number.is_multiple_of(11) {
        return Value::Null;
    }
    let bytes: &[u8] = &(number * 7_919 % 53).to_be_bytes();
    Value::Bytes(bytes.to_vec())
}

/// One kind that few are of, one that many are of.
fn kind(number: u64) -> &'static str {
    if number.is_multiple_of(40) {
        "hiếm"
    } else {
        "thường"
    }
}

async fn filled(place: &Place) -> Store {
    let store = Store::open(&place.config, vec![spec()], fixed::context(77)).await;
    let store = store.unwrap();
    let writes = (1..=COUNT).map(|number| {
        let mut device = thing(number, 1_000 + number % UNITS, "máy", Expect::New);
        TABLE.clone_into(&mut device.table);
        device.columns = vec![kind(number).into(), price(number)];
        put(device)
    });
    let done = store.commit_each(writes.collect()).await;
    assert!(done.iter().all(Result::is_ok));
    store
}

async fn through(store: &Store, mut query: ListQuery) -> Vec<(Value, Id)> {
    let mut seen = Vec::new();
    loop {
        let page = store.list(&query).await.unwrap();
        let items = page.items.into_iter();
        seen.extend(items.map(|head| (head.columns[1].clone(), head.id)));
        let Some(next) = page.next else { return seen };
        query = query.after(Some(next));
    }
}

fn expected(scope: &Scope, wanted: Option<&str>, descending: bool) -> Vec<(Value, Id)> {
    let numbers = (1..=COUNT)
        .filter(|number| scope.contains(id(1_000 + number % UNITS)))
        .filter(|number| wanted.is_none_or(|wanted| wanted == kind(*number)));
    let of = |number| Some((price(number).as_bytes()?.to_vec(), id(number)));
    let mut all: Vec<(Vec<u8>, Id)> = numbers.filter_map(of).collect();
    all.sort();
    if descending {
        all.reverse();
    }
    let all = all.into_iter();
    all.map(|(key, id)| (Value::Bytes(key), id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_order_goes_through_every_record_once() {
    for place in places(83).await {
        let store = filled(&place).await;
        let scopes = [
            Scope::bypass("a test"),
            Scope::units((0..UNITS).step_by(3).map(|unit| id(1_000 + unit))),
            Scope::units([id(1_004)]),
            Scope::except([id(1_001)]),
            Scope::nothing(),
        ];
        for scope in scopes {
            for wanted in [None, Some("hiếm"), Some("thường")] {
                for descending in [false, true] {
                    let mut query = ListQuery::new(TABLE, scope.clone()).by("o_price");
                    query = query.limit(if wanted == Some("hiếm") { 17 } else { 211 });
                    if let Some(kind) = wanted {
                        query = query.filter("kind", kind);
                    }
                    if descending {
                        query = query.descending();
                    }
                    let seen = through(&store, query).await;
                    let all = expected(&scope, wanted, descending);
                    assert_eq!(
                        seen, all,
                        "{} {scope:?} {wanted:?} {descending}",
                        place.name
                    );
                }
            }
        }
        let unknown = ListQuery::new(TABLE, Scope::bypass("a test")).by("kind");
        let refused = store.list(&unknown).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))));
        assert_eq!(store.verify(None).await.unwrap().findings, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_order_is_read_along_its_index() {
    for place in places(84).await {
        let store = filled(&place).await;
        place.run("ANALYZE").await;
        let many = Scope::units((0..UNITS).step_by(3).map(|unit| id(1_000 + unit)));
        for scope in [Scope::bypass("a test"), Scope::units([id(1_004)]), many] {
            // PostgreSQL sorts the hundred records of a unit rather than walk an index.
            if place.config.database_url.is_some() && scope != Scope::bypass("a test") {
                continue;
            }
            for descending in [false, true] {
                let mut query = ListQuery::new(TABLE, scope.clone()).by("o_price");
                if descending {
                    query = query.descending();
                }
                let of_kind = query.clone().filter("kind", "thường");
                for query in [query, of_kind] {
                    let plan = store.explain_list(&query).await.unwrap().join("\n");
                    let sorts = plan.contains("B-TREE") || plan.contains("Sort ");
                    assert!(
                        plan.contains("o_price_in_") && !sorts,
                        "{} {query:?}\n{plan}",
                        place.name
                    );
                }
            }
        }
    }
}

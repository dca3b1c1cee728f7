//! What packs grant, against an evaluator that knows nothing of scopes and columns.

use std::collections::BTreeSet;

use directory::{Principal, UnitKind, province};
use pack::folder::PackFolder;
use registry::system::{NewRecord, StepAsked, Wanted};
use registry::{Record, Systems};
use serde_json::{Map, Value, json};
use vocab::Id;

use crate::fixture::{COLOURS, PACK, RECORD, catalog, declared, fields, page, places, places_of};

/// Whether a reader sees a record, worked out from the words of the pack alone.
fn sees(record: &Record, reader_unit: Id) -> bool {
    let body = &record.body;
    let size = body
        .get("size")
        .and_then(Value::as_str)
        .map(|text| text.parse::<f64>().unwrap());
    let colour = body.get("colour").and_then(Value::as_str);
    let good = body.get("good").and_then(Value::as_bool);
    let count = body.get("count").and_then(Value::as_i64);
    let issued = record.state == "issued";
    // An empty value makes neither a condition nor its opposite hold.
    let odd = size.is_some_and(|size| size > 2.5)
        && matches!(colour, Some("red" | "green"))
        && good == Some(false);
    let own = record.unit == reader_unit && (issued || odd);
    let drafts =
        record.state == "draft" && colour.is_some() && count.is_some_and(|count| count <= 3);
    own || drafts
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_single_reads_and_counts_are_what_the_pack_grants() {
    for place in places(31).await {
        let units = place.registry.directory().units().await.unwrap();
        let communes: Vec<Id> = units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Commune)
            .map(|unit| unit.id)
            .take(3)
            .collect();
        let kind = place.systems.find("samples", "thing").unwrap();
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let mut all = Vec::new();
        let mut number = 0;
        for size in [None, Some("2.5"), Some("3")] {
            for colour in [None, Some("red")] {
                for good in [None, Some(false), Some(true)] {
                    for count in [None, Some(3), Some(4)] {
                        let mut fields = Map::from_iter([
                            ("name".to_owned(), json!(format!("Vật {number}"))),
                            ("phone".to_owned(), json!("0912345678")),
                        ]);
                        let mut put = |name: &str, value: Option<Value>| {
                            fields.extend(value.map(|value| (name.to_owned(), value)));
                        };
                        put("size", size.map(Value::from));
                        put("colour", colour.map(Value::from));
                        put("good", good.map(Value::from));
                        put("count", count.map(Value::from));
                        put("why_bad", (good == Some(false)).then(|| json!("x")));
                        let new = NewRecord {
                            unit: Some(communes[number % 3]),
                            fields,
                            ..NewRecord::default()
                        };
                        let made = place
                            .registry
                            .make(&page(&keeper), kind, new)
                            .await
                            .unwrap()
                            .record;
                        if number % 4 == 0 {
                            let asked = StepAsked {
                                step: "issue".to_owned(),
                                ..StepAsked::default()
                            };
                            place
                                .registry
                                .take_step(&page(&keeper), kind, made.id, asked)
                                .await
                                .unwrap();
                        }
                        all.push(
                            place
                                .registry
                                .find(kind.name, made.id)
                                .await
                                .unwrap()
                                .unwrap(),
                        );
                        number += 1;
                    }
                }
            }
        }
        let reader = place.somebody(2, &[("samples.reader", communes[1])]).await;
        let wanted: BTreeSet<Id> = all
            .iter()
            .filter(|record| sees(record, communes[1]))
            .map(|record| record.id)
            .collect();
        assert!(!wanted.is_empty() && wanted.len() < all.len());
        assert_eq!(
            listed(&place.registry, &reader, kind).await,
            wanted,
            "{}",
            place.name
        );
        let counted = place
            .registry
            .count_readable(&reader, kind, 1_000)
            .await
            .unwrap();
        assert_eq!(counted, wanted.len());
        for record in &all {
            let read = place.registry.get(&reader, kind.name, record.id).await;
            assert_eq!(
                read.is_ok(),
                wanted.contains(&record.id),
                "{}: {:?}",
                place.name,
                record.body
            );
            // Unmasked by the grant on drafts alone.
            if let Ok(read) = read {
                let drafts = record.state == "draft"
                    && record.body.contains_key("colour")
                    && record
                        .body
                        .get("count")
                        .is_some_and(|count| count.as_i64() <= Some(3));
                assert_eq!(read.body.contains_key("phone"), drafts, "{:?}", record.body);
            }
        }
        // Nobody else sees anything.
        let nobody = place.somebody(3, &[("viewer", province())]).await;
        assert!(listed(&place.registry, &nobody, kind).await.is_empty());
    }
}

/// The pack with another condition on the drafts that readers see.
fn with_condition(condition: &str) -> String {
    let known = "when = \"has(colour) && count <= 3\"";
    assert!(RECORD.contains(known));
    RECORD.replace(known, &format!("when = \"{condition}\""))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_may_hold_for_days_reckoned_from_today() {
    let record = with_condition("made_on >= add_months(today, -12) && made_on <= today + 30");
    let systems = declared([
        ("pack.toml", PACK),
        ("thing.toml", &record),
        ("lists/colours.csv", COLOURS),
    ]);
    for place in places_of(systems, 32).await {
        let units = place.registry.directory().units().await.unwrap();
        let communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let communes: Vec<Id> = communes.map(|unit| unit.id).take(2).collect();
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let reader = place.somebody(2, &[("samples.reader", communes[1])]).await;
        let kind = place.systems.find("samples", "thing").unwrap();
        let mut wanted = BTreeSet::new();
        // Today is 14/4/2023.
        for (day, seen) in [
            ("2022-04-13", false),
            ("2022-04-14", true),
            ("2023-05-14", true),
            ("2023-05-15", false),
        ] {
            let new = NewRecord {
                unit: Some(communes[0]),
                fields: fields(json!({ "name": day, "made_on": day })),
                ..NewRecord::default()
            };
            let made = place.registry.make(&page(&keeper), kind, new).await;
            let id = made.unwrap().record.id;
            let read = place.registry.get(&reader, kind.name, id).await;
            assert_eq!(read.is_ok(), seen, "{}: {day}", place.name);
            wanted.extend(seen.then_some(id));
        }
        assert_eq!(listed(&place.registry, &reader, kind).await, wanted);
    }
}

#[test]
fn a_condition_that_nobody_could_ask_stops_the_start() {
    let deep = vec!["count <= 3"; 20].join(" && ");
    let granted = with_condition(&deep);
    let listed = "[[view]]\nid = \"late\"\nkind = \"list\"\ncolumns = [\"name\"]\n\
        when = \"count == year(today)\"\ntitle = { vi = \"Năm nay\", en = \"This year\" }\n";
    let viewed = format!("{RECORD}\n{listed}");
    for (record, said) in [(&granted, "samples.reader"), (&viewed, "year(today)")] {
        let files = [
            ("pack.toml", PACK),
            ("thing.toml", record.as_str()),
            ("lists/colours.csv", COLOURS),
        ];
        let folder = PackFolder::in_memory("packs/test/samples", files);
        let error = Systems::load(catalog(&[folder])).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

async fn listed(
    registry: &registry::Registry,
    principal: &Principal,
    kind: &registry::Kind,
) -> BTreeSet<Id> {
    let mut seen = BTreeSet::new();
    let mut after = None;
    loop {
        let wanted = Wanted {
            limit: 7,
            after,
            ..Wanted::default()
        };
        let page = registry.listing(principal, kind, wanted).await.unwrap();
        seen.extend(page.items.iter().map(|record| record.id));
        match page.next {
            Some(next) => after = Some(next),
            None => return seen,
        }
    }
}

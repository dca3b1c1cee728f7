//! Bodies made at random: what fits comes back as it was sent, what does not is named.

use std::collections::BTreeSet;

use directory::province;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use registry::RegistryError;
use registry::system::NewRecord;
use serde_json::{Map, Value, json};

use crate::fixture::{page, places};

const CASES: usize = 120;

/// A value for a field, and whether it fits.
type Given = (&'static str, Value, bool);

/// Values for some fields; none of a `clean` body is a misfit.
fn given(clean: bool) -> impl Strategy<Value = Vec<Given>> {
    let one = |name: &'static str,
               fits: Vec<Value>,
               misfits: Vec<Value>|
     -> BoxedStrategy<Option<Given>> {
        let all: Vec<(Value, bool)> = fits
            .into_iter()
            .map(|value| (value, true))
            .chain(misfits.into_iter().map(|value| (value, false)))
            .filter(|(_, fits)| *fits || !clean)
            .collect();
        if all.is_empty() {
            return Just(None).boxed();
        }
        prop::option::of(prop::sample::select(all))
            .prop_map(move |value| value.map(|(value, fits)| (name, value, fits)))
            .boxed()
    };
    let long = "ơ".repeat(41);
    let fields: Vec<BoxedStrategy<Option<Given>>> = vec![
        one(
            "note",
            vec![json!("Hai\ndòng"), json!("x")],
            vec![json!(1), json!("a\u{7}b")],
        ),
        one(
            "size",
            vec![json!("2.5"), json!("0"), json!("999.99")],
            vec![json!("1000.01"), json!("-1"), json!("1.234"), json!("a")],
        ),
        one(
            "count",
            vec![json!(0), json!(9_007_199_254_740_991_i64)],
            vec![json!(-1), json!(1.5), json!("một"), json!(i64::MAX)],
        ),
        one("price_vnd", vec![json!(5_000_000)], vec![json!("5tr")]).boxed(),
        one(
            "made_on",
            vec![json!("2023-02-28")],
            vec![json!("2023-02-30"), json!("28/2/2023")],
        ),
        one("good", vec![json!(true)], vec![json!("true"), json!(1)]).boxed(),
        one(
            "colour",
            vec![json!("red"), json!("green")],
            vec![json!("old"), json!("blue"), json!(1)],
        ),
        one(
            "colours",
            vec![json!(["red"]), json!(["red", "green"])],
            vec![json!("red"), json!(["red", "red", "red", "red"])],
        ),
        one(
            "owner_id",
            vec![json!("086090000123")],
            vec![json!("12"), json!("08609000012a")],
        ),
        one("phone", vec![json!("+84912345678")], vec![json!("12")]).boxed(),
        one(
            "site",
            vec![json!("https://vinhlong.gov.vn/a?b=c")],
            vec![json!("javascript:alert(1)"), json!("vinhlong")],
        ),
        one(
            "place",
            vec![json!({ "type": "Point", "coordinates": ["105.97", "10.25"] })],
            vec![
                json!({ "type": "Point", "coordinates": [10.25, 105.97] }),
                json!({ "type": "Point" }),
            ],
        ),
        one("unknown", vec![], vec![json!(1)]).boxed(),
        one(
            "name",
            vec![json!("Tên")],
            vec![json!(long), json!(2), json!("   ")],
        ),
    ];
    fields.prop_map(|given| given.into_iter().flatten().collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_fit_come_back_and_others_name_the_field() {
    for place in places(21).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let kind = place.systems.find("samples", "thing").unwrap();
        let mut runner = TestRunner::new_with_rng(
            Config::default(),
            proptest::test_runner::TestRng::deterministic_rng(
                proptest::test_runner::RngAlgorithm::ChaCha,
            ),
        );
        let (mut kept, mut refused) = (0, 0);
        for case in 0..CASES {
            let given = given(case % 2 == 0)
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let mut sent = Map::from_iter([("name".to_owned(), json!("Tên"))]);
            sent.extend(
                given
                    .iter()
                    .map(|(name, value, _)| ((*name).to_owned(), value.clone())),
            );
            let wrong: BTreeSet<&str> = given
                .iter()
                .filter(|(_, _, fits)| !fits)
                .map(|(name, _, _)| *name)
                .collect();
            let new = NewRecord {
                fields: sent.clone(),
                ..NewRecord::default()
            };
            match place.registry.make(&page(&keeper), kind, new).await {
                Ok(made) => {
                    assert!(wrong.is_empty(), "{}: {sent:?} was kept", place.name);
                    let whole = place
                        .registry
                        .find(kind.name, made.record.id)
                        .await
                        .unwrap()
                        .unwrap();
                    for (name, value) in &sent {
                        assert_eq!(whole.body.get(name), Some(value), "{}: {name}", place.name);
                    }
                    kept += 1;
                }
                Err(RegistryError::Refused(problem)) => {
                    let named = problem
                        .fields
                        .iter()
                        .map(|field| field.field.split('/').next().unwrap());
                    let named: BTreeSet<&str> = named.collect();
                    assert_eq!(named, wrong, "{}: {sent:?}: {problem:?}", place.name);
                    refused += 1;
                }
                Err(other) => panic!("{}: {other}", place.name),
            }
        }
        assert!(kept > 3 && refused > 20, "{kept} kept, {refused} refused");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_conditions_and_rules_are_looked_at() {
    for place in places(22).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let kind = place.systems.find("samples", "thing").unwrap();
        let make = async |fields: Value| {
            let Value::Object(fields) = fields else {
                panic!("no object")
            };
            place
                .registry
                .make(
                    &page(&keeper),
                    kind,
                    NewRecord {
                        fields,
                        ..NewRecord::default()
                    },
                )
                .await
        };
        let at = |error: RegistryError| match error {
            RegistryError::Refused(problem) => problem
                .fields
                .into_iter()
                .map(|field| (field.field, field.code))
                .collect::<Vec<_>>(),
            other => panic!("{other}"),
        };
        // A row without what it must have, and a column that there is not.
        let wrong = at(make(json!({ "name": "A", "parts": [{ "weight": 1 }] }))
            .await
            .unwrap_err());
        assert_eq!(
            wrong,
            [("parts/0/label".to_owned(), "field-required".to_owned())]
        );
        let wrong = at(
            make(json!({ "name": "A", "parts": [{ "label": "x", "la": 1 }] }))
                .await
                .unwrap_err(),
        );
        assert_eq!(wrong[0].0, "parts/0/la");
        // What is computed follows from the rows, whatever was sent.
        let parts = json!([{ "label": "x", "weight": 400 }, { "label": "y", "weight": 500 }]);
        let kept = make(json!({ "name": "A", "parts": parts, "weight": 7 }))
            .await
            .unwrap()
            .record;
        assert_eq!(kept.body["weight"], 900);
        // A cell that is not asked for counts nowhere.
        let broken = json!([{ "label": "x", "weight": 400 }, { "label": "hư", "weight": 900 }]);
        let kept = make(json!({ "name": "A", "parts": broken })).await;
        let body = kept.unwrap().record.body;
        assert_eq!(body["parts"][1], json!({ "label": "hư" }), "{}", place.name);
        assert_eq!(body["weight"], 400, "{}", place.name);
        let heavy = json!([{ "label": "x", "weight": 400 }, { "label": "y", "weight": 700 }]);
        let wrong = at(make(json!({ "name": "A", "parts": heavy }))
            .await
            .unwrap_err());
        assert_eq!(wrong, [("parts".to_owned(), "pack-said".to_owned())]);
        // Asked for only under a condition, and then needed.
        let wrong = at(make(json!({ "name": "A", "good": false }))
            .await
            .unwrap_err());
        assert_eq!(wrong, [("why_bad".to_owned(), "field-required".to_owned())]);
        let kept = make(json!({ "name": "A", "good": true, "why_bad": "x" }))
            .await
            .unwrap()
            .record;
        assert!(!kept.body.contains_key("why_bad"));
    }
}

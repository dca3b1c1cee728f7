//! Numbers that may not be missing, taken by many at once, from two processes.

use std::collections::BTreeSet;

use directory::province;
use registry::system::{NewRecord, StepAsked};
use serde_json::json;

use crate::fixture::{fields, page, places};

const RECORDS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn numbers_have_neither_gaps_nor_doubles() {
    for place in places(11).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let kind = place.systems.find("samples", "thing").unwrap();
        let other = place.other(12).await;
        let mut made = Vec::new();
        for number in 0..RECORDS {
            let new = NewRecord {
                fields: fields(json!({ "name": format!("Vật {number}") })),
                ..NewRecord::default()
            };
            let kept = place
                .registry
                .make(&page(&keeper), kind, new)
                .await
                .unwrap();
            assert!(!kept.record.body.contains_key("code"));
            made.push(kept.record.id);
        }
        // Every third is asked for twice at once: one of the two takes a number and does not use it,
        // and those behind it in line must not leave a gap.
        let twice = made.iter().enumerate().step_by(3);
        let asked: Vec<_> = made.iter().enumerate().chain(twice).collect();
        let tasks: Vec<_> = asked
            .into_iter()
            .map(|(number, id)| {
                let registry = if number % 2 == 0 {
                    place.registry.clone()
                } else {
                    other.clone()
                };
                let (id, keeper) = (*id, keeper.clone());
                tokio::spawn(async move {
                    let systems = registry.systems().clone();
                    let kind = systems.find("samples", "thing").unwrap();
                    let asked = StepAsked {
                        step: "issue".to_owned(),
                        ..StepAsked::default()
                    };
                    let kept = registry.take_step(&page(&keeper), kind, id, asked).await;
                    let code = |kept: registry::system::Kept| kept.record.body["code"].clone();
                    kept.map(|kept| code(kept).as_str().unwrap().to_owned())
                })
            })
            .collect();
        let mut codes = BTreeSet::new();
        for task in tasks {
            // Whoever came second is told so.
            if let Ok(code) = task.await.unwrap() {
                assert!(codes.insert(code), "{} gave a number twice", place.name);
            }
        }
        let wanted: BTreeSet<String> = (1..=RECORDS)
            .map(|number| format!("VL-{number:03}"))
            .collect();
        assert_eq!(codes, wanted, "{}", place.name);
        // Taken again, nothing more is given.
        let asked = StepAsked {
            step: "issue".to_owned(),
            ..StepAsked::default()
        };
        let again = place
            .registry
            .take_step(&page(&keeper), kind, made[0], asked)
            .await;
        assert!(again.is_err());
    }
}

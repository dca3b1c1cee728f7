//! Numbers that may not be missing, taken by many at once, from two processes.

use std::collections::BTreeSet;

use directory::province;
use registry::system::{NewRecord, StepAsked};
use serde_json::json;

use crate::fixture::{PACK, declared, fields, page, places, places_of};

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

const TICKET: &str = r#"
[record]
id = "ticket"
title = { vi = "Phiếu", en = "Ticket" }
label = "{code}"
owner = { unit = "any" }
code = { format = "P-{seq:4}" }

[[field]]
id = "plate"
type = "text"
unique = true
title = { vi = "Biển số", en = "Plate" }

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit"]
scope = "all"
"#;

/// Numbers that may be missing are taken for all who wait at once; whoever of them fails takes none
/// of the others' away.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_taken_for_many_at_once_stand_once_each() {
    let systems = declared([("pack.toml", PACK), ("ticket.toml", TICKET)]);
    for place in places_of(systems, 13).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let other = place.other(14).await;
        let make = async |registry: registry::Registry, plate: String| {
            let kind = registry
                .systems()
                .find("samples", "ticket")
                .unwrap()
                .clone();
            let new = NewRecord {
                fields: fields(json!({ "plate": plate })),
                ..NewRecord::default()
            };
            let kept = registry.make(&page(&keeper), &kind, new).await;
            kept.map(|kept| kept.record.body["code"].as_str().unwrap().to_owned())
        };
        // One after another none is missing.
        for number in 1..=3 {
            let code = make(place.registry.clone(), format!("T{number}")).await;
            assert_eq!(code.unwrap(), format!("P-{number:04}"), "{}", place.name);
        }
        // At once, from two processes; many want the same plate, and only one of them gets it.
        let asked = (0..120).map(|number| {
            let registry = if number % 4 == 0 {
                &other
            } else {
                &place.registry
            };
            let plate = if number % 3 == 0 {
                "T-chung".to_owned()
            } else {
                format!("T-{number}")
            };
            make(registry.clone(), plate)
        });
        let done = futures_util::future::join_all(asked).await;
        let refused = done.iter().filter(|one| one.is_err()).count();
        assert_eq!(refused, 39, "{}", place.name);
        let mut codes: BTreeSet<String> = done.into_iter().filter_map(Result::ok).collect();
        assert_eq!(codes.len(), 81, "{}", place.name);
        for number in 0..5 {
            let code = make(place.registry.clone(), format!("S{number}")).await;
            let code = code.unwrap();
            assert!(
                codes.last().is_some_and(|last| *last < code),
                "{}",
                place.name
            );
            assert!(codes.insert(code));
        }
        let found = place.registry.store().verify(None).await.unwrap();
        assert_eq!(found.findings, []);
    }
}

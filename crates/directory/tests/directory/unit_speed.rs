//! How long units take at the size of a large province. Run by hand, with optimisation:
//! `cargo test --release -p directory unit_speed -- --ignored --nocapture`.

use std::time::Instant;

use directory::{
    Hierarchy, Level, Resolution, UnitChange, UnitDetails, UnitEvent, UnitKind, province,
};
use jiff::civil::date;
use store::{Expect, ListQuery, Op, RecordPut, Scope, Write};
use vocab::Id;

use crate::fixture::{actor, places};
use crate::unit_import::import;

const NEIGHBOURS: &str = include_str!("../../../../data/units/units-2023-neighbours.csv");
const EVENTS: &str = include_str!("../../../../data/units/unit-events.csv");

fn numbered(number: u32) -> Id {
    let mut bytes = [7; 16];
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    Id::from_bytes(bytes)
}

#[tokio::test]
#[ignore = "measures; run by hand with optimisation"]
async fn a_tree_of_twenty_thousand_units() {
    for place in places(80).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        let unit = |number: u32| UnitEvent {
            date: date(2024, 1, 1),
            change: UnitChange::Create {
                unit: numbered(number),
                details: UnitDetails {
                    hierarchy: Hierarchy::Administration,
                    parent: Some(if number < 200 {
                        province()
                    } else {
                        numbered(number % 200)
                    }),
                    name: format!("Tổ công nghệ số cộng đồng {number}"),
                    short_name: format!("Tổ {number}"),
                    aliases: Vec::new(),
                    kind: UnitKind::Centre,
                    level: Level::Commune,
                    code: None,
                    area_code: None,
                },
            },
            ordered_by: Resolution::default(),
        };
        let events: Vec<UnitEvent> = (0..20_000).map(unit).collect();
        let begun = Instant::now();
        directory.rearrange(&actor(), &events).await.unwrap();
        println!(
            "{}: 20,000 units created in {:?}",
            place.name,
            begun.elapsed()
        );
        let day = date(2024, 6, 1);
        let elsewhere = place.another_process().await;
        directory.units_on(day).await.unwrap();
        place.pass(2);
        let begun = Instant::now();
        let tree = elsewhere.units_on(day).await.unwrap();
        println!(
            "{}: a day's tree from versions in memory {:?}",
            place.name,
            begun.elapsed()
        );
        let begun = Instant::now();
        let held = elsewhere.units_on(day).await.unwrap();
        println!("{}: a tree that is held {:?}", place.name, begun.elapsed());
        assert_eq!(held.len(), tree.len());
        assert_eq!(tree.len(), 20_157);
        let begun = Instant::now();
        let fresh = place.another_process().await;
        println!(
            "{}: all from the database {:?}",
            place.name,
            begun.elapsed()
        );
        fresh.units_on(day).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "measures; run by hand with optimisation"]
async fn the_rearrangement_of_2025_with_many_records() {
    const RECORDS: u32 = 100_000;
    for place in places(81).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        import(directory, NEIGHBOURS).await;
        let tree = directory.units_on(date(2024, 1, 1)).await.unwrap();
        let owners: Vec<Id> = tree
            .iter()
            .filter(|unit| unit.kind == UnitKind::Commune)
            .map(|unit| unit.id)
            .collect();
        // Records of any table will do: groups that nobody reads.
        let put = |number: u32| {
            let put = RecordPut {
                table: "api_token".to_owned(),
                id: numbered(number),
                expect: Expect::New,
                action: "create".to_owned(),
                unit: owners[number as usize % owners.len()],
                state: "ended".to_owned(),
                sort_key: number.to_be_bytes().to_vec(),
                columns: vec![store::Value::Null; token_columns(directory.store())],
                body: "{}".to_owned(),
                schema: String::new(),
                tokens: Vec::new(),
                files: Vec::new(),
            };
            Write::by(actor()).op(Op::Put(put))
        };
        let writes: Vec<Write> = (0..RECORDS).map(put).collect();
        for done in directory.store().commit_each(writes).await {
            done.unwrap();
        }
        let begun = Instant::now();
        let preview = directory
            .preview_unit_import("e.csv", EVENTS)
            .await
            .unwrap();
        println!("{}: preview {:?}", place.name, begun.elapsed());
        assert!(
            preview
                .preview
                .unwrap()
                .records
                .iter()
                .any(|table| table.or_more)
        );
        let begun = Instant::now();
        import(directory, EVENTS).await;
        println!(
            "{}: the rearrangement with {RECORDS} records {:?}",
            place.name,
            begun.elapsed()
        );
        let query = ListQuery::new("api_token", Scope::units(owners)).limit(1_000);
        let page = directory.store().list(&query).await.unwrap();
        assert!(page.items.iter().all(|head| head.version == 1));
    }
}

fn token_columns(store: &store::Store) -> usize {
    let tables = store.tables();
    let table = tables.iter().find(|table| table.name == "api_token");
    table.unwrap().columns.len()
}

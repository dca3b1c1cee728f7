//! The real events of 1/11/2024 and 1/7/2025, imported.

use std::collections::BTreeSet;

use directory::{Directory, DirectoryError, Level, UnitImport, UnitKind, province};
use jiff::civil::date;
use vocab::Id;

use crate::fixture::{actor, places};

const NEIGHBOURS: &str = include_str!("../../../../data/units/units-2023-neighbours.csv");
const EVENTS: &str = include_str!("../../../../data/units/unit-events.csv");
const AFTER: &str = include_str!("../../../../data/units/units-2025.csv");

pub(crate) async fn import(directory: &Directory, text: &str) -> UnitImport {
    match directory.import_units(&actor(), "events.csv", text).await {
        Ok(import) => import,
        Err(DirectoryError::Refused(problem)) => panic!("{:#?}", problem.fields),
        Err(error) => panic!("{error}"),
    }
}

pub(crate) async fn load_all(directory: &Directory) {
    directory.load_shipped(&actor()).await.unwrap();
    import(directory, NEIGHBOURS).await;
    import(directory, EVENTS).await;
}

/// The faults of a refusal: line and code.
async fn faults(directory: &Directory, text: &str) -> Vec<(String, String)> {
    let refused = directory.import_units(&actor(), "events.csv", text).await;
    let Err(DirectoryError::Refused(problem)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(problem.code, "unit-import-refused");
    let fields = problem.fields.into_iter();
    fields.map(|field| (field.field, field.code)).collect()
}

#[tokio::test]
async fn every_commune_finds_its_successor() {
    for place in places(40).await {
        let directory = &place.directory;
        load_all(directory).await;
        let old = directory.units_on(date(2024, 10, 31)).await.unwrap();
        let between = directory.units_on(date(2024, 11, 1)).await.unwrap();
        let new = directory.units_on(date(2025, 7, 1)).await.unwrap();
        let communes = |tree: &directory::UnitTree| -> Vec<Id> {
            let units = tree.iter().filter(|unit| unit.kind == UnitKind::Commune);
            units.map(|unit| unit.id).collect()
        };
        assert_eq!(communes(&old).len(), 107);
        assert_eq!(communes(&between).len(), 102);
        assert_eq!(communes(&new).len(), 124);
        // The 2023 plan keeps its units.
        let then = directory.units_on(date(2023, 4, 14)).await.unwrap();
        assert_eq!(then.len(), 157);
        let size = |tree: &directory::UnitTree, key: &str| {
            let group = tree.groups().iter().find(|group| group.key == key);
            group.unwrap().members.as_ref().map(Vec::len)
        };
        assert_eq!(size(&then, "communes"), Some(107));
        assert_eq!(size(&new, "communes"), Some(124));
        assert_eq!(size(&new, "districts"), Some(0));
        assert!(new.iter().all(|unit| unit.level != Level::District));
        assert!(
            communes(&new)
                .iter()
                .all(|id| new.get(*id).unwrap().parent == Some(province()))
        );

        let succession = directory.succession().await.unwrap();
        let mut reached = BTreeSet::new();
        for unit in communes(&old) {
            let successors = succession.successors(unit, date(2025, 7, 1));
            assert!(!successors.is_empty(), "{}", old.get(unit).unwrap().name);
            for successor in &successors {
                assert!(new.get(*successor).is_some());
                let back = succession.predecessors(*successor, date(2023, 1, 1));
                assert!(back.contains(&unit), "{}", old.get(unit).unwrap().name);
            }
            reached.extend(successors);
        }
        // 102 became 35.
        assert_eq!(reached.len(), 35);
        // Phường 2 went into Phường 1, and both into Phường Long Châu.
        let ward = old.by_area_code("29551").unwrap();
        let next = succession.successors(ward.id, date(2024, 11, 1));
        assert_eq!(between.get(next[0]).unwrap().short_name, "Phường 1");
        let last = succession.successors(ward.id, date(2026, 1, 1));
        assert_eq!(new.get(last[0]).unwrap().short_name, "Phường Long Châu");
        // Bến Tre and Trà Vinh came in.
        let made_of = succession.predecessors(province(), date(2024, 1, 1));
        assert_eq!(made_of.len(), 3);
    }
}

/// What a process holds is brought up to date by what another one wrote, and is then what a
/// process reads that has just begun.
#[tokio::test]
async fn what_is_held_is_what_is_there_after_every_change_elsewhere() {
    for place in places(43).await {
        let (holder, writer) = (&place.directory, place.another_process().await);
        writer.load_shipped(&actor()).await.unwrap();
        let mut rearrangement = None;
        for step in 0..5 {
            let by = actor();
            // It holds what was there before.
            holder.units().await.unwrap();
            match step {
                0 => {}
                1 => drop(import(&writer, NEIGHBOURS).await),
                2 => rearrangement = Some(import(&writer, EVENTS).await.rearrangement),
                3 => {
                    let until = Some(date(2025, 6, 30));
                    let span = writer.set_group_span(&by, "districts", None, until);
                    span.await.unwrap();
                }
                _ => {
                    let undone = writer.undo_rearrangement(&by, rearrangement.unwrap());
                    undone.await.unwrap();
                }
            }
            // A change elsewhere shows within a second.
            place.pass(2);
            let fresh = place.another_process().await;
            for day in [date(2023, 4, 14), date(2024, 11, 1), date(2025, 7, 1)] {
                let held = holder.units_on(day).await.unwrap();
                let read = fresh.units_on(day).await.unwrap();
                let told = |tree: &directory::UnitTree| {
                    let units: Vec<_> = tree.iter().cloned().collect();
                    (units, format!("{:?}", tree.groups()))
                };
                let alike = told(&held) == told(&read);
                assert!(alike, "{} {day} after {step}", place.name);
            }
        }
    }
}

#[tokio::test]
async fn a_code_means_something_only_with_a_day() {
    for place in places(41).await {
        let directory = &place.directory;
        load_all(directory).await;
        let before = directory.units_on(date(2025, 6, 30)).await.unwrap();
        let after = directory.units_on(date(2025, 7, 1)).await.unwrap();
        for (code, old_name, new_name) in [
            ("29770", "Phường Cái Vồn", "Phường Cái Vồn"),
            ("29771", "Phường Thành Phước", "Phường Bình Minh"),
        ] {
            let (old, new) = (
                before.by_area_code(code).unwrap(),
                after.by_area_code(code).unwrap(),
            );
            assert_ne!(old.id, new.id);
            assert_eq!((&*old.short_name, &*new.short_name), (old_name, new_name));
        }
        // A commune that nothing joined is still itself.
        let hoa_minh = after.by_area_code("29410").unwrap();
        let succession = directory.succession().await.unwrap();
        assert_eq!(
            succession.predecessors(hoa_minh.id, date(2023, 1, 1)),
            [hoa_minh.id]
        );
    }
}

#[tokio::test]
async fn the_successors_are_those_of_the_list_of_2025() {
    for place in places(42).await {
        let directory = &place.directory;
        load_all(directory).await;
        let after = directory.units_on(date(2025, 7, 1)).await.unwrap();
        let table = office::csv::read(AFTER).unwrap();
        for row in table.rows.iter().skip(1) {
            let unit = after.by_area_code(&row.cells[0].text).unwrap();
            assert_eq!(unit.short_name, row.cells[1].text);
        }
    }
}

#[tokio::test]
async fn parts_add_up_where_nobody_knows_them() {
    for place in places(43).await {
        let directory = &place.directory;
        load_all(directory).await;
        let succession = directory.succession().await.unwrap();
        let before = directory.units_on(date(2024, 1, 1)).await.unwrap();
        let tam_binh = before.by_area_code("29719").unwrap().id;
        let tuong_loc = before.by_area_code("29758").unwrap().id;
        let mapped = succession.mapping(&[tam_binh, tuong_loc], date(2024, 1, 1), date(2025, 7, 1));
        // Each of the two went to Thị trấn Tam Bình, which was divided in two.
        assert_eq!(mapped.len(), 4);
        for part in &mapped {
            assert_eq!(part.share.exact(), None);
            assert!(part.to.is_some());
            let symbols: Vec<_> = part
                .ordered_by
                .iter()
                .filter_map(|by| by.symbol.as_deref())
                .collect();
            assert_eq!(symbols, ["1687/NQ-UBTVQH15"]);
        }
        let whole = before.by_area_code("29551").unwrap().id;
        let mapped = succession.mapping(&[whole], date(2024, 1, 1), date(2025, 7, 1));
        assert_eq!(mapped.len(), 1);
        assert_eq!(mapped[0].share.exact(), Some(directory::Fraction::ONE));
    }
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    for place in places(44).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        // The neighbours are needed first, and each row says so.
        let missing = faults(directory, EVENTS).await;
        assert!(missing.len() > 200 && missing.iter().all(|(_, code)| code == "row-code-unknown"));
        assert_eq!(place.count("unit_event").await, 0);
        import(directory, NEIGHBOURS).await;
        let preview = directory
            .preview_unit_import("events.csv", EVENTS)
            .await
            .unwrap();
        assert_eq!(place.count("unit_event").await, 249 + 18 + 2);
        let told = preview.preview.unwrap();
        assert_eq!(told.appearing.len(), 120);
        assert!(told.ending.len() > 350);
        // Three towns without a code, and names spelt otherwise.
        let open = preview
            .notes
            .iter()
            .filter(|note| note.note.code == "row-without-code");
        assert_eq!(open.count(), 3);
        let first = import(directory, EVENTS).await;
        let versions = place.count("unit_version").await;
        let again = import(directory, EVENTS).await;
        assert!(!first.known && again.known);
        assert_eq!(place.count("unit_version").await, versions);
        assert_eq!(again.rearrangement, first.rearrangement);
        // Undone at once, the units stand as they stood.
        directory
            .undo_rearrangement(&actor(), first.rearrangement)
            .await
            .unwrap();
        let today = directory.units_on(date(2026, 1, 1)).await.unwrap();
        assert_eq!(today.len(), 157);
        import(directory, EVENTS).await;
        assert_eq!(place.count("unit_version").await, versions);
    }
}

#[tokio::test]
async fn bad_rows_are_told_by_their_lines() {
    const HEAD: &str =
        "date,event,from_code,from_name,from_district,to_code,to_name,share,basis,parent_code\n";
    for place in places(45).await {
        let directory = &place.directory;
        directory.load_shipped(&actor()).await.unwrap();
        for (rows, expected) in [
            ("", vec![("1", "row-file-empty")]),
            (
                "31/12/2024,abolish,29551,,,,,,,\n",
                vec![("2", "row-date-invalid")],
            ),
            (
                "2024-11-01,vanish,29551,,,,,,,\n",
                vec![("2", "row-event-unknown")],
            ),
            (
                "2024-11-01,abolish,99999,,,,,,,\n",
                vec![("2", "row-code-unknown")],
            ),
            // A district that still has communes.
            (
                "2024-11-01,abolish,855,,,,,,,\n",
                vec![("2", "unit-parent-gone"); 11],
            ),
            // What ended the day before cannot be merged again.
            (
                "2024-11-01,merge-into,29551,,,29548,Phường 1,whole,,\n2024-12-01,merge-into,29551,,,29548,Phường 1,whole,,\n",
                vec![("3", "row-code-unknown")],
            ),
            (
                "2024-12-01,merge-into,29551,,,29548,Phường 1,whole,,\n2024-11-01,merge-into,29545,,,29548,Phường 1,whole,,\n",
                vec![("3", "unit-dates-disordered")],
            ),
            (
                "2024-11-01,merge-into,29551,,,29548,Phường 1,whole,,\n2024-11-01,merge-into,29551,,,29545,Phường 5,whole,,\n",
                vec![("3", "row-whole-twice")],
            ),
            (
                "2024-11-01,merge-into,29551,,,29548,Phường 1,part,,\n",
                vec![("2", "row-part-alone")],
            ),
            (
                "2024-11-01,merge-into,29551,,,29548,Xã Khác,whole,,\n",
                vec![("2", "row-code-of-another")],
            ),
            (
                "2024-11-01,create,,,,30000,Xã Mới,,,999\n",
                vec![("2", "row-parent-unknown")],
            ),
            (
                "2024-11-01,create,,,,30000,Sở Mới,,,857\n",
                vec![("2", "row-name-unknown")],
            ),
            (
                "2024-11-01,merge-into,29551,,,29548,Phường 1,1/2,area,\n2024-11-01,merge-into,29551,,,29545,Phường 5,1/3,area,\n",
                vec![("2", "unit-shares-wrong")],
            ),
            (
                "2024-11-01,merge-into,29551,,,29548,Phường 1,1/2,,\n2024-11-01,merge-into,29551,,,29545,Phường 5,half,area,\n",
                vec![("2", "row-share-invalid"), ("3", "row-share-invalid")],
            ),
        ] {
            let told = faults(directory, &format!("{HEAD}{rows}")).await;
            let told: Vec<(&str, &str)> = told
                .iter()
                .map(|(line, code)| (line.as_str(), code.as_str()))
                .collect();
            assert_eq!(told, expected, "{rows}");
        }
        assert_eq!(place.count("unit_event").await, 0);
        assert_eq!(
            faults(directory, "day,what\n2024-11-01,x\n").await[0],
            ("1".to_owned(), "row-column-missing".to_owned())
        );
    }
}

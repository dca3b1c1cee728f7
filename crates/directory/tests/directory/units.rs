use directory::{Level, Reading, UnitKind, UnitTree, province};
use jiff::civil::date;
use office::csv;

use crate::fixture::{actor, places};

const NAMES: &str = include_str!("../../../../data/plan/body-aliases.csv");

/// The names by which the importer of plans calls bodies and groups, with their kinds.
fn canonical_names() -> Vec<(String, String)> {
    let table = csv::read(NAMES).unwrap();
    let cell = |row: &office::Row, at: usize| row.cell(at).unwrap().text.clone();
    let rows = table.rows.iter().skip(1);
    rows.map(|row| (cell(row, 1), cell(row, 2))).collect()
}

fn name_of(tree: &UnitTree, name: &str, within: Option<vocab::Id>) -> String {
    match tree.resolve(name, within) {
        Some(Reading::Unit(id)) => tree.get(id).unwrap().name.clone(),
        Some(Reading::Group(group)) => format!("{}: {}", group.key, group.rule),
        None => "?".to_owned(),
    }
}

#[tokio::test]
async fn every_name_that_plans_use_resolves() {
    for place in places(1).await {
        place.directory.load_shipped(&actor()).await.unwrap();
        let tree = place.directory.units().await.unwrap();
        let districts: Vec<_> = tree
            .iter()
            .filter(|unit| unit.kind == UnitKind::District)
            .collect();
        let mut offices = 0;
        for (name, kind) in canonical_names() {
            if !name.contains("{unit}") {
                match tree.resolve(&name, None) {
                    Some(Reading::Unit(_)) => assert_eq!(kind, "body", "{name}"),
                    Some(Reading::Group(_)) => assert_eq!(kind, "group", "{name}"),
                    None => panic!("{name} means nothing"),
                }
                continue;
            }
            for district in &districts {
                // The importer writes «huyện Long Hồ» where the heading says «Huyện Long Hồ».
                let written = district.name.trim_start_matches("UBND ");
                let full = name.replace("{unit}", written);
                let reading = tree.resolve(&full, None);
                assert_eq!(reading, tree.resolve(&name, Some(district.id)), "{full}");
                match reading {
                    Some(Reading::Unit(id)) => {
                        assert_eq!(kind, "body", "{full}");
                        assert!(tree.descendants(district.id).contains(&id), "{full}");
                        offices += usize::from(id != district.id);
                    }
                    Some(Reading::Group(group)) => {
                        assert_eq!(kind, "group", "{full}");
                        let members = group.members.as_ref().unwrap();
                        let near = tree.descendants(district.id);
                        assert!(members.iter().all(|id| near.contains(id)), "{full}");
                    }
                    // Offices that the decision does not name are not in the directory.
                    None => assert!(kind == "body" && !name.starts_with("UBND"), "{full}"),
                }
            }
        }
        // The decision names eleven offices of districts; three of them under a name that
        // stands on three rows of the table.
        assert_eq!(offices, 11 + 2 * 3, "{}", place.name);
    }
}

#[tokio::test]
async fn the_tree_of_2023_is_whole() {
    for place in places(2).await {
        let report = place.directory.load_shipped(&actor()).await.unwrap();
        assert_eq!((report.units, report.added), (157, 157 + report.groups));
        let tree = place.directory.units().await.unwrap();
        let count = |level, kind| {
            tree.iter()
                .filter(|unit| unit.level == level && unit.kind == kind)
                .count()
        };
        assert_eq!(tree.len(), 157);
        assert_eq!(count(Level::Province, UnitKind::Province), 1);
        assert_eq!(count(Level::District, UnitKind::District), 8);
        assert_eq!(count(Level::Commune, UnitKind::Commune), 107);
        assert_eq!(count(Level::Province, UnitKind::Department), 17);
        assert_eq!(tree.roots()[0], province());
        // The press and the organisations stand under nobody in the administration.
        assert_eq!(tree.roots().len(), 1 + 1 + 5);
        let long_ho = tree.by_area_code("857").unwrap();
        assert_eq!(long_ho.name, "UBND huyện Long Hồ");
        assert_eq!(tree.descendants(long_ho.id).len(), 1 + 1 + 15);
        assert_eq!(tree.descendants(province()).len(), 157 - 6);
        assert!(tree.descendants(vocab::Id::NIL).is_empty());
        // Each unit stands after the one above it.
        let order: Vec<_> = tree.iter().map(|unit| unit.id).collect();
        for unit in tree.iter() {
            let at = |id| order.iter().position(|other| *other == id);
            assert!(
                unit.parent.is_none_or(|parent| at(parent) < at(unit.id)),
                "{}",
                unit.name
            );
        }
    }
}

#[tokio::test]
async fn names_are_told_apart_by_tones_and_by_place() {
    for place in places(3).await {
        place.directory.load_shipped(&actor()).await.unwrap();
        let tree = place.directory.units().await.unwrap();
        let read = |name: &str, within: Option<&str>| {
            let within = within.map(|code| tree.by_area_code(code).unwrap().id);
            name_of(&tree, name, within)
        };
        assert_eq!(read("xã Đông Thạnh", None), "UBND xã Đông Thạnh");
        assert_eq!(read("Xã Đông Thành", None), "UBND xã Đông Thành");
        assert_eq!(read("Xã Dong Thanh", None), "?");
        assert_eq!(read("Ubnd huyện LONG HỒ", None), "UBND huyện Long Hồ");
        assert_eq!(read("Sơ Nội vụ", None), "?");
        assert_eq!(
            read("So\u{31b}\u{309} No\u{302}\u{323}i vu\u{323}", None),
            "Sở Nội vụ"
        );
        assert_eq!(read("Phòng TC-KH", None), "?");
        assert_eq!(
            read("Phòng TC-KH", Some("857")),
            "Phòng Tài chính - Kế hoạch huyện Long Hồ"
        );
        assert_eq!(
            read("Phòng TC-KH", Some("29578")),
            "Phòng Tài chính - Kế hoạch huyện Long Hồ"
        );
        assert_eq!(read("Phòng TC-KH", Some("862")), "?");
        // Only one district has such a centre in the decision; it is still no other's.
        assert_eq!(
            read("Trung tâm VHTT&TT", Some("858")),
            "Trung tâm Văn hóa, Thông tin và Thể thao huyện Mang Thít"
        );
        assert_eq!(read("Trung tâm VHTT&TT", Some("860")), "?");
        assert_eq!(read("UBND thành phố", None), "UBND thành phố Vĩnh Long");
        assert_eq!(
            read("UBND các xã, thị trấn", Some("863")),
            "communes-of-district/863: level=commune&within=863"
        );
        assert_eq!(read("UBND các xã, thị trấn", None), "?");
        for nothing in ["", "   ", "{unit}", "UBND", "Sở", "<script>", "\u{0}"] {
            assert_eq!(read(nothing, None), "?", "{nothing:?}");
        }
    }
}

#[tokio::test]
async fn groups_have_the_members_that_are_known() {
    for place in places(4).await {
        place.directory.load_shipped(&actor()).await.unwrap();
        let tree = place.directory.units().await.unwrap();
        let size = |key: &str| {
            let group = tree.groups().iter().find(|group| group.key == key);
            group.unwrap().members.as_ref().map(Vec::len)
        };
        assert_eq!(size("departments"), Some(17));
        assert_eq!(size("districts"), Some(8));
        assert_eq!(size("communes"), Some(107));
        assert_eq!(size("press"), Some(2));
        assert_eq!(size("communes-of-district/861"), Some(8));
        assert_eq!(size("offices-of-district/858"), Some(2));
        assert_eq!(size("enterprises"), None);
        let mut ids: Vec<_> = tree.groups().iter().map(|group| group.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), tree.groups().len());
    }
}

#[tokio::test]
async fn loading_again_changes_nothing() {
    for place in places(5).await {
        let elsewhere = place.another_process().await;
        let (here, there) = (actor(), actor());
        let (one, other) = tokio::join!(
            place.directory.load_shipped(&here),
            elsewhere.load_shipped(&there)
        );
        let added = one.unwrap().added + other.unwrap().added;
        let records = place.count("unit_version").await + place.count("unit_group").await;
        assert_eq!(added, records, "{}", place.name);
        let again = place.directory.load_shipped(&actor()).await.unwrap();
        assert_eq!(again.added, 0);
    }
}

#[tokio::test]
async fn units_loaded_elsewhere_show_within_a_second() {
    for place in places(6).await {
        assert!(place.directory.units().await.unwrap().is_empty());
        let elsewhere = place.another_process().await;
        elsewhere.load_shipped(&actor()).await.unwrap();
        assert_eq!(elsewhere.units().await.unwrap().len(), 157);
        assert!(place.directory.units().await.unwrap().is_empty());
        place.pass(1);
        assert_eq!(place.directory.units().await.unwrap().len(), 157);
        let before = place.directory.units_on(date(2022, 12, 31)).await.unwrap();
        assert!(before.is_empty());
        let same = place.directory.units().await.unwrap();
        assert!(std::sync::Arc::ptr_eq(
            &same,
            &place.directory.units().await.unwrap()
        ));
    }
}

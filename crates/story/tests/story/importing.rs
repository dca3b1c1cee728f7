//! Keeping the shipped decision.

use directory::Principal;
use plan::standing::Standing;
use plan::view::{Found, TargetFilter};
use registry::Caller;
use vocab::Id;

use crate::fixture::{DECISION, places, unit};

fn system() -> Caller {
    Caller::new(Principal::system(), "cli", Id::NIL)
}

#[tokio::test]
async fn the_whole_decision_is_kept_and_shown() {
    for place in places(1).await {
        let view = place.plans.view().await.unwrap().unwrap();
        assert_eq!(view.body.symbol, "833/QĐ-UBND");
        assert_eq!((view.targets.len(), view.projects.len()), (148, 97));
        assert_eq!(view.body.findings.len(), 60);
        assert_eq!(
            view.lines.join("\n").trim(),
            DECISION.lines().collect::<Vec<_>>().join("\n").trim()
        );
        let numbers: Vec<u16> = view
            .targets
            .iter()
            .map(|target| target.body.number)
            .collect();
        assert_eq!(numbers, (1..=148).collect::<Vec<u16>>());
        let coordinator = view.body.facts.coordinator.as_ref().unwrap();
        let lead = unit(&place.plans, "Sở Thông tin và Truyền thông").await;
        assert_eq!(coordinator.unit, Some(lead), "{}", place.name);
        for target in &view.targets {
            // Silence is not success, not even of a standing duty.
            assert_eq!(target.standing, Standing::NoData, "{}", target.body.number);
        }
        // Every lead that is one body is a unit of the directory.
        for party in view.targets.iter().flat_map(|target| &target.body.leads) {
            assert!(
                party.unit.is_some() || party.group.is_some() || party.name.is_none(),
                "{} is nobody",
                party.written
            );
        }
    }
}

#[tokio::test]
async fn the_same_text_changes_nothing_and_another_text_only_what_differs() {
    for place in places(2).await {
        let again = place
            .plans
            .import(&system(), "833.txt", DECISION)
            .await
            .unwrap();
        assert!(again.known);
        assert_eq!((again.created, again.changed), (0, 0));
        let view = place.plans.view().await.unwrap().unwrap();
        let name = view.target(7).unwrap().body.name.clone();
        assert_eq!(DECISION.matches(name.as_str()).count(), 1);
        let corrected = DECISION.replace(name.as_str(), "Tên đã đính chính");
        let changed = place
            .plans
            .import(&system(), "833-dc.txt", &corrected)
            .await
            .unwrap();
        assert!(!changed.known);
        assert_eq!(changed.created, 0);
        // The target, its indicator, and the plan with its source.
        assert!((2..=4).contains(&changed.changed), "{changed:?}");
        let view = place.plans.view().await.unwrap().unwrap();
        assert_eq!(view.target(7).unwrap().body.name, "Tên đã đính chính");
        assert_eq!(view.target(7).unwrap().version, 2);
        assert_eq!(view.target(8).unwrap().version, 1);
    }
}

#[tokio::test]
async fn a_text_document_is_kept_with_the_text_that_its_lines_count() {
    let document = office::text::read(DECISION).unwrap();
    let file = crate::write::docx(&document);
    for place in places(3).await {
        let report = place
            .plans
            .import(&system(), "833.docx", &file)
            .await
            .unwrap();
        assert!(!report.known);
        assert_eq!((report.created, report.targets), (0, 148));
        let view = place.plans.view().await.unwrap().unwrap();
        let names: Vec<&str> = view
            .body
            .source
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(names, ["833.docx", "833.docx.txt"]);
        for target in &view.targets {
            let line = &view.lines[target.body.line as usize - 1];
            assert_eq!(line.trim(), format!("{}.", target.body.number));
        }
        let again = place.plans.import(&system(), "833.docx", &file).await;
        assert!(again.unwrap().known);
    }
}

#[tokio::test]
async fn targets_are_found_with_and_without_tone_marks() {
    let place = places(3).await.remove(0);
    let view = place.plans.view().await.unwrap().unwrap();
    let numbers = |text: &str| -> Vec<u16> {
        let filter = TargetFilter {
            text: text.to_owned(),
            ..TargetFilter::default()
        };
        view.filter(&filter)
            .iter()
            .map(|target| target.body.number)
            .collect()
    };
    let toned = numbers("hồ sơ");
    assert!(!toned.is_empty() && toned.len() < 148);
    let untoned = numbers("ho so");
    assert!(toned.iter().all(|number| untoned.contains(number)));
    assert_eq!(numbers("").len(), 148);
    assert_eq!(numbers("zzzz"), Vec::<u16>::new());
    let lead = TargetFilter {
        lead: Some(place.unit),
        ..TargetFilter::default()
    };
    let of_unit = view.filter(&lead);
    assert!(
        of_unit
            .iter()
            .any(|target| target.body.number == place.number)
    );
    // Two communes that differ by one tone are told apart when the tone was typed.
    let units = |text: &str| {
        let found = view.search(text, 500).into_iter();
        found
            .filter(|found| matches!(found, Found::Unit(_)))
            .count()
    };
    assert_eq!(
        units("Đông Thạnh") + units("Đông Thành"),
        units("dong thanh")
    );
    assert!(units("Đông Thạnh") > 0 && units("Đông Thành") > 0);
}

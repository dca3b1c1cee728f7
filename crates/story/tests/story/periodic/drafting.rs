//! What is drafted from the figures, for which periods, by whose layout.

use directory::{Principal, Role};
use plan::import::IndicatorKind;
use plan::periodic::{Layout, PaperCell, PaperRow, states};
use plan::{Entered, PlanError, ReportDraft};
use registry::RegistryError;
use vocab::Period;

use super::{begun, now, quarter, text};
use crate::fixture::{page, places, refusal, somebody};

#[tokio::test]
async fn it_is_drafted_from_the_figures_and_follows_them() {
    for place in places(51).await {
        let report = begun(&place).await;
        assert_eq!(report.record.state, states::DRAFT);
        // Four sections, one part for each heading of targets, two of the third.
        let groups = place.plans.view().await.unwrap().unwrap().body.groups.len();
        assert_eq!(report.sections.len(), 5 + groups + 2);
        let before = text(&place, &report).await;
        assert!(before.contains("Trong tổng số 148 mục tiêu"), "{before}");
        assert!(!before.contains("[["), "{before}");
        assert!(!before.contains('{'), "{before}");
        let code = format!("[[mt{}]]", place.number);
        let section = &report.sections[0];
        let edited = place
            .plans
            .edit_report_section(
                &page(&place.coordinator),
                section.record.id,
                1,
                &section.body.title,
                &format!("Sở Nội vụ đạt {code}."),
            )
            .await;
        edited.unwrap();
        let written = now(&place, &report).await;
        let before = text(&place, &written).await;
        assert!(
            before.contains("Sở Nội vụ đạt chưa có số liệu."),
            "{before}"
        );
        place.consolidated(79).await;
        let after = text(&place, &written).await;
        assert!(after.contains("Sở Nội vụ đạt 79% (79/100)."), "{after}");
        let late = &written
            .sections
            .iter()
            .find(|section| section.body.key.ends_with("han-che/ton-tai"));
        let anew = place
            .plans
            .drafted_anew(&place.coordinator, &written, late.unwrap())
            .await;
        assert!(anew.unwrap().contains("[[dv.ds]]"), "{}", place.name);
    }
}

#[tokio::test]
async fn a_past_period_is_judged_as_it_ended() {
    for place in places(50).await {
        // At the end of March 16 of 100 is what the line to 60 asks for, at the end of June 18
        // is much less.
        let first = Period::quarter(2023, 1).unwrap();
        let draft = ReportDraft {
            period: first,
            ..place.draft(16, 100)
        };
        place.drafted_and_consolidated(draft).await;
        place.consolidated(18).await;
        let by = page(&place.coordinator);
        for (period, expected) in [
            (first, ["16% (16/100)", "Đúng tiến độ"]),
            (quarter(), ["18% (18/100)", "Chậm tiến độ"]),
        ] {
            let report = place.plans.begin_periodic_report(&by, period).await;
            let report = report.unwrap();
            let paper = place.plans.paper(&report).await.unwrap();
            let cells = paper.annexes[0].rows.iter().find_map(|row| match row {
                PaperRow::Cells(cells) if cells[0] == PaperCell::Whole(place.number.into()) => {
                    Some(cells.iter().map(PaperCell::text).collect::<Vec<_>>())
                }
                _ => None,
            });
            let cells = cells.unwrap();
            for text in expected {
                assert!(cells.iter().any(|cell| cell == text), "{text}: {cells:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_duty_that_was_not_done_is_told_of_with_what_its_unit_says() {
    for mut place in places(49).await {
        let view = place.plans.view().await.unwrap().unwrap();
        let (target, indicator) = view
            .targets
            .iter()
            .filter(|target| !target.reporters.is_empty())
            .find_map(|target| {
                let mut measured = target.indicators.iter();
                let duty = measured.find(|one| one.body.measure.kind == IndicatorKind::Standing)?;
                Some((target, duty.id))
            })
            .unwrap();
        place.unit = target.reporters[0];
        place.officer = somebody("canbo.tx", Role::Officer, place.unit);
        place.head = somebody("lanhdao.tx", Role::Head, place.unit);
        let draft = ReportDraft {
            indicator,
            entered: Entered {
                reached: Some(false),
                ..Entered::default()
            },
            note: "Chưa bố trí được người".to_owned(),
            ..place.draft(0, 1)
        };
        place.drafted_and_consolidated(draft).await;
        let report = begun(&place).await;
        let drafted = |key: &str| {
            let mut sections = report.sections.iter();
            let section = sections.find(|section| section.body.key.ends_with(key));
            section.unwrap().body.text.clone()
        };
        let number = format!("Mục tiêu {}. ", target.body.number);
        assert!(drafted("han-che/ton-tai").contains(&number));
        let causes = drafted("han-che/nguyen-nhan");
        assert!(causes.contains("Chưa bố trí được người"), "{causes}");
    }
}

#[tokio::test]
async fn there_is_one_report_for_a_period_whoever_begins_it() {
    for place in places(52).await {
        let coordinator = page(&place.coordinator);
        let one = place.plans.begin_periodic_report(&coordinator, quarter());
        let other = place.plans.begin_periodic_report(&coordinator, quarter());
        let (one, other) = tokio::join!(one, other);
        let ((Ok(_), refused) | (refused, Ok(_))) = (one, other) else {
            panic!("{}: nobody began it", place.name)
        };
        assert_eq!(refusal(refused).0, "periodic-exists", "{}", place.name);
        let all = place.plans.periodic_reports(&place.coordinator).await;
        assert_eq!(all.unwrap().len(), 1);
        // Nobody outside the unit that writes it knows of a draft.
        for other in [&place.officer, &place.head, &Principal::public()] {
            assert!(
                place
                    .plans
                    .periodic_reports(other)
                    .await
                    .unwrap()
                    .is_empty()
            );
        }
        let stranger = place
            .plans
            .begin_periodic_report(&page(&place.head), quarter())
            .await;
        assert_eq!(refusal(stranger).0, "role-missing");
        let late = Period::year(2024).unwrap();
        let outside = place.plans.begin_periodic_report(&coordinator, late).await;
        assert_eq!(refusal(outside).1.unwrap().1, "period-outside-plan");
    }
}

#[tokio::test]
async fn a_province_keeps_its_own_layout() {
    for place in places(58).await {
        let plans = &place.plans;
        let kept = plans.kept_layout().await.unwrap();
        assert_eq!(kept.version(), 0);
        let own = kept.text.replace("left_mm = 30", "left_mm = 35");
        let broken = kept.text.replace("left_mm = 30", "left_mm = 300");
        let coordinator = page(&place.coordinator);
        let refused = plans.keep_layout(&coordinator, 0, &broken).await;
        assert_eq!(refusal(refused).0, "layout-unusable");
        let stranger = plans.keep_layout(&page(&place.officer), 0, &own).await;
        assert_eq!(refusal(stranger).0, "role-missing", "{}", place.name);
        let kept = plans.keep_layout(&coordinator, 0, &own).await.unwrap();
        assert_eq!((kept.version(), &kept.text), (1, &own));
        let late = plans.keep_layout(&coordinator, 0, &own).await;
        assert!(matches!(
            late,
            Err(PlanError::Registry(RegistryError::Conflict { .. }))
        ));
        let report = begun(&place).await;
        assert_eq!(report.body.layout.page.left_mm, 35);
        // A report that was begun keeps the layout that it was begun with.
        let shipped = plan::periodic::layout::SHIPPED;
        plans.keep_layout(&coordinator, 1, shipped).await.unwrap();
        assert_eq!(now(&place, &report).await.body.layout.page.left_mm, 35);
        assert_eq!(Layout::shipped().unwrap().page.left_mm, 30);
    }
}

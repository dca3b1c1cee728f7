//! What is drafted from the figures, for which periods, by whose layout.

use directory::Principal;
use plan::PlanError;
use plan::periodic::{Layout, states};
use registry::RegistryError;
use vocab::Period;

use super::{begun, now, quarter, text};
use crate::fixture::{page, places, refusal};

#[tokio::test]
async fn it_is_drafted_from_the_figures_and_follows_them() {
    for place in places(51).await {
        let report = begun(&place).await;
        assert_eq!(report.record.state, states::DRAFT);
        // Four sections, one part for each heading of targets, two of the third.
        let groups = place.plans.view().await.unwrap().unwrap().body.groups.len();
        assert_eq!(report.sections.len(), 4 + groups + 2);
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
        let anew = place.plans.drafted_anew(&written, late.unwrap()).await;
        assert!(anew.unwrap().contains("[[dv.ds]]"), "{}", place.name);
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

//! How targets are measured: as reviewed, as a person confirmed, and shared by two targets.

use plan::import::{Bound, IndicatorKind};
use plan::records::Measure;
use plan::view::IndicatorView;
use plan::{MeasureEdit, Origin, PlanError};
use registry::RegistryError;

use crate::fixture::{DECISION, page, places};

/// The same measure with another numerator.
fn edit(indicator: &IndicatorView, counts: &str) -> MeasureEdit {
    MeasureEdit {
        indicator: indicator.id,
        version: indicator.version,
        measure: indicator.body.measure.clone(),
        unit: None,
        counts: counts.to_owned(),
        among: indicator.body.among.clone(),
        due: None,
        baseline: None,
    }
}

fn code(error: &PlanError) -> &str {
    match error {
        PlanError::Registry(RegistryError::Refused(problem)) => &problem.code,
        PlanError::Registry(RegistryError::Conflict { .. }) => "conflict",
        PlanError::Registry(RegistryError::NotFound { .. }) => "not-found",
        _ => "other",
    }
}

#[tokio::test]
async fn what_a_person_confirmed_outlives_another_import() {
    for place in places(61).await {
        let view = place.plans.view().await.unwrap().unwrap();
        let (_, indicator) = view.indicator(place.indicator).unwrap();
        assert_eq!(indicator.body.origin, Origin::Reviewed, "{}", place.name);
        let said = edit(indicator, "công chức có định danh số");
        let by = page(&place.coordinator);
        let twice = [said.clone(), said.clone()];
        place.plans.confirm_measures(&by, vec![said]).await.unwrap();
        let stale = place.plans.confirm_measures(&by, twice.to_vec()).await;
        assert_eq!(code(&stale.unwrap_err()), "conflict", "{}", place.name);

        // Another text of the same decision: the goal of this target is what it was.
        let text = DECISION.replacen("Chuyển đổi số", "Chuyển Đổi Số", 1);
        assert_ne!(text, DECISION);
        let report = place.plans.import(&by, "833.txt", &text).await.unwrap();
        assert!(!report.known && report.changed > 0, "{}", place.name);
        let view = place.plans.view().await.unwrap().unwrap();
        let (_, indicator) = view.indicator(place.indicator).unwrap();
        assert_eq!(indicator.body.origin, Origin::Confirmed, "{}", place.name);
        let counts = indicator.body.counts.as_deref();
        assert_eq!(counts, Some("công chức có định danh số"), "{}", place.name);
    }
}

#[tokio::test]
async fn a_measure_keeps_its_kind_once_it_was_reported_on() {
    for place in places(62).await {
        let officer = page(&place.officer);
        place
            .plans
            .begin_report(&officer, place.draft(60, 100))
            .await
            .unwrap();
        let view = place.plans.view().await.unwrap().unwrap();
        let (_, indicator) = view.indicator(place.indicator).unwrap();
        let counted = MeasureEdit {
            measure: Measure {
                kind: IndicatorKind::Count,
                bound: Some(Bound::AtLeast),
                value: Some(60.into()),
            },
            unit: Some("công chức".to_owned()),
            ..edit(indicator, "công chức có định danh số")
        };
        let by = page(&place.coordinator);
        let refused = place.plans.confirm_measures(&by, vec![counted]).await;
        assert_eq!(code(&refused.unwrap_err()), "measure-reported");

        let nothing = edit(indicator, "");
        let refused = place.plans.confirm_measures(&by, vec![nothing]).await;
        assert_eq!(code(&refused.unwrap_err()), "invalid-fields");
        // Neither an officer nor a head says how a target is measured.
        for other in [&place.officer, &place.head] {
            let said = edit(indicator, "điều khác");
            let refused = place.plans.confirm_measures(&page(other), vec![said]).await;
            assert!(refused.is_err(), "{}", place.name);
        }
        let view = place.plans.view().await.unwrap().unwrap();
        let (_, indicator) = view.indicator(place.indicator).unwrap();
        assert_eq!(indicator.body.origin, Origin::Reviewed, "{}", place.name);
    }
}

#[tokio::test]
async fn two_targets_that_ask_for_one_figure_share_it() {
    for place in places(63).await {
        let view = place.plans.view().await.unwrap().unwrap();
        let shared = |number| &view.target(number).unwrap().indicators;
        assert_eq!(shared(62).len(), 1);
        assert_eq!(shared(62)[0].id, shared(138)[0].id, "{}", place.name);
        let (first, _) = view.indicator(shared(138)[0].id).unwrap();
        assert_eq!(first.body.number, 62);
        // A cell of several things is measured thing by thing.
        let several = [(29, 2), (30, 3), (89, 2), (96, 2), (100, 3), (121, 4)];
        for (number, measures) in several {
            assert_eq!(shared(number).len(), measures, "{number}");
        }
    }
}

/// What a text leaves out is measured no longer; brought back, it is what it was.
#[tokio::test]
async fn a_measure_that_comes_back_is_as_it_was_confirmed() {
    for place in places(64).await {
        let by = page(&place.coordinator);
        let measures = async || {
            let view = place.plans.view().await.unwrap().unwrap();
            view.target(100).unwrap().indicators.clone()
        };
        let third = measures().await[2].clone();
        let said = MeasureEdit {
            unit: Some("giao dịch".to_owned()),
            ..edit(&third, "giao dịch thành công trên Sàn")
        };
        place.plans.confirm_measures(&by, vec![said]).await.unwrap();

        let cell = "600 sản phẩm\n\n100 giao dịch";
        let unreadable = DECISION.replacen(cell, "600 sản phẩm\n\n\n", 1);
        assert_ne!(unreadable, DECISION);
        let import = async |text: &str| place.plans.import(&by, "833.txt", text).await;
        // A row that ends in the middle of its cell is told of; its measures stay.
        import(&unreadable).await.unwrap();
        assert_eq!(measures().await.len(), 3, "{}", place.name);
        let text = DECISION.replacen(cell, "600 sản phẩm", 1);
        assert_ne!(text, DECISION);
        import(&text).await.unwrap();
        assert_eq!(measures().await.len(), 2, "{}", place.name);
        import(DECISION).await.unwrap();
        let again = &measures().await[2];
        assert_eq!(again.id, third.id, "{}", place.name);
        assert_eq!(again.body.origin, Origin::Confirmed, "{}", place.name);
        let counts = again.body.counts.as_deref();
        assert_eq!(counts, Some("giao dịch thành công trên Sàn"));
    }
}

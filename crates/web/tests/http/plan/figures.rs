//! Figures: only what was consolidated is public, and it is at once.

use directory::Role;
use plan::import::IndicatorKind;
use plan::{Measurement, ReportDraft, ReportStep};
use registry::Caller;
use vocab::{Id, Period};
use web::pages::links;

use super::fixture::over_the_plan;
use crate::fixture::TestApp;

const RATIO: Measurement = Measurement::Ratio {
    numerator: 4_321,
    denominator: 9_876,
};

/// Somebody for each step of a report.
pub(super) struct Desk {
    pub(super) officer: Caller,
    pub(super) head: Caller,
    pub(super) coordinator: Caller,
    pub(super) unit: Id,
}

impl Desk {
    pub(super) async fn of(app: &TestApp, name: &str) -> Self {
        let unit = app.unit_called("Sở Nội vụ").await;
        let coordinator = app.unit_called("Sở Thông tin và Truyền thông").await;
        let login = |role: &str| format!("{role}.{name}");
        Self {
            officer: app.caller(&login("canbo"), Role::Officer, unit).await,
            head: app.caller(&login("lanhdao"), Role::Head, unit).await,
            coordinator: app
                .caller(&login("dieuphoi"), Role::Coordinator, coordinator)
                .await,
            unit,
        }
    }

    /// A target of the unit with one ratio: the `nth` of them.
    pub(super) async fn target(&self, app: &TestApp, nth: usize) -> (u16, Id) {
        let view = app.app.plans.view().await.unwrap().unwrap();
        let mut targets = view.reported_by(self.unit).filter(|target| {
            matches!(&target.indicators[..], [one] if one.body.measure.kind == IndicatorKind::Ratio)
        });
        let target = targets.nth(nth).unwrap();
        (target.body.number, target.indicators[0].id)
    }

    pub(super) async fn draft(&self, app: &TestApp, indicator: Id, note: &str) -> plan::Report {
        let draft = ReportDraft {
            indicator,
            unit: self.unit,
            period: Period::quarter(2023, 1).unwrap(),
            entered: RATIO.into(),
            note: note.to_owned(),
            evidence: Vec::new(),
            explanations: Vec::new(),
        };
        let plans = &app.app.plans;
        plans.begin_report(&self.officer, draft).await.unwrap()
    }

    /// A report on an indicator, taken all the way to the public figure; gives its identity.
    pub(super) async fn consolidated(&self, app: &TestApp, indicator: Id) -> Id {
        let report = self.draft(app, indicator, "").await;
        let (id, mut version) = (report.record.id, report.record.version);
        for (by, step) in [
            (&self.officer, ReportStep::Submit),
            (&self.head, ReportStep::Approve),
            (&self.coordinator, ReportStep::Consolidate),
        ] {
            let plans = &app.app.plans;
            let report = plans.step_report(by, id, version, &step).await.unwrap();
            version = report.record.version;
        }
        id
    }
}

#[test]
fn a_consolidated_figure_shows_everywhere_with_its_way() {
    over_the_plan(|app| async move {
        let desk = Desk::of(app, "shown").await;
        let (number, indicator) = desk.target(app, 0).await;
        let path = links::target(number);
        let report = desk.draft(app, indicator, "").await;
        let id = report.record.id;
        let mut version = report.record.version;
        for (by, step) in [
            (&desk.officer, ReportStep::Submit),
            (&desk.head, ReportStep::Approve),
            (&desk.coordinator, ReportStep::Consolidate),
        ] {
            assert!(!app.page(&path).await.contains("4.321"), "before {step:?}");
            let plans = &app.app.plans;
            let report = plans.step_report(by, id, version, &step).await.unwrap();
            version = report.record.version;
        }
        let page = app.page(&path).await;
        assert!(page.contains("43,75\u{a0}%"), "the figure");
        assert!(page.contains("4.321 / 9.876"), "its parts");
        assert!(page.contains("Sở Nội vụ, quý I/2023"), "its way");
        assert!(page.contains("<svg class=\"chart\""), "its trend");
        assert!(page.contains("cách tính của hệ thống") || page.contains("đã đạt"));
        let page = app.page_in("en", &path).await;
        assert!(page.contains("43.75%") && !page.contains('⟦'));
        for path in [links::TARGET_LIST, links::OVERVIEW] {
            let page = app.page(path).await;
            assert!(page.contains("43,75\u{a0}%"), "{path}");
        }
        let overview = app.page(links::OVERVIEW).await;
        assert!(overview.contains("số liệu đến 31/03/2023"));
    });
}

#[test]
fn drafts_and_what_waits_for_approval_are_nobody_elses_affair() {
    over_the_plan(|app| async move {
        let desk = Desk::of(app, "hidden").await;
        let (number, indicator) = desk.target(app, 1).await;
        let report = desk.draft(app, indicator, "chưa xem lại").await;
        let plans = &app.app.plans;
        let pages = [
            links::OVERVIEW.to_owned(),
            links::TARGET_LIST.to_owned(),
            links::target(number),
            links::unit(&desk.unit.to_string()),
            format!("{}?q=l%E1%BA%A1i", links::SEARCH),
        ];
        let submit = ReportStep::Submit;
        for step in [None, Some(submit)] {
            if let Some(step) = step {
                let (id, version) = (report.record.id, report.record.version);
                plans
                    .step_report(&desk.officer, id, version, &step)
                    .await
                    .unwrap();
            }
            for path in &pages {
                let page = app.page(path).await;
                assert!(!page.contains("chưa xem lại"), "{path}");
                assert!(!page.contains(&report.record.id.to_string()), "{path}");
            }
            let page = app.page(&links::target(number)).await;
            assert!(page.contains("Chưa có số liệu được tổng hợp"));
        }
    });
}

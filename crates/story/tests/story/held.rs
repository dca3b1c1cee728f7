//! Reports that are held in memory and brought up to date say what all of them say, read anew.

use directory::Principal;
use plan::{Plans, ReportDraft};
use registry::Caller;
use vocab::{Id, Period};

use crate::fixture::{DECISION, Place, places, without};

/// All that a view derives from reports.
async fn said(plans: &Plans) -> String {
    let view = plans.view().await.unwrap().unwrap();
    let retired = &view.retired_targets;
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}",
        view.targets, retired, view.changes, view.board
    )
}

/// Another process reads everything: the held one must say the same.
async fn same(place: &Place, after: &str) {
    let anew = Plans::new(place.plans.registry().clone());
    let (held, anew) = (said(&place.plans).await, said(&anew).await);
    assert!(held == anew, "{}: after {after}", place.name);
}

fn of_period(place: &Place, period: Period, numerator: i64) -> ReportDraft {
    ReportDraft {
        period,
        ..place.draft(numerator, 100)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_what_is_there() {
    for mut place in places(1_601).await {
        same(&place, "nothing").await;
        let first = place.consolidated(40).await;
        same(&place, "the first report").await;
        let before = place.plans.view().await.unwrap();
        let quarter = Period::quarter(2023, 1).unwrap();
        place
            .drafted_and_consolidated(of_period(&place, quarter, 30))
            .await;
        same(&place, "a report of an earlier period").await;
        place.sent_back(first).await;
        same(&place, "a report that was sent back").await;
        place.corrected(first, 55).await;
        same(&place, "the same, corrected").await;
        // Whoever still holds the view of then sees what was then.
        let (_, then) = before.as_ref().unwrap().indicator(place.indicator).unwrap();
        let value = then.figure.unwrap().measurement;
        assert!(
            format!("{value:?}").contains("40"),
            "{}: {value:?}",
            place.name
        );
        let third_quarter = Period::quarter(2023, 3).unwrap();
        place
            .drafted_and_consolidated(of_period(&place, third_quarter, 56))
            .await;
        same(&place, "a later period").await;
        // A later text does without the target, then has it again.
        let by = Caller::new(Principal::system(), "cli", Id::NIL);
        for text in [without(place.number), DECISION.to_owned()] {
            place.plans.import(&by, "833.txt", &text).await.unwrap();
            same(&place, "another text").await;
        }
        // Another process of the same province reports.
        let other = Plans::new(place.plans.registry().clone());
        let held = std::mem::replace(&mut place.plans, other);
        let year = Period::year(2023).unwrap();
        let theirs = of_period(&place, year, 61);
        place.drafted_and_consolidated(theirs).await;
        let later = place.plans.registry().store().context().now();
        place.clock.set(later.plus_micros(1_000_000));
        place.plans = held;
        same(&place, "a report of another process").await;
    }
}

//! Who is to do what, until when.

use directory::{Principal, Role};
use plan::ReportStep;

use crate::fixture::{Place, page, places, somebody, unit};

async fn waiting(place: &Place, principal: &Principal) -> Vec<String> {
    let mut names = Vec::new();
    for role in [Role::Officer, Role::Head, Role::Coordinator] {
        let page = place
            .plans
            .registry()
            .tasks(principal, role, None, 50)
            .await
            .unwrap();
        names.extend(page.items.into_iter().map(|task| task.name));
    }
    let count = place
        .plans
        .registry()
        .count_tasks(principal, 100)
        .await
        .unwrap();
    assert_eq!(count, names.len());
    names
}

#[tokio::test]
async fn each_step_hands_the_work_on() {
    for place in places(21).await {
        let plans = &place.plans;
        let other = somebody("nguoila", Role::Head, unit(plans, "Sở Y tế").await);
        let report = plans
            .begin_report(&page(&place.officer), place.draft(1, 2))
            .await
            .unwrap();
        let id = report.record.id;
        assert!(waiting(&place, &place.head).await.is_empty());
        plans
            .step_report(&page(&place.officer), id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        assert_eq!(waiting(&place, &place.head).await, ["approve"]);
        assert!(waiting(&place, &other).await.is_empty());
        let task = plans
            .registry()
            .tasks(&place.head, Role::Head, None, 5)
            .await
            .unwrap()
            .items
            .remove(0);
        // Handed in on Monday 14 August; three working days on is Thursday, to its end.
        assert_eq!(task.due.to_string(), "2023-08-18T00:00:00+07:00");
        assert_eq!((task.record, task.unit), (id, place.unit));
        let reason = ReportStep::SendBack("Thiếu minh chứng".to_owned());
        plans
            .step_report(&page(&place.head), id, 2, &reason)
            .await
            .unwrap();
        assert!(waiting(&place, &place.head).await.is_empty());
        assert_eq!(waiting(&place, &place.officer).await, ["correct"]);
        plans
            .step_report(&page(&place.officer), id, 3, &ReportStep::Submit)
            .await
            .unwrap();
        plans
            .step_report(&page(&place.head), id, 4, &ReportStep::Approve)
            .await
            .unwrap();
        assert_eq!(waiting(&place, &place.coordinator).await, ["consolidate"]);
        plans
            .step_report(&page(&place.coordinator), id, 5, &ReportStep::Consolidate)
            .await
            .unwrap();
        for who in [&place.officer, &place.head, &place.coordinator] {
            assert!(waiting(&place, who).await.is_empty(), "{}", place.name);
        }
    }
}

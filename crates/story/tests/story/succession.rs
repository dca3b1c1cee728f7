//! Work in flight goes on in the unit that takes in the one where it began.

use directory::{Principal, Resolution, Role, UnitChange, UnitEvent};
use plan::{PlanError, ReportStep};
use registry::RegistryError;
use vocab::Id;

use crate::fixture::{Place, page, places, somebody, unit};

/// Sở Nội vụ is taken in by another unit, today.
async fn merge(place: &Place, into: Id) {
    let directory = place.plans.registry().directory();
    let today = directory.store().context().now().in_vietnam().date();
    let event = UnitEvent {
        date: today,
        change: UnitChange::Merge {
            from: vec![place.unit],
            into,
        },
        ordered_by: Resolution::default(),
    };
    let actor = Principal::system().actor("cli", Id::NIL);
    directory.rearrange(&actor, &[event]).await.unwrap();
}

/// Somebody as each request makes them: with what they may do today.
async fn permitted(place: &Place, who: &Principal) -> Principal {
    let directory = place.plans.registry().directory();
    directory.permitted(who.clone()).await.unwrap()
}

/// The names of the tasks that wait for somebody.
async fn waiting(place: &Place, who: &Principal, role: Role) -> Vec<(String, Id, Id)> {
    let registry = place.plans.registry();
    let page = registry.tasks(who, role, None, 50).await.unwrap();
    let tasks = page.items.into_iter();
    tasks
        .map(|task| (task.name, task.record, task.unit))
        .collect()
}

#[tokio::test]
async fn a_successor_goes_on_with_draft_and_task() {
    for place in places(31).await {
        let plans = &place.plans;
        let successor = unit(plans, "Văn phòng UBND tỉnh").await;
        let stranger = unit(plans, "Sở Y tế").await;
        let officer = somebody("canbo.moi", Role::Officer, successor);
        let head = somebody("lanhdao.moi", Role::Head, successor);
        let outside = somebody("nguoila", Role::Officer, stranger);

        // A task: the head wanted it corrected. It is the last that the old unit did.
        let report = plans
            .begin_report(&page(&place.officer), place.draft(1, 2))
            .await
            .unwrap();
        let id = report.record.id;
        plans
            .step_report(&page(&place.officer), id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        let reason = ReportStep::SendBack("Thiếu minh chứng".to_owned());
        plans
            .step_report(&page(&place.head), id, 2, &reason)
            .await
            .unwrap();
        // And a draft of an earlier quarter.
        let mut early = place.draft(3, 4);
        early.period = vocab::Period::quarter(2023, 1).unwrap();
        let draft = plans
            .begin_report(&page(&place.officer), early.clone())
            .await
            .unwrap();

        // Until the day of the event nobody else knows of either.
        for who in [&officer, &head] {
            let who = permitted(&place, who).await;
            for hidden in [id, draft.record.id] {
                let told = plans.report(&who, hidden).await;
                assert!(
                    matches!(
                        told,
                        Err(PlanError::Registry(RegistryError::NotFound { .. }))
                    ),
                    "{}",
                    place.name
                );
            }
        }
        let before = [
            plans.report(&place.officer, id).await.unwrap(),
            plans.report(&place.officer, draft.record.id).await.unwrap(),
        ];
        merge(&place, successor).await;

        let officer = permitted(&place, &officer).await;
        let head = permitted(&place, &head).await;
        let outside = permitted(&place, &outside).await;
        for known in &before {
            let record = &known.record;
            // Not rewritten: the same version, still owned by the unit that is gone.
            for who in [&officer, &head] {
                assert_eq!(&plans.report(who, record.id).await.unwrap(), known);
            }
            assert_eq!(record.unit, place.unit);
            assert!(plans.report(&outside, record.id).await.is_err());
        }
        let correct = [("correct".to_owned(), id, place.unit)];
        assert_eq!(waiting(&place, &officer, Role::Officer).await, correct);
        assert!(waiting(&place, &outside, Role::Officer).await.is_empty());

        // The successor corrects and hands in; its head decides; the draft goes on too.
        plans
            .edit_report(&page(&officer), id, 3, place.draft(79, 100))
            .await
            .unwrap();
        plans
            .step_report(&page(&officer), id, 4, &ReportStep::Submit)
            .await
            .unwrap();
        let approve = [("approve".to_owned(), id, place.unit)];
        assert_eq!(waiting(&place, &head, Role::Head).await, approve);
        let approved = plans
            .step_report(&page(&head), id, 5, &ReportStep::Approve)
            .await
            .unwrap();
        assert_eq!(
            (approved.record.state.as_str(), approved.record.unit),
            ("approved", place.unit)
        );
        let edited = plans
            .edit_report(&page(&officer), draft.record.id, 1, early)
            .await
            .unwrap();
        assert_eq!((edited.record.version, edited.record.unit), (2, place.unit));
        assert!(waiting(&place, &officer, Role::Officer).await.is_empty());

        // Whoever still holds a role in the unit that is gone is not locked out.
        let old = permitted(&place, &place.officer).await;
        assert_eq!(plans.report(&old, id).await.unwrap(), approved);
    }
}

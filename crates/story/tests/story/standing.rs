//! Where the plan stands: what is public, what it was, what changed, by the units of another day.

use directory::{Principal, Resolution, UnitChange, UnitEvent};
use jiff::civil::date;
use plan::view::{RestatedValue, Restater, changed};
use plan::{PlanError, Reason, Standing};
use registry::RegistryError;
use vocab::{Id, Instant};

use crate::fixture::{DECISION, Place, page, places, refusal, unit, without};

fn now(place: &Place) -> Instant {
    place.plans.registry().store().context().now()
}

#[tokio::test]
async fn what_is_not_published_is_nobodys_without_an_account() {
    for place in places(41).await {
        let plans = &place.plans;
        let id = place.consolidated(79).await;
        let nobody = Principal::public();
        let both = plans.view_for(&nobody).await.unwrap().unwrap();
        let full = plans.view_for(&place.officer).await.unwrap().unwrap();
        assert!(std::sync::Arc::ptr_eq(&both, &full), "all of it is public");
        assert!(plans.report(&nobody, id).await.is_ok());

        // Only who may configure the plan says so, and of targets that there are.
        let (officer, coordinator) = (page(&place.officer), page(&place.coordinator));
        let refused = plans.publish(&officer, &[place.number], false).await;
        assert_eq!(refusal(refused).0, "role-missing");
        let refused = plans
            .publish(&coordinator, &[place.number, 9_999], false)
            .await;
        assert_eq!(refusal(refused).0, "target-unknown");
        let numbers = [place.number, place.number];
        let held = plans.publish(&coordinator, &numbers, false).await;
        assert_eq!(held.unwrap(), 1, "{}", place.name);
        assert_eq!(
            plans.publish(&coordinator, &numbers, false).await.unwrap(),
            0
        );

        let public = plans.view_for(&nobody).await.unwrap().unwrap();
        let target = public.target(place.number).unwrap();
        assert_eq!(target.standing, Standing::NoData);
        assert_eq!(target.judged(&public).reason, Reason::NotPublished);
        assert!(
            target
                .indicators
                .iter()
                .all(|one| one.figure.is_none() && one.trend.is_empty())
        );
        let units = target.indicators.iter().flat_map(|one| &one.units);
        assert!(
            units
                .clone()
                .all(|unit| unit.latest.is_none() && unit.reports == 0)
        );
        assert!(public.changes.is_empty());
        let row = public.board.row(place.unit).unwrap();
        assert_eq!(row.latest, None);
        assert!(matches!(
            plans.report(&nobody, id).await,
            Err(PlanError::Registry(RegistryError::NotFound { .. }))
        ));
        // What is held back is not missing: the unit is not told of as late.
        let full = plans.view_for(&place.officer).await.unwrap().unwrap();
        let of_unit = |view: &plan::PlanView| {
            let reporting = view.reporting(|_| true);
            let unit = reporting.into_iter().find(|one| one.unit == place.unit);
            unit.map(|unit| (unit.made, unit.missing)).unwrap()
        };
        let (made, missing) = of_unit(&full);
        let measures = target.indicators.len();
        assert_eq!((made, of_unit(&public).0), (1, 0), "{}", place.name);
        assert_eq!(of_unit(&public).1, made + missing - measures);
        // With an account all of it is there, and its way.
        let full = plans.view_for(&place.officer).await.unwrap().unwrap();
        let target = full.target(place.number).unwrap();
        assert!(target.indicators[0].figure.is_some() && !target.published);
        assert_eq!(
            plans
                .way_of_target(&directory::Principal::public(), target)
                .await
                .unwrap()
                .len(),
            3
        );
        assert!(plans.report(&place.officer, id).await.is_ok());

        // Another reading of the decision does not publish it again.
        let again = DECISION.replacen("100%", "99%", 1);
        let cli = registry::Caller::new(Principal::system(), "cli", Id::NIL);
        plans.import(&cli, "833.txt", &again).await.unwrap();
        let public = plans.view_for(&nobody).await.unwrap().unwrap();
        assert!(!public.target(place.number).unwrap().published);
        assert_eq!(
            plans.publish(&coordinator, &numbers, true).await.unwrap(),
            1
        );
        let public = plans.view_for(&nobody).await.unwrap().unwrap();
        assert!(
            public.target(place.number).unwrap().indicators[0]
                .figure
                .is_some()
        );
    }
}

#[tokio::test]
async fn what_was_is_derived_from_the_versions_of_then() {
    for place in places(42).await {
        let plans = &place.plans;
        let none = now(&place);
        let id = place.consolidated(79).await;
        let first = now(&place);
        let before = plans.view_at(none).await.unwrap().unwrap();
        let is = plans.view().await.unwrap().unwrap();
        let figure = |view: &plan::PlanView| {
            let target = view.target(place.number).unwrap();
            target.judged(view).value().map(|value| value.to_string())
        };
        assert_eq!(
            (figure(&before), figure(&is)),
            (None, Some("79.00".to_owned()))
        );
        let changes = changed(Some(&before), &is, none);
        assert_eq!(changes.len(), 1, "{}", place.name);
        assert!(changes[0].standing() && changes[0].figure() && !changes[0].asked());
        assert_eq!((changes[0].number, changes[0].reports), (place.number, 1));

        // Sent back, corrected, and consolidated again: both pasts stay what they were.
        place.sent_back(id).await;
        let gone = now(&place);
        place.corrected(id, 41).await;
        let numbers = [place.number];
        plans
            .publish(&page(&place.coordinator), &numbers, false)
            .await
            .unwrap();
        let at = async |instant| plans.view_at(instant).await.unwrap().unwrap();
        assert_eq!(figure(&*at(first).await).as_deref(), Some("79.00"));
        assert!(at(first).await.target(place.number).unwrap().published);
        assert_eq!(figure(&*at(gone).await), None);
        let last = at(now(&place)).await;
        assert_eq!(figure(&last).as_deref(), Some("41.00"));
        // Who has no account is not told what it was either.
        let nobody = Principal::public();
        let public = plans.view_for(&nobody).await.unwrap().unwrap();
        for change in changed(Some(&*at(first).await), &public, first) {
            assert!(change.before.unwrap().figure.is_none());
        }
        // Before there was a plan there was none.
        assert!(
            plans
                .view_at(Instant::from_micros(0))
                .await
                .unwrap()
                .is_none()
        );
        let new = changed(None, &public, none);
        assert_eq!(new.len(), public.targets.len());
    }
}

#[tokio::test]
async fn what_leaves_the_plan_is_told_of_and_stays_held_back() {
    for place in places(44).await {
        let plans = &place.plans;
        place.consolidated(79).await;
        let coordinator = page(&place.coordinator);
        let held = plans.publish(&coordinator, &[place.number], false).await;
        held.unwrap();
        let here = now(&place);
        let shorter = without(place.number);
        plans
            .import(&coordinator, "ngan.txt", &shorter)
            .await
            .unwrap();
        let away = now(&place);
        let nobody = Principal::public();
        let public = plans.view_for(&nobody).await.unwrap().unwrap();
        let full = plans.view_for(&place.officer).await.unwrap().unwrap();
        for (view, shown) in [(&public, false), (&full, true)] {
            let [retired] = &view.retired_targets[..] else {
                panic!("{}: {:?}", place.name, view.retired_targets);
            };
            let measured = &retired.indicators[0];
            assert_eq!(measured.figure.is_some(), shown, "{}", place.name);
            assert_eq!(retired.is_withheld(), !shown);
            let before = plans.view_at(here).await.unwrap();
            let changes = changed(before.as_deref(), view, here);
            let [gone] = &changes[..] else {
                panic!("{}: {changes:?}", place.name);
            };
            assert_eq!((gone.number, &gone.after), (place.number, &None));
            assert_eq!(gone.before.as_ref().unwrap().figure.is_some(), shown);
        }
        // Back again it is new to whoever looked while it was away.
        plans
            .import(&coordinator, "833.txt", DECISION)
            .await
            .unwrap();
        let view = plans.view().await.unwrap().unwrap();
        let before = plans.view_at(away).await.unwrap();
        let changes = changed(before.as_deref(), &view, away);
        let [back] = &changes[..] else {
            panic!("{}: {changes:?}", place.name);
        };
        assert_eq!((back.number, &back.before), (place.number, &None));
        let before = plans.view_at(here).await.unwrap();
        assert_eq!(changed(before.as_deref(), &view, here), []);
    }
}

#[tokio::test]
async fn figures_are_restated_to_the_units_of_a_day() {
    for place in places(43).await {
        let plans = &place.plans;
        place.consolidated(79).await;
        let into = unit(plans, "Văn phòng UBND tỉnh").await;
        let event = UnitEvent {
            date: date(2023, 8, 1),
            change: UnitChange::Merge {
                from: vec![place.unit],
                into,
            },
            ordered_by: Resolution::default(),
        };
        let directory = plans.registry().directory();
        let actor = Principal::system().actor("cli", Id::NIL);
        directory.rearrange(&actor, &[event]).await.unwrap();
        let view = plans.view().await.unwrap().unwrap();
        let succession = directory.succession().await.unwrap();
        let indicator = &view.target(place.number).unwrap().indicators[0];
        for (day, expected) in [
            (date(2023, 6, 30), place.unit),
            (date(2023, 7, 31), place.unit),
            (date(2023, 8, 1), into),
            (date(2024, 1, 1), into),
        ] {
            let restated = Restater::new(&succession, day).restate(&view, indicator);
            let [figure] = &restated.units[..] else {
                panic!("{:?}", restated.units);
            };
            assert_eq!(figure.unit, Some(expected), "{day}");
            assert_eq!(figure.sources, [place.unit]);
            let RestatedValue::Ratio { numerator, .. } = figure.value else {
                panic!("{:?}", figure.value);
            };
            assert_eq!(numerator.exact().unwrap(), plan::view::Amount::from(79));
        }
        let day = date(2023, 8, 1);
        let units = directory.units_on(day).await.unwrap();
        let board = view.board_on(&succession, &units, day);
        assert!(board.row(place.unit).is_none());
        let column = usize::from(place.number - 1);
        let standing = board.row(into).unwrap().cells[column];
        let before = view.board.row(place.unit).unwrap().cells[column];
        assert_eq!(standing, before, "taken over whole, it stands as it stood");
        // As it stood then nothing changed.
        let units = &indicator.units;
        assert!(
            units
                .iter()
                .any(|unit| unit.unit == place.unit && unit.latest.is_some())
        );
    }
}

//! A document against what is kept: the difference, what leaves the plan and comes back, names
//! that a person decides, duties and figures of the time before.

use plan::{Change, DutyReport, DutyState, Meaning, NameDecision, PlanError};
use registry::RegistryError;
use vocab::Id;

use crate::fixture::{DECISION, page, places, refusal, without};

#[tokio::test]
async fn nothing_differs_from_itself_and_a_changed_goal_is_named() {
    for place in places(71).await {
        let same = place.plans.compare(DECISION).await.unwrap();
        assert!(same.difference.is_empty(), "{:?}", same.difference);
        assert!(same.difference.kept && same.difference.version == 1);
        let view = place.plans.view().await.unwrap().unwrap();
        let name = view.target(7).unwrap().body.name.clone();
        let text = DECISION.replace(name.as_str(), "Tên đã đính chính");
        let other = place.plans.compare(&text).await.unwrap().difference;
        assert_eq!(other.targets.len(), 1, "{:?}", other.targets);
        let change = &other.targets[0];
        assert_eq!(
            (change.what, change.number.as_str()),
            (Change::Changed, "7")
        );
        assert_eq!(change.fields[0].field, "name");
        assert_eq!(change.fields[0].before, name);
        assert!(other.projects.is_empty() && other.plan.is_empty());
        // Nothing was written.
        let view = place.plans.view().await.unwrap().unwrap();
        assert_eq!(view.target(7).unwrap().version, 1, "{}", place.name);
    }
}

#[tokio::test]
async fn what_a_text_does_without_leaves_the_plan_and_comes_back_with_its_reports() {
    for place in places(72).await {
        let officer = page(&place.officer);
        let draft = place.draft(60, 100);
        let report = place.plans.begin_report(&officer, draft).await.unwrap();
        let by = page(&place.coordinator);
        let shorter = without(place.number);
        let told = place.plans.compare(&shorter).await.unwrap().difference;
        let dropped: Vec<&str> = told
            .targets
            .iter()
            .filter(|own| own.what == Change::Dropped)
            .map(|own| own.number.as_str())
            .collect();
        assert_eq!(dropped, [place.number.to_string()], "{}", place.name);
        let stale = place
            .plans
            .import_as_seen(&by, "ngan.txt", &shorter, Some(0));
        assert_eq!(refusal(stale.await).0, "plan-changed");
        let seen = Some(told.version);
        let imported = place.plans.import_as_seen(&by, "ngan.txt", &shorter, seen);
        imported.await.unwrap();
        let view = place.plans.view().await.unwrap().unwrap();
        assert_eq!(view.targets.len(), 147, "{}", place.name);
        assert!(view.target(place.number).is_none());
        let gone = &view.retired_targets[0];
        assert_eq!(gone.body.number, place.number);
        let retired = gone.body.retired.as_ref().unwrap();
        assert_eq!(
            (retired.on.as_str(), retired.document.as_str()),
            ("2023-08-14", "ngan.txt")
        );
        // What was reported stays, and nothing more is taken.
        let kept = place.plans.report(&place.officer, report.record.id).await;
        assert_eq!(kept.unwrap().body.numerator, Some(60));
        let again = plan::ReportDraft {
            period: vocab::Period::quarter(2023, 1).unwrap(),
            ..place.draft(1, 2)
        };
        let refused = refusal(place.plans.begin_report(&officer, again.clone()).await);
        assert_eq!(refused.1.unwrap().1, "target-retired", "{}", place.name);
        // The same shorter text says nothing new.
        let told = place.plans.compare(&shorter).await.unwrap().difference;
        assert!(told.is_empty(), "{told:?}");
        let known = place.plans.import(&by, "ngan.txt", &shorter).await.unwrap();
        assert!(known.known, "{known:?}");
        let view = place.plans.view().await.unwrap().unwrap();
        assert_eq!(view.retired_targets[0].version, gone.version);
        // Back again: the same record.
        let back = place.plans.compare(DECISION).await.unwrap().difference;
        assert_eq!(plan::Difference::count(&back.targets, Change::Returned), 1);
        place.plans.import(&by, "833.txt", DECISION).await.unwrap();
        let view = place.plans.view().await.unwrap().unwrap();
        assert_eq!((view.targets.len(), view.retired_targets.len()), (148, 0));
        let target = view.target(place.number).unwrap();
        assert!(
            target
                .indicators
                .iter()
                .any(|own| own.id == place.indicator)
        );
        assert!(target.body.retired.is_none());
        // With its reports, and open for more.
        let kept = place.plans.report(&place.officer, report.record.id).await;
        assert_eq!(kept.unwrap().body.numerator, Some(60));
        place.plans.begin_report(&officer, again).await.unwrap();
        // And gone once more, under the same identity.
        let target = target.id;
        place.plans.import(&by, "ngan.txt", &shorter).await.unwrap();
        let view = place.plans.view().await.unwrap().unwrap();
        let retired: Vec<Id> = view.retired_targets.iter().map(|own| own.id).collect();
        assert_eq!(retired, [target], "{}", place.name);
    }
}

#[tokio::test]
async fn a_name_that_a_person_decides_is_understood_from_then_on() {
    for place in places(73).await {
        let by = page(&place.coordinator);
        let view = place.plans.view().await.unwrap().unwrap();
        let doubt = view
            .body
            .names
            .first()
            .expect("the decision leaves names in doubt");
        let decision = |means, version| NameDecision {
            written: doubt.written.clone(),
            version,
            means,
        };
        let nobody = decision(Meaning::Unit(Id::from_digest([9; 16])), 0);
        let refused = refusal(place.plans.decide_name(&by, nobody).await);
        assert_eq!(refused.1.unwrap().1, "name-unit-unknown", "{}", place.name);
        let means = Meaning::Unit(place.unit);
        let decided = place
            .plans
            .decide_name(&by, decision(means.clone(), 0))
            .await;
        assert!(decided.unwrap().unwrap().changed > 0, "{}", place.name);
        let after = place.plans.view().await.unwrap().unwrap();
        assert!(after.body.names.iter().all(|own| own.key != doubt.key));
        let understood = |view: &plan::PlanView| {
            let parties = view
                .targets
                .iter()
                .flat_map(|target| target.body.leads.iter().chain(&target.body.partners));
            let projects = view.projects.iter().flat_map(|project| &project.body.leads);
            let written = doubt.written.as_str();
            let mut named = parties
                .chain(projects)
                .filter(|party| party.written == written);
            named.next().map(|party| party.unit)
        };
        assert_eq!(understood(&after), Some(Some(place.unit)), "{}", place.name);
        // Another text of the decision is read so at once.
        let text = DECISION.replacen("Chuyển đổi số", "Chuyển Đổi Số", 1);
        place.plans.import(&by, "833-2.txt", &text).await.unwrap();
        let later = place.plans.view().await.unwrap().unwrap();
        assert_eq!(understood(&later), Some(Some(place.unit)), "{}", place.name);
        // Somebody who saw nothing decided is told so; taking back has it wait again.
        let stale = place.plans.decide_name(&by, decision(means, 0)).await;
        let stale = matches!(
            stale,
            Err(PlanError::Registry(RegistryError::Conflict { .. }))
        );
        assert!(stale, "{}", place.name);
        let back = decision(Meaning::Undecided, 1);
        place.plans.decide_name(&by, back).await.unwrap();
        let back = place.plans.view().await.unwrap().unwrap();
        assert!(back.body.names.iter().any(|own| own.key == doubt.key));
        assert_ne!(understood(&back), Some(Some(place.unit)), "{}", place.name);
        // An officer decides nothing.
        let officer = page(&place.officer);
        let outside = decision(Meaning::Outside("Hội Người mù".to_owned()), 2);
        let denied = place.plans.decide_name(&officer, outside).await;
        assert_eq!(refusal(denied).0, "role-missing", "{}", place.name);
    }
}

#[tokio::test]
async fn duties_and_figures_of_the_time_before_are_kept_with_the_plan() {
    for place in places(74).await {
        let view = place.plans.view().await.unwrap().unwrap();
        assert_eq!(view.duties.len(), 147, "{}", place.name);
        assert_eq!(view.body.baselines.len(), 152, "{}", place.name);
        let fits = view.body.baselines.iter().filter_map(|own| own.indicator);
        for indicator in fits {
            let (_, indicator) = view.indicator(indicator).unwrap();
            let own = indicator.body.started.as_ref().unwrap();
            assert_eq!(own.indicator, Some(indicator.id));
        }
        let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
        let duty = view
            .duties
            .iter()
            .find(|duty| duty.body.last_day() == Some(day("2023-03-31")))
            .unwrap();
        assert_eq!(duty.body.state(day("2023-04-01")), DutyState::Overdue);
        assert_eq!(duty.body.state(day("2023-03-31")), DutyState::Due);
        assert_eq!(duty.body.state(day("2023-01-01")), DutyState::NotYet);
        let by = page(&place.coordinator);
        let report = |on: Option<&str>, note: &str| DutyReport {
            duty: duty.id,
            version: 1,
            on: on.map(day),
            note: note.to_owned(),
        };
        let early = report(Some("2023-08-15"), "Báo cáo số 1");
        let refused = refusal(place.plans.report_duty(&by, early).await);
        assert_eq!(
            refused.1.unwrap(),
            ("on".to_owned(), "day-to-come".to_owned())
        );
        let said = report(Some("2023-03-30"), "Báo cáo số 1");
        place.plans.report_duty(&by, said).await.unwrap();
        // What was reported outlives another text.
        let text = DECISION.replacen("Chuyển đổi số", "Chuyển Đổi Số", 1);
        place.plans.import(&by, "833-2.txt", &text).await.unwrap();
        let view = place.plans.view().await.unwrap().unwrap();
        let duty = view.duties.iter().find(|own| own.id == duty.id).unwrap();
        assert_eq!(
            duty.body.state(day("2023-08-14")),
            DutyState::Reported,
            "{}",
            place.name
        );
    }
}

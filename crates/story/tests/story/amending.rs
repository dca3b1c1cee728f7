//! Later documents change the plan from a day on: what was before stays, progress is judged by
//! what was in force at each period's end, and what is taken back is as if it had never been.

use directory::Principal;
use jiff::civil::{Date, date};
use plan::amendments::{Amendment, AmendmentDraft, Amends, MeasureEdit, Terms, TermsEdit, written};
use plan::{PlanView, Plans, Standing};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use vocab::{Id, Period};

use crate::fixture::{DECISION, Place, page, places, refusal, without};

fn draft(symbol: &str, from: Date) -> AmendmentDraft {
    AmendmentDraft {
        symbol: symbol.to_owned(),
        date: date(2023, 8, 10),
        from,
        title: "Sửa đổi, bổ sung một số mục tiêu".to_owned(),
        source: Vec::new(),
        obstacle: None,
    }
}

/// A target as a form of it stands before anybody changes anything.
fn edit_of(target: Id, terms: &Terms) -> TermsEdit {
    TermsEdit {
        target: Some(target),
        number: terms.number,
        group: terms.group.clone(),
        name: terms.name.clone(),
        goal: terms.goal.clone(),
        leads: written(&terms.leads),
        partners: written(&terms.partners),
        due: None,
        measures: terms
            .measures
            .iter()
            .map(|measure| MeasureEdit {
                indicator: measure.indicator,
                kept: true,
                bound: measure.measure.bound,
                value: measure.measure.value,
                due: measure.due,
            })
            .collect(),
    }
}

async fn now(plans: &Plans) -> std::sync::Arc<PlanView> {
    plans.view().await.unwrap().unwrap()
}

impl Place {
    /// The id of the target that Sở Nội vụ leads, and what is said of it on a day.
    async fn own(&self, day: Date) -> (Id, Option<Terms>) {
        let view = now(&self.plans).await;
        let (target, _) = view.indicator(self.indicator).unwrap();
        (target.id, target.timeline().on(day).cloned())
    }

    /// Records a document by which the own target is to reach so many percent from a day on.
    async fn raised(&self, symbol: &str, from: Date, value: i64) -> Amendment {
        let by = page(&self.coordinator);
        let begun = self.plans.begin_amendment(&by, None, draft(symbol, from));
        let begun = begun.await.unwrap();
        let (target, terms) = self.own(from).await;
        let mut edit = edit_of(target, &terms.unwrap());
        edit.measures[0].value = Some(value.into());
        let (id, version) = (begun.record.id, begun.record.version);
        let put = self.plans.amend_target(&by, id, version, &edit).await;
        let version = put.unwrap().record.version;
        let recorded = self.plans.record_amendment(&by, id, version).await;
        recorded.unwrap()
    }
}

fn threshold(view: &PlanView, number: u16) -> Option<i64> {
    let value = view.target(number)?.indicators[0].body.measure.value?;
    value.normalized().to_string().parse().ok()
}

#[tokio::test]
async fn progress_is_judged_by_what_was_in_force_at_the_end_of_the_period() {
    for place in places(301).await {
        // Half of all in the second quarter: enough for a goal of 50, not for one of 90.
        let first = place.raised("1/QĐ-UBND", date(2023, 5, 1), 50).await;
        place.consolidated(50).await;
        let view = now(&place.plans).await;
        let target = view.target(place.number).unwrap();
        assert_eq!(target.indicators[0].judgement.standing, Standing::Done);
        // From July on more is asked: the second quarter stays what it was.
        place.raised("2/QĐ-UBND", date(2023, 7, 1), 90).await;
        let view = now(&place.plans).await;
        let target = view.target(place.number).unwrap();
        assert_eq!(threshold(&view, place.number), Some(90), "{}", place.name);
        assert_eq!(target.standing, Standing::Done, "{}", place.name);
        let spans = target.timeline().spans();
        assert_eq!(spans.len(), 3);
        assert_eq!(spans[1].by, [first.record.id]);
        assert_eq!(target.timeline().until(1), Some(date(2023, 6, 30)));
        // As of June the plan reads as it did.
        let june = view.in_force_on(date(2023, 6, 30));
        assert_eq!(threshold(&june, place.number), Some(50), "{}", place.name);
        // Whoever may not see its figures sees none as of June either, whoever asked before.
        let (by, numbers) = (page(&place.coordinator), [place.number]);
        place.plans.publish(&by, &numbers, false).await.unwrap();
        let public = place.plans.view_for(&Principal::public()).await;
        for (view, withheld) in [
            (now(&place.plans).await, false),
            (public.unwrap().unwrap(), true),
        ] {
            for _ in 0..2 {
                let june = view.in_force_on(date(2023, 6, 30));
                let target = june.target(place.number).unwrap();
                assert_eq!(target.is_withheld(), withheld, "{}", place.name);
                assert_eq!(target.indicators[0].figure.is_none(), withheld);
            }
        }
        place.plans.publish(&by, &numbers, true).await.unwrap();
        // Half a year later the same figure is judged by the new goal.
        let third = plan::ReportDraft {
            period: Period::quarter(2023, 3).unwrap(),
            ..place.draft(50, 100)
        };
        place.drafted_and_consolidated(third).await;
        let view = now(&place.plans).await;
        let target = view.target(place.number).unwrap();
        assert_ne!(target.standing, Standing::Done, "{}", place.name);
        // What is taken back is as if it had never been.
        let by = page(&place.coordinator);
        let all = place.plans.amendments(&place.coordinator).await.unwrap();
        let second = all
            .iter()
            .find(|one| one.body.symbol == "2/QĐ-UBND")
            .unwrap();
        let (id, version) = (second.record.id, second.record.version);
        let back = place
            .plans
            .withdraw_amendment(&by, id, version, "Nhập nhầm");
        back.await.unwrap();
        let view = now(&place.plans).await;
        assert_eq!(threshold(&view, place.number), Some(50), "{}", place.name);
        assert_eq!(view.target(place.number).unwrap().standing, Standing::Done);
    }
}

#[tokio::test]
async fn a_target_is_owed_only_while_it_is_in_the_plan() {
    for place in places(302).await {
        let by = page(&place.coordinator);
        let from = date(2023, 7, 1);
        place.consolidated(50).await;
        let begun = place
            .plans
            .begin_amendment(&by, None, draft("3/QĐ-UBND", from))
            .await
            .unwrap();
        let (id, version) = (begun.record.id, begun.record.version);
        let (dropped, before) = place.own(from).await;
        let put = place.plans.drop_target(&by, id, version, dropped).await;
        let version = put.unwrap().record.version;
        let added = TermsEdit {
            target: None,
            number: 200,
            name: "Tỷ lệ hồ sơ được số hóa (giả lập)".to_owned(),
            goal: "80%".to_owned(),
            leads: "Sở Nội vụ".to_owned(),
            measures: Vec::new(),
            ..edit_of(dropped, &before.unwrap())
        };
        let put = place.plans.amend_target(&by, id, version, &added).await;
        let put = put.unwrap();
        assert_eq!(
            put.body
                .changes
                .iter()
                .map(|one| one.what)
                .collect::<Vec<_>>(),
            [Amends::Drops, Amends::Adds]
        );
        place
            .plans
            .record_amendment(&by, id, put.record.version)
            .await
            .unwrap();
        let view = now(&place.plans).await;
        assert!(view.target(place.number).is_none(), "{}", place.name);
        // Judged until it was dropped, with its reports.
        let gone = view.target_by_id(dropped).unwrap();
        assert!(!gone.in_force && gone.indicators[0].figure.is_some());
        assert_ne!(gone.standing, Standing::NoData, "{}", place.name);
        let new = view.target(200).unwrap();
        assert_eq!(new.reporters, [place.unit], "{}", place.name);
        let measure = &new.indicators[0];
        assert_eq!(measure.body.measure.value, Some(80.into()));
        // Nobody reports on the one after it was dropped, nor on the other before it was added.
        let report = |indicator, quarter| plan::ReportDraft {
            indicator,
            period: Period::quarter(2023, quarter).unwrap(),
            ..place.draft(1, 2)
        };
        let officer = page(&place.officer);
        for (indicator, quarter) in [(place.indicator, 3), (measure.id, 2)] {
            let begun = place
                .plans
                .begin_report(&officer, report(indicator, quarter));
            let refused = refusal(begun.await).1.unwrap();
            assert_eq!(refused.1, "target-not-in-force", "{}", place.name);
        }
        place
            .plans
            .begin_report(&officer, report(measure.id, 3))
            .await
            .unwrap();
        // A call for the second quarter asks about the one, a call for the third about the other.
        for (quarter, asked) in [(2, place.indicator), (3, measure.id)] {
            let preview = place
                .plans
                .preview_campaign(&plan::campaigns::CampaignDraft {
                    id: None,
                    title: "Đợt".to_owned(),
                    period: Period::quarter(2023, quarter).unwrap(),
                    which: plan::campaigns::Which::All,
                    reporters: None,
                    due: plan::campaigns::Due::WorkingDays(5),
                    reminders: Vec::new(),
                })
                .await
                .unwrap();
            let sheet = preview.sheets.iter().find(|one| one.unit == place.unit);
            let lines = &sheet.unwrap().lines;
            assert!(lines.contains(&asked), "{} {quarter}", place.name);
            let other = if quarter == 2 {
                measure.id
            } else {
                place.indicator
            };
            assert!(!lines.contains(&other), "{} {quarter}", place.name);
        }
        // The plan's own text, read again, changes nothing of it.
        let again = place.plans.import(&by, "833.txt", DECISION).await.unwrap();
        assert!(again.known, "{again:?}");
        let view = now(&place.plans).await;
        assert!(view.target(place.number).is_none() && view.target(200).is_some());
        // A past view knows the plan as it was known then.
        let before = vocab::Instant::from_micros(begun.record.at.as_micros() - 1);
        let past = place.plans.view_at(before).await.unwrap().unwrap();
        assert!(past.target(place.number).is_some() && past.target(200).is_none());
    }
}

#[tokio::test]
async fn a_text_of_the_amended_annex_fills_a_draft() {
    for place in places(303).await {
        let by = page(&place.coordinator);
        let view = now(&place.plans).await;
        let other = view
            .targets
            .iter()
            .find(|one| one.body.number != place.number && one.body.number > 5)
            .unwrap();
        let (name, number) = (other.body.name.clone(), other.body.number);
        let text = without(place.number).replacen(name.as_str(), "Tên theo văn bản mới", 1);
        let begun = place
            .plans
            .begin_amendment(&by, None, draft("4/QĐ-UBND", date(2023, 8, 1)))
            .await
            .unwrap();
        let id = begun.record.id;
        let read = place
            .plans
            .amend_by_text(&by, id, begun.record.version, text.as_bytes(), false)
            .await
            .unwrap();
        let told = |read: &Amendment| {
            let changes = read.body.changes.iter();
            changes
                .map(|one| (one.number(), one.what))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&read), [(number, Amends::Changes)], "{}", place.name);
        let change = &read.body.changes[0];
        assert_eq!(change.before.as_ref().unwrap().name, name);
        assert_eq!(change.name(), "Tên theo văn bản mới");
        // The whole annex drops what it does without.
        let read = place
            .plans
            .amend_by_text(&by, id, read.record.version, text.as_bytes(), true)
            .await
            .unwrap();
        let mut expected = vec![(number, Amends::Changes), (place.number, Amends::Drops)];
        expected.sort_by_key(|(number, _)| *number);
        assert_eq!(told(&read), expected, "{}", place.name);
        // Nothing is in force yet.
        let view = now(&place.plans).await;
        assert_eq!(view.target(number).unwrap().body.name, name);
        // Somebody else changes the plan meanwhile: the draft is looked at again.
        place.raised("5/QĐ-UBND", date(2023, 8, 1), 77).await;
        let version = read.record.version;
        let stale = place.plans.record_amendment(&by, id, version).await;
        assert_eq!(
            refusal(stale).0,
            "amendment-terms-changed",
            "{}",
            place.name
        );
        let again = place
            .plans
            .amend_by_text(&by, id, version, text.as_bytes(), true)
            .await
            .unwrap();
        place
            .plans
            .record_amendment(&by, id, again.record.version)
            .await
            .unwrap();
        let view = now(&place.plans).await;
        assert_eq!(
            view.target(number).unwrap().body.name,
            "Tên theo văn bản mới"
        );
        assert!(view.target(place.number).is_none(), "{}", place.name);
    }
}

#[tokio::test]
async fn only_whoever_configures_plans_amends_them_and_drafts_stay_hidden() {
    for place in places(304).await {
        for who in [&place.officer, &place.head] {
            let begun = place
                .plans
                .begin_amendment(&page(who), None, draft("6/QĐ-UBND", date(2023, 8, 1)))
                .await;
            assert!(begun.is_err(), "{}", place.name);
        }
        let by = page(&place.coordinator);
        let begun = place
            .plans
            .begin_amendment(&by, None, draft("6/QĐ-UBND", date(2023, 8, 1)))
            .await
            .unwrap();
        assert!(
            place
                .plans
                .amendments(&place.officer)
                .await
                .unwrap()
                .is_empty()
        );
        let empty = place
            .plans
            .record_amendment(&by, begun.record.id, begun.record.version)
            .await;
        assert_eq!(refusal(empty).0, "amendment-empty", "{}", place.name);
        let early = draft("7/QĐ-UBND", date(2023, 1, 1));
        let refused = refusal(place.plans.begin_amendment(&by, None, early).await);
        assert_eq!(refused.1.unwrap().1, "amendment-before-plan");
        place.raised("8/QĐ-UBND", date(2023, 8, 1), 61).await;
        assert_eq!(
            place.plans.amendments(&place.officer).await.unwrap().len(),
            1
        );
    }
}

/// What random documents do to three targets: on which day, to which, what.
#[derive(Clone, Debug)]
enum Deed {
    Threshold(i64),
    Goal(u8),
    Drop,
}

#[tokio::test]
async fn random_amendments_read_as_a_naive_replay_on_every_day() {
    let deed = prop_oneof![
        3 => (1_i64..100).prop_map(Deed::Threshold),
        2 => (0_u8..9).prop_map(Deed::Goal),
        1 => Just(Deed::Drop),
    ];
    let many = prop::collection::vec((0_i8..40, 0_usize..3, deed), 6..12);
    for place in places(305).await {
        // The same documents on both engines.
        let mut runner = TestRunner::deterministic();
        let sampled = many.new_tree(&mut runner).unwrap().current();
        let view = now(&place.plans).await;
        let ratio = |target: &&plan::view::TargetView| {
            let kind = target.indicators.first().map(|one| one.body.measure.kind);
            target.indicators.len() == 1 && kind == Some(plan::import::IndicatorKind::Ratio)
        };
        let targets: Vec<Id> = view
            .targets
            .iter()
            .filter(ratio)
            .map(|one| one.id)
            .take(3)
            .collect();
        let day = |number: i8| {
            let span = jiff::Span::new().days(i64::from(number) * 5);
            date(2023, 5, 1).checked_add(span).unwrap()
        };
        let mut kept: Vec<(i8, usize, Deed)> = Vec::new();
        for (number, (from, which, deed)) in sampled.into_iter().enumerate() {
            let by = page(&place.coordinator);
            let symbol = format!("{}/QĐ-UBND", 100 + number);
            let begun = place
                .plans
                .begin_amendment(&by, None, draft(&symbol, day(from)))
                .await
                .unwrap();
            let (id, version) = (begun.record.id, begun.record.version);
            let target = targets[which];
            let view = now(&place.plans).await;
            let terms = view
                .target_by_id(target)
                .unwrap()
                .timeline()
                .on(day(from))
                .cloned();
            let Some(terms) = terms else { continue };
            let put = match &deed {
                Deed::Drop => place.plans.drop_target(&by, id, version, target).await,
                Deed::Threshold(value) => {
                    let mut edit = edit_of(target, &terms);
                    edit.measures[0].value = Some((*value).into());
                    place.plans.amend_target(&by, id, version, &edit).await
                }
                Deed::Goal(number) => {
                    let goal = format!("Mục tiêu giả lập {number}");
                    let edit = TermsEdit {
                        goal,
                        ..edit_of(target, &terms)
                    };
                    place.plans.amend_target(&by, id, version, &edit).await
                }
            };
            // What would change nothing is refused, and so is not recorded.
            let Ok(put) = put else { continue };
            let version = put.record.version;
            place
                .plans
                .record_amendment(&by, id, version)
                .await
                .unwrap();
            kept.push((from, which, deed));
        }
        assert!(kept.len() > 3, "{}: {kept:?}", place.name);
        let view = now(&place.plans).await;
        for number in 0..45 {
            let then = view.in_force_on(day(number));
            for (which, target) in targets.iter().enumerate() {
                let first = view.target_by_id(*target).unwrap().timeline().spans()[0]
                    .terms
                    .clone();
                let first = first.unwrap();
                // Replayed: by day, and within a day in the order of recording.
                let mut goal = first.goal;
                let mut value = first.measures[0]
                    .measure
                    .value
                    .map(vocab::Decimal::normalized);
                let mut dropped = false;
                for begins in 0..=number {
                    for (from, own, deed) in &kept {
                        if *from != begins || *own != which || dropped {
                            continue;
                        }
                        match deed {
                            Deed::Drop => dropped = true,
                            Deed::Goal(number) => goal = format!("Mục tiêu giả lập {number}"),
                            Deed::Threshold(new) => value = Some((*new).into()),
                        }
                    }
                }
                let about = format!("{} day {number} target {which}", place.name);
                let found = then.targets.iter().find(|one| one.id == *target);
                assert_eq!(found.is_none(), dropped, "{about}");
                if let Some(found) = found {
                    let read = found.indicators[0]
                        .body
                        .measure
                        .value
                        .map(vocab::Decimal::normalized);
                    assert_eq!((found.body.goal.clone(), read), (goal, value), "{about}");
                }
            }
        }
    }
}

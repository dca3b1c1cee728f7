//! Typing into a sheet and handing it in at once: each line is written once, or all is kept.

use plan::campaigns::{HandedIn, LineEdit, Saved, SheetStep};
use plan::{Entered, OBSERVATION, PlanError};
use registry::RegistryError;

use super::{Office, draft, fill, sheet, value};
use crate::fixture::{Place, keyed, page, places, somebody};
use directory::Role;
use plan::campaigns::{Campaign, Which};

/// A sheet of several lines, and who fills it in.
async fn opened(place: &Place) -> (Campaign, Office) {
    let by = page(&place.coordinator);
    let campaign = place.plans.open_campaign(&by, draft(Which::All)).await;
    let campaign = campaign.unwrap();
    let rows = place.plans.campaign_rows(&place.coordinator, &campaign);
    let rows = rows.await.unwrap();
    let most = rows.iter().max_by_key(|row| row.counts.lines).unwrap();
    (campaign, Office::of(most.record.unit, 1))
}

fn not_yet(done: Result<HandedIn, PlanError>) -> (Saved, Option<PlanError>) {
    match done.unwrap() {
        HandedIn::NotYet { saved, why } => (*saved, why),
        HandedIn::Done => panic!("it was handed in"),
    }
}

fn named(why: Option<PlanError>) -> Vec<(String, String)> {
    let Some(PlanError::Registry(RegistryError::Refused(problem))) = why else {
        panic!("{why:?}");
    };
    let fields = problem.fields.into_iter();
    fields.map(|field| (field.field, field.code)).collect()
}

#[tokio::test]
async fn a_line_typed_and_handed_in_is_one_version() {
    for place in places(70).await {
        let (campaign, office) = opened(&place).await;
        let (plans, id, unit) = (&place.plans, campaign.record.id, office.unit);
        let read = sheet(&place, &office.officer, &campaign, unit).await;
        assert!(read.lines.len() > 4, "{}", place.name);
        // One line was begun before; one has no value, but a word about why.
        let officer = page(&office.officer);
        let begun = [value(&read.lines[0], 4)];
        plans.save_sheet(&officer, id, unit, &begun).await.unwrap();
        let read = sheet(&place, &office.officer, &campaign, unit).await;
        let mut edits: Vec<LineEdit> = read.lines.iter().map(|line| value(line, 5)).collect();
        edits[0].note = "Theo hệ thống một cửa".to_owned();
        edits[1].entered = Entered::default();
        edits[1].note = "Chưa có hệ thống đo".to_owned();
        let version = read.record.version;
        let by = keyed(&office.officer, "gui", 1);
        let (step, of) = (SheetStep::Submit, (id, unit));
        let (one, two) = tokio::join!(
            plans.hand_in_sheet(&by, of, version, &edits, &step),
            plans.hand_in_sheet(&by, of, version, &edits, &step),
        );
        assert!(matches!(one.unwrap(), HandedIn::Done), "{}", place.name);
        assert!(matches!(two.unwrap(), HandedIn::Done), "{}", place.name);

        let after = sheet(&place, &office.head, &campaign, unit).await;
        assert_eq!(after.record.state, "submitted");
        assert_eq!(after.record.author, office.officer.account);
        for (line, edit) in after.lines.iter().zip(&edits) {
            assert_eq!((line.entered(), line.note()), (edit.entered, &*edit.note));
            let expected = match line.place {
                1 => ("submitted", 2),
                2 => ("draft", 1),
                _ => ("submitted", 1),
            };
            assert_eq!((line.state().unwrap(), line.version()), expected);
            let report = line.report.as_ref().unwrap();
            let submitted = expected.0 == "submitted";
            assert_eq!(
                report.record.author,
                office.officer.account.filter(|_| submitted)
            );
            let told = plans
                .registry()
                .history(&office.head, OBSERVATION, &report.record, 9)
                .await
                .unwrap();
            let newest = told.first().unwrap();
            let action = if submitted { "submit" } else { "create" };
            assert_eq!(newest.action, action, "{}", place.name);
        }
        // The head goes on from there, as with any other.
        let seen = after
            .lines
            .iter()
            .map(|line| (line.indicator, line.version()));
        let decide = SheetStep::Decide {
            seen: seen.collect(),
            back: Vec::new(),
        };
        let head = page(&office.head);
        let version = after.record.version;
        let done = plans.step_sheet(&head, id, unit, version, &decide).await;
        assert_eq!(done.unwrap().state, "approved");
        let found = plans.registry().store().verify(None).await.unwrap();
        assert_eq!(found.findings, []);
    }
}

#[tokio::test]
async fn what_is_in_the_way_keeps_what_was_typed() {
    for place in places(71).await {
        let (campaign, office) = opened(&place).await;
        let (plans, id, unit) = (&place.plans, campaign.record.id, office.unit);
        let read = sheet(&place, &office.officer, &campaign, unit).await;
        let officer = page(&office.officer);
        let (step, of) = (SheetStep::Submit, (id, unit));
        // A line is empty: all others stand as drafts.
        let mut edits: Vec<LineEdit> = read.lines.iter().map(|line| value(line, 5)).collect();
        edits[2].entered = Entered::default();
        let version = read.record.version;
        let (saved, why) = not_yet(
            plans
                .hand_in_sheet(&officer, of, version, &edits, &step)
                .await,
        );
        let expected = ("line-3".to_owned(), "line-empty".to_owned());
        assert_eq!(named(why), [expected], "{}", place.name);
        assert_eq!(saved.written, edits.len() - 1);
        assert_eq!(saved.sheet.record.state, "open");

        // A line is wrong: it is named, and the others stand.
        let now = sheet(&place, &office.officer, &campaign, unit).await;
        let ratio = now
            .lines
            .iter()
            .position(|line| line.kind() == plan::import::IndicatorKind::Ratio)
            .unwrap();
        let at = |n: usize| if n == ratio { 101 } else { 6 };
        let lines = now.lines.iter().enumerate();
        let edits: Vec<LineEdit> = lines.map(|(n, line)| value(line, at(n))).collect();
        let (saved, why) = not_yet(
            plans
                .hand_in_sheet(&officer, of, version, &edits, &step)
                .await,
        );
        assert!(why.is_none());
        let [(wrong, fields)] = &saved.problems[..] else {
            panic!("{:?}", saved.problems);
        };
        assert_eq!(*wrong, now.lines[ratio].indicator);
        assert_eq!(fields[0].code, "numerator-above-denominator");

        // Somebody else was quicker with a line: nothing is written over.
        let other = page(&somebody("canbo.hai", Role::Officer, unit));
        let stale = sheet(&place, &office.officer, &campaign, unit).await;
        let mine = vec![value(&stale.lines[ratio], 8)];
        let theirs = vec![value(&stale.lines[ratio], 9)];
        plans.save_sheet(&other, id, unit, &theirs).await.unwrap();
        let (saved, why) = not_yet(
            plans
                .hand_in_sheet(&officer, of, version, &mine, &step)
                .await,
        );
        assert!(why.is_none());
        assert_eq!(saved.conflicts, [stale.lines[ratio].indicator]);
        let line = &saved.sheet.lines[ratio];
        assert_eq!(line.entered(), theirs[0].entered, "{}", place.name);

        // The sheet was handed in meanwhile, or is read by somebody who may not fill it in.
        fill(&place, &campaign, &office, 7).await;
        let head = page(&office.head);
        let refused = plans.hand_in_sheet(&head, of, version, &[], &step).await;
        assert_eq!(super::code(refused.map(|_| ())), "role-missing");
        let done = plans.hand_in_sheet(&officer, of, version, &[], &step).await;
        assert!(matches!(done.unwrap(), HandedIn::Done));
        let late = plans
            .hand_in_sheet(&officer, of, version, &mine, &step)
            .await;
        assert_eq!(super::code(late.map(|_| ())), "sheet-handed-in");
    }
}

//! Filling in a sheet: many lines at once, several people at once.

use plan::campaigns::{Campaign, LineEdit, Which};
use plan::{Entered, Plans};

use super::{Office, code, draft, fill, sheet, value};
use crate::fixture::{Place, page, places, somebody};
use directory::Role;

/// A sheet of several lines, and who fills it in.
async fn opened(place: &Place) -> (Campaign, Office) {
    let plans: &Plans = &place.plans;
    let campaign = plans
        .open_campaign(&page(&place.coordinator), draft(Which::All))
        .await
        .unwrap();
    let rows = plans
        .campaign_rows(&place.coordinator, &campaign)
        .await
        .unwrap();
    let most = rows.iter().max_by_key(|row| row.counts.lines).unwrap();
    (campaign, Office::of(most.record.unit, 1))
}

#[tokio::test]
async fn everybody_is_late_after_the_day_of_the_campaign_that_asks_everybody() {
    for place in places(60).await {
        let plans = &place.plans;
        let view = plans.view().await.unwrap().unwrap();
        assert_eq!(plans.due_days(&view).await.unwrap(), [].into());
        let by = page(&place.coordinator);
        let part = draft(Which::Numbers(vec![place.number]));
        plans.open_campaign(&by, part).await.unwrap();
        assert_eq!(plans.due_days(&view).await.unwrap(), [].into());
        let (campaign, _) = opened(&place).await;
        let day = (campaign.body.period, campaign.body.due_on);
        let due = plans.due_days(&view).await.unwrap();
        assert_eq!(due, [day].into(), "{}", place.name);
    }
}

#[tokio::test]
async fn what_is_wrong_in_a_line_keeps_no_other_from_being_saved() {
    for place in places(61).await {
        let (campaign, office) = opened(&place).await;
        let (plans, id) = (&place.plans, campaign.record.id);
        let officer = page(&office.officer);
        let read = sheet(&place, &office.officer, &campaign, office.unit).await;
        let ratio = read
            .lines
            .iter()
            .position(|line| line.kind() == plan::import::IndicatorKind::Ratio)
            .unwrap();
        let edits: Vec<LineEdit> = read
            .lines
            .iter()
            .enumerate()
            .map(|(at, line)| value(line, if at == ratio { 101 } else { 5 }))
            .collect();
        let saved = plans
            .save_sheet(&officer, id, office.unit, &edits)
            .await
            .unwrap();
        assert_eq!(saved.written, edits.len() - 1, "{}", place.name);
        let [(wrong, fields)] = &saved.problems[..] else {
            panic!("{:?}", saved.problems);
        };
        assert_eq!(*wrong, read.lines[ratio].indicator);
        assert_eq!(fields[0].code, "numerator-above-denominator");
        // The same once more writes nothing, though it was made from what was there before.
        let again = plans
            .save_sheet(&officer, id, office.unit, &edits)
            .await
            .unwrap();
        assert_eq!((again.written, again.conflicts.len()), (0, 0));
        // Others may not.
        let stranger = somebody("nguoila", Role::Officer, place.unit);
        if place.unit != office.unit {
            let refused = plans
                .save_sheet(&page(&stranger), id, office.unit, &edits)
                .await;
            assert_eq!(code(refused), "not-found");
        }
        let head = plans
            .save_sheet(&page(&office.head), id, office.unit, &edits)
            .await;
        assert_eq!(code(head), "role-missing");
    }
}

#[tokio::test]
async fn two_people_lose_nothing() {
    for place in places(62).await {
        let (campaign, office) = opened(&place).await;
        let (plans, id, unit) = (&place.plans, campaign.record.id, office.unit);
        let other = somebody("canbo.hai", Role::Officer, unit);
        let read = fill(&place, &campaign, &office, 1).await;
        // Both read; one changes the first line, the other the first and the second.
        let first = vec![value(&read.lines[0], 2), value(&read.lines[1], 1)];
        let mut second = vec![value(&read.lines[0], 3), value(&read.lines[1], 4)];
        second[1].note = "Theo hệ thống một cửa".to_owned();
        plans
            .save_sheet(&page(&office.officer), id, unit, &first)
            .await
            .unwrap();
        let saved = plans
            .save_sheet(&page(&other), id, unit, &second)
            .await
            .unwrap();
        let contested = read.lines[0].indicator;
        let both_are_ratios = first[0].entered != second[0].entered;
        if both_are_ratios {
            assert_eq!(saved.conflicts, [contested], "{}", place.name);
            assert_eq!(saved.sheet.lines[0].entered(), first[0].entered);
        }
        assert_eq!(saved.sheet.lines[1].note(), "Theo hệ thống một cửa");
        // Sent back untouched, a line that somebody else changed stays as they left it.
        let stale: Vec<LineEdit> = read.lines.iter().map(|line| value(line, 1)).collect();
        let kept = plans
            .save_sheet(&page(&other), id, unit, &stale)
            .await
            .unwrap();
        assert_eq!((kept.written, kept.conflicts.len()), (0, 0));

        // At the same moment: each line is somebody's, and nobody is told otherwise.
        let lines = kept.sheet.lines;
        let mine: Vec<LineEdit> = lines.iter().step_by(2).map(|line| value(line, 7)).collect();
        let theirs = lines.iter().skip(1).step_by(2);
        let theirs: Vec<LineEdit> = theirs.map(|line| value(line, 8)).collect();
        let (me, them) = (page(&office.officer), page(&other));
        let (one, two) = tokio::join!(
            plans.save_sheet(&me, id, unit, &mine),
            plans.save_sheet(&them, id, unit, &theirs),
        );
        assert!(one.unwrap().conflicts.is_empty() && two.unwrap().conflicts.is_empty());
        let after = sheet(&place, &office.officer, &campaign, unit).await;
        for edit in mine.iter().chain(&theirs) {
            assert_eq!(after.line(edit.indicator).unwrap().entered(), edit.entered);
        }
    }
}

#[tokio::test]
async fn a_line_without_a_value_needs_a_word_about_why() {
    for place in places(63).await {
        let (campaign, office) = opened(&place).await;
        let (plans, id, unit) = (&place.plans, campaign.record.id, office.unit);
        let read = sheet(&place, &office.officer, &campaign, unit).await;
        let officer = page(&office.officer);
        let mut edits: Vec<LineEdit> = read.lines.iter().map(|line| value(line, 5)).collect();
        edits[0].entered = Entered::default();
        let saved = plans.save_sheet(&officer, id, unit, &edits).await.unwrap();
        let submit = plan::campaigns::SheetStep::Submit;
        let version = saved.sheet.record.version;
        let refused = plans.step_sheet(&officer, id, unit, version, &submit).await;
        let (_, named) = crate::fixture::refusal(refused);
        assert_eq!(
            named.unwrap(),
            ("line-1".to_owned(), "line-empty".to_owned())
        );
        let after = sheet(&place, &office.officer, &campaign, unit).await;
        assert!(
            after.lines.iter().all(plan::campaigns::SheetLine::is_open),
            "all or nothing"
        );

        edits[0].note = "Chưa có hệ thống đo".to_owned();
        plans.save_sheet(&officer, id, unit, &edits).await.unwrap();
        plans
            .step_sheet(&officer, id, unit, version, &submit)
            .await
            .unwrap();
        let after = sheet(&place, &office.head, &campaign, unit).await;
        assert_eq!(after.lines[0].state(), Some("draft"));
        assert!(
            after.lines[1..]
                .iter()
                .all(|line| line.state() == Some("submitted"))
        );
    }
}

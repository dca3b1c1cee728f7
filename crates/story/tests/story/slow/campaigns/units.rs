//! Nine units of different habits, and a coordinator who waits for all of them.

use std::collections::HashMap;

use directory::{Principal, Resolution, Role, UnitChange, UnitEvent};
use plan::ReportDraft;
use plan::campaigns::{Campaign, SheetStep, Stage, Which};
use vocab::{Id, Instant};

use super::{Office, code, day, draft, fill, sheet, value};
use crate::fixture::{Place, keyed, page, places};

async fn step(
    place: &Place,
    who: &Principal,
    campaign: &Campaign,
    of: Id,
    step: SheetStep,
) -> Result<registry::Record, plan::PlanError> {
    let version = sheet(place, who, campaign, of).await.record.version;
    let plans = &place.plans;
    plans
        .step_sheet(&page(who), campaign.record.id, of, version, &step)
        .await
}

/// What a head sees, with nothing to send back.
async fn decision(place: &Place, office: &Office, campaign: &Campaign) -> SheetStep {
    let read = sheet(place, &office.head, campaign, office.unit).await;
    let lines = read.lines.iter();
    SheetStep::Decide {
        seen: lines.map(|line| (line.indicator, line.version())).collect(),
        back: Vec::new(),
    }
}

async fn submit(place: &Place, campaign: &Campaign, office: &Office) {
    let done = step(
        place,
        &office.officer,
        campaign,
        office.unit,
        SheetStep::Submit,
    );
    done.await.unwrap();
}

/// The head approves all of it.
async fn approve(place: &Place, campaign: &Campaign, office: &Office) {
    let decide = decision(place, office, campaign).await;
    let done = step(place, &office.head, campaign, office.unit, decide);
    done.await.unwrap();
}

async fn stages(place: &Place, campaign: &Campaign) -> HashMap<Id, (Stage, bool)> {
    let plans = &place.plans;
    let rows = plans.campaign_rows(&place.coordinator, campaign).await;
    let rows = rows.unwrap().into_iter();
    rows.map(|row| (row.record.unit, (row.stage, row.late)))
        .collect()
}

#[tokio::test]
async fn nine_units_report_each_in_its_own_way() {
    for place in places(51).await {
        let plans = &place.plans;
        let coordinator = page(&place.coordinator);
        let preview = plans.preview_campaign(&draft(Which::All)).await.unwrap();
        assert_eq!(preview.due_on, day("2023-08-21"));
        let campaign = plans
            .open_campaign(&coordinator, draft(Which::All))
            .await
            .unwrap();
        let rows = plans
            .campaign_rows(&place.coordinator, &campaign)
            .await
            .unwrap();
        assert_eq!(rows.len(), preview.sheets.len(), "{}", place.name);
        assert!(rows.iter().all(|row| row.stage == Stage::NotOpened));

        // Of the units that report on more than one thing, nine.
        let offices: Vec<Office> = preview
            .sheets
            .iter()
            .filter(|plan| plan.lines.len() > 1)
            .take(9)
            .enumerate()
            .map(|(number, plan)| Office::of(plan.unit, number))
            .collect();
        let [
            diligent,
            half,
            absent,
            idle,
            twice,
            late,
            corrected,
            early,
            merging,
        ] = &offices[..]
        else {
            panic!("{} units", offices.len());
        };

        // One reported a figure before it was called: it stands in its sheet.
        let read = sheet(&place, &early.officer, &campaign, early.unit).await;
        let line = &read.lines[0];
        let before = value(line, 40);
        plans
            .begin_report(
                &page(&early.officer),
                ReportDraft {
                    indicator: line.indicator,
                    unit: early.unit,
                    period: campaign.body.period,
                    entered: before.entered,
                    note: String::new(),
                    evidence: Vec::new(),
                    explanations: Vec::new(),
                },
            )
            .await
            .unwrap();
        let read = sheet(&place, &early.officer, &campaign, early.unit).await;
        assert_eq!(read.lines[0].entered(), before.entered);

        // The diligent one goes all the way.
        fill(&place, &campaign, diligent, 80).await;
        submit(&place, &campaign, diligent).await;
        let decide = decision(&place, diligent, &campaign).await;
        let own = step(
            &place,
            &diligent.officer,
            &campaign,
            diligent.unit,
            decide.clone(),
        )
        .await;
        assert_eq!(code(own), "role-missing");
        step(&place, &diligent.head, &campaign, diligent.unit, decide)
            .await
            .unwrap();
        step(
            &place,
            &place.coordinator,
            &campaign,
            diligent.unit,
            SheetStep::Consolidate,
        )
        .await
        .unwrap();
        let view = plans.view().await.unwrap().unwrap();
        let reported = view.reported_by(diligent.unit).next().unwrap();
        let figure = reported.indicators[0].units.iter();
        let figure = figure.clone().find(|figure| figure.unit == diligent.unit);
        assert!(figure.unwrap().latest.is_some(), "it is public");

        // Half of the lines, and no more.
        let read = sheet(&place, &half.officer, &campaign, half.unit).await;
        plans
            .save_sheet(
                &page(&half.officer),
                campaign.record.id,
                half.unit,
                &[value(&read.lines[0], 10)],
            )
            .await
            .unwrap();
        let early_submit = step(
            &place,
            &half.officer,
            &campaign,
            half.unit,
            SheetStep::Submit,
        )
        .await;
        assert_eq!(code(early_submit), "invalid-fields");

        // One only looks.
        let mut looked = sheet(&place, &idle.officer, &campaign, idle.unit).await;
        plans
            .mark_opened(&page(&idle.officer), &mut looked)
            .await
            .unwrap();

        // One presses the button twice: once with the same request, once with another.
        let filled = fill(&place, &campaign, twice, 50).await;
        let caller = keyed(&twice.officer, "gui-1", 1);
        for _ in 0..2 {
            let handed_in = plans
                .step_sheet(
                    &caller,
                    campaign.record.id,
                    twice.unit,
                    filled.record.version,
                    &SheetStep::Submit,
                )
                .await
                .unwrap();
            assert_eq!(
                (handed_in.state.as_str(), handed_in.version),
                ("submitted", filled.record.version + 1)
            );
        }
        let again = plans
            .step_sheet(
                &page(&twice.officer),
                campaign.record.id,
                twice.unit,
                filled.record.version,
                &SheetStep::Submit,
            )
            .await;
        assert_eq!(code(again), "conflict");

        // One line goes back, the others are approved.
        fill(&place, &campaign, corrected, 60).await;
        submit(&place, &campaign, corrected).await;
        let read = sheet(&place, &corrected.head, &campaign, corrected.unit).await;
        let SheetStep::Decide { seen, .. } = decision(&place, corrected, &campaign).await else {
            unreachable!()
        };
        let wrong = read.lines[1].indicator;
        let back = vec![(wrong, "Chưa trừ hồ sơ mật".to_owned())];
        step(
            &place,
            &corrected.head,
            &campaign,
            corrected.unit,
            SheetStep::Decide { seen, back },
        )
        .await
        .unwrap();
        let read = sheet(&place, &corrected.officer, &campaign, corrected.unit).await;
        let open: Vec<Id> = read
            .lines
            .iter()
            .filter(|line| line.is_open())
            .map(|line| line.indicator)
            .collect();
        assert_eq!(
            (read.record.state.as_str(), open),
            ("sent_back", vec![wrong])
        );
        fill(&place, &campaign, corrected, 59).await;
        submit(&place, &campaign, corrected).await;
        approve(&place, &campaign, corrected).await;

        // One unit goes up in another: its sheet goes on there.
        fill(&place, &campaign, merging, 70).await;
        merge(&place, merging.unit, diligent.unit).await;
        let heirs = Office {
            unit: merging.unit,
            officer: permitted(&place, &diligent.officer).await,
            head: permitted(&place, &diligent.head).await,
        };
        submit(&place, &campaign, &heirs).await;
        approve(&place, &campaign, &heirs).await;

        // Four days after the due day one hands in: taken, and marked as late.
        place.clock.set(Instant::from_micros(1_692_930_600_000_000));
        fill(&place, &campaign, late, 90).await;
        submit(&place, &campaign, late).await;
        let stages = stages(&place, &campaign).await;
        for (office, expected) in [
            (diligent, (Stage::Consolidated, false)),
            (half, (Stage::Begun, true)),
            (absent, (Stage::NotOpened, true)),
            (idle, (Stage::Opened, true)),
            (twice, (Stage::Submitted, false)),
            (late, (Stage::Submitted, true)),
            (corrected, (Stage::Approved, false)),
            (early, (Stage::Begun, true)),
            (merging, (Stage::Approved, false)),
        ] {
            assert_eq!(stages[&office.unit], expected, "{}", place.name);
        }
        consolidating(&place, &campaign, [corrected, merging]).await;
        closing(&place, &campaign, [absent, diligent]).await;
    }
}

/// Of several sheets at once, each that is as it was read; the same request does none twice.
async fn consolidating(place: &Place, campaign: &Campaign, [one, other]: [&Office; 2]) {
    let plans = &place.plans;
    let id = campaign.record.id;
    let version = async |office: &Office| {
        let read = sheet(place, &place.coordinator, campaign, office.unit).await;
        read.record.version
    };
    let sheets = [
        (one.unit, version(one).await),
        (other.unit, version(other).await - 1),
    ];
    let request = keyed(&place.coordinator, "tong-hop", 4);
    for _ in 0..2 {
        let left = plans.consolidate_sheets(&request, id, &sheets).await;
        let left: Vec<(Id, String)> = left
            .unwrap()
            .into_iter()
            .map(|(unit, error)| (unit, code::<()>(Err(error))))
            .collect();
        assert_eq!(left, [(other.unit, "conflict".to_owned())]);
    }
    let stages = stages(place, campaign).await;
    assert_eq!(stages[&one.unit].0, Stage::Consolidated);
    assert_eq!(stages[&other.unit].0, Stage::Approved);
}

/// Nothing is taken once the campaign is over, but from whom the coordinator lets.
async fn closing(place: &Place, campaign: &Campaign, [absent, diligent]: [&Office; 2]) {
    let plans = &place.plans;
    let id = campaign.record.id;
    let stranger = plans.close_campaign(&page(&absent.officer), id).await;
    assert_eq!(code(stranger), "role-missing");
    let coordinator = page(&place.coordinator);
    plans.close_campaign(&coordinator, id).await.unwrap();
    let tasks = plans
        .registry()
        .tasks(&absent.officer, Role::Officer, None, 50);
    assert!(tasks.await.unwrap().items.is_empty());
    let read = sheet(place, &absent.officer, campaign, absent.unit).await;
    let edits = [value(&read.lines[0], 1)];
    let officer = page(&absent.officer);
    let after = plans.save_sheet(&officer, id, absent.unit, &edits).await;
    assert_eq!(code(after), "campaign-closed");

    let reopen = |back| SheetStep::Reopen {
        reason: "Đơn vị đề nghị bổ sung số liệu".to_owned(),
        back,
    };
    step(
        place,
        &place.coordinator,
        campaign,
        absent.unit,
        reopen(Vec::new()),
    )
    .await
    .unwrap();
    plans
        .save_sheet(&officer, id, absent.unit, &edits)
        .await
        .unwrap();

    // A public figure is taken back to be corrected, and only that one.
    let read = sheet(place, &place.coordinator, campaign, diligent.unit).await;
    let wrong = read.lines[0].indicator;
    step(
        place,
        &place.coordinator,
        campaign,
        diligent.unit,
        reopen(vec![wrong]),
    )
    .await
    .unwrap();
    let read = sheet(place, &diligent.officer, campaign, diligent.unit).await;
    let states: Vec<_> = read
        .lines
        .iter()
        .map(|line| line.state().unwrap())
        .collect();
    assert_eq!(states[0], "sent_back");
    assert!(states[1..].iter().all(|state| *state == "consolidated"));
    fill(place, campaign, diligent, 81).await;
    submit(place, campaign, diligent).await;
    let read = sheet(place, &diligent.head, campaign, diligent.unit).await;
    let corrected = &read.lines[0];
    assert_eq!(corrected.entered(), value(corrected, 81).entered);
    assert_eq!(corrected.state(), Some("submitted"));
}

async fn merge(place: &Place, from: Id, into: Id) {
    let directory = place.plans.registry().directory();
    let today = directory.store().context().now().in_vietnam().date();
    let event = UnitEvent {
        date: today,
        change: UnitChange::Merge {
            from: vec![from],
            into,
        },
        ordered_by: Resolution::default(),
    };
    let actor = Principal::system().actor("cli", Id::NIL);
    directory.rearrange(&actor, &[event]).await.unwrap();
}

async fn permitted(place: &Place, who: &Principal) -> Principal {
    let directory = place.plans.registry().directory();
    directory.permitted(who.clone()).await.unwrap()
}

//! What is strange about a line keeps its sheet from being handed in until a word is on it.

use plan::campaigns::{LineEdit, SheetStep, Which};
use plan::entry::Explanation;
use plan::{ReportDraft, ReportStep};
use vocab::Period;

use super::{Office, draft, fill, value};
use crate::fixture::{page, places, refusal};

#[tokio::test]
async fn a_strange_line_is_explained_before_its_sheet_is_handed_in() {
    for place in places(64).await {
        let plans = &place.plans;
        let office = Office::of(place.unit, 1);
        let officer = page(&office.officer);
        let before = ReportDraft {
            period: Period::quarter(2023, 1).unwrap(),
            ..place.draft(80, 100)
        };
        let before = plans.begin_report(&officer, before).await.unwrap();
        plans
            .step_report(&officer, before.record.id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        let which = draft(Which::Numbers(vec![place.number]));
        let campaign = plans
            .open_campaign(&page(&place.coordinator), which)
            .await
            .unwrap();
        let read = fill(&place, &campaign, &office, 30).await;
        let strange = read.line(place.indicator).unwrap();
        let checks = &strange.report.as_ref().unwrap().body.checks;
        assert!(!checks.is_empty(), "{}", place.name);
        let submit = async |version| {
            let step = SheetStep::Submit;
            plans
                .step_sheet(&officer, campaign.record.id, office.unit, version, &step)
                .await
        };
        let (_, field) = refusal(submit(read.record.version).await);
        let line = format!("line-{}", strange.place);
        assert_eq!(field, Some((line, checks[0].code.clone())));
        let save = async |edit: LineEdit| {
            let edits = [edit];
            let saved = plans.save_sheet(&officer, campaign.record.id, office.unit, &edits);
            let saved = saved.await.unwrap();
            assert!(saved.problems.is_empty(), "{}", place.name);
            saved
        };
        let said = |words: &str| {
            let said = checks.iter().map(|kept| Explanation {
                finding: kept.token(),
                text: words.to_owned(),
            });
            said.collect::<Vec<_>>()
        };
        // The room for words, sent empty as it was, changes nothing.
        let silent = LineEdit {
            explanations: said(""),
            ..value(strange, 30)
        };
        assert_eq!(save(silent).await.written, 0);
        // Words alone, on a value that stays, are saved too; unless somebody else changed the
        // line meanwhile: then they come back and are not lost.
        let explained = LineEdit {
            explanations: said("Quý I báo gộp cả đơn vị trực thuộc"),
            ..value(strange, 30)
        };
        let noted = LineEdit {
            note: "Theo sổ theo dõi".to_owned(),
            ..value(strange, 30)
        };
        let saved = save(noted.clone()).await;
        assert_eq!(saved.written, 1);
        let late = save(explained.clone()).await;
        assert_eq!((late.written, late.conflicts), (0, vec![place.indicator]));
        let explained = LineEdit {
            version: saved.sheet.line(place.indicator).unwrap().version(),
            note: noted.note,
            ..explained
        };
        let saved = save(explained).await;
        assert_eq!(saved.written, 1);
        submit(saved.sheet.record.version).await.unwrap();
    }
}

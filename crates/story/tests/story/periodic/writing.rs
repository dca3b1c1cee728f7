//! Several who write, and what they may write.

use std::io::Cursor;

use directory::{Principal, Role};
use plan::PlanError;
use plan::periodic::{
    Marks, PaperCell, PaperRow, PeriodicStep, Section, states, write_docx, write_xlsx,
};
use registry::RegistryError;
use vocab::Instant;

use super::{begun, now, signer, step};
use crate::fixture::{page, places, refusal, somebody};

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    for place in places(53).await {
        let report = begun(&place).await;
        let colleague = somebody("canbo.sttt", Role::Officer, report.record.unit);
        let (first, second) = (&report.sections[0], &report.sections[1]);
        let write = |who: &Principal, section: &Section, text: &str| {
            let (who, id) = (page(who), section.record.id);
            let (plans, title) = (place.plans.clone(), section.body.title.clone());
            let text = text.to_owned();
            async move { plans.edit_report_section(&who, id, 1, &title, &text).await }
        };
        // In two sections they do not meet.
        let (one, other) = tokio::join!(
            write(&place.coordinator, first, "Của người thứ nhất"),
            write(&colleague, second, "Của người thứ hai"),
        );
        one.unwrap();
        other.unwrap();
        // In one the later is told what it says now, and what they wrote is not written.
        let late = write(&colleague, first, "Của người thứ ba").await;
        let Err(PlanError::Registry(RegistryError::Conflict { current, .. })) = late else {
            panic!("{}: {late:?}", place.name);
        };
        assert_eq!(current.body["text"], "Của người thứ nhất");
        let found = now(&place, &report).await;
        assert_eq!(found.sections[1].body.text, "Của người thứ hai");
        let history = place
            .plans
            .registry()
            .history(
                &place.coordinator,
                "report_section",
                &found.sections[0].record,
                10,
            )
            .await
            .unwrap();
        assert_eq!(history.len(), 2);
        step(&place, &place.coordinator, &report, PeriodicStep::Submit).await;
        let locked = place
            .plans
            .edit_report_section(&page(&colleague), first.record.id, 3, "A", "B")
            .await;
        assert_eq!(refusal(locked).0, "not-editable");
    }
}

#[tokio::test]
async fn it_goes_back_with_a_reason_and_can_be_written_again() {
    for place in places(55).await {
        let report = begun(&place).await;
        step(&place, &place.coordinator, &report, PeriodicStep::Submit).await;
        let signer = signer(&place).await;
        let current = now(&place, &report).await.record;
        let silent = place
            .plans
            .step_periodic_report(
                &page(&signer),
                current.id,
                current.version,
                &PeriodicStep::SendBack(String::new()),
            )
            .await;
        assert_eq!(refusal(silent).0, "invalid-fields");
        let back = PeriodicStep::SendBack("Thiếu nguyên nhân".to_owned());
        let report = step(&place, &signer, &report, back).await;
        assert_eq!(report.record.state, states::DRAFT);
        assert!(
            report
                .sections
                .iter()
                .all(|section| section.record.state == states::DRAFT)
        );
        let section = &report.sections[0];
        let edited = place
            .plans
            .edit_report_section(
                &page(&place.coordinator),
                section.record.id,
                section.record.version,
                "KẾT QUẢ CHUNG",
                "Đã bổ sung",
            )
            .await;
        assert_eq!(edited.unwrap().body.text, "Đã bổ sung");
    }
}

#[tokio::test]
async fn hostile_text_is_refused_or_kept_as_words() {
    for place in places(56).await {
        let report = begun(&place).await;
        let section = report.sections[0].record.clone();
        let write = |version, text: String| {
            let by = page(&place.coordinator);
            let (plans, id) = (place.plans.clone(), section.id);
            async move {
                plans
                    .edit_report_section(&by, id, version, "A", &text)
                    .await
            }
        };
        for (text, code) in [
            ("[[mt9999]] và [[x]]".to_owned(), "figure-code-unknown"),
            ("[[sl/XXIX]]".to_owned(), "figure-code-unknown"),
            ("a\u{b}b".to_owned(), "text-control"),
            ("x".repeat(20_001), "text-too-long"),
        ] {
            let (_, field) = refusal(write(1, text).await);
            assert_eq!(field.unwrap().1, code, "{}", place.name);
        }
        let hostile = format!(
            "=HYPERLINK(\"http://x\") <w:p>&amp; ]]> [[ {}\n@SUM(A1) \u{feff}{{unit}}",
            "dài".repeat(3_000)
        );
        let written = write(1, hostile.clone()).await.unwrap();
        assert_eq!(written.body.text, hostile);
        let report = now(&place, &report).await;
        let paper = place.plans.paper(&report).await.unwrap();
        let made = Instant::from_micros(0);
        let file = write_docx(
            Cursor::new(Vec::new()),
            &report.body.layout,
            &paper,
            &Marks::default(),
            made,
        );
        let read = office::reading::read(&file.unwrap().into_inner()).unwrap();
        assert!(
            read.text
                .contains("=HYPERLINK(\"http://x\") <w:p>&amp; ]]> [[ dàidài")
        );
        assert!(read.text.contains("@SUM(A1)"));

        // In a spreadsheet nothing of it is run.
        let mut annex = paper.annexes[0].clone();
        let mut cells = vec![PaperCell::Words(hostile.clone())];
        cells.extend(["@x", "+1", "-1", "=1"].map(|text| PaperCell::Words(text.to_owned())));
        annex.rows = vec![PaperRow::Heading("=1+1".to_owned()), PaperRow::Cells(cells)];
        let mut sheet = Cursor::new(Vec::new());
        write_xlsx(&mut sheet, &annex, made).unwrap();
        let read = office::reading::read(&sheet.into_inner()).unwrap();
        let table = read.document.tables().next().unwrap();
        assert_eq!(table.rows[1].cells[0].text, "=1+1");
        let shown: Vec<&str> = table.rows[2].cells[1..]
            .iter()
            .map(|cell| cell.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        assert_eq!(shown, ["@x", "+1", "-1", "=1"]);
    }
}

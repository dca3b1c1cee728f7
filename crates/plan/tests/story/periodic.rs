//! The periodic report: drafted from the figures, written by several, signed for good.

use std::io::Cursor;

use directory::{Principal, Role};
use plan::periodic::{
    Layout, Marks, PaperCell, PaperRow, Periodic, PeriodicStep, Piece, states, write_docx,
    write_xlsx,
};
use plan::{PlanError, ReportStep};
use registry::RegistryError;
use vocab::{Id, Instant, Period};

use crate::fixture::{Place, page, places, refusal, somebody, unit};

fn quarter() -> Period {
    Period::quarter(2023, 2).unwrap()
}

/// Reports, approves and consolidates a value; gives the report's identity.
async fn consolidated(place: &Place, numerator: i64) -> Id {
    let plans = &place.plans;
    let begun = plans
        .begin_report(&page(&place.officer), place.draft(numerator, 100))
        .await;
    let id = begun.unwrap().record.id;
    for (who, step, version) in [
        (&place.officer, ReportStep::Submit, 1),
        (&place.head, ReportStep::Approve, 2),
        (&place.coordinator, ReportStep::Consolidate, 3),
    ] {
        let done = plans.step_report(&page(who), id, version, &step).await;
        done.unwrap();
    }
    id
}

/// The head of the unit that coordinates.
async fn signer(place: &Place) -> Principal {
    let coordinating = unit(&place.plans, "Sở Thông tin và Truyền thông").await;
    somebody("lanhdao.sttt", Role::Head, coordinating)
}

async fn begun(place: &Place) -> Periodic {
    let begun = place
        .plans
        .begin_periodic_report(&page(&place.coordinator), quarter())
        .await;
    begun.unwrap_or_else(|error| panic!("{}: {error}", place.name))
}

async fn now(place: &Place, report: &Periodic) -> Periodic {
    let reader = &place.coordinator;
    let found = place.plans.periodic_report(reader, report.record.id).await;
    found.unwrap()
}

async fn step(place: &Place, who: &Principal, report: &Periodic, step: PeriodicStep) -> Periodic {
    let current = now(place, report).await;
    let (id, version) = (current.record.id, current.record.version);
    let done = place
        .plans
        .step_periodic_report(&page(who), id, version, &step)
        .await;
    done.unwrap_or_else(|error| panic!("{step:?}: {error}"))
}

/// What a report reads, section by section.
async fn text(place: &Place, report: &Periodic) -> String {
    let paper = place.plans.paper(report).await.unwrap();
    let paragraphs = paper
        .sections
        .iter()
        .flat_map(|section| &section.paragraphs);
    let lines = paragraphs.map(|pieces| pieces.iter().map(Piece::text).collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}

async fn signed(place: &Place) -> Periodic {
    let report = begun(place).await;
    step(place, &place.coordinator, &report, PeriodicStep::Submit).await;
    let read = place.plans.paper(&now(place, &report).await).await.unwrap();
    let sign = PeriodicStep::Sign(read.digest().unwrap());
    step(place, &signer(place).await, &report, sign).await
}

#[tokio::test]
async fn it_is_drafted_from_the_figures_and_follows_them() {
    for place in places(51).await {
        let report = begun(&place).await;
        assert_eq!(report.record.state, states::DRAFT);
        // Four sections, one part for each heading of targets, two of the third.
        let groups = place.plans.view().await.unwrap().unwrap().body.groups.len();
        assert_eq!(report.sections.len(), 4 + groups + 2);
        let before = text(&place, &report).await;
        assert!(before.contains("Trong tổng số 148 mục tiêu"), "{before}");
        assert!(!before.contains("[["), "{before}");
        assert!(!before.contains('{'), "{before}");
        let code = format!("[[mt{}]]", place.number);
        let section = &report.sections[0];
        let edited = place
            .plans
            .edit_report_section(
                &page(&place.coordinator),
                section.record.id,
                1,
                &section.body.title,
                &format!("Sở Nội vụ đạt {code}."),
            )
            .await;
        edited.unwrap();
        let written = now(&place, &report).await;
        let before = text(&place, &written).await;
        assert!(
            before.contains("Sở Nội vụ đạt chưa có số liệu."),
            "{before}"
        );
        consolidated(&place, 79).await;
        let after = text(&place, &written).await;
        assert!(after.contains("Sở Nội vụ đạt 79% (79/100)."), "{after}");
        let late = &written
            .sections
            .iter()
            .find(|section| section.body.key.ends_with("han-che/ton-tai"));
        let anew = place.plans.drafted_anew(&written, late.unwrap()).await;
        assert!(anew.unwrap().contains("[[dv.ds]]"), "{}", place.name);
    }
}

#[tokio::test]
async fn there_is_one_report_for_a_period_whoever_begins_it() {
    for place in places(52).await {
        let coordinator = page(&place.coordinator);
        let one = place.plans.begin_periodic_report(&coordinator, quarter());
        let other = place.plans.begin_periodic_report(&coordinator, quarter());
        let (one, other) = tokio::join!(one, other);
        let ((Ok(_), refused) | (refused, Ok(_))) = (one, other) else {
            panic!("{}: nobody began it", place.name)
        };
        assert_eq!(refusal(refused).0, "periodic-exists", "{}", place.name);
        let all = place.plans.periodic_reports(&place.coordinator).await;
        assert_eq!(all.unwrap().len(), 1);
        // Nobody outside the unit that writes it knows of a draft.
        for other in [&place.officer, &place.head, &Principal::public()] {
            assert!(
                place
                    .plans
                    .periodic_reports(other)
                    .await
                    .unwrap()
                    .is_empty()
            );
        }
        let stranger = place
            .plans
            .begin_periodic_report(&page(&place.head), quarter())
            .await;
        assert_eq!(refusal(stranger).0, "role-missing");
        let late = Period::year(2024).unwrap();
        let outside = place.plans.begin_periodic_report(&coordinator, late).await;
        assert_eq!(refusal(outside).1.unwrap().1, "period-outside-plan");
    }
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    for place in places(53).await {
        let report = begun(&place).await;
        let colleague = somebody("canbo.sttt", Role::Officer, report.record.unit);
        let (first, second) = (&report.sections[0], &report.sections[1]);
        let write = |who: &Principal, section: &plan::periodic::Section, text: &str| {
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
        // Whoever hands the report in while somebody writes stops at the section.
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
async fn signing_freezes_the_figures_and_a_correction_shows_as_a_difference() {
    for place in places(54).await {
        let observation = consolidated(&place, 79).await;
        let report = begun(&place).await;
        step(&place, &place.coordinator, &report, PeriodicStep::Submit).await;
        let signer = signer(&place).await;
        let digest = |paper: plan::periodic::Paper| paper.digest().unwrap();
        let read = digest(
            place
                .plans
                .paper(&now(&place, &report).await)
                .await
                .unwrap(),
        );
        let reviewed = now(&place, &report).await.record;
        // Nobody signs what he handed in, nor what he has not read.
        let sign = PeriodicStep::Sign(read.clone());
        let own = place
            .plans
            .step_periodic_report(
                &page(&place.coordinator),
                reviewed.id,
                reviewed.version,
                &sign,
            )
            .await;
        assert_eq!(refusal(own).0, "role-missing");
        let unread = PeriodicStep::Sign("0".repeat(64));
        let unread = place
            .plans
            .step_periodic_report(&page(&signer), reviewed.id, reviewed.version, &unread)
            .await;
        assert_eq!(refusal(unread).0, "periodic-reads-otherwise");
        let report = step(&place, &signer, &report, sign).await;
        assert_eq!(report.record.state, states::SIGNED);
        let before = text(&place, &report).await;
        assert!(before.contains("79% (79/100)"), "{before}");
        assert!(place.plans.differences(&report).await.unwrap().is_empty());
        let kept = report.body.signed.clone().unwrap();
        let figure = kept
            .figures
            .iter()
            .find(|figure| figure.indicator == place.indicator);
        let source = figure.unwrap().sources[0].clone();
        assert_eq!((source.observation, source.version), (observation, 4));

        // The unit corrects its figure.
        let back = ReportStep::SendBack("Đếm nhầm".to_owned());
        let officer = page(&place.officer);
        let plans = &place.plans;
        plans
            .step_report(&page(&place.coordinator), observation, 4, &back)
            .await
            .unwrap();
        plans
            .edit_report(&officer, observation, 5, place.draft(61, 100))
            .await
            .unwrap();
        for (who, step, version) in [
            (&place.officer, ReportStep::Submit, 6),
            (&place.head, ReportStep::Approve, 7),
            (&place.coordinator, ReportStep::Consolidate, 8),
        ] {
            plans
                .step_report(&page(who), observation, version, &step)
                .await
                .unwrap();
        }
        let report = now(&place, &report).await;
        assert_eq!(text(&place, &report).await, before, "{}", place.name);
        assert_eq!(report.body.signed.as_ref(), Some(&kept));
        let differences = plans.differences(&report).await.unwrap();
        let [difference] = &differences[..] else {
            panic!("{differences:?}");
        };
        assert!(difference.reads_otherwise());
        assert_eq!(difference.then.as_ref().unwrap().text, "79% (79/100)");
        assert_eq!(difference.now.as_ref().unwrap().text, "61% (61/100)");
        let versions = &difference.sources[0];
        assert_eq!(versions.then.as_ref().unwrap().version, 4);
        assert_eq!(versions.now.as_ref().unwrap().version, 9);

        // Another edition follows the figures again; the signed one stays.
        let again = plans
            .reopen_periodic_report(&page(&place.coordinator), report.record.id)
            .await
            .unwrap();
        assert_eq!(
            (again.body.edition, again.body.follows),
            (2, Some(report.record.id))
        );
        assert!(text(&place, &again).await.contains("61% (61/100)"));
        let twice = plans
            .reopen_periodic_report(&page(&place.coordinator), report.record.id)
            .await;
        assert_eq!(refusal(twice).0, "periodic-exists");
        assert_eq!(text(&place, &now(&place, &report).await).await, before);
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

/// As an office program sees it: run with `--ignored` where one is installed.
#[tokio::test]
#[ignore = "needs LibreOffice (apt-get install libreoffice-writer-nogui)"]
async fn an_office_program_opens_it_without_complaint() {
    let place = places(59).await.remove(0);
    consolidated(&place, 79).await;
    let report = signed(&place).await;
    let paper = place.plans.paper(&report).await.unwrap();
    let (layout, made) = (&report.body.layout, Instant::from_micros(0));
    let file = write_docx(
        Cursor::new(Vec::new()),
        layout,
        &paper,
        &Marks::default(),
        made,
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bao-cao.docx");
    std::fs::write(&path, file.unwrap().into_inner()).unwrap();
    let done = std::process::Command::new("soffice")
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output()
        .unwrap();
    let pdf = std::fs::read(folder.path().join("bao-cao.pdf")).unwrap_or_default();
    assert!(
        pdf.starts_with(b"%PDF"),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(pdf.len() > 100_000, "{} bytes", pdf.len());
}

#[tokio::test]
async fn files_say_what_the_paper_says() {
    let place = places(57).await.remove(0);
    consolidated(&place, 79).await;
    let report = signed(&place).await;
    let paper = place.plans.paper(&report).await.unwrap();
    let made = Instant::from_micros(1_700_000_000_000_000);
    let marks = Marks {
        above: vec!["SỐ LIỆU GIẢ LẬP".to_owned()],
    };
    let layout = &report.body.layout;
    let file = write_docx(Cursor::new(Vec::new()), layout, &paper, &marks, made);
    let file = file.unwrap().into_inner();
    // For looking at in an office program.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/reports");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/periodic.docx"), &file).unwrap();
    let read = office::reading::read(&file).unwrap().document;
    let said: Vec<&str> = read.paragraphs().map(|said| said.text.as_str()).collect();
    assert!(said.contains(&"SỐ LIỆU GIẢ LẬP"), "{said:?}");
    assert!(said.contains(&"I. KẾT QUẢ CHUNG"), "{said:?}");
    assert!(said.contains(&"IV. NHIỆM VỤ TRỌNG TÂM KỲ TỚI"));
    for section in &paper.sections {
        for paragraph in &section.paragraphs {
            let text: String = paragraph.iter().map(Piece::text).collect();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(&text.as_str()), "{text}");
        }
    }
    // Every target has its row, and each annex its own heading.
    let tables: Vec<_> = read
        .tables()
        .filter(|table| table.rows.len() > 100)
        .collect();
    let cells = |row: &PaperRow| match row {
        PaperRow::Heading(words) => vec![words.clone()],
        PaperRow::Cells(cells) => cells.iter().map(PaperCell::text).collect(),
    };
    let first = &paper.annexes[0];
    assert_eq!(tables[0].rows.len(), first.rows.len() + 1);
    for (row, shown) in first.rows.iter().zip(&tables[0].rows[1..]) {
        for (cell, shown) in cells(row).iter().zip(&shown.cells) {
            let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(flat(cell), flat(&shown.text));
        }
    }
    for annex in &paper.annexes {
        assert!(said.contains(&annex.title.as_str()), "{}", annex.title);
        let mut sheet = Cursor::new(Vec::new());
        write_xlsx(&mut sheet, annex, made).unwrap();
        let read = office::reading::read(&sheet.into_inner()).unwrap();
        let table = read.document.tables().next().unwrap();
        assert_eq!(table.rows.len(), annex.rows.len() + 1);
    }
    assert_eq!(
        paper.annexes[0].rows.len(),
        148 + report_groups(&place).await
    );
}

async fn report_groups(place: &Place) -> usize {
    place.plans.view().await.unwrap().unwrap().body.groups.len()
}

#[tokio::test]
async fn a_province_keeps_its_own_layout() {
    for place in places(58).await {
        let plans = &place.plans;
        let kept = plans.kept_layout().await.unwrap();
        assert_eq!(kept.version(), 0);
        let own = kept.text.replace("left_mm = 30", "left_mm = 35");
        let broken = kept.text.replace("left_mm = 30", "left_mm = 300");
        let coordinator = page(&place.coordinator);
        let refused = plans.keep_layout(&coordinator, 0, &broken).await;
        assert_eq!(refusal(refused).0, "layout-unusable");
        let stranger = plans.keep_layout(&page(&place.officer), 0, &own).await;
        assert_eq!(refusal(stranger).0, "role-missing", "{}", place.name);
        let kept = plans.keep_layout(&coordinator, 0, &own).await.unwrap();
        assert_eq!((kept.version(), &kept.text), (1, &own));
        let late = plans.keep_layout(&coordinator, 0, &own).await;
        assert!(matches!(
            late,
            Err(PlanError::Registry(RegistryError::Conflict { .. }))
        ));
        let report = begun(&place).await;
        assert_eq!(report.body.layout.page.left_mm, 35);
        // A report that was begun keeps the layout that it was begun with.
        let shipped = plan::periodic::layout::SHIPPED;
        plans.keep_layout(&coordinator, 1, shipped).await.unwrap();
        assert_eq!(now(&place, &report).await.body.layout.page.left_mm, 35);
        assert_eq!(Layout::shipped().unwrap().page.left_mm, 30);
    }
}

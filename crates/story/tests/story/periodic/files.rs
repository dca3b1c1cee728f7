//! The report as files.

use std::io::{Cursor, ErrorKind, Write as _};

use plan::periodic::{
    Marks, PaperCell, PaperRow, Periodic, PeriodicStep, Piece, write_docx, write_xlsx,
};
use vocab::Instant;

use super::{begun, now, signer, step};
use crate::fixture::{Place, places};

async fn signed(place: &Place) -> Periodic {
    let report = begun(place).await;
    step(place, &place.coordinator, &report, PeriodicStep::Submit).await;
    let read = place.plans.paper(&now(place, &report).await).await.unwrap();
    let sign = PeriodicStep::Sign(read.digest().unwrap());
    step(place, &signer(place).await, &report, sign).await
}

#[tokio::test]
async fn files_say_what_the_paper_says() {
    let place = places(57).await.remove(0);
    place.consolidated(79).await;
    let report = Box::pin(signed(&place)).await;
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
    assert!(said.contains(&"V. NHIỆM VỤ TRỌNG TÂM KỲ TỚI"));
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

/// As an office program sees it. Where none is installed the test says so, past the capture of
/// the harness, and proves nothing.
#[tokio::test]
async fn an_office_program_opens_it_without_complaint() {
    let place = places(59).await.remove(0);
    place.consolidated(79).await;
    let report = Box::pin(signed(&place)).await;
    let paper = place.plans.paper(&report).await.unwrap();
    let file = write_docx(
        Cursor::new(Vec::new()),
        &report.body.layout,
        &paper,
        &Marks::default(),
        Instant::from_micros(0),
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bao-cao.docx");
    std::fs::write(&path, file.unwrap().into_inner()).unwrap();
    let profile = folder.path().join("profile");
    let done = std::process::Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output();
    let done = match done {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let told = "NOT RUN: an_office_program_opens_it_without_complaint needs LibreOffice \
                        (apt-get install libreoffice-writer-nogui)";
            writeln!(std::io::stderr(), "{told}").unwrap();
            return;
        }
        done => done.unwrap(),
    };
    let pdf = std::fs::read(folder.path().join("bao-cao.pdf")).unwrap_or_default();
    assert!(
        pdf.starts_with(b"%PDF"),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(pdf.len() > 100_000, "{} bytes", pdf.len());
}

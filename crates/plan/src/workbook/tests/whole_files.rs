//! Files that are another's, or none of ours; lines that somebody else changed meanwhile.

use office::grid::GridSheet;
use office::xlsx_in::XlsxReadError;

use super::*;

#[test]
fn another_unit_s_period_s_and_campaign_s_file_is_named() {
    let other = |head: SheetHead| {
        let file = write(&head, &lines(), &words()).unwrap();
        read(&file, &super::head(), &lines(), &languages()).unwrap_err()
    };
    let unit = SheetHead {
        unit: Id::from_digest([8; 16]),
        unit_name: "Sở Y tế".to_owned(),
        ..head()
    };
    let expected = SheetError::Other {
        what: "unit",
        found: "Sở Y tế".to_owned(),
    };
    assert_eq!(other(unit.clone()), expected);
    let period = SheetHead {
        period: Period::quarter(2023, 2).unwrap(),
        ..head()
    };
    assert!(matches!(
        other(period),
        SheetError::Other { what: "period", .. }
    ));
    let campaign = SheetHead {
        campaign: "2".to_owned(),
        ..head()
    };
    assert!(matches!(
        other(campaign),
        SheetError::Other {
            what: "campaign",
            ..
        }
    ));
    // Without the sheet that says so, each row says it itself.
    let file = write(&unit, &lines(), &words()).unwrap();
    let mut model = Model::of(&file);
    model.sheets.truncate(1);
    let reading = back(&model).unwrap();
    assert_eq!(reading.refusals.len(), 7);
    for refusal in &reading.refusals {
        assert_eq!(refusal.problem.code, "sheet-row-foreign");
    }
    assert_eq!(reading.absent.len(), 7);
    assert!(reading.changes.is_empty());
}

#[test]
fn one_row_from_another_unit_s_sheet_is_found_among_ours() {
    let other = SheetHead {
        unit: Id::from_digest([8; 16]),
        ..head()
    };
    let theirs = Model::of(&write(&other, &lines(), &words()).unwrap());
    let mut model = made();
    let row: Vec<_> = theirs.sheets[0]
        .cells
        .iter()
        .filter(|((row, _), _)| *row == FIRST + 1)
        .map(|((_, column), cell)| ((FIRST + 1, *column), cell.clone()))
        .collect();
    model.sheets[0].cells.extend(row);
    let reading = back(&model).unwrap();
    assert_eq!(reading.refusals[0].problem.field, "C8");
    assert_eq!(reading.refusals[0].problem.code, "sheet-row-foreign");
    assert_eq!(reading.absent, ["833/QĐ-UBND#2.1"]);
}

#[test]
fn other_sheets_are_told_of_and_copies_must_agree() {
    let mut model = made().number((FIRST + 2, VALUE), 12.0);
    model.sheets.push(GridSheet {
        name: "Nháp".to_owned(),
        visible: true,
        cells: [((0, 0), model.sheets[0].cells[&(0, 2)].clone())].into(),
        merged: Vec::new(),
    });
    let reading = back(&model).unwrap();
    assert_eq!(reading.unread, ["Nháp"]);
    assert_eq!(reading.changes.len(), 1);
    let copy = GridSheet {
        name: "Phiếu (2)".to_owned(),
        ..model.sheets[0].clone()
    };
    model.sheets[2] = copy;
    assert_eq!(back(&model).unwrap().changes.len(), 1);
    let model = model.number((FIRST + 2, VALUE), 13.0);
    let reading = back(&model).unwrap();
    let refusal = &reading.refusals[0].problem;
    assert_eq!(refusal.code, "sheet-line-twice");
    assert_eq!(refusal.field, "Phiếu (2)!M9");
    assert_eq!(refusal.args["other"], "Phiếu báo cáo!M9");
}

#[test]
fn a_column_that_is_there_twice_or_not_at_all_stops_the_whole_file() {
    let doubled = made().words((IDS, 20), columns::PART);
    let twice = SheetError::ColumnTwice {
        cell: "U5".to_owned(),
    };
    assert_eq!(back(&doubled), Err(twice));
    let missing = SheetError::ColumnMissing {
        column: "Mẫu số".to_owned(),
    };
    assert_eq!(back(&made().without_column(WHOLE)), Err(missing));
    // Without its notes, the notes stay as they are.
    let reading = back(&made().without_column(NOTE)).unwrap();
    assert_eq!((reading.changes.len(), reading.same), (0, 7));
    let neither = made().without_row(IDS).without_row(TITLES - 1);
    assert_eq!(back(&neither), Err(SheetError::NotOurs));
}

#[test]
fn what_nobody_touched_does_not_undo_what_was_entered_meanwhile() {
    let file = made().number((FIRST + 2, VALUE), 12.0).file();
    let mut now = lines();
    // Somebody entered the second line in the browser, and another value of the third.
    now[1].entered = ratio(50, 60);
    now[2].entered = count("9");
    let reading = read(&file, &head(), &now, &languages()).unwrap();
    let changes: Vec<(u16, bool)> = reading
        .changes
        .iter()
        .map(|change| (change.number, change.overtaken))
        .collect();
    assert_eq!(changes, [(3, true)]);
    // A report that was handed in meanwhile is not changed, and says so.
    now[2].open = false;
    let reading = read(&file, &head(), &now, &languages()).unwrap();
    assert!(reading.changes.is_empty());
    assert_eq!(reading.refusals[0].problem.code, "sheet-line-closed");
    assert_eq!(reading.refusals[0].problem.field, "M9");
}

#[test]
fn notes_come_back_composed_and_whole() {
    let decomposed = "Theo he\u{302}\u{323} tho\u{302}\u{301}ng\r\n=1+1";
    let reading = back(&made().words((FIRST, NOTE), decomposed)).unwrap();
    assert_eq!(reading.changes[0].note_after, "Theo hệ thống\n=1+1");
    let long = "a".repeat(4_001);
    let reading = back(&made().words((FIRST, NOTE), &long)).unwrap();
    assert_eq!(reading.refusals[0].problem.code, "text-too-long");
}

#[test]
fn what_is_no_spreadsheet_or_a_bomb_is_refused() {
    let of = |bytes: &[u8]| read(bytes, &head(), &lines(), &languages());
    assert!(matches!(of(b"%PDF"), Err(SheetError::File(_))));
    let other = Model {
        sheets: vec![GridSheet {
            name: "x".to_owned(),
            visible: true,
            ..GridSheet::default()
        }],
        hidden_rows: Vec::new(),
        hidden_columns: Vec::new(),
    };
    assert_eq!(of(&other.file()), Err(SheetError::NotOurs));
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    bomb.start_file("xl/worksheets/sheet1.xml", options)
        .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..130 {
        std::io::Write::write_all(&mut bomb, &zeros).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(of(&bomb), Err(SheetError::File(XlsxReadError::TooLarge)));
    // More rows than anybody fills in, each of which would be told of.
    let many = (0..2_001).fold(made(), |model, row| {
        model.words((FIRST + 100 + row, NOTE), "x")
    });
    assert_eq!(back(&many), Err(SheetError::File(XlsxReadError::TooLarge)));
}

#[test]
fn made_up_data_is_marked_where_it_is_seen() {
    let marked = SheetHead {
        made_up: true,
        ..head()
    };
    let model = Model::of(&write(&marked, &lines(), &words()).unwrap());
    let second = &model.sheets[0].cells[&(1, 2)].content;
    assert_eq!(
        *second,
        office::grid::Content::Text("SỐ LIỆU GIẢ LẬP".to_owned())
    );
}

//! `people import`: a list in both formats, its refused rows, and the same list again.

use office::{Value, csv};

use crate::program::Folder;

const ROWS: &str = "Họ và tên,Số định danh,Đơn vị,Chức danh,Vai trò,Từ ngày\n\
    Phạm Thị Lan,086185000001,Sở Nội vụ,Chuyên viên,officer,1/1/2023\n\
    Lê Văn Tám,086185000001,Sở Nội vu,Văn thư,vua,31/2/2023\n";

fn spreadsheet(rows: &str) -> Vec<u8> {
    let table = csv::read(rows).unwrap();
    let made = vocab::Instant::from_micros(0);
    let mut writer = office::xlsx::Writer::new("Cán bộ", made).unwrap();
    for row in &table.rows {
        writer
            .row(row.cells.iter().map(|cell| Value::Text(&cell.text)))
            .unwrap();
    }
    let mut file = std::io::Cursor::new(Vec::new());
    writer.finish(&mut file).unwrap();
    file.into_inner()
}

#[test]
fn good_rows_go_in_once_and_the_others_come_back() {
    let folder = Folder::new();
    let (said, code) = folder.serve(&["--demo"]).stop("TERM");
    assert_eq!(code, Some(0), "{said}");
    let (list, sheet, failed) = (
        folder.path("a.csv"),
        folder.path("a.xlsx"),
        folder.path("failed.csv"),
    );
    std::fs::write(&list, ROWS).unwrap();
    std::fs::write(&sheet, spreadsheet(ROWS)).unwrap();
    let (list, sheet) = (list.to_str().unwrap(), sheet.to_str().unwrap());

    let dry = folder.run(&["people", "import", list, "--dry-run"]);
    assert!(dry.printed.contains("1 added"), "{}", dry.printed);
    dry.ended(1);
    let all = folder.run(&["people", "import", list, "--all-or-nothing"]);
    assert!(
        all.printed.contains("Nothing was written"),
        "{}",
        all.printed
    );
    all.ended(1);

    let back = failed.to_str().unwrap();
    let done = folder.run(&["people", "import", sheet, "--failed", back]);
    for part in ["1 added", "1 refused", "Did you mean: Sở Nội vụ", "“vua”"] {
        assert!(done.printed.contains(part), "{part} in {}", done.printed);
    }
    assert!(!done.printed.contains('⟦'), "{}", done.printed);
    done.ended(1);
    let given = std::fs::read_to_string(&failed).unwrap();
    assert!(given.contains("Lê Văn Tám") && !given.contains("Phạm Thị Lan"));
    assert!(given.lines().next().unwrap().ends_with("Reason"), "{given}");

    let again = folder.run(&["--lang", "vi", "people", "import", list]);
    assert!(again.printed.contains("1 đã có"), "{}", again.printed);
    assert!(
        again.printed.contains("Không có gì được ghi"),
        "{}",
        again.printed
    );
    again.ended(1);
}

#[test]
fn what_is_no_list_is_refused_in_words() {
    let folder = Folder::new();
    folder.serve(&["--demo"]).stop("TERM");
    let file = folder.path("a");
    for (bytes, words) in [
        (&b"PK\x03\x04nonsense"[..], "cannot be read"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("Đơn vị\nx\n".as_bytes(), "Full name"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let complaint = folder
            .run(&["people", "import", file.to_str().unwrap()])
            .ended(1);
        assert!(complaint.contains(words), "{complaint}");
    }
}

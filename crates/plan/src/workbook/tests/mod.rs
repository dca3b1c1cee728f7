mod corpus;
mod model;
mod slow;
mod whole_files;

use vocab::{Id, Instant, Period};

use super::*;
use model::Model;

/// Where the fixture's columns stand.
const PART: u32 = 9;
const WHOLE: u32 = 10;
const SHARE: u32 = 11;
const VALUE: u32 = 12;
const NOTE: u32 = 13;
/// The rows of its header and of its first line, from 0.
const IDS: u32 = 4;
const TITLES: u32 = 5;
const FIRST: u32 = 6;

pub(super) fn head() -> SheetHead {
    SheetHead {
        campaign: "833/QĐ-UBND".to_owned(),
        unit: Id::from_digest([7; 16]),
        unit_name: "Sở Nội vụ".to_owned(),
        period: Period::quarter(2023, 3).unwrap(),
        made_up: false,
        made: Instant::from_micros(0),
    }
}

pub(super) fn words() -> SheetWords {
    let titles = [
        "Mã dòng",
        "Mã đối chiếu",
        "Số",
        "Chỉ tiêu",
        "Cách đo",
        "Đơn vị tính",
        "Mục tiêu",
        "Năm trước",
        "Kỳ trước",
        "Tử số",
        "Mẫu số",
        "Tỷ lệ",
        "Kết quả",
        "Ghi chú",
    ];
    SheetWords {
        sheet: "Phiếu báo cáo".to_owned(),
        title: "Phiếu báo cáo quý III/2023, Sở Nội vụ".to_owned(),
        instructions: vec!["Chỉ nhập vào ô trắng.".to_owned(), "Lưu lại.".to_owned()],
        made_up: "SỐ LIỆU GIẢ LẬP".to_owned(),
        titles: titles.map(str::to_owned).to_vec(),
        kinds: ["tỷ lệ", "số đếm", "cột mốc", "thường xuyên"].map(str::to_owned),
        flags: ["Có", "Không"].map(str::to_owned),
        whole: "Nhập số nguyên.".to_owned(),
        decimal: "Nhập số.".to_owned(),
        choice: "Chọn Có hoặc Không.".to_owned(),
    }
}

fn english() -> SheetWords {
    let titles = [
        "Key",
        "Check",
        "No.",
        "Measure",
        "Kind",
        "Unit",
        "Goal",
        "Year before",
        "Before",
        "Numerator",
        "Denominator",
        "Share",
        "Result",
        "Note",
    ];
    SheetWords {
        titles: titles.map(str::to_owned).to_vec(),
        flags: ["Yes", "No"].map(str::to_owned),
        ..words()
    }
}

/// The languages in which sheets are made.
pub(super) fn languages() -> [SheetWords; 2] {
    [words(), english()]
}

/// Seven lines: two ratios, a count, a share counted in percent, a milestone, a standing duty,
/// an amount.
pub(super) fn lines() -> Vec<SheetLine> {
    use IndicatorKind::{Count, Milestone, Ratio, Standing};
    let line = |number: u16, name: &str, kind, unit: Option<&str>| SheetLine {
        key: format!("833/QĐ-UBND#{number}.1"),
        number,
        name: name.to_owned(),
        kind,
        measure_unit: unit.map(str::to_owned),
        counts: None,
        among: None,
        goal: "80%".to_owned(),
        last: Entered::default(),
        baseline: Some(62.into()),
        entered: Entered::default(),
        note: String::new(),
        open: true,
    };
    vec![
        line(1, "Tỷ lệ hồ sơ trực tuyến", Ratio, Some("%")),
        SheetLine {
            entered: ratio(45, 60),
            note: "Theo hệ thống".to_owned(),
            ..line(2, "Tỷ lệ văn bản điện tử", Ratio, Some("%"))
        },
        line(3, "Lớp tập huấn", Count, Some("lớp")),
        line(4, "Mức tăng so với năm trước", Count, Some("%")),
        line(5, "Nền tảng dữ liệu", Milestone, None),
        line(6, "Tuyên truyền", Standing, None),
        SheetLine {
            entered: count("1200.5"),
            ..line(7, "Kinh phí đã giải ngân", Count, Some("triệu đồng"))
        },
    ]
}

fn ratio(numerator: i64, denominator: i64) -> Entered {
    Entered {
        numerator: Some(numerator),
        denominator: Some(denominator),
        ..Entered::default()
    }
}

fn count(count: &str) -> Entered {
    Entered {
        count: Some(count.parse().unwrap()),
        ..Entered::default()
    }
}

fn reached(reached: bool) -> Entered {
    Entered {
        reached: Some(reached),
        ..Entered::default()
    }
}

/// The sheet as it was made, in pieces.
fn made() -> Model {
    Model::of(&write(&head(), &lines(), &words()).unwrap())
}

fn back(model: &Model) -> Result<SheetReading, SheetError> {
    read(&model.file(), &head(), &lines(), &languages())
}

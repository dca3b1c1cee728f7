//! The records that are measured with: made up, the same in every run, of a province's shape.

use store::{Actor, ColumnKind, Expect, Op, RecordPut, TableSpec, Value, Write};
use vocab::{Context, Id};

/// Changes with anything below, so that a kept database of another shape is not used.
pub(crate) const SHAPE: u32 = 1;
/// The table of all records.
pub(crate) const TABLE: &str = "dossier";
/// A word that half of the records hold.
pub(crate) const COMMON_WORD: &str = "điện";
/// A word that one record in 20,000 holds.
pub(crate) const RARE_WORD: &str = "bưởi";
/// A value of `marker` that seven records hold.
pub(crate) const RARE_MARKER: &str = "seven";

const WORDS: [&str; 40] = [
    "cấp",
    "giấy",
    "chứng",
    "nhận",
    "quyền",
    "sử",
    "dụng",
    "đất",
    "đăng",
    "ký",
    "kinh",
    "doanh",
    "hộ",
    "tịch",
    "khai",
    "sinh",
    "kết",
    "hôn",
    "bảo",
    "trợ",
    "xã",
    "hội",
    "giáo",
    "dục",
    "môi",
    "trường",
    "xây",
    "dựng",
    "nông",
    "nghiệp",
    "thủy",
    "lợi",
    "giao",
    "thông",
    "vận",
    "tải",
    "văn",
    "hóa",
    "dân",
    "cư",
];

/// What the store is told of the records.
pub(crate) fn table() -> TableSpec {
    TableSpec::new(TABLE)
        .column("title", ColumnKind::Text)
        .column("marker", ColumnKind::Text)
        .column("amount", ColumnKind::Int)
        .unique("code", ColumnKind::Text)
        .filter("state")
        .filter("marker")
        .searchable()
}

/// Who writes them.
pub(crate) fn actor() -> Actor {
    Actor {
        account: unit(1),
        on_behalf: None,
        via: "api".to_owned(),
        request: unit(2),
    }
}

/// A district with its communes: 14 units, 3 % of the records.
pub(crate) fn district() -> Vec<Id> {
    (100..114).map(unit).collect()
}

/// Forty units with nothing in common: 3 % of the records.
pub(crate) fn scattered() -> Vec<Id> {
    (200..240).map(unit).collect()
}

/// One unit whose 3 % of the records come last in every list.
pub(crate) fn last() -> Vec<Id> {
    vec![unit(300)]
}

/// One unit with a thousandth of the records.
pub(crate) fn tiny() -> Vec<Id> {
    vec![unit(400)]
}

/// The unit that a record belongs to.
fn unit_of(number: u64) -> u64 {
    let mixed = mix(number);
    let place = mixed >> 32;
    match mixed % 1_000 {
        0..30 => 100 + place % 14,
        30..60 => 200 + place % 40,
        60..90 => 300,
        90 => 400,
        _ => 500 + place % 150,
    }
}

/// One record, as a write that creates it.
pub(crate) fn creation(number: u64, context: &Context) -> Write {
    Write::by(actor()).op(Op::Put(record(number, context.new_id())))
}

/// The record of this number.
pub(crate) fn record(number: u64, id: Id) -> RecordPut {
    let unit_number = unit_of(number);
    let opening = if unit_number == 300 {
        "Ý kiến"
    } else {
        ["Hồ sơ", "Báo cáo", "Đề nghị", "Tờ trình"][pick(number, 1, 4)]
    };
    let words: Vec<&str> = (2..7).map(|salt| WORDS[pick(number, salt, 40)]).collect();
    let mut title = format!("{opening} {}", words.join(" "));
    if mix(number ^ 0x4d).is_multiple_of(2) {
        title = title + " " + COMMON_WORD;
    }
    if number % 20_000 == 7 {
        title = title + " " + RARE_WORD;
    }
    let code = format!("HS-{number:09}");
    let marker = if number.is_multiple_of(2_000) && (2_000..=14_000).contains(&number) {
        RARE_MARKER
    } else {
        ["một", "hai", "ba", "bốn", "năm", "sáu"][pick(number, 8, 6)]
    };
    let state = ["draft", "submitted", "approved", "consolidated"][pick(number, 9, 4)];
    let amount = i64::try_from(mix(number ^ 0x5) % 1_000_000_000).unwrap_or(0);
    let note = format!("{} {}", words[1], words[3]).repeat(12);
    RecordPut {
        table: TABLE.to_owned(),
        id,
        expect: Expect::New,
        action: "create".to_owned(),
        unit: unit(unit_number),
        state: state.to_owned(),
        sort_key: vocab::collate::sort_key(&title),
        body: format!(
            r#"{{"amount":"{amount}","code":"{code}","note":"{note}","title":"{title}","unit":"{unit_number}"}}"#
        ),
        tokens: vocab::fold::tokens(&format!("{title} {code}")),
        columns: vec![title.into(), marker.into(), Value::Int(amount), code.into()],
        schema: String::new(),
        files: Vec::new(),
    }
}

/// The identity of the unit of this number.
fn unit(number: u64) -> Id {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&mix(number).to_be_bytes());
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Id::from_digest(bytes)
}

fn pick(number: u64, salt: u64, among: usize) -> usize {
    usize::try_from(mix(number.wrapping_mul(31).wrapping_add(salt)) % among as u64).unwrap_or(0)
}

/// Scatters numbers evenly (`SplitMix64`'s last step).
pub(crate) fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

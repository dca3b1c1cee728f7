//! Cells that swell and texts that are damaged anywhere.

use std::time::{Duration, Instant};

use plan::import::read_decision;
use proptest::prelude::*;

use crate::SHIPPED;

/// Documents with one cell, name, note or annex made so many times longer.
fn swollen(times: usize) -> [String; 6] {
    let rows =
        "\n\t149.\n\tTỷ lệ 5% 6% 7%\n\t20%\n\tHội nọ, hội kia\n\tHội ấy\n\tKế hoạch số 9/KH-UBND\n";
    let longer = |at: &str, text: &str| {
        let long = text.repeat(times * 10);
        SHIPPED.replacen(at, &format!("{at} {long}"), 1)
    };
    let instead = |at: &str, text: &str| {
        let long = text.repeat(times * 10);
        SHIPPED.replacen(at, &format!("\t{long}"), 1)
    };
    [
        longer("\t100%", "1.000 đồng 5% "),
        instead("\tDuy trì", "2 chuyên 30% gia "),
        instead("\tVăn phòng", "Hội, và x; "),
        instead("\tNghị quyết", "1/QĐ-A ngày 1/1/1;"),
        SHIPPED.replacen("\n\t148.", &format!("{}\n\t148.", rows.repeat(times)), 1),
        SHIPPED.replacen("2.438 đồng", &"2.438 đồng ".repeat(times * 10), 1),
    ]
}

/// What is four times as long takes about four times as long, not sixteen: the ratio holds
/// on a busy machine too.
#[test]
fn long_cells_take_linear_time() {
    let took = |document: &str| {
        let start = Instant::now();
        let read = read_decision(document);
        assert!(read.is_ok(), "{read:?}");
        start.elapsed()
    };
    for (index, (short, long)) in swollen(500).iter().zip(&swollen(2_000)).enumerate() {
        let (short, long) = (took(short), took(long));
        let most = short * 10 + Duration::from_secs(2);
        assert!(long < most, "case {index}: {short:?}, then {long:?}");
    }
}

#[derive(Debug, Clone)]
enum Edit {
    Drop { at: usize, lines: usize },
    Repeat { at: usize, lines: usize },
    Swap { at: usize, with: usize },
    Insert { at: usize, text: String },
    Cut { at: usize },
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    // Most edits hit the annexes, where the reading happens.
    let at = || prop_oneof![1 => 0..2_570_usize, 4 => 376..2_510_usize];
    let text = prop_oneof![
        "[\t \n]{1,4}",
        "\\PC{0,12}",
        Just("\tPHỤ LỤC 9\n\tMục tiêu\n\tKinh phí chủ trì\n".to_owned()),
        Just("\t999999999999999999999.\n".to_owned()),
        Just("\t9,999,999,999,999,999\n".to_owned()),
        Just("\t1.1.1\n\t-5\n\t%\n\t>%\n\t/-/\n".to_owned()),
        Just("31/02/2023 99999/QĐ- -/-&".to_owned()),
        Just("e\u{301}\u{301}\u{301}đ\u{200b}\u{feff}".to_owned()),
    ];
    let edit = prop_oneof![
        3 => (at(), 1..4_usize).prop_map(|(at, lines)| Edit::Drop { at, lines }),
        2 => (at(), 1..30_usize).prop_map(|(at, lines)| Edit::Repeat { at, lines }),
        2 => (at(), at()).prop_map(|(at, with)| Edit::Swap { at, with }),
        4 => (at(), text).prop_map(|(at, text)| Edit::Insert { at, text }),
        1 => at().prop_map(|at| Edit::Cut { at }),
    ];
    prop::collection::vec(edit, 1..8)
}

fn apply(edits: &[Edit]) -> String {
    let mut lines: Vec<String> = SHIPPED.lines().map(str::to_owned).collect();
    for edit in edits {
        let length = lines.len();
        let place = |at: usize| at.min(length.saturating_sub(1));
        match edit {
            _ if length == 0 => {}
            Edit::Drop { at, lines: count } => {
                let from = place(*at);
                lines.drain(from..(from + count).min(length));
            }
            Edit::Repeat { at, lines: count } => {
                let from = place(*at);
                let copy = lines[from..(from + count).min(length)].to_vec();
                lines.splice(from..from, copy);
            }
            Edit::Swap { at, with } => lines.swap(place(*at), place(*with)),
            Edit::Insert { at, text } => {
                let line = &mut lines[place(*at)];
                let middle = line.char_indices().nth(line.chars().count() / 2);
                line.insert_str(middle.map_or(0, |(at, _)| at), text);
            }
            Edit::Cut { at } => lines.truncate(*at),
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever happens to the text, it is read or refused, always the same way, and what
    /// is read points into it.
    #[test]
    fn no_damage_makes_the_reader_fall(edits in edits()) {
        let text = apply(&edits);
        let read = read_decision(&text);
        prop_assert_eq!(&read, &read_decision(&text));
        let Ok(plan) = read else { return Ok(()) };
        let lines = text.lines().count();
        for finding in &plan.findings {
            prop_assert!(!finding.lines.is_empty());
            prop_assert!(finding.lines.iter().all(|line| (1..=lines).contains(&(*line as usize))));
        }
        for target in &plan.targets {
            let named = text.lines().nth(target.line as usize - 1).unwrap();
            prop_assert!(named.contains(&target.number.to_string()));
        }
    }
}

//! What one of an annex's amounts is counted in: đồng, thousands or millions of them.
//!
//! A line above the table or a title in it says so; where none does, the notes, the budget in
//! the body, and the size of the numbers tell, and a finding says that they were asked.

use vocab::fold::fold;
use vocab::number::Evidence;
use vocab::{Decimal, Vnd, parse_number};

use super::row::ProjectRow;
use crate::import::finding::{Finding, FindingCode};
use crate::import::money::{amounts, in_dong};
use crate::import::outline::Annex;

/// Units that budgets are written in, the usual one first.
const UNITS: [i64; 4] = [1_000_000, 1, 1_000, 1_000_000_000];
/// No annex of a province holds a project of more đồng, and none asks for less than the least.
const MOST_VND: i64 = 10_000_000_000_000;
const LEAST_VND: i64 = 100_000;

pub(super) fn of(
    annex: &Annex<'_>,
    rows: &[ProjectRow<'_>],
    total: Option<&ProjectRow<'_>>,
    evidence: &Evidence,
    budget: Option<Vnd>,
    findings: &mut Vec<Finding>,
) -> i64 {
    if let Some(unit) = stated(annex) {
        return unit;
    }
    let finding = |code: FindingCode, unit: i64| {
        Finding::new(code, annex.line)
            .arg("annex", annex.number)
            .arg("unit_vnd", unit)
    };
    let noted = rows.iter().find_map(|row| noted(row, evidence));
    let summed = || {
        let total = number(total?, evidence)?;
        UNITS
            .into_iter()
            // An annex holds a part of the budget: at least a hundredth, at most all.
            .find(|unit| {
                let part = in_dong(total, *unit).map_or(0, Vnd::dong);
                budget.is_some_and(|all| part <= all.dong() && all.dong() / 100 <= part)
            })
    };
    if let Some(unit) = noted.or_else(summed) {
        findings.push(finding(FindingCode::MoneyUnitInferred, unit));
        return unit;
    }
    let numbers: Vec<Decimal> = rows
        .iter()
        .filter_map(|row| number(row, evidence))
        .collect();
    let fits = |unit: &i64| {
        let sizes = numbers.iter().filter_map(|number| in_dong(*number, *unit));
        let sizes: Vec<i64> = sizes.map(Vnd::dong).filter(|size| *size > 0).collect();
        sizes.len() * 10 >= numbers.len() * 9
            && sizes
                .iter()
                .all(|size| (LEAST_VND..MOST_VND).contains(size))
    };
    let unit = UNITS.into_iter().find(fits).unwrap_or(UNITS[0]);
    findings.push(finding(FindingCode::MoneyUnitUndecided, unit));
    unit
}

/// What a line above the table, or a title in it, says.
fn stated(annex: &Annex<'_>) -> Option<i64> {
    let above = annex.head.iter().map(|paragraph| fold(&paragraph.text));
    let above = above.filter(|line| {
        ["don vi tinh", "dvt", "don vi"]
            .iter()
            .any(|label| line.starts_with(label))
    });
    let titles = annex.columns.titles().map(str::to_owned);
    let heading = annex.heading.iter().flat_map(|row| &row.cells);
    let heading = heading.map(|cell| fold(&cell.text));
    above
        .chain(titles)
        .chain(heading)
        .find_map(|line| unit_in(&line))
}

/// The unit that a folded line names.
fn unit_in(line: &str) -> Option<i64> {
    const WORDS: [(&str, i64); 14] = [
        ("trieu dong", 1_000_000),
        ("tr dong", 1_000_000),
        ("tr d", 1_000_000),
        ("trd", 1_000_000),
        ("trieu d", 1_000_000),
        ("ty dong", 1_000_000_000),
        ("ti dong", 1_000_000_000),
        ("nghin dong", 1_000),
        ("ngan dong", 1_000),
        ("1 000 dong", 1_000),
        ("1000 dong", 1_000),
        ("1 000d", 1_000),
        ("dong", 1),
        ("vnd", 1),
    ];
    let line = format!(" {line} ");
    WORDS.iter().find_map(|(words, unit)| {
        let words = format!(" {words} ");
        // «đồng» is also a word of other names, such as «Hội đồng nhân dân».
        let found = match *unit {
            1 => line.ends_with(&words),
            _ => line.contains(&words),
        };
        found.then_some(*unit)
    })
}

/// A group's note repeats its total with the unit: `8.624 triệu đồng` beside `8,624`.
fn noted(row: &ProjectRow<'_>, evidence: &Evidence) -> Option<i64> {
    let total = number(row, evidence)?;
    let mut prose = Evidence::default();
    prose.see_amounts(&row.note.text);
    let wider = Evidence::stated(vocab::number::Form::Vietnamese);
    let amounts = amounts(&row.note.text, prose.or_wider(&wider));
    let [asked] = &amounts[..] else { return None };
    let asked = asked.vnd()?;
    UNITS
        .into_iter()
        .find(|unit| in_dong(total, *unit) == Some(asked))
        // A slip in one note must not decide for the whole annex.
        .filter(|unit| *unit > 1 || total >= Decimal::from(LEAST_VND))
}

fn number(row: &ProjectRow<'_>, evidence: &Evidence) -> Option<Decimal> {
    let cell = row.money[0];
    cell.number.or_else(|| {
        parse_number(&cell.text, evidence)
            .ok()
            .map(|parsed| parsed.value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_however_they_are_abbreviated() {
        for (line, unit) in [
            ("Đơn vị tính: triệu đồng", Some(1_000_000)),
            ("ĐVT: Tr.đ", Some(1_000_000)),
            ("(Đơn vị tính: 1.000 đồng)", Some(1_000)),
            ("Kinh phí (đồng)", Some(1)),
            ("Đơn vị tính: tỷ đồng", Some(1_000_000_000)),
            ("Kinh phí", None),
            ("Hội đồng nhân dân", None),
        ] {
            assert_eq!(unit_in(&fold(line)), unit, "{line}");
        }
    }
}

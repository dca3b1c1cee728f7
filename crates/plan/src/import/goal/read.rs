//! Understands the goal's cell of a target.

use office::Cell;
use vocab::fold::fold;
use vocab::number::Evidence;
use vocab::{Decimal, NumberError, parse_number};

use super::{Bound, Goal, GoalPart, IndicatorKind, IndicatorProposal, Measure};
use crate::import::money::{count, numbers};
use crate::import::names::Names;

/// The longest word or sign before a figure, in characters.
const LONGEST_SIGN: usize = 9;
/// A cell of more lines is one goal.
const MOST_GOALS: usize = 20;

/// The goals in a cell: one for each line if every line has a figure of its own, else one.
pub(crate) fn read(cell: &Cell, target_name: &str, names: &Names) -> Vec<Goal> {
    let lines: Vec<(u32, &str)> = cell.lines().collect();
    let figures = || lines.iter().map(|(_, line)| leading_count(line));
    if (2..=MOST_GOALS).contains(&lines.len()) && figures().all(|figure| figure.is_some()) {
        let goals = lines
            .iter()
            .zip(figures())
            .filter_map(|((line, text), measure)| {
                Some(goal(text, *line, measure?, target_name, Vec::new()))
            });
        return goals.collect();
    }
    if lines.is_empty() {
        return Vec::new();
    }
    let measure = measure(&cell.text);
    let parts = parts(&lines, names);
    vec![goal(&cell.text, cell.line, measure, target_name, parts)]
}

/// Gives each of several goals its own part of the target's name, if there are as many
/// parts as goals and not a thing of its own that each counts.
pub(crate) fn name_apart(goals: &mut [Goal], target_name: &str) {
    let parts: Vec<&str> = target_name.split(';').map(str::trim).collect();
    if goals.len() < 2 || parts.len() != goals.len() {
        return;
    }
    for (goal, part) in goals.iter_mut().zip(parts) {
        part.clone_into(&mut goal.indicator.name);
    }
}

fn goal(text: &str, line: u32, measure: Measure, name: &str, parts: Vec<GoalPart>) -> Goal {
    let (kind, unit) = match &measure {
        Measure::Percent { .. } => (IndicatorKind::Ratio, Some("%".to_owned())),
        Measure::Count { unit, .. } => (
            IndicatorKind::Count,
            (!unit.is_empty()).then(|| unit.clone()),
        ),
        Measure::Milestone | Measure::PlanGoals => (IndicatorKind::Milestone, None),
        Measure::Standing => (IndicatorKind::Standing, None),
    };
    Goal {
        text: text.to_owned(),
        line,
        measure,
        parts,
        indicator: IndicatorProposal {
            name: name.to_owned(),
            kind,
            unit,
        },
    }
}

fn measure(text: &str) -> Measure {
    let folded = fold(text);
    if folded == "thuong xuyen" {
        return Measure::Standing;
    }
    if folded.starts_with("hoan thanh cac muc tieu") {
        return Measure::PlanGoals;
    }
    if let Some(percent) = percents(text).next() {
        return Measure::Percent {
            bound: percent.bound,
            value: percent.value,
        };
    }
    leading_count(text)
        .or_else(|| only_count(text))
        .unwrap_or(Measure::Milestone)
}

/// A percentage in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WrittenPercent {
    pub(crate) bound: Bound,
    pub(crate) value: Decimal,
    /// Where the number begins, in bytes.
    pub(crate) start: usize,
}

/// The percentages in a text, in order.
pub(crate) fn percents(text: &str) -> impl Iterator<Item = WrittenPercent> {
    numbers(text).filter_map(|(start, end)| {
        text[end..].trim_start().strip_prefix('%')?;
        Some(WrittenPercent {
            bound: bound_before(&text[..start]),
            value: share(&text[start..end])?,
            start,
        })
    })
}

/// A percentage that could be read two ways is the one that is no more than the whole.
fn share(text: &str) -> Option<Decimal> {
    match parse_number(text, &Evidence::default()) {
        Ok(parsed) => Some(parsed.value),
        Err(NumberError::Ambiguous {
            vietnamese,
            english,
            ..
        }) => Some(vietnamese.min(english)),
        Err(_) => None,
    }
}

fn bound_before(text: &str) -> Bound {
    const SIGNS: [(&str, Bound); 9] = [
        (">=", Bound::AtLeast),
        ("≥", Bound::AtLeast),
        (">", Bound::MoreThan),
        ("<=", Bound::AtMost),
        ("≤", Bound::AtMost),
        ("<", Bound::LessThan),
        ("trên", Bound::MoreThan),
        ("dưới", Bound::LessThan),
        ("không quá", Bound::AtMost),
    ];
    let text = text.trim_end();
    let start = text.char_indices().rev().nth(LONGEST_SIGN - 1);
    let before = text[start.map_or(0, |(at, _)| at)..].to_lowercase();
    let found = SIGNS.iter().find(|(sign, _)| before.ends_with(sign));
    found.map_or(Bound::AtLeast, |(_, bound)| *bound)
}

/// `01 chuyên gia`, `50`
fn leading_count(text: &str) -> Option<Measure> {
    let (start, end) = numbers(text).next().filter(|(start, _)| *start == 0)?;
    let unit = text[end..].trim();
    let is_unit = unit
        .chars()
        .all(|ch| ch.is_alphabetic() || " ,-".contains(ch));
    let value = count(&text[start..end])?;
    is_unit.then(|| Measure::Count {
        value,
        unit: unit.to_owned(),
    })
}

/// The only number of a sentence, if a thing follows it: `cụ thể là 06 sản phẩm (…)`.
fn only_count(text: &str) -> Option<Measure> {
    let mut all = numbers(text);
    let (start, end) = all.next()?;
    let before = fold(text[..start].split_whitespace().next_back().unwrap_or(""));
    let dated = ["nam", "thang", "ngay", "quy", "so"].contains(&before.as_str());
    let glued = text[..start].ends_with(|ch: char| !ch.is_whitespace());
    if all.next().is_some() || dated || glued {
        return None;
    }
    let rest = text[end..].strip_prefix(' ')?;
    let stop = rest.find(['(', ';', '.', ':', '\n']).unwrap_or(rest.len());
    let unit = rest[..stop].trim();
    let value = count(&text[start..end])?;
    unit.starts_with(char::is_alphabetic)
        .then(|| Measure::Count {
            value,
            unit: unit.to_owned(),
        })
}

/// What follows `gồm:` or `trong đó:` on its line, and the lines that begin with a plus.
fn parts(lines: &[(u32, &str)], names: &Names) -> Vec<GoalPart> {
    let mut parts = Vec::new();
    for (index, (line, text)) in lines.iter().enumerate() {
        let part = if let Some(part) = text.strip_prefix('+') {
            part.split_once(':').unwrap_or(("", part))
        } else if index == 0 {
            match text.split_once(':') {
                Some((_, part)) if !part.trim().is_empty() => ("", part),
                _ => continue,
            }
        } else {
            continue;
        };
        let text = part.1.trim();
        let bodies = names.names(text);
        let known = bodies.iter().all(|named| named.body.is_some());
        parts.push(GoalPart {
            label: part.0.trim().to_owned(),
            text: text.to_owned(),
            line: *line,
            bodies: if known { bodies } else { Vec::new() },
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(bound: Bound, value: &str) -> Measure {
        Measure::Percent {
            bound,
            value: value.parse().unwrap(),
        }
    }

    fn counted(value: i64, unit: &str) -> Measure {
        Measure::Count {
            value,
            unit: unit.to_owned(),
        }
    }

    #[test]
    fn goals_are_understood() {
        for (text, expected) in [
            ("100%", percent(Bound::AtLeast, "100")),
            (">50%", percent(Bound::MoreThan, "50")),
            ("trên 12,5 %", percent(Bound::MoreThan, "12.5")),
            (
                "mỗi huyện, tx, tp chọn 30% đơn vị cấp xã",
                percent(Bound::AtLeast, "30"),
            ),
            ("01 chuyên gia", counted(1, "chuyên gia")),
            ("50", counted(50, "")),
            ("1.200 lượt", counted(1200, "lượt")),
            (
                "cụ thể là 06 sản phẩm, hàng hóa (tập trung)",
                counted(6, "sản phẩm, hàng hóa"),
            ),
            ("Trước năm 2025 hoàn thành", Measure::Milestone),
            ("Đề ra giải pháp thực hiện", Measure::Milestone),
            ("Trực 24/7", Measure::Milestone),
            ("Thường xuyên", Measure::Standing),
            ("Hoàn thành các mục tiêu của Kế hoạch", Measure::PlanGoals),
        ] {
            assert_eq!(measure(text), expected, "{text}");
        }
    }
}

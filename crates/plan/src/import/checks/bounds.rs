//! Figures of targets that bound each other, or themselves, wrongly.

use vocab::Decimal;

use super::{Finding, ParsedPlan};
use crate::import::finding::FindingCode;
use crate::import::goal::{Bound, Measure, percents};
use crate::import::targets::Target;
use crate::import::words::key;

pub(super) fn check(plan: &ParsedPlan, findings: &mut Vec<Finding>) {
    for target in &plan.targets {
        above_whole(target, findings);
        part_above_whole(target, findings);
        bounds(target, findings);
    }
}

fn about(code: FindingCode, target: &Target) -> Finding {
    Finding::new(code, target.line).arg("target", target.number)
}

fn shares(target: &Target) -> impl Iterator<Item = (Bound, Decimal, u32)> {
    target.goals.iter().filter_map(|goal| match goal.measure {
        Measure::Percent { bound, value } => Some((bound, value, goal.line)),
        _ => None,
    })
}

/// Growth may pass the whole; a share cannot.
fn above_whole(target: &Target, findings: &mut Vec<Finding>) {
    let growth = key(&target.name);
    if ["tăng", "so với", "gấp"]
        .iter()
        .any(|word| growth.contains(word))
    {
        return;
    }
    let whole = Decimal::from(100);
    for (bound, value, line) in shares(target) {
        if value > whole || (value == whole && bound == Bound::MoreThan) {
            findings.push(
                about(FindingCode::PercentAboveWhole, target)
                    .and_line(line)
                    .arg("goal", format!("{value}%")),
            );
        }
    }
}

/// `…; trong đó, có …` with a share for either: the part is asked to be larger.
fn part_above_whole(target: &Target, findings: &mut Vec<Finding>) {
    let shares: Vec<_> = shares(target).collect();
    let [(_, whole, _), (_, part, line)] = shares[..] else {
        return;
    };
    if part > whole && key(&target.name).contains("trong đó") {
        findings.push(
            about(FindingCode::PartAboveWhole, target)
                .and_line(line)
                .arg("part", format!("{part}%"))
                .arg("whole", format!("{whole}%")),
        );
    }
}

/// The name says `trên 50%` and the goal `50%`, or the other way round.
fn bounds(target: &Target, findings: &mut Vec<Finding>) {
    let side = |bound: Bound| matches!(bound, Bound::AtLeast | Bound::MoreThan);
    for named in percents(&target.name) {
        let differs =
            shares(target).find(|(bound, value, _)| *value == named.value && *bound != named.bound);
        // «đạt 50%» in a name says no side; only a side of its own can differ.
        let stated = named.bound != Bound::AtLeast;
        let Some((bound, value, line)) = differs else {
            continue;
        };
        if stated || side(bound) != side(named.bound) {
            findings.push(
                about(FindingCode::BoundDiffersFromName, target)
                    .and_line(line)
                    .arg("in_name", sign(named.bound, named.value))
                    .arg("in_goal", sign(bound, value)),
            );
        }
    }
}

fn sign(bound: Bound, value: Decimal) -> String {
    let sign = match bound {
        Bound::AtLeast => "≥",
        Bound::MoreThan => ">",
        Bound::AtMost => "≤",
        Bound::LessThan => "<",
    };
    format!("{sign} {value}%")
}

//! Where the difference between an annex's total and its projects sits: in the totals of some
//! groups, or in the total alone.

use vocab::Vnd;

use super::budget::{COLUMNS, Column, sum};
use super::{Finding, ParsedPlan};
use crate::import::finding::FindingCode;
use crate::import::projects::{Project, ProjectAnnex, ProjectGroup};

pub(super) fn check(plan: &ParsedPlan, findings: &mut Vec<Finding>) {
    for annex in &plan.project_annexes {
        let [total, sources @ ..] = COLUMNS;
        let in_sources: Vec<(Column, i64)> = sources
            .into_iter()
            .filter_map(|column| Some((column, gap(annex, column)?)))
            .collect();
        // What the sources explain, the total repeats.
        let gaps = match (&in_sources[..], gap(annex, total)) {
            ([], Some(gap)) => vec![(total, gap)],
            _ => in_sources,
        };
        for (column, gap) in gaps {
            place(plan, annex, column, gap, findings);
        }
    }
}

/// How much more an annex states than its projects add up to, beyond rounding.
fn gap(annex: &ProjectAnnex, column: Column) -> Option<i64> {
    let projects: Vec<&Project> = annex
        .groups
        .iter()
        .flat_map(|group| &group.projects)
        .collect();
    let stated = (column.of)(&annex.stated);
    let gap = stated.vnd?.checked_sub(sum(&projects, column)?)?.dong();
    (gap.unsigned_abs() >= stated.grain_vnd.unsigned_abs()).then_some(gap)
}

fn place(
    plan: &ParsedPlan,
    annex: &ProjectAnnex,
    column: Column,
    gap: i64,
    findings: &mut Vec<Finding>,
) {
    let grain = (column.of)(&annex.stated).grain_vnd.unsigned_abs();
    let off: Vec<(&ProjectGroup, i64)> = annex
        .groups
        .iter()
        .filter_map(|group| Some((group, head_gap(group, grain)?)))
        .collect();
    let in_groups: i64 = off.iter().map(|(_, off)| off).sum();
    let finding = |code| {
        Finding::new(code, annex.line)
            .arg("annex", annex.number)
            .arg("column", column.name)
            .arg("difference_vnd", gap)
    };
    if !off.is_empty() && in_groups.abs_diff(gap) < grain {
        let codes: Vec<&str> = off.iter().map(|(group, _)| group.code.as_str()).collect();
        let mut finding =
            finding(FindingCode::TotalDiffersInGroups).arg("groups", codes.join(", "));
        finding
            .lines
            .extend(off.iter().map(|(group, _)| group.line));
        findings.push(finding);
        return;
    }
    let heads = annex.groups.iter().try_fold(Vnd::ZERO, |sum, group| {
        sum.checked_add(group.stated.total.vnd.unwrap_or_default())
    });
    let mut finding = finding(FindingCode::TotalUnexplained)
        .arg("heads_vnd", heads.unwrap_or_default())
        .arg("stated_vnd", annex.stated.total.vnd.unwrap_or_default());
    // The budget in the body carries the same money on.
    if let Some(budget) = &plan.facts.budget {
        let repeated = plan
            .project_annexes
            .iter()
            .try_fold(Vnd::ZERO, |sum, annex| {
                sum.checked_add((column.of)(&annex.stated).vnd.unwrap_or_default())
            });
        let of_column = match column.name {
            "recurrent" => budget.recurrent,
            "capital" => budget.capital,
            _ => Some(budget.total),
        };
        if repeated.is_some() && repeated == of_column {
            finding = finding.and_line(budget.line);
        }
    }
    findings.push(finding);
}

/// How much more a group's head states than its projects add up to, beyond rounding.
fn head_gap(group: &ProjectGroup, grain: u64) -> Option<i64> {
    let projects: Vec<&Project> = group.projects.iter().collect();
    let stated = group.stated.total.vnd?;
    let gap = stated.checked_sub(sum(&projects, COLUMNS[0])?)?.dong();
    (gap.unsigned_abs() >= grain).then_some(gap)
}

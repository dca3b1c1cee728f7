//! Sums: projects against groups, annexes and the body, and notes against groups.

use vocab::Vnd;
use vocab::number::Evidence;

use super::{Finding, Outline, ParsedPlan};
use crate::import::finding::FindingCode;
use crate::import::money::{amounts, in_dong};
use crate::import::projects::{Amount, Amounts, Project, ProjectAnnex, ProjectGroup};

/// One of the three columns of money.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) of: fn(&Amounts) -> &Amount,
}

pub(super) const COLUMNS: [Column; 3] = [
    Column {
        name: "total",
        of: |amounts| &amounts.total,
    },
    Column {
        name: "recurrent",
        of: |amounts| &amounts.recurrent,
    },
    Column {
        name: "capital",
        of: |amounts| &amounts.capital,
    },
];

pub(super) fn check(plan: &ParsedPlan, outline: &Outline<'_>, findings: &mut Vec<Finding>) {
    for annex in &plan.project_annexes {
        for group in &annex.groups {
            if !group.code.is_empty() {
                group_total(annex, group, findings);
            }
            requested(annex, group, &outline.prose, findings);
            for project in &group.projects {
                sources(annex, project, findings);
            }
        }
        annex_totals(annex, findings);
    }
    stated_budget(plan, findings);
}

pub(super) fn sum(projects: &[&Project], column: Column) -> Option<Vnd> {
    projects.iter().try_fold(Vnd::ZERO, |sum, project| {
        let amount = (column.of)(&project.amounts);
        let unread = amount.vnd.is_none() && amount.written.contains(char::is_alphanumeric);
        if unread {
            return None;
        }
        sum.checked_add(amount.vnd.unwrap_or_default())
    })
}

fn group_total(annex: &ProjectAnnex, group: &ProjectGroup, findings: &mut Vec<Finding>) {
    if group.projects.is_empty() {
        findings.push(
            Finding::new(FindingCode::GroupWithoutProjects, group.line)
                .arg("annex", annex.number)
                .arg("group", group.code.as_str())
                .arg("name", group.name.as_str()),
        );
        return;
    }
    let projects: Vec<&Project> = group.projects.iter().collect();
    for column in COLUMNS {
        let stated = (column.of)(&group.stated);
        let (Some(stated_vnd), Some(summed)) = (stated.vnd, sum(&projects, column)) else {
            continue;
        };
        let codes = [
            FindingCode::GroupTotalRounded,
            FindingCode::GroupTotalDiffers,
        ];
        findings.extend(
            difference(codes, group.line, stated, stated_vnd, summed).map(|finding| {
                finding
                    .arg("annex", annex.number)
                    .arg("group", group.code.as_str())
                    .arg("column", column.name)
            }),
        );
    }
}

fn annex_totals(annex: &ProjectAnnex, findings: &mut Vec<Finding>) {
    let projects: Vec<&Project> = annex
        .groups
        .iter()
        .flat_map(|group| &group.projects)
        .collect();
    for column in COLUMNS {
        let stated = (column.of)(&annex.stated);
        let (Some(stated_vnd), Some(summed)) = (stated.vnd, sum(&projects, column)) else {
            continue;
        };
        let codes = [
            FindingCode::AnnexTotalRounded,
            FindingCode::AnnexTotalDiffers,
        ];
        findings.extend(
            difference(codes, annex.line, stated, stated_vnd, summed).map(|finding| {
                finding
                    .arg("annex", annex.number)
                    .arg("column", column.name)
            }),
        );
    }
    let Amounts {
        total,
        recurrent,
        capital,
    } = &annex.stated;
    if let Some(finding) = parts(total.vnd, recurrent.vnd, capital.vnd)
        .map(|parts| against(FindingCode::AnnexSourcesDiffer, annex.line, parts))
    {
        findings.push(finding.arg("annex", annex.number));
    }
}

/// Less than one unit of the last digit written is rounding; more is a difference.
fn difference(
    [rounded, differs]: [FindingCode; 2],
    line: u32,
    stated: &Amount,
    stated_vnd: Vnd,
    summed: Vnd,
) -> Option<Finding> {
    let off = stated_vnd.checked_sub(summed)?;
    let code = match off.dong().unsigned_abs() {
        0 => return None,
        off if off < stated.grain_vnd.unsigned_abs() => rounded,
        _ => differs,
    };
    Some(against(code, line, (stated_vnd, summed)))
}

fn against(code: FindingCode, line: u32, (stated, summed): (Vnd, Vnd)) -> Finding {
    Finding::new(code, line)
        .arg("stated_vnd", stated)
        .arg("summed_vnd", summed)
        .arg(
            "difference_vnd",
            stated.dong().saturating_sub(summed.dong()),
        )
}

/// Total and sum of the sources, if they differ.
fn parts(total: Option<Vnd>, recurrent: Option<Vnd>, capital: Option<Vnd>) -> Option<(Vnd, Vnd)> {
    if recurrent.is_none() && capital.is_none() {
        return None;
    }
    let sum = recurrent
        .unwrap_or_default()
        .checked_add(capital.unwrap_or_default())?;
    total
        .filter(|total| *total != sum)
        .map(|total| (total, sum))
}

fn sources(annex: &ProjectAnnex, project: &Project, findings: &mut Vec<Finding>) {
    let Amounts {
        total,
        recurrent,
        capital,
    } = &project.amounts;
    if let Some(parts) = parts(total.vnd, recurrent.vnd, capital.vnd) {
        findings.push(
            against(FindingCode::ProjectSourcesDiffer, project.line, parts)
                .arg("annex", annex.number)
                .arg("project", project.code.as_str()),
        );
    }
}

/// A group's note may say how much its body asked for.
fn requested(
    annex: &ProjectAnnex,
    group: &ProjectGroup,
    prose: &Evidence,
    findings: &mut Vec<Finding>,
) {
    let amounts = amounts(&group.note, prose);
    let ([asked], Some(stated)) = (&amounts[..], group.stated.total.vnd) else {
        return;
    };
    let Some(asked_vnd) = asked.vnd().filter(|asked| *asked != stated) else {
        return;
    };
    // The same number in another unit of money: a slip of the unit, not of the amount.
    let unit_slipped = [annex.unit_vnd, 1, 1_000, 1_000_000, 1_000_000_000]
        .into_iter()
        .any(|unit| in_dong(asked.number, unit) == Some(stated));
    let code = if unit_slipped {
        FindingCode::RequestedUnitDiffers
    } else {
        FindingCode::RequestedAmountDiffers
    };
    findings.push(
        Finding::new(code, group.note_line)
            .arg("annex", annex.number)
            .arg("group", group.code.as_str())
            .arg("written", asked.text.as_str())
            .arg("requested_vnd", asked_vnd)
            .arg("stated_vnd", stated),
    );
}

fn stated_budget(plan: &ParsedPlan, findings: &mut Vec<Finding>) {
    let Some(budget) = &plan.facts.budget else {
        return;
    };
    if let Some(parts) = parts(Some(budget.total), budget.recurrent, budget.capital) {
        findings.push(against(
            FindingCode::BudgetSourcesDiffer,
            budget.line,
            parts,
        ));
    }
    let annexes = &plan.project_annexes;
    if annexes.is_empty() {
        return;
    }
    let projects: Vec<&Project> = plan.projects().collect();
    let grain = annexes
        .iter()
        .map(|annex| annex.unit_vnd)
        .max()
        .unwrap_or(0);
    let stated = [Some(budget.total), budget.recurrent, budget.capital];
    for (column, stated) in COLUMNS.into_iter().zip(stated) {
        let Some(stated) = stated else {
            continue;
        };
        let totals = annexes.iter().try_fold(Vnd::ZERO, |sum, annex| {
            annex.stated.total.vnd?;
            sum.checked_add((column.of)(&annex.stated).vnd.unwrap_or_default())
        });
        if let Some(totals) = totals.filter(|totals| *totals != stated) {
            findings.push(
                against(
                    FindingCode::BudgetDiffersFromAnnexes,
                    budget.line,
                    (stated, totals),
                )
                .arg("column", column.name),
            );
        }
        let off = |summed: &Vnd| stated.dong().abs_diff(summed.dong()) >= grain.unsigned_abs();
        if let Some(summed) = sum(&projects, column).filter(off) {
            findings.push(
                against(
                    FindingCode::BudgetDiffersFromProjects,
                    budget.line,
                    (stated, summed),
                )
                .arg("column", column.name),
            );
        }
    }
}

//! Targets and projects one by one: numbers in sequence, cells filled, goals that agree
//! with their names.

use super::{Finding, Names, Outline, ParsedPlan};
use crate::import::bodies::Match;
use crate::import::columns::Meaning;
use crate::import::finding::FindingCode;
use crate::import::goal::{Goal, Measure, percents};
use crate::import::money::{count, numbers};
use crate::import::targets::Target;
use crate::import::words::key;

pub(super) fn check(
    plan: &ParsedPlan,
    outline: &Outline<'_>,
    names: &Names,
    findings: &mut Vec<Finding>,
) {
    let mut expected = 1;
    for target in &plan.targets {
        if target.number != expected {
            findings.push(broken(
                target.line,
                expected.to_string(),
                target.number.to_string(),
            ));
        }
        expected = target.number.saturating_add(1);
        missing(target, findings);
        goals(target, names, findings);
    }
    columns(outline, findings);
    let leadless: Vec<u32> = outline
        .projects
        .iter()
        .filter(|annex| annex.columns.get(Meaning::Lead).is_none())
        .map(|annex| annex.number)
        .collect();
    for annex in &plan.project_annexes {
        for (group, at) in annex.groups.iter().zip(1_u32..) {
            let counted = group.code.bytes().all(|byte| byte.is_ascii_digit());
            if counted && !group.code.is_empty() && group.code != at.to_string() {
                findings.push(broken(group.line, at.to_string(), group.code.clone()));
            }
            for (project, at) in group.projects.iter().zip(1_u32..) {
                let expected = match group.code.as_str() {
                    "" => at.to_string(),
                    code => format!("{code}.{at}"),
                };
                if project.code != expected {
                    findings.push(broken(project.line, expected, project.code.clone()));
                }
                if project.leads.names.is_empty() && !leadless.contains(&annex.number) {
                    findings.push(
                        Finding::new(FindingCode::LeadMissing, project.line)
                            .arg("annex", annex.number)
                            .arg("project", project.code.as_str()),
                    );
                }
            }
        }
    }
}

/// A column that an annex of its kind usually has: what it would say is missing everywhere.
fn columns(outline: &Outline<'_>, findings: &mut Vec<Finding>) {
    let of_targets = [Meaning::Number, Meaning::Partner, Meaning::LegalBasis];
    let of_projects = [
        Meaning::Number,
        Meaning::Lead,
        Meaning::Total,
        Meaning::Recurrent,
        Meaning::Capital,
        Meaning::Note,
    ];
    let annexes = outline
        .projects
        .iter()
        .map(|annex| (annex, &of_projects[..]));
    for (annex, meanings) in annexes.chain([(&outline.targets, &of_targets[..])]) {
        let missing = meanings
            .iter()
            .filter(|meaning| annex.columns.get(**meaning).is_none());
        findings.extend(missing.map(|meaning| {
            Finding::new(FindingCode::ColumnMissing, annex.line)
                .arg("annex", annex.number)
                .arg("title", meaning.title())
        }));
    }
    let lacks = |annex: u32, meaning| {
        let mut all = outline.projects.iter().chain([&outline.targets]);
        all.any(|own| own.number == annex && own.columns.get(meaning).is_none())
    };
    // One finding for the column says it all.
    let targets = outline.targets.number;
    findings.retain(|finding| match finding.code {
        FindingCode::PartnerMissing => !lacks(targets, Meaning::Partner),
        FindingCode::LegalBasisMissing => !lacks(targets, Meaning::LegalBasis),
        _ => true,
    });
}

fn broken(line: u32, expected: String, found: String) -> Finding {
    Finding::new(FindingCode::NumberingBroken, line)
        .arg("expected", expected)
        .arg("found", found)
}

fn about(code: FindingCode, target: &Target, line: u32) -> Finding {
    Finding::new(code, line).arg("target", target.number)
}

fn missing(target: &Target, findings: &mut Vec<Finding>) {
    let checks = [
        (target.goals.is_empty(), FindingCode::GoalMissing),
        (target.leads.names.is_empty(), FindingCode::LeadMissing),
        (
            target.partners.names.is_empty(),
            FindingCode::PartnerMissing,
        ),
        (
            target.legal_bases.is_empty(),
            FindingCode::LegalBasisMissing,
        ),
    ];
    let absent = checks.into_iter().filter(|(absent, _)| *absent);
    findings.extend(absent.map(|(_, code)| about(code, target, target.line)));
    for basis in &target.legal_bases {
        let code = match (&basis.symbol, &basis.kind) {
            (None, _) => FindingCode::LegalBasisUnreadable,
            (Some(_), None) => FindingCode::LegalBasisWithoutKind,
            (Some(_), Some(_)) => continue,
        };
        findings.push(about(code, target, basis.line).arg("text", basis.text.as_str()));
    }
}

fn goals(target: &Target, names: &Names, findings: &mut Vec<Finding>) {
    for goal in &target.goals {
        match &goal.measure {
            Measure::Count { unit, .. } if unit.is_empty() => {
                findings.push(
                    about(FindingCode::CountWithoutUnit, target, goal.line)
                        .arg("goal", goal.text.as_str()),
                );
            }
            Measure::Count { value, unit } => same_thing(target, goal, *value, unit, findings),
            Measure::Milestone if only_bodies(&goal.text, names) => findings.push(
                about(FindingCode::GoalNamesBodies, target, goal.line)
                    .arg("goal", goal.text.as_str()),
            ),
            _ => {}
        }
    }
    if !target.goals.is_empty() {
        percentages(target, findings);
    }
}

fn only_bodies(text: &str, names: &Names) -> bool {
    let names = names.names(text);
    !names.is_empty() && names.iter().all(|named| named.matched == Match::Exact)
}

/// The name counts the same thing with another number.
fn same_thing(target: &Target, goal: &Goal, value: i64, unit: &str, findings: &mut Vec<Finding>) {
    let thing = format!("{} ", key(unit));
    for (start, end) in numbers(&target.name) {
        let after: String = target.name[end..]
            .chars()
            .take(2 * unit.len() + 2)
            .collect();
        let after = format!("{} ", key(&after));
        let other = count(&target.name[start..end]).is_some_and(|other| other != value);
        if other && after.starts_with(&thing) {
            findings.push(
                about(FindingCode::GoalDiffersFromName, target, target.line)
                    .and_line(goal.line)
                    .arg("in_name", format!("{} {unit}", &target.name[start..end]))
                    .arg("in_goal", goal.text.as_str()),
            );
        }
    }
}

/// A percentage that opens the name is the goal; one further on may be a second goal.
fn percentages(target: &Target, findings: &mut Vec<Finding>) {
    let goals: Vec<_> = target
        .goals
        .iter()
        .filter_map(|goal| match &goal.measure {
            Measure::Percent { value, .. } => Some(*value),
            _ => None,
        })
        .collect();
    for percent in percents(&target.name).filter(|percent| !goals.contains(&percent.value)) {
        let code = if percent.start == 0 {
            FindingCode::GoalDiffersFromName
        } else {
            FindingCode::FurtherFigureInName
        };
        findings.push(
            about(code, target, target.line)
                .and_line(target.goals[0].line)
                .arg("in_name", format!("{}%", percent.value))
                .arg("in_goal", target.goal_text.as_str()),
        );
    }
}

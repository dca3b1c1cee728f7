//! The annex of targets, row by row.

use office::{Cell, Row};
use serde::Serialize;

use super::bodies::{BodyAliases, BodyList};
use super::error::ImportError;
use super::finding::{Finding, FindingCode};
use super::goal::{self, Goal};
use super::legal::{self, LegalBasis};
use super::names::Names;
use super::outline::{Annex, TargetColumns};

/// A heading under which targets stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetGroup {
    /// Such as `II`.
    pub code: String,
    /// Such as `KINH TẾ SỐ`.
    pub heading: String,
    /// Where it stands.
    pub line: u32,
}

/// One row of the annex, with the rows that continue it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    /// The number that the annex gives it.
    pub number: u32,
    /// The code of the heading above it; empty before the first.
    pub group: String,
    /// Where it begins.
    pub line: u32,
    /// What is to be done, as written.
    pub name: String,
    /// The goal's cell as written, further rows below it.
    pub goal_text: String,
    /// The goals as understood.
    pub goals: Vec<Goal>,
    /// «Cơ quan chủ trì»
    pub leads: BodyList,
    /// «Cơ quan phối hợp»
    pub partners: BodyList,
    /// «Căn cứ pháp lý»
    pub legal_bases: Vec<LegalBasis>,
}

enum Meaning<'r> {
    Target(u32),
    Group { code: &'r str, heading: &'r str },
    Continues,
    Nothing,
    Unreadable,
}

struct TargetRow<'r> {
    number: &'r Cell,
    name: &'r Cell,
    goal: &'r Cell,
    lead: &'r Cell,
    partner: &'r Cell,
    legal_basis: &'r Cell,
}

impl<'r> TargetRow<'r> {
    fn of(row: &'r Row, columns: TargetColumns) -> Option<Self> {
        Some(Self {
            number: row.cell(0)?,
            name: row.cell(columns.name)?,
            goal: row.cell(columns.goal)?,
            lead: row.cell(columns.lead)?,
            partner: row.cell(columns.partner)?,
            legal_basis: row.cell(columns.legal_basis)?,
        })
    }

    fn meaning(&self) -> Meaning<'r> {
        let others = [self.goal, self.lead, self.partner, self.legal_basis];
        let bare = others.iter().all(|cell| cell.text.is_empty());
        let number = self.number.text.trim_end_matches('.');
        if let Ok(number) = number.parse() {
            return Meaning::Target(number);
        }
        if !number.is_empty() {
            return Meaning::Unreadable;
        }
        match (self.name.text.is_empty(), bare) {
            (true, true) => Meaning::Nothing,
            (true, false) => Meaning::Continues,
            (false, true) => {
                let (code, heading) = self
                    .name
                    .text
                    .split_once('.')
                    .filter(|(code, _)| {
                        code.len() <= 8 && code.chars().all(|ch| "IVXLC".contains(ch))
                    })
                    .unwrap_or(("", &self.name.text));
                Meaning::Group {
                    code: code.trim(),
                    heading: heading.trim(),
                }
            }
            (false, false) => Meaning::Unreadable,
        }
    }
}

pub(crate) fn read(
    annex: &Annex<'_, TargetColumns>,
    aliases: &BodyAliases,
    findings: &mut Vec<Finding>,
) -> Result<(Vec<TargetGroup>, Vec<Target>), ImportError> {
    let names = Names::new(aliases);
    let mut groups: Vec<TargetGroup> = Vec::new();
    let mut targets: Vec<Target> = Vec::new();
    for (index, row) in annex.rows.iter().enumerate() {
        let Some(cells) = TargetRow::of(row, annex.columns) else {
            if index + 1 == annex.rows.len() {
                return Err(ImportError::AnnexCutOff {
                    annex: annex.number,
                    line: row.line,
                    looked_for: "the rest of the row",
                });
            }
            findings.push(unreadable(row));
            continue;
        };
        match cells.meaning() {
            Meaning::Target(number) => {
                let group = groups.last().map_or("", |group| group.code.as_str());
                targets.push(target(number, group, row, &cells, &names));
            }
            Meaning::Group { code, heading } => groups.push(TargetGroup {
                code: code.to_owned(),
                heading: heading.to_owned(),
                line: row.line,
            }),
            Meaning::Continues => match targets.last_mut() {
                Some(target) => continued(target, &cells, &names),
                None => findings.push(unreadable(row)),
            },
            Meaning::Nothing => {}
            Meaning::Unreadable => findings.push(unreadable(row)),
        }
    }
    for target in &mut targets {
        goal::name_apart(&mut target.goals, &target.name);
    }
    Ok((groups, targets))
}

fn target(number: u32, group: &str, row: &Row, cells: &TargetRow<'_>, names: &Names) -> Target {
    Target {
        number,
        group: group.to_owned(),
        line: row.line,
        name: cells.name.text.clone(),
        goal_text: cells.goal.text.clone(),
        goals: goal::read(cells.goal, &cells.name.text, names),
        leads: names.list(cells.lead),
        partners: names.list(cells.partner),
        legal_bases: legal::read(cells.legal_basis),
    }
}

/// A row below a target that only adds to its cells.
fn continued(target: &mut Target, cells: &TargetRow<'_>, names: &Names) {
    if !cells.goal.text.is_empty() {
        target.goal_text.push('\n');
        target.goal_text.push_str(&cells.goal.text);
        target
            .goals
            .extend(goal::read(cells.goal, &target.name, names));
    }
    for (list, cell) in [
        (&mut target.leads, cells.lead),
        (&mut target.partners, cells.partner),
    ] {
        if !cell.text.is_empty() {
            list.text.push('\n');
            list.text.push_str(&cell.text);
            list.names.extend(names.names(&cell.text));
        }
    }
    target.legal_bases.extend(legal::read(cells.legal_basis));
}

pub(crate) fn unreadable(row: &Row) -> Finding {
    let texts: Vec<&str> = row
        .cells
        .iter()
        .map(|cell| cell.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    Finding::new(FindingCode::RowUnreadable, row.line).arg("text", texts.join(" | "))
}

//! The annex of targets, row by row.

use office::Cell;
use serde::Serialize;

use super::bodies::{BodyAliases, BodyList};
use super::columns::{Columns, Meaning};
use super::due::{self, Due};
use super::error::ImportError;
use super::finding::{Finding, FindingCode};
use super::goal::{self, Goal};
use super::legal::{self, LegalBasis};
use super::names::Names;
use super::opening::{begins_small, is_code};
use super::outline::Annex;

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
    /// «Thời hạn», where the annex has such a column and its cell says something.
    pub due: Option<Due>,
}

enum Says<'r> {
    Target(u32),
    Group {
        code: &'r str,
        heading: &'r str,
    },
    /// Adds to the target above.
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
    due: &'r Cell,
}

impl<'r> TargetRow<'r> {
    fn of(row: &'r office::Row, columns: &Columns) -> Option<Self> {
        if row.cells.len() < columns.width() {
            return None;
        }
        let cell = |meaning| columns.cell(row, meaning);
        Some(Self {
            number: cell(Meaning::Number),
            name: cell(Meaning::Name),
            goal: cell(Meaning::Goal),
            lead: cell(Meaning::Lead),
            partner: cell(Meaning::Partner),
            legal_basis: cell(Meaning::LegalBasis),
            due: cell(Meaning::Due),
        })
    }

    /// `last` is the number above; `numbered` whether the annex has a column of numbers; `cut`
    /// whether the row begins a further piece of the table.
    fn meaning(
        &self,
        row: &'r office::Row,
        last: Option<u32>,
        numbered: bool,
        cut: bool,
    ) -> Says<'r> {
        let others = [self.goal, self.lead, self.partner, self.legal_basis];
        let bare = others.iter().all(|cell| cell.text.is_empty());
        let number = self.number.text.trim_end_matches(['.', ')']);
        if let Ok(number) = number.parse() {
            return Says::Target(number);
        }
        // A heading over the whole width stands in one cell, or is repeated in all.
        let named = !self.number.text.is_empty() || !self.name.text.is_empty();
        if let Some(text) = only_text(row).filter(|_| named) {
            let continues = last.is_some() && (cut || begins_small(text));
            return if continues && !is_heading(text) {
                Says::Continues
            } else {
                heading(text)
            };
        }
        if !number.is_empty() {
            let named = (bare && !self.name.text.is_empty()).then_some(self.name.text.as_str());
            let heading = named.or_else(|| only_text_beside(row, self.number));
            return match heading.filter(|_| is_code(number)) {
                Some(heading) => Says::Group {
                    code: number,
                    heading: heading.trim(),
                },
                None => Says::Unreadable,
            };
        }
        if self.name.text.is_empty() {
            return if bare { Says::Nothing } else { Says::Continues };
        }
        if !numbered && !self.goal.text.is_empty() {
            return Says::Target(last.map_or(1, |last| last.saturating_add(1)));
        }
        let continues = cut || self.number.is_covered() || begins_small(&self.name.text);
        if last.is_some() && continues {
            return Says::Continues;
        }
        if bare {
            heading(&self.name.text)
        } else {
            Says::Unreadable
        }
    }
}

/// What a row says if it says one thing only, however often.
fn only_text(row: &office::Row) -> Option<&str> {
    one_text(row.cells.iter())
}

/// What a row says beside its number, if that is one thing: a heading stands wherever the
/// column after the numbers is, whatever that column holds in other rows.
fn only_text_beside<'r>(row: &'r office::Row, number: &Cell) -> Option<&'r str> {
    let others = row.cells.iter();
    one_text(others.filter(|cell| !std::ptr::eq(*cell, number)))
}

fn one_text<'r>(cells: impl Iterator<Item = &'r Cell>) -> Option<&'r str> {
    let mut texts = cells.map(|cell| cell.text.as_str());
    let first = texts.find(|text| !text.is_empty())?;
    texts
        .all(|text| text.is_empty() || text == first)
        .then_some(first)
}

fn heading(text: &str) -> Says<'_> {
    let parts = text.split_once(['.', ')', ':']);
    let (code, heading) = parts
        .filter(|(code, rest)| is_code(code.trim()) && !rest.trim().is_empty())
        .unwrap_or(("", text));
    Says::Group {
        code: code.trim(),
        heading: heading.trim(),
    }
}

/// Counted as a heading is, or in capitals.
fn is_heading(text: &str) -> bool {
    let capitals = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    capitals
        || text
            .split(['.', ')', ':'])
            .next()
            .is_some_and(|code| is_code(code.trim()))
}

pub(crate) fn read(
    annex: &Annex<'_>,
    aliases: &BodyAliases,
    year: Option<i16>,
    findings: &mut Vec<Finding>,
) -> Result<(Vec<TargetGroup>, Vec<Target>), ImportError> {
    let names = Names::new(aliases);
    // A column of numbers that is left blank counts as none.
    let numbered = annex.rows.iter().any(|row| {
        let text = &annex.columns.cell(row, Meaning::Number).text;
        text.trim_end_matches(['.', ')']).parse::<u32>().is_ok()
    });
    let mut groups: Vec<TargetGroup> = Vec::new();
    let mut targets: Vec<Target> = Vec::new();
    // A heading may stand above the table instead of in it.
    if let Some(above) = annex.head.last()
        && let Says::Group { code, heading } = heading(&above.text)
        && !code.is_empty()
    {
        groups.push(group(code, heading, above.line));
    }
    let mut between = annex.between.iter().peekable();
    for (index, row) in annex.rows.iter().enumerate() {
        while let Some((_, paragraph)) = between.next_if(|(at, _)| *at <= index) {
            if let (true, Says::Group { code, heading }) =
                (is_heading(&paragraph.text), heading(&paragraph.text))
            {
                groups.push(group(code, heading, paragraph.line));
            }
        }
        let Some(cells) = TargetRow::of(row, &annex.columns) else {
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
        let last = targets.last().map(|target| target.number);
        match cells.meaning(row, last, numbered, annex.cuts.contains(&index)) {
            Says::Target(number) => {
                let group = groups.last().map_or("", |group| group.code.as_str());
                let target = Target {
                    due: match targets.last() {
                        Some(above) if cells.due.merged => above.due.clone(),
                        _ => due::in_cell(&cells.due.text, year),
                    },
                    ..target(number, group, row, &cells, targets.last(), &names)
                };
                targets.push(target);
            }
            Says::Group { code, heading } => groups.push(group(code, heading, row.line)),
            Says::Continues => match targets.last_mut() {
                Some(target) => continued(target, &cells, &names, year),
                None => findings.push(unreadable(row)),
            },
            Says::Nothing => {}
            Says::Unreadable => findings.push(unreadable(row)),
        }
    }
    for target in &mut targets {
        goal::name_apart(&mut target.goals, &target.name);
    }
    Ok((groups, targets))
}

fn group(code: &str, heading: &str, line: u32) -> TargetGroup {
    TargetGroup {
        code: code.to_owned(),
        heading: heading.to_owned(),
        line,
    }
}

/// A cell that one from the row above reaches down to says what that one says.
fn target(
    number: u32,
    group: &str,
    row: &office::Row,
    cells: &TargetRow<'_>,
    above: Option<&Target>,
    names: &Names,
) -> Target {
    let list = |cell: &Cell, above: Option<&BodyList>| match above {
        Some(above) if cell.merged => above.clone(),
        _ => names.list(cell),
    };
    let goal_text = match above {
        Some(above) if cells.goal.merged => above.goal_text.clone(),
        _ => cells.goal.text.clone(),
    };
    let goals = match above {
        Some(above) if cells.goal.merged => above.goals.clone(),
        _ => goal::read(cells.goal, &cells.name.text, names),
    };
    let legal_bases = match above {
        Some(above) if cells.legal_basis.merged => above.legal_bases.clone(),
        _ => legal::read(cells.legal_basis),
    };
    Target {
        number,
        group: group.to_owned(),
        line: row.line,
        name: cells.name.text.clone(),
        goal_text,
        goals,
        leads: list(cells.lead, above.map(|above| &above.leads)),
        partners: list(cells.partner, above.map(|above| &above.partners)),
        legal_bases,
        due: None,
    }
}

/// A row below a target that only adds to its cells.
fn continued(target: &mut Target, cells: &TargetRow<'_>, names: &Names, year: Option<i16>) {
    let more = match (&cells.name.text, &cells.number.text) {
        (name, _) if !name.is_empty() => name,
        (_, number) => number,
    };
    if !more.is_empty() {
        target.name.push('\n');
        target.name.push_str(more);
    }
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
    if !cells.due.text.is_empty() {
        let above = target.due.as_ref().map_or("", |due| due.written.as_str());
        target.due = due::in_cell(&format!("{above} {}", cells.due.text), year);
    }
}

pub(crate) fn unreadable(row: &office::Row) -> Finding {
    let texts: Vec<&str> = row
        .cells
        .iter()
        .map(|cell| cell.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    Finding::new(FindingCode::RowUnreadable, row.line).arg("text", texts.join(" | "))
}

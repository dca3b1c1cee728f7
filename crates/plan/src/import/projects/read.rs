//! Understands the rows of an annex of projects.

use office::{Cell, Row};
use vocab::number::{Evidence, Form, Verdict, Why};
use vocab::{Vnd, parse_number};

use super::{Amount, Amounts, Note, NumberEvidence, Project, ProjectAnnex, ProjectGroup};
use crate::import::bodies::BodyAliases;
use crate::import::error::ImportError;
use crate::import::finding::{Finding, FindingCode};
use crate::import::money::{in_dong, unit_at};
use crate::import::names::Names;
use crate::import::outline::{Annex, ProjectColumns};
use crate::import::targets::unreadable;
use crate::import::words::key;

const MONEY_UNIT: &str = "Đơn vị tính";
const TOTAL: &str = "Tổng cộng";

struct ProjectRow<'r> {
    row: &'r Row,
    code: &'r Cell,
    name: &'r Cell,
    lead: &'r Cell,
    money: [&'r Cell; 3],
    note: &'r Cell,
}

impl<'r> ProjectRow<'r> {
    fn of(row: &'r Row, columns: ProjectColumns) -> Option<Self> {
        Some(Self {
            row,
            code: row.cell(0)?,
            name: row.cell(columns.name)?,
            lead: row.cell(columns.lead)?,
            money: [
                row.cell(columns.total)?,
                row.cell(columns.recurrent)?,
                row.cell(columns.capital)?,
            ],
            note: row.cell(columns.note)?,
        })
    }

    fn is_total(&self) -> bool {
        let total = key(TOTAL);
        let says_so = |cell: &Cell| cell.text.len() < 2 * TOTAL.len() && key(&cell.text) == total;
        !self.is_project() && (says_so(self.code) || says_so(self.name))
    }

    fn is_group(&self) -> bool {
        !self.code.text.is_empty() && self.code.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_project(&self) -> bool {
        let mut parts = self.code.text.split('.');
        let number = |part: Option<&str>| part.is_some_and(|part| part.parse::<u32>().is_ok());
        number(parts.next()) && number(parts.next()) && parts.next().is_none()
    }
}

pub(crate) fn read(
    annex: &Annex<'_, ProjectColumns>,
    aliases: &BodyAliases,
    findings: &mut Vec<Finding>,
) -> Result<ProjectAnnex, ImportError> {
    let last_line = annex.rows.last().map_or(0, |row| row.line);
    let unit_vnd = money_unit(annex)?;
    let mut rows = Vec::new();
    for row in annex.rows {
        match ProjectRow::of(row, annex.columns) {
            Some(cells) => rows.push(cells),
            None => findings.push(unreadable(row)),
        }
    }
    let Some(total) = rows.iter().find(|row| row.is_total()) else {
        return Err(ImportError::AnnexCutOff {
            annex: annex.number,
            line: last_line,
            looked_for: TOTAL,
        });
    };
    let evidence = evidence(&rows);
    let mut money = Money {
        unit_vnd,
        evidence: &evidence,
        findings,
    };
    let stated = money.amounts(total);
    let mut result = ProjectAnnex {
        number: annex.number,
        title: title(annex),
        unit_vnd,
        numbers: reported(&evidence),
        groups: Vec::new(),
        stated,
        line: total.row.line,
        note: total.note.text.clone(),
    };
    let mut names = Names::new(aliases);
    for row in rows.iter().filter(|row| !row.is_total()) {
        if row.is_group() {
            names = Names::within(aliases, &row.name.text);
            let group = group(row, &names, &mut money);
            result.groups.push(group);
        } else if let (true, Some(group)) = (row.is_project(), result.groups.last_mut()) {
            let project = project(row, group, &names, &mut money);
            group.projects.push(project);
        } else if !row.row.cells.iter().all(|cell| cell.text.is_empty()) {
            money.findings.push(unreadable(row.row));
        }
    }
    Ok(result)
}

fn group(row: &ProjectRow<'_>, names: &Names, money: &mut Money<'_>) -> ProjectGroup {
    ProjectGroup {
        code: row.code.text.clone(),
        name: row.name.text.clone(),
        body: names.first_in(&row.name.text).and_then(|named| named.body),
        line: row.row.line,
        stated: money.amounts(row),
        note: row.note.text.clone(),
        note_line: row.note.line,
        projects: Vec::new(),
    }
}

fn project(
    row: &ProjectRow<'_>,
    group: &ProjectGroup,
    names: &Names,
    money: &mut Money<'_>,
) -> Project {
    Project {
        code: row.code.text.clone(),
        line: row.row.line,
        name: row.name.text.clone(),
        leads: names.list(row.lead),
        amounts: money.amounts(row),
        note: note(row.note, group.projects.last()),
    }
}

/// A merged cell continues the note above it; an empty one has none.
fn note(cell: &Cell, above: Option<&Project>) -> Note {
    let reaching = |above: &Project| {
        let own = (!above.note.text.is_empty()).then_some(above.line);
        own.or(above.note.inherited_from)
    };
    Note {
        text: cell.text.clone(),
        line: cell.line,
        inherited_from: above.filter(|_| cell.merged).and_then(reaching),
    }
}

fn money_unit(annex: &Annex<'_, ProjectColumns>) -> Result<i64, ImportError> {
    let wanted = key(MONEY_UNIT);
    let unit = annex.head.iter().find_map(|paragraph| {
        let (label, unit) = paragraph.text.split_once(':')?;
        (key(label) == wanted)
            .then(|| unit_at(unit.trim()))
            .flatten()
    });
    unit.map(|(size, _)| size).ok_or(ImportError::NoMoneyUnit {
        annex: annex.number,
        line: annex.rows.first().map_or(0, |row| row.line),
        looked_for: MONEY_UNIT,
    })
}

/// What stands between the annex's number and the line that names the decision.
fn title(annex: &Annex<'_, ProjectColumns>) -> String {
    let lines: Vec<&str> = annex
        .head
        .iter()
        .skip(1)
        .take_while(|paragraph| !paragraph.text.starts_with('('))
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    lines.join(" ")
}

/// The table's own numbers, and the groups whose projects add up in one form only.
fn evidence(rows: &[ProjectRow<'_>]) -> Evidence {
    let cells = rows.iter().flat_map(|row| row.money);
    let mut evidence = Evidence::from_texts(cells.map(|cell| cell.text.as_str()));
    let mut rest = rows;
    while let [first, others @ ..] = rest {
        let length = others.iter().take_while(|row| row.is_project()).count();
        let parts: Vec<&str> = others[..length]
            .iter()
            .map(|row| &*row.money[0].text)
            .collect();
        if first.is_group() && length > 1 {
            evidence.see_sum(&first.money[0].text, &parts);
        }
        rest = &others[length..];
    }
    evidence
}

fn reported(evidence: &Evidence) -> NumberEvidence {
    match evidence.verdict() {
        Verdict::Decided(Why::Witnessed {
            form,
            witness,
            count,
        }) => NumberEvidence {
            form: Some(match form {
                Form::English => "english",
                Form::Vietnamese => "vietnamese",
            }),
            witness: Some(witness),
            count,
        },
        _ => NumberEvidence {
            form: None,
            witness: None,
            count: 0,
        },
    }
}

struct Money<'a> {
    unit_vnd: i64,
    evidence: &'a Evidence,
    findings: &'a mut Vec<Finding>,
}

impl Money<'_> {
    fn amounts(&mut self, row: &ProjectRow<'_>) -> Amounts {
        let [total, recurrent, capital] = row.money.map(|cell| self.amount(cell));
        Amounts {
            total,
            recurrent,
            capital,
        }
    }

    fn amount(&mut self, cell: &Cell) -> Amount {
        let written = cell.text.clone();
        if matches!(&*written, "" | "-" | "–") {
            return Amount {
                written,
                ..Amount::default()
            };
        }
        let parsed = parse_number(&written, self.evidence);
        let number = parsed.as_ref().ok().map(|parsed| parsed.value);
        let vnd = number
            .and_then(|number| in_dong(number, self.unit_vnd))
            .filter(|vnd| *vnd >= Vnd::ZERO);
        if vnd.is_none() {
            let code = match parsed {
                Err(vocab::NumberError::Ambiguous { .. }) => FindingCode::NumberStyleUndecided,
                _ => FindingCode::AmountUnreadable,
            };
            let finding = Finding::new(code, cell.line).arg("written", written.as_str());
            self.findings.push(finding);
        }
        let places = number.map_or(0, |number| u32::from(number.scale()));
        Amount {
            written,
            vnd,
            grain_vnd: self.unit_vnd / 10_i64.pow(places),
        }
    }
}

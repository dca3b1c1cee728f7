//! Understands the rows of an annex of projects.

use office::Cell;
use vocab::number::{Evidence, Form, Verdict, Why};
use vocab::{Vnd, parse_number};

use super::row::{ProjectRow, Says, Scheme, is_dotted, is_number, scheme, total};
use super::{Amount, Amounts, Note, NumberEvidence, Project, ProjectAnnex, ProjectGroup, unit};
use crate::import::bodies::BodyAliases;
use crate::import::error::ImportError;
use crate::import::finding::{Finding, FindingCode};
use crate::import::money::in_dong;
use crate::import::names::Names;
use crate::import::outline::Annex;
use crate::import::targets::unreadable;

pub(crate) fn read(
    annex: &Annex<'_>,
    stated_budget: Option<Vnd>,
    aliases: &BodyAliases,
    findings: &mut Vec<Finding>,
) -> Result<ProjectAnnex, ImportError> {
    let last_line = annex.rows.last().map_or(0, |row| row.line);
    let mut rows = Vec::new();
    for (index, row) in annex.rows.iter().enumerate() {
        match ProjectRow::of(row, &annex.columns, annex.cuts.contains(&index)) {
            Some(cells) => rows.push(cells),
            None => findings.push(unreadable(row)),
        }
    }
    let total = total(&rows);
    if total.is_none() {
        if !annex.followed {
            return Err(ImportError::AnnexCutOff {
                annex: annex.number,
                line: last_line,
                looked_for: "Tổng cộng",
            });
        }
        findings.push(
            Finding::new(FindingCode::AnnexTotalMissing, last_line).arg("annex", annex.number),
        );
    }
    let scheme = scheme(&rows);
    let evidence = evidence(&rows, scheme);
    let unit_vnd = unit::of(annex, &rows, total, &evidence, stated_budget, findings);
    let mut money = Money {
        unit_vnd,
        evidence: &evidence,
        findings,
    };
    let stated = total.map_or_else(Amounts::default, |total| money.amounts(total));
    let mut result = ProjectAnnex {
        number: annex.number,
        title: title(annex),
        unit_vnd,
        numbers: reported(&evidence),
        groups: Vec::new(),
        stated,
        line: total.map_or(last_line, |total| total.row.line),
        note: total.map_or_else(String::new, |total| total.note.text.clone()),
    };
    let numbered = rows
        .iter()
        .any(|row| !row.code().is_empty() && !row.is_total());
    let mut names = Names::new(aliases);
    let mut totalled = false;
    for row in &rows {
        let begun = result.groups.iter().any(|group| !group.projects.is_empty());
        match row.says(scheme, numbered, begun) {
            // Sums of pages and parts may stand below the first total.
            Says::Total if !std::mem::replace(&mut totalled, true) => {}
            Says::Total | Says::Nothing => {}
            Says::Group => {
                names = Names::within(aliases, row.heading());
                let group = group(row, &names, &mut money);
                result.groups.push(group);
            }
            Says::Project => {
                if result.groups.is_empty() && scheme == Scheme::Flat {
                    result.groups.push(all(annex.line));
                }
                match result.groups.last_mut() {
                    Some(group) => {
                        let project = project(row, group, scheme, &names, &mut money);
                        group.projects.push(project);
                    }
                    None => money.findings.push(unreadable(row.row)),
                }
            }
            Says::Continues => {
                let last = result.groups.last_mut();
                match last.and_then(|group| group.projects.last_mut()) {
                    Some(project) => continued(project, row),
                    None => money.findings.push(unreadable(row.row)),
                }
            }
            Says::Unreadable => money.findings.push(unreadable(row.row)),
        }
    }
    Ok(result)
}

/// The one group of an annex that has none.
fn all(line: u32) -> ProjectGroup {
    ProjectGroup {
        code: String::new(),
        name: String::new(),
        body: None,
        line,
        stated: Amounts::default(),
        note: String::new(),
        note_line: line,
        projects: Vec::new(),
    }
}

/// A row below a project that only adds to its words.
fn continued(project: &mut Project, row: &ProjectRow<'_>) {
    for (text, more) in [
        (&mut project.name, &row.name.text),
        (&mut project.note.text, &row.note.text),
    ] {
        if !more.is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(more);
        }
    }
}

fn group(row: &ProjectRow<'_>, names: &Names, money: &mut Money<'_>) -> ProjectGroup {
    ProjectGroup {
        code: row.code().to_owned(),
        name: row.heading().to_owned(),
        body: names.first_in(row.heading()).and_then(|named| named.body),
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
    scheme: Scheme,
    names: &Names,
    money: &mut Money<'_>,
) -> Project {
    let above = group.projects.last();
    let place = group.projects.len() + 1;
    let code = match scheme {
        Scheme::Dotted if is_dotted(row.code()) => row.code().to_owned(),
        Scheme::Lettered if is_number(row.code()) => format!("{}.{}", group.code, row.code()),
        Scheme::Flat if is_number(row.code()) => row.code().to_owned(),
        Scheme::Flat => place.to_string(),
        Scheme::Dotted | Scheme::Lettered => format!("{}.{place}", group.code),
    };
    Project {
        code,
        line: row.row.line,
        name: row.name.text.clone(),
        leads: match above {
            Some(above) if row.lead.merged => above.leads.clone(),
            _ => names.list(row.lead),
        },
        amounts: money.amounts(row),
        note: note(row.note, above),
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

/// What stands between the annex's number and the line that names the decision.
fn title(annex: &Annex<'_>) -> String {
    let lines: Vec<&str> = annex
        .head
        .iter()
        .skip(1)
        .take_while(|paragraph| !paragraph.text.starts_with('('))
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    lines.join(" ")
}

/// The table's own numbers, and the groups whose projects add up in one form only. Cells that
/// the file keeps as numbers tell nothing about how others are written.
fn evidence(rows: &[ProjectRow<'_>], scheme: Scheme) -> Evidence {
    let cells = rows.iter().flat_map(|row| row.money);
    let written = cells.filter(|cell| cell.number.is_none());
    let mut evidence = Evidence::from_texts(written.map(|cell| cell.text.as_str()));
    let says = |row: &ProjectRow<'_>| row.says(scheme, true, true);
    let mut rest = rows;
    while let [first, others @ ..] = rest {
        let projects = others
            .iter()
            .take_while(|row| matches!(says(row), Says::Project | Says::Continues));
        let length = projects.clone().count();
        let parts: Vec<&str> = projects
            .filter(|row| matches!(says(row), Says::Project))
            .map(|row| &*row.money[0].text)
            .collect();
        if matches!(says(first), Says::Group) && parts.len() > 1 && first.money[0].number.is_none()
        {
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
        let parsed = match cell.number {
            Some(number) => Ok(number),
            None => parse_number(&written, self.evidence).map(|parsed| parsed.value),
        };
        let number = parsed.as_ref().ok().copied();
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
            grain_vnd: (self.unit_vnd / 10_i64.pow(places)).max(1),
        }
    }
}

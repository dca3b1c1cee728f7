//! Accounts for every line of the source: it was used, or it is listed as not understood.

use std::collections::BTreeSet;

use office::{Block, Cell, Document, Row};
use serde::Serialize;

use vocab::LegalReference;

use super::ParsedPlan;
use super::columns::Kind;
use super::facts::names_decision;
use super::finding::FindingCode;
use super::opening::{attached, opening_with};
use super::outline::{Annex, Outline};
use super::sections::Placed;

/// A line that nothing was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnusedLine {
    /// Which line.
    pub line: u32,
    /// What it says.
    pub text: String,
}

/// The lines that say something and that nothing was made of, in order.
pub(crate) fn unused(
    plan: &ParsedPlan,
    outline: &Outline<'_>,
    placed: &[Placed<'_>],
    document: &Document,
) -> Vec<UnusedLine> {
    let mut used = BTreeSet::new();
    body(plan, placed, &mut used);
    annex(plan, &outline.targets, Kind::Targets, &mut used);
    for projects in &outline.projects {
        annex(plan, projects, Kind::Projects, &mut used);
    }
    // The notes at the foot cite documents, and those are compared with the others.
    let below = outline.projects.iter().chain([&outline.targets]);
    let below = below
        .filter_map(|annex| annex.rows.last())
        .map(|row| row.line)
        .max();
    for paragraph in document.paragraphs() {
        let foot = below.is_some_and(|below| paragraph.line > below);
        if foot && !LegalReference::find_all(&paragraph.text).is_empty() {
            used.insert(paragraph.line);
        }
    }
    let mut unused = Vec::new();
    let mut note = |line: u32, text: &str| {
        if !used.contains(&line) {
            unused.push(UnusedLine {
                line,
                text: text.to_owned(),
            });
        }
    };
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => note(paragraph.line, &paragraph.text),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    for (line, text) in cell.lines() {
                        note(line, text);
                    }
                }
            }
        }
    }
    unused
}

/// What of the body became facts, grounds, duties and baselines, and its headings.
fn body(plan: &ParsedPlan, placed: &[Placed<'_>], used: &mut BTreeSet<u32>) {
    used.insert(plan.facts.line);
    used.extend(plan.grounds.iter().map(|ground| ground.line));
    used.extend(plan.duties.iter().map(|duty| duty.line));
    used.extend(plan.baselines.iter().map(|baseline| baseline.line));
    if let Some(budget) = &plan.facts.budget {
        used.insert(budget.line);
        used.extend(&budget.source_lines);
    }
    let said = [plan.facts.issuer.as_deref(), plan.facts.title.as_deref()];
    let mut form = Form::Head;
    for own in placed {
        form = form.next(own);
        if form != Form::Rest {
            used.insert(own.paragraph.line);
        }
        let text = own.paragraph.text.as_str();
        let article = opening_with(text, "dieu ").is_some();
        let titled = said.iter().flatten().any(|said| said.contains(text));
        let attaches = !attached(text).is_empty();
        if own.heading || article || titled || attaches || names_decision(own.paragraph).is_some() {
            used.insert(own.paragraph.line);
        }
    }
}

/// The parts of a decision that have the same form in all: its head up to the articles, and
/// whom it is sent to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Head,
    Articles,
    Sent,
    Rest,
}

impl Form {
    fn next(self, own: &Placed<'_>) -> Self {
        let text = own.paragraph.text.as_str();
        let capitals = !text.chars().any(char::is_lowercase);
        match self {
            Self::Head | Self::Articles if opening_with(text, "dieu ").is_some() => Self::Articles,
            // A plan without a decision before it begins with its first heading.
            Self::Head if own.heading => Self::Rest,
            Self::Articles | Self::Rest if opening_with(text, "noi nhan").is_some() => Self::Sent,
            Self::Articles | Self::Sent if capitals && !text.starts_with('-') => Self::Rest,
            other => other,
        }
    }
}

fn annex(plan: &ParsedPlan, annex: &Annex<'_>, kind: Kind, used: &mut BTreeSet<u32>) {
    used.extend(annex.head.iter().map(|paragraph| paragraph.line));
    let groups = plan.target_groups.iter().map(|group| group.line);
    let groups: BTreeSet<u32> = groups.collect();
    let between = annex.between.iter().map(|(_, paragraph)| paragraph.line);
    used.extend(between.filter(|line| groups.contains(line)));
    let lines = |cell: &Cell| cell.lines().map(|(line, _)| line).collect::<Vec<_>>();
    for cell in annex
        .heading
        .iter()
        .chain(&annex.repeated)
        .flat_map(|row| &row.cells)
    {
        used.extend(lines(cell));
    }
    let unread: BTreeSet<u32> = plan
        .findings
        .iter()
        .filter(|finding| finding.code == FindingCode::RowUnreadable)
        .flat_map(|finding| finding.lines.iter().copied())
        .collect();
    for row in annex.rows.iter().filter(|row| !unread.contains(&row.line)) {
        for (column, cell) in row.cells.iter().enumerate() {
            if annex.columns.used(column, kind) || says_one_thing(row) {
                used.extend(lines(cell));
            }
        }
    }
}

/// A heading that is repeated over the whole width of a table.
fn says_one_thing(row: &Row) -> bool {
    let mut texts = row.cells.iter().map(|cell| cell.text.as_str());
    let texts: BTreeSet<&str> = texts.by_ref().filter(|text| !text.is_empty()).collect();
    texts.len() == 1
}

//! Accounts for every line of the source: it was used, or it is listed as not understood.

use std::collections::{BTreeMap, BTreeSet};

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

/// What was made of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineUse {
    /// The decision's number, day and title, or the budget that it states.
    Fact,
    /// A document that it rests on.
    Ground,
    /// Something that it orders.
    Duty,
    /// A figure of the time before.
    Baseline,
    /// A heading of the body, an article, or what names an annex.
    Heading,
    /// What stands in every decision: its head, and whom it is sent to.
    Form,
    /// The head of an annex, or the titles of its columns.
    AnnexHead,
    /// A row of targets, or a heading among them.
    Targets,
    /// A row of projects, of their groups, or the total.
    Projects,
    /// A note at the foot that cites a document.
    Foot,
}

/// What was made of each line.
pub(crate) type Uses = BTreeMap<u32, LineUse>;

/// What was made of lines of the source, and those that say something and that nothing was
/// made of, both in order.
pub(crate) fn lines(
    plan: &ParsedPlan,
    outline: &Outline<'_>,
    placed: &[Placed<'_>],
    document: &Document,
) -> (Vec<(u32, LineUse)>, Vec<UnusedLine>) {
    let mut used = Uses::new();
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
            used.entry(paragraph.line).or_insert(LineUse::Foot);
        }
    }
    let mut unused = Vec::new();
    let mut note = |line: u32, text: &str| {
        if !used.contains_key(&line) {
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
    (used.into_iter().collect(), unused)
}

/// Says of lines what was made of them, unless something was said before.
fn say(used: &mut Uses, lines: impl IntoIterator<Item = u32>, said: LineUse) {
    for line in lines {
        used.entry(line).or_insert(said);
    }
}

/// What of the body became facts, grounds, duties and baselines, and its headings.
fn body(plan: &ParsedPlan, placed: &[Placed<'_>], used: &mut Uses) {
    say(used, [plan.facts.line], LineUse::Fact);
    if let Some(budget) = &plan.facts.budget {
        say(used, [budget.line], LineUse::Fact);
        say(used, budget.source_lines.iter().copied(), LineUse::Fact);
    }
    let grounds = plan.grounds.iter().map(|ground| ground.line);
    say(used, grounds, LineUse::Ground);
    say(
        used,
        plan.duties.iter().map(|duty| duty.line),
        LineUse::Duty,
    );
    let baselines = plan.baselines.iter().map(|baseline| baseline.line);
    say(used, baselines, LineUse::Baseline);
    let said = [plan.facts.issuer.as_deref(), plan.facts.title.as_deref()];
    let mut form = Form::Head;
    for own in placed {
        form = form.next(own);
        let line = own.paragraph.line;
        let text = own.paragraph.text.as_str();
        let article = opening_with(text, "dieu ").is_some();
        let titled = said.iter().flatten().any(|said| said.contains(text));
        let attaches = !attached(text).is_empty();
        if titled || names_decision(own.paragraph).is_some() {
            say(used, [line], LineUse::Fact);
        }
        if own.heading || article || attaches {
            say(used, [line], LineUse::Heading);
        }
        if form != Form::Rest {
            say(used, [line], LineUse::Form);
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

fn annex(plan: &ParsedPlan, annex: &Annex<'_>, kind: Kind, used: &mut Uses) {
    let said = match kind {
        Kind::Targets => LineUse::Targets,
        Kind::Projects => LineUse::Projects,
    };
    let head = annex.head.iter().map(|paragraph| paragraph.line);
    say(used, head, LineUse::AnnexHead);
    let groups = plan.target_groups.iter().map(|group| group.line);
    let groups: BTreeSet<u32> = groups.collect();
    let between = annex.between.iter().map(|(_, paragraph)| paragraph.line);
    say(used, between.filter(|line| groups.contains(line)), said);
    let lines = |cell: &Cell| cell.lines().map(|(line, _)| line).collect::<Vec<_>>();
    for cell in annex
        .heading
        .iter()
        .chain(&annex.repeated)
        .flat_map(|row| &row.cells)
    {
        say(used, lines(cell), LineUse::AnnexHead);
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
                say(used, lines(cell), said);
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

//! General rules that a decision should keep. None of them knows a target or a project by
//! its number.

mod bounds;
mod budget;
mod citations;
mod duplicates;
mod duties;
mod names;
mod targets;
mod unexplained;
mod wording;

use std::collections::HashSet;

use office::{Block, Document};

use super::ParsedPlan;
use super::bodies::BodyAliases;
use super::finding::{Finding, tidy};
use super::names::Names;
use super::outline::Outline;

/// One line of the document that says something.
#[derive(Debug, Clone, Copy)]
struct Passage<'d> {
    line: u32,
    text: &'d str,
    /// It stands in an annex's table or in one of the decision's articles: in what is
    /// ordered, not in what is told.
    ordered: bool,
}

/// Applies all rules and puts all findings in order.
pub(super) fn run(
    plan: &mut ParsedPlan,
    outline: &Outline<'_>,
    document: &Document,
    aliases: &BodyAliases,
) {
    let mut findings = std::mem::take(&mut plan.findings);
    let passages = passages(outline, document);
    let names = Names::new(aliases);
    targets::check(plan, outline, &names, &mut findings);
    bounds::check(plan, &mut findings);
    duties::check(plan, &mut findings);
    duplicates::check(&plan.targets, &mut findings);
    names::check(plan, &mut findings);
    budget::check(plan, outline, &mut findings);
    unexplained::check(plan, &mut findings);
    wording::check(&passages, &mut findings);
    citations::check(&plan.facts, outline, &passages, &mut findings);
    plan.findings = tidy(findings);
}

fn passages<'d>(outline: &Outline<'_>, document: &'d Document) -> Vec<Passage<'d>> {
    let annexes = outline.projects.iter().chain([&outline.targets]);
    let rows = annexes.flat_map(|annex| &annex.rows);
    let ordered: HashSet<u32> = rows.map(|row| row.line).collect();
    let mut passages = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => passages.push(Passage {
                line: paragraph.line,
                text: &paragraph.text,
                ordered: paragraph.text.starts_with("Điều "),
            }),
            Block::Table(table) => {
                for row in &table.rows {
                    let ordered = ordered.contains(&row.line);
                    let lines = row.cells.iter().flat_map(office::Cell::lines);
                    passages.extend(lines.map(|(line, text)| Passage {
                        line,
                        text,
                        ordered,
                    }));
                }
            }
        }
    }
    passages
}

//! Finds the annexes of a decision: tables whose columns say that they list targets or
//! projects, with the headings above them.

use std::collections::BTreeSet;

use office::{Block, Document, Paragraph, Row, Table};
use vocab::number::Evidence;

use super::columns::{Columns, Kind, Meaning};
use super::error::ImportError;
use super::heading::{Heading, repeats};
use super::opening::{annex_number, attached, opening_with};

/// The decision as parts.
#[derive(Debug)]
pub(crate) struct Outline<'d> {
    /// What stands before the first annex.
    pub(crate) body: Vec<&'d Paragraph>,
    /// How the body writes its numbers.
    pub(crate) prose: Evidence,
    pub(crate) targets: Annex<'d>,
    pub(crate) projects: Vec<Annex<'d>>,
}

/// A table with the paragraphs above it. One that is cut over pages is whole again.
#[derive(Debug)]
pub(crate) struct Annex<'d> {
    pub(crate) number: u32,
    pub(crate) head: Vec<&'d Paragraph>,
    pub(crate) columns: Columns,
    /// The rows of its heading, with those above.
    pub(crate) heading: Vec<&'d Row>,
    /// The same rows where the heading is repeated.
    pub(crate) repeated: Vec<&'d Row>,
    /// Where its heading stands.
    pub(crate) line: u32,
    /// Without the heading, never empty.
    pub(crate) rows: Vec<&'d Row>,
    /// The rows that begin a further piece of the table.
    pub(crate) cuts: BTreeSet<usize>,
    /// Something stands below it, so the text does not break off in it.
    pub(crate) followed: bool,
    /// Paragraphs between the pieces, each before the row with that index.
    pub(crate) between: Vec<(usize, &'d Paragraph)>,
}

/// `tables` is how many there were before frames were taken for paragraphs.
pub(crate) fn outline(document: &Document, tables: usize) -> Result<Outline<'_>, ImportError> {
    let mut finder = Finder::default();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => finder.paragraph(paragraph),
            Block::Table(table) => finder.table(table)?,
        }
    }
    let Finder {
        body,
        targets,
        mut projects,
        found,
        ..
    } = finder;
    let last = document.blocks.last().map_or(0, |block| match block {
        Block::Paragraph(paragraph) => paragraph.line,
        Block::Table(table) => table.rows.last().map_or(0, |row| row.line),
    });
    for annex in &mut projects {
        annex.followed = annex.rows.last().is_some_and(|row| row.line < last);
    }
    let targets = targets.ok_or_else(|| ImportError::NoTargets {
        tables,
        looked_for: Meaning::Goal.title(),
    })?;
    for annex in projects.iter().chain([&targets]) {
        if annex.rows.is_empty() {
            return Err(ImportError::AnnexCutOff {
                annex: annex.number,
                line: annex.line,
                looked_for: "the first row",
            });
        }
    }
    for paragraph in &body {
        let missing = attached(&paragraph.text)
            .into_iter()
            .find(|annex| !found.contains(annex));
        if let Some(annex) = missing {
            return Err(ImportError::AnnexMissing {
                annex,
                line: paragraph.line,
            });
        }
    }
    let mut prose = Evidence::default();
    for paragraph in &body {
        prose.see_amounts(&paragraph.text);
    }
    Ok(Outline {
        body,
        prose,
        targets,
        projects,
    })
}

#[derive(Default)]
struct Finder<'d> {
    body: Vec<&'d Paragraph>,
    head: Vec<&'d Paragraph>,
    number: Option<u32>,
    targets: Option<Annex<'d>>,
    projects: Vec<Annex<'d>>,
    found: Vec<u32>,
    /// What the table before was, if it was an annex.
    last: Option<Kind>,
}

impl<'d> Finder<'d> {
    fn paragraph(&mut self, paragraph: &'d Paragraph) {
        if let Some(annex) = annex_number(&paragraph.text) {
            self.number = Some(annex);
            self.head.clear();
        }
        if self.number.is_none() && self.found.is_empty() {
            self.body.push(paragraph);
        }
        self.head.push(paragraph);
    }

    fn table(&mut self, table: &'d Table) -> Result<(), ImportError> {
        let heading = Heading::of(table);
        let kind = heading.columns.kind();
        if self.continues(&heading, kind, table) {
            return Ok(());
        }
        let next = self.found.iter().max().map_or(1, |last| last + 1);
        let named = self.number.take();
        let number = named.unwrap_or(next);
        let mut head = std::mem::take(&mut self.head);
        if named.is_none() {
            // Without a heading of its own, what stands directly above it in its form is its head.
            let running = head.iter().rposition(|paragraph| !is_head(&paragraph.text));
            head.drain(..running.map_or(0, |at| at + 1));
        }
        self.last = None;
        match kind {
            Some(Kind::Targets) if self.targets.is_none() => {
                require(
                    &heading,
                    number,
                    &[Meaning::Name, Meaning::Goal, Meaning::Lead],
                )?;
                self.targets = Some(annex(heading, number, head));
            }
            Some(Kind::Projects) => {
                require(&heading, number, &[Meaning::Name])?;
                self.projects.push(annex(heading, number, head));
            }
            _ => return Ok(()),
        }
        self.last = kind;
        self.found.push(number);
        Ok(())
    }

    /// Adds the table to the annex before it, if it is a further piece of that.
    fn continues(&mut self, heading: &Heading<'d>, kind: Option<Kind>, table: &'d Table) -> bool {
        let Some(last) = self.last else {
            return false;
        };
        let annex = match last {
            Kind::Targets => self.targets.as_mut(),
            Kind::Projects => self.projects.last_mut(),
        };
        let Some(annex) = annex else { return false };
        // Only numbers of pages may stand between the pieces of a table without headings.
        let pages = |head: &[&Paragraph]| {
            let digits = |text: &str| !text.chars().any(char::is_alphabetic);
            head.iter().all(|paragraph| digits(&paragraph.text))
        };
        let same = kind == Some(last) && heading.columns.same_titles(&annex.columns);
        let (rows, repeated) =
            if same && self.number.is_none() && (last == Kind::Targets || pages(&self.head)) {
                (heading.data, heading.rows)
            } else if kind.is_none()
                && pages(&self.head)
                && self.number.is_none()
                && same_width(annex, table)
            {
                (&table.rows[..], &[][..])
            } else {
                return false;
            };
        let from = annex.rows.len();
        annex
            .between
            .extend(self.head.drain(..).map(|paragraph| (from, paragraph)));
        annex.repeated.extend(repeated);
        annex.cuts.insert(from);
        add_rows(annex, rows);
        true
    }
}

/// In capitals, in brackets, or the unit of its amounts.
fn is_head(text: &str) -> bool {
    let capitals = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    capitals || text.starts_with('(') || opening_with(text, "don vi").is_some()
}

fn same_width(annex: &Annex<'_>, table: &Table) -> bool {
    let width = |rows: &[&Row]| rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let rows: Vec<&Row> = table.rows.iter().collect();
    width(&rows) == width(&annex.rows)
}

fn annex<'d>(heading: Heading<'d>, number: u32, mut head: Vec<&'d Paragraph>) -> Annex<'d> {
    head.retain(|paragraph| paragraph.line < heading.line());
    let mut columns = heading.columns.clone();
    columns.find_numbers(heading.data);
    let mut annex = Annex {
        number,
        head,
        columns,
        heading: heading.rows.iter().chain(heading.above).collect(),
        repeated: Vec::new(),
        line: heading.line(),
        rows: Vec::new(),
        cuts: BTreeSet::new(),
        followed: false,
        between: Vec::new(),
    };
    add_rows(&mut annex, heading.data);
    annex
}

fn add_rows<'d>(annex: &mut Annex<'d>, rows: &'d [Row]) {
    for row in rows {
        // A heading that a page repeats inside the table marks a cut too.
        if repeats(&annex.heading, row) {
            annex.repeated.push(row);
            annex.cuts.insert(annex.rows.len());
        } else {
            annex.rows.push(row);
        }
    }
}

fn require(heading: &Heading<'_>, annex: u32, meanings: &[Meaning]) -> Result<(), ImportError> {
    let missing = meanings
        .iter()
        .find(|meaning| heading.columns.get(**meaning).is_none());
    match missing {
        Some(meaning) => Err(ImportError::NoColumn {
            annex,
            line: heading.line(),
            looked_for: meaning.title(),
        }),
        None => Ok(()),
    }
}

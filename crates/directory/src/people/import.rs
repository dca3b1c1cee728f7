//! People and their positions from a list: one row for each position.

mod cells;
mod columns;
mod plan;
mod row;

use std::collections::BTreeMap;

use office::Table;
use serde::Serialize;
use store::Actor;
use vocab::Problem;

use crate::{Directory, DirectoryError};
pub use cells::read_day;
use columns::Columns;
use plan::Plan;

/// How a list is taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Tells what would happen, and writes nothing.
    pub dry_run: bool,
    /// Writes nothing if one row is refused; otherwise the other rows go in.
    pub all_or_nothing: bool,
    /// Marks the people as made up.
    pub demo: bool,
}

/// What became of a list, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleImport {
    /// The first row, as it was written.
    pub header: Vec<String>,
    /// The rows after it.
    pub rows: Vec<ImportedRow>,
    /// Whether anything was written.
    pub written: bool,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportedRow {
    /// The line on which it begins, or its row in a spreadsheet.
    pub line: u32,
    /// Its cells, as they were written.
    pub cells: Vec<String>,
    /// What became of it.
    pub outcome: ImportOutcome,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// A person or a position was added, or would be.
    Added,
    /// What is known of the person was changed, or would be.
    Changed,
    /// All of it is there already.
    Unchanged,
    /// Refused, and why.
    Refused(Vec<RowProblem>),
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// The title of its column, as it was written.
    pub column: String,
    /// What was written; a citizen's number is not repeated.
    pub value: String,
    /// A stable name; its wording is `field-` and this.
    pub code: String,
    /// Values for the wording.
    pub args: BTreeMap<String, String>,
}

impl PeopleImport {
    /// How many rows ended in a certain way.
    pub fn count(&self, is: impl Fn(&ImportOutcome) -> bool) -> usize {
        self.rows.iter().filter(|row| is(&row.outcome)).count()
    }

    /// How many rows were refused.
    pub fn refused(&self) -> usize {
        self.count(|outcome| matches!(outcome, ImportOutcome::Refused(_)))
    }

    /// The rows that were refused, in the layout of the list, with why in one more column.
    /// Empty if none was.
    pub fn failed(&self, why: &str, say: impl Fn(&[RowProblem]) -> String) -> Vec<Vec<String>> {
        let width = self.header.len();
        let mut table = Vec::new();
        for row in &self.rows {
            let ImportOutcome::Refused(problems) = &row.outcome else {
                continue;
            };
            if table.is_empty() {
                let mut header = self.header.clone();
                header.push(why.to_owned());
                table.push(header);
            }
            let mut cells = row.cells.clone();
            cells.resize(width, String::new());
            cells.push(say(problems));
            table.push(cells);
        }
        table
    }
}

impl Directory {
    /// Takes in a list of people. Columns are known by their titles in either language; the
    /// full name is needed, and unit, title and first day for a position. A row that is
    /// there already changes nothing, so that a list can be taken in again.
    ///
    /// Refused with `people-import-empty` or `people-import-columns` (`columns`, `sought`);
    /// what is wrong with rows is told in the answer.
    pub async fn import_people(
        &self,
        actor: &Actor,
        table: &Table,
        options: ImportOptions,
    ) -> Result<PeopleImport, DirectoryError> {
        let Some((header, rows)) = table.rows.split_first() else {
            return Err(
                Problem::new(422, "people-import-empty", "reading a list of people").into(),
            );
        };
        let columns = Columns::read(header)?;
        let mut plan = Plan::begin(self, actor, options.demo).await?;
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            let outcome = match plan.add(self, &columns.row(row)).await? {
                Ok(outcome) => outcome,
                Err(problems) => ImportOutcome::Refused(problems),
            };
            outcomes.push(ImportedRow {
                line: row.line,
                cells: row.cells.iter().map(|cell| cell.text.clone()).collect(),
                outcome,
            });
        }
        let mut report = PeopleImport {
            header: header.cells.iter().map(|cell| cell.text.clone()).collect(),
            rows: outcomes,
            written: false,
        };
        let held_back = options.all_or_nothing && report.refused() > 0;
        if !options.dry_run && !held_back {
            report.written = plan.write(self, actor).await?;
        }
        Ok(report)
    }
}

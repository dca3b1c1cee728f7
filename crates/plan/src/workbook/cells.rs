//! The cells of one row, looked up by the names of their columns.

use office::grid::{Area, Content, GridCell, GridSheet, cell_name};
use vocab::FieldProblem;

use super::columns::Columns;

/// A row of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub sheet: &'a GridSheet,
    pub columns: &'a Columns,
    pub row: u32,
    /// Whether several sheets are read, so that cells are named with theirs.
    pub qualified: bool,
}

impl<'a> Cells<'a> {
    /// The cell of a column, if it holds anything.
    pub(super) fn of(self, id: &str) -> Option<&'a GridCell> {
        self.sheet.cells.get(&(self.row, self.columns.of(id)?))
    }

    /// The words in it, if it is words.
    pub(super) fn text(self, id: &str) -> Option<&'a str> {
        match &self.of(id)?.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The cell's name: `B17`, or `Sheet2!B17`.
    pub(super) fn name(self, id: &str) -> String {
        let column = self.columns.of(id).unwrap_or_default();
        self.named(&cell_name((self.row, column)))
    }

    fn named(self, cell: &str) -> String {
        if self.qualified {
            format!("{}!{cell}", self.sheet.name)
        } else {
            cell.to_owned()
        }
    }

    /// What is wrong with the cell of a column.
    pub(super) fn wrong(self, id: &str, problem: FieldProblem) -> FieldProblem {
        FieldProblem {
            field: self.name(id),
            ..problem
        }
    }

    /// An area in which a cell that is entered in was merged with others: whose value it is then
    /// nobody knows. A note that runs on into columns that are none of ours is only wide.
    pub(super) fn merged(self) -> Option<FieldProblem> {
        let blurs = |area: &&Area| {
            if !(area.start.0..=area.end.0).contains(&self.row) {
                return false;
            }
            let entry = self.columns.entry_between(area.start.1, area.end.1);
            let alone = entry.len() == 1
                && self.columns.of(entry[0]) == Some(area.start.1)
                && area.start.0 == area.end.0
                && entry[0] == super::columns::NOTE;
            !entry.is_empty() && !alone
        };
        let area = self.sheet.merged.iter().find(blurs)?;
        let first = self.columns.entry_between(area.start.1, area.end.1);
        let problem = FieldProblem::new("", "sheet-merged").with("area", area.name());
        Some(self.wrong(first.first()?, problem))
    }
}

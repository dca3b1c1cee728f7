//! A workbook in pieces, to be done to what people do to it, and written again.

use std::collections::BTreeMap;

use office::grid::{self, Area, Content, GridCell, GridSheet};
use rust_xlsxwriter::{Format, Formula, Workbook};

/// A workbook in pieces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model {
    pub sheets: Vec<GridSheet>,
    /// Rows and columns of the first sheet that are out of sight.
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u16>,
}

impl Model {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self {
            sheets: grid::read(bytes).unwrap(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
        }
    }

    /// The file again.
    pub(super) fn file(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let percent = Format::new().set_num_format("0.00%");
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let plain = Format::new();
        for (nth, sheet) in self.sheets.iter().enumerate() {
            let out = book.add_worksheet();
            out.set_name(&sheet.name).unwrap();
            // One sheet must be in sight.
            if !sheet.visible && nth > 0 {
                out.set_hidden(true);
            }
            for area in &sheet.merged {
                let ((top, left), (bottom, right)) = (area.start, area.end);
                let (left, right) = (column(left), column(right));
                out.merge_range(top, left, bottom, right, "", &plain)
                    .unwrap();
            }
            for ((row, at), cell) in &sheet.cells {
                let at = column(*at);
                let format = if cell.percent { &percent } else { &plain };
                if cell.formula {
                    let result = match &cell.content {
                        Content::Number(number) => number.to_string(),
                        Content::Text(text) => text.clone(),
                        Content::Fault => "#DIV/0!".to_owned(),
                        _ => String::new(),
                    };
                    let formula = Formula::new("=A1+1").set_result(result);
                    out.write_formula_with_format(*row, at, formula, format)
                        .unwrap();
                    continue;
                }
                match &cell.content {
                    Content::Number(number) => {
                        out.write_number_with_format(*row, at, *number, format)
                    }
                    Content::Text(text) => out.write_string_with_format(*row, at, text, format),
                    Content::Flag(flag) => out.write_boolean(*row, at, *flag),
                    Content::Day(_) => out.write_number_with_format(*row, at, 45_200.0, &day),
                    Content::Nothing | Content::Fault => continue,
                }
                .unwrap();
            }
            if nth == 0 {
                for row in &self.hidden_rows {
                    out.set_row_hidden(*row).unwrap();
                }
                for column in &self.hidden_columns {
                    out.set_column_hidden(*column).unwrap();
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    /// Puts something into a cell of the first sheet.
    pub(super) fn set(mut self, place: (u32, u32), content: Content) -> Self {
        let cell = GridCell {
            content,
            percent: false,
            formula: false,
        };
        self.sheets[0].cells.insert(place, cell);
        self
    }

    pub(super) fn words(self, place: (u32, u32), text: &str) -> Self {
        self.set(place, Content::Text(text.to_owned()))
    }

    pub(super) fn number(self, place: (u32, u32), number: f64) -> Self {
        self.set(place, Content::Number(number))
    }

    /// The same with a percent format.
    pub(super) fn percent(self, place: (u32, u32), number: f64) -> Self {
        let mut model = self.number(place, number);
        model.cell(place).percent = true;
        model
    }

    /// A formula that came to this.
    pub(super) fn formula(self, place: (u32, u32), content: Content) -> Self {
        let mut model = self.set(place, content);
        model.cell(place).formula = true;
        model
    }

    pub(super) fn clear(mut self, place: (u32, u32)) -> Self {
        self.sheets[0].cells.remove(&place);
        self
    }

    pub(super) fn merge(mut self, start: (u32, u32), end: (u32, u32)) -> Self {
        self.sheets[0].merged.push(Area { start, end });
        self
    }

    fn cell(&mut self, place: (u32, u32)) -> &mut GridCell {
        self.sheets[0].cells.get_mut(&place).unwrap()
    }

    /// Moves every cell of the first sheet; those that lead nowhere are taken out.
    pub(super) fn moved(mut self, to: impl Fn((u32, u32)) -> Option<(u32, u32)>) -> Self {
        let cells = std::mem::take(&mut self.sheets[0].cells);
        let moved = cells
            .into_iter()
            .filter_map(|(place, cell)| Some((to(place)?, cell)));
        self.sheets[0].cells = moved.collect::<BTreeMap<_, _>>();
        self
    }

    pub(super) fn without_row(self, gone: u32) -> Self {
        self.moved(|(row, column)| match row {
            row if row == gone => None,
            row if row > gone => Some((row - 1, column)),
            row => Some((row, column)),
        })
    }

    pub(super) fn with_row(self, at: u32) -> Self {
        self.moved(|(row, column)| Some((row + u32::from(row >= at), column)))
    }

    pub(super) fn without_column(self, gone: u32) -> Self {
        self.moved(|(row, column)| match column {
            column if column == gone => None,
            column if column > gone => Some((row, column - 1)),
            column => Some((row, column)),
        })
    }

    pub(super) fn with_column(self, at: u32) -> Self {
        self.moved(|(row, column)| Some((row, column + u32::from(column >= at))))
    }

    /// Copies a row of the first sheet to another.
    pub(super) fn copied(mut self, from: u32, to: u32) -> Self {
        let cells = &self.sheets[0].cells;
        let copied: Vec<_> = cells
            .iter()
            .filter(|((row, _), _)| *row == from)
            .map(|((_, column), cell)| ((to, *column), cell.clone()))
            .collect();
        self.sheets[0].cells.extend(copied);
        self
    }

    /// Swaps the cells of two rows in some columns.
    pub(super) fn swapped(self, one: u32, other: u32, in_columns: &[u32]) -> Self {
        self.moved(|(row, column)| {
            let swaps = in_columns.contains(&column);
            Some(match row {
                row if swaps && row == one => (other, column),
                row if swaps && row == other => (one, column),
                row => (row, column),
            })
        })
    }
}

fn column(at: u32) -> u16 {
    u16::try_from(at).unwrap()
}

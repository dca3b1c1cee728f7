//! A spreadsheet out, for somebody to fill in and send back: a sheet whose open cells say what
//! they take and whose other cells are locked, its header in sight, and a sheet out of sight
//! that says what it is.
//!
//! The lock has no password: it keeps slips away, not people. Whoever reads the sheet back must
//! expect anything.

mod looks;

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, Formula,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use vocab::Instant;

use looks::Looks;

use crate::sheet::Value;
use crate::xlsx::{XlsxWriteError, as_float};

/// A sheet to be filled in.
#[derive(Clone, Debug)]
pub struct FillIn<'a> {
    /// Its name.
    pub name: &'a str,
    /// When it is made: stored in the file.
    pub made: Instant,
    /// What stands above the table, line by line; the first is the title.
    pub head: &'a [Line<'a>],
    /// The columns.
    pub columns: &'a [Column<'a>],
    /// The rows, a field for each column.
    pub rows: &'a [Vec<Field<'a>>],
    /// What the sheet out of sight says: its name, then names and values.
    pub proof: (&'a str, &'a [(&'a str, String)]),
}

/// A line above the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What it says.
    pub text: &'a str,
    /// Whether it must be seen: such as that the data is made up.
    pub loud: bool,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column<'a> {
    /// Its name for whoever reads the sheet back, in a row out of sight.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// In characters; 0 keeps it out of sight.
    pub width: f64,
}

/// A cell of the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Field<'a> {
    /// Only to be read.
    Locked(Value<'a>),
    /// Computed from cells of its row, named by their columns: `{tu-so}`. With what it comes to
    /// now.
    Computed {
        /// Such as `{tu-so}/{mau-so}`.
        formula: &'a str,
        /// The number, if there is one.
        result: Option<f64>,
        /// Its number format.
        format: &'a str,
    },
    /// To be filled in.
    Open(Value<'a>, Takes<'a>),
}

/// What an open cell takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes<'a> {
    /// A whole number.
    Whole {
        /// No less.
        least: i64,
        /// No more.
        most: i64,
        /// What to say to whoever types something else.
        otherwise: &'a str,
    },
    /// A number.
    Decimal {
        /// No less.
        least: i64,
        /// No more.
        most: i64,
        /// What to say to whoever types something else.
        otherwise: &'a str,
    },
    /// One of these words.
    OneOf(&'a [&'a str], &'a str),
    /// Words.
    Text,
}

impl FillIn<'_> {
    /// The whole file.
    pub fn write(&self) -> Result<Vec<u8>, XlsxWriteError> {
        let save = |error: XlsxError| XlsxWriteError::Save(error.to_string());
        let made = ExcelDateTime::from_timestamp(self.made.as_millis() / 1_000).map_err(save)?;
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let mut sheet = Worksheet::new();
        self.fill(&mut sheet).map_err(save)?;
        workbook.push_worksheet(sheet);
        let proof = workbook.add_worksheet();
        let (name, said) = self.proof;
        proof.set_name(name).map_err(save)?;
        for (row, (name, value)) in (0..).zip(said) {
            proof.write_string(row, 0, *name).map_err(save)?;
            proof.write_string(row, 1, value).map_err(save)?;
        }
        proof.set_very_hidden(true);
        workbook.save_to_buffer().map_err(save)
    }

    fn fill(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?;
        let looks = Looks::new();
        let first = self.columns.iter().position(|column| column.width > 0.0);
        let first = u16::try_from(first.unwrap_or_default()).unwrap_or_default();
        let mut row = 0;
        for (place, line) in self.head.iter().enumerate() {
            let look = match (place, line.loud) {
                (0, _) => &looks.title,
                (_, true) => &looks.loud,
                _ => &looks.plain,
            };
            sheet.write_string_with_format(row, first, line.text, look)?;
            row += 1;
        }
        let (ids, titles) = (row + 1, row + 2);
        for (at, column) in (0..).zip(self.columns) {
            sheet.write_string(ids, at, column.id)?;
            sheet.write_string_with_format(titles, at, column.title, &looks.header)?;
            if column.width > 0.0 {
                sheet.set_column_width(at, column.width)?;
            } else {
                sheet.set_column_hidden(at)?;
            }
        }
        sheet.set_row_hidden(ids)?;
        for (row, fields) in (titles + 1..).zip(self.rows) {
            for (at, field) in (0..).zip(fields) {
                self.cell(sheet, &looks, (row, at), field)?;
            }
        }
        sheet.set_freeze_panes(titles + 1, 0)?;
        sheet.set_landscape();
        sheet.set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(titles, titles)?;
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
        Ok(())
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        looks: &Looks,
        (row, column): (u32, u16),
        field: &Field<'_>,
    ) -> Result<(), XlsxError> {
        match field {
            Field::Locked(value) => put(sheet, (row, column), *value, &looks.locked),
            Field::Computed {
                formula,
                result,
                format,
            } => {
                let formula = (0_u32..).zip(self.columns).fold(
                    (*formula).to_owned(),
                    |formula, (at, known)| {
                        let cell = crate::grid::cell_name((row, at));
                        formula.replace(&format!("{{{}}}", known.id), &cell)
                    },
                );
                let result = result.map_or_else(String::new, |result| result.to_string());
                let formula = Formula::new(formula).set_result(result);
                let look = looks.locked.clone().set_num_format(*format);
                sheet
                    .write_formula_with_format(row, column, formula, &look)
                    .map(drop)
            }
            Field::Open(value, takes) => {
                put(sheet, (row, column), *value, &looks.open)?;
                if let Some(rule) = rule(*takes)? {
                    sheet.add_data_validation(row, column, row, column, &rule)?;
                }
                Ok(())
            }
        }
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Value<'_>,
    look: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => sheet.write_blank(row, column, look),
        Value::Text(text) => sheet.write_string_with_format(row, column, text, look),
        Value::Number(number) => match as_float(number) {
            Some(float) => sheet.write_number_with_format(row, column, float, look),
            None => sheet.write_string_with_format(row, column, number.to_string(), look),
        },
    }
    .map(drop)
}

fn rule(takes: Takes<'_>) -> Result<Option<DataValidation>, XlsxError> {
    let between = |least: i64, most: i64| {
        let formula = |number: i64| Formula::new(number.to_string());
        DataValidationRule::Between(formula(least), formula(most))
    };
    let new = DataValidation::new;
    let (rule, otherwise) = match takes {
        Takes::Whole {
            least,
            most,
            otherwise,
        } => (
            new().allow_whole_number_formula(between(least, most)),
            otherwise,
        ),
        Takes::Decimal {
            least,
            most,
            otherwise,
        } => (
            new().allow_decimal_number_formula(between(least, most)),
            otherwise,
        ),
        Takes::OneOf(words, otherwise) => (new().allow_list_strings(words)?, otherwise),
        Takes::Text => return Ok(None),
    };
    Ok(Some(rule.set_error_message(otherwise)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{self, Content};

    #[test]
    fn a_sheet_to_fill_in_says_what_it_takes() {
        let columns = [("ma", 0.0), ("so", 8.0), ("tu-so", 12.0)].map(|(id, width)| Column {
            id,
            title: id,
            width,
        });
        let whole = Takes::Whole {
            least: 0,
            most: 1_000_000_000_000,
            otherwise: "Nhập số nguyên.",
        };
        let rows = [vec![
            Field::Locked(Value::Text("=1+1")),
            Field::Computed {
                formula: "{tu-so}*2",
                result: Some(8.0),
                format: "0",
            },
            Field::Open(Value::Number(4.into()), whole),
        ]];
        let bytes = FillIn {
            name: "Phiếu",
            made: Instant::from_micros(0),
            head: &[Line {
                text: "Phiếu báo cáo",
                loud: false,
            }],
            columns: &columns,
            rows: &rows,
            proof: ("phusa", &[("unit", "7".to_owned())]),
        }
        .write()
        .unwrap();
        let sheets = grid::read(&bytes).unwrap();
        let cell = |place| sheets[0].cells[&place].clone();
        // A title, a blank row, the names out of sight, the titles, the rows.
        assert_eq!(
            cell((0, 1)).content,
            Content::Text("Phiếu báo cáo".to_owned())
        );
        assert_eq!(cell((2, 2)).content, Content::Text("tu-so".to_owned()));
        assert_eq!(cell((4, 0)).content, Content::Text("=1+1".to_owned()));
        assert!(!cell((4, 0)).formula && cell((4, 1)).formula);
        assert_eq!(cell((4, 2)).content, Content::Number(4.0));
        assert!(!sheets[1].visible);
        let xml = part(&bytes, "xl/worksheets/sheet1.xml");
        for held in [
            "<sheetProtection",
            "type=\"whole\"",
            "<formula2>1000000000000</formula2>",
            "state=\"frozen\"",
            "hidden=\"1\"",
        ] {
            assert!(xml.contains(held), "{held}");
        }
    }

    fn part(bytes: &[u8], name: &str) -> String {
        use std::io::Read;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    }
}

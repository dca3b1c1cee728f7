//! The columns of a list, known by their titles in either language.

use office::Row;
use unicode_normalization::UnicodeNormalization;
use vocab::{Problem, fold};

use crate::DirectoryError;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    CitizenId,
    Phone,
    Email,
    Login,
    Unit,
    Title,
    Roles,
    Kind,
    Primary,
    From,
    To,
}

/// Titles without tone marks, the usual one first.
const TITLES: [(Column, &[&str]); 12] = [
    (Column::Name, &["ho va ten", "ho ten", "full name", "name"]),
    (
        Column::CitizenId,
        &[
            "so dinh danh ca nhan",
            "so dinh danh",
            "so cccd",
            "cccd",
            "citizen id",
            "personal id",
        ],
    ),
    (
        Column::Phone,
        &["dien thoai", "so dien thoai", "phone", "telephone"],
    ),
    (Column::Email, &["email", "e mail", "thu dien tu"]),
    (
        Column::Login,
        &["ten dang nhap", "tai khoan", "login", "account"],
    ),
    (
        Column::Unit,
        &["don vi", "ma don vi", "co quan", "unit", "unit code"],
    ),
    (
        Column::Title,
        &["chuc danh", "chuc vu", "title", "position"],
    ),
    (Column::Roles, &["vai tro", "roles", "role"]),
    (Column::Kind, &["hinh thuc", "kind"]),
    (
        Column::Primary,
        &["vi tri chinh", "chinh", "primary", "main"],
    ),
    (Column::From, &["tu ngay", "from", "from date"]),
    (
        Column::To,
        &["den het ngay", "den ngay", "to", "until", "last day"],
    ),
];

/// A column whose title begins so is the report of an earlier try, and not looked at.
const REASONS: [&str; 2] = ["ly do", "reason"];

/// Which column holds what.
pub(super) struct Columns {
    places: Vec<(Column, usize, String)>,
}

/// A row, by what its columns hold.
pub(super) struct Cells<'a> {
    columns: &'a Columns,
    row: &'a Row,
}

impl Columns {
    /// Reads the first row; refuses one that names no column for names, one that is not
    /// known, or one twice.
    pub(super) fn read(header: &Row) -> Result<Self, DirectoryError> {
        let mut places: Vec<(Column, usize, String)> = Vec::new();
        let mut unknown: Vec<&str> = Vec::new();
        for (place, cell) in header.cells.iter().enumerate() {
            let key = fold::fold(&cell.text);
            if key.is_empty() || REASONS.iter().any(|reason| key.starts_with(reason)) {
                continue;
            }
            let known = TITLES.iter().find(|(_, titles)| titles.contains(&&*key));
            match known {
                Some((column, _)) if places.iter().all(|(other, ..)| other != column) => {
                    places.push((*column, place, cell.text.clone()));
                }
                _ => unknown.push(&cell.text),
            }
        }
        let named = places.iter().any(|(column, ..)| *column == Column::Name);
        if named && unknown.is_empty() {
            return Ok(Self { places });
        }
        let code = if named {
            "people-import-columns"
        } else {
            "people-import-no-name"
        };
        Err(
            Problem::new(422, code, "reading the columns of a list of people")
                .with("columns", unknown.join(", "))
                .into(),
        )
    }

    pub(super) fn row<'a>(&'a self, row: &'a Row) -> Cells<'a> {
        Cells { columns: self, row }
    }
}

impl Cells<'_> {
    /// The line on which the row begins.
    pub(super) fn line(&self) -> u32 {
        self.row.line
    }

    /// What stands in a column, composed; empty if there is no such column.
    pub(super) fn text(&self, column: Column) -> String {
        let place = self
            .columns
            .places
            .iter()
            .find(|(known, ..)| *known == column);
        let cell = place.and_then(|(_, at, _)| self.row.cells.get(*at));
        let text = cell.map_or("", |cell| cell.text.trim());
        // The apostrophe that keeps a spreadsheet program from running a text.
        let text = text.strip_prefix('\'').unwrap_or(text);
        text.nfc().collect()
    }

    /// The title of a column as it was written.
    pub(super) fn title(&self, column: Column) -> String {
        let place = self
            .columns
            .places
            .iter()
            .find(|(known, ..)| *known == column);
        place.map_or_else(String::new, |(.., title)| title.clone())
    }
}

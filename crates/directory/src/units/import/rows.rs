//! The cells of a file of events or of units.

use jiff::civil::Date;
use office::csv;
use unicode_normalization::UnicodeNormalization;
use vocab::FieldProblem;

/// The rows of a file.
pub(super) enum Rows {
    /// Events, `unit-events.csv`.
    Events(Vec<EventRow>),
    /// Units that begin, `units-2023-neighbours.csv`.
    Units(Vec<UnitRow>),
}

/// What a row of events says happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Create,
    Rename,
    Move,
    MergeInto,
    Abolish,
}

/// A row of events.
#[derive(Clone, Debug)]
pub(super) struct EventRow {
    pub(super) line: u32,
    pub(super) date: Date,
    pub(super) kind: Kind,
    pub(super) from_code: String,
    pub(super) from_name: String,
    pub(super) to_code: String,
    pub(super) to_name: String,
    pub(super) share: String,
    pub(super) basis: String,
    pub(super) parent_code: String,
    pub(super) symbol: String,
}

/// A row of units.
#[derive(Clone, Debug)]
pub(super) struct UnitRow {
    pub(super) line: u32,
    pub(super) date: Date,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) district_code: String,
    pub(super) district_name: String,
    pub(super) province_code: String,
    pub(super) province_name: String,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Events(rows) => rows.len(),
            Self::Units(rows) => rows.len(),
        }
    }
}

/// Reads a file by the names over its columns.
pub(super) fn read(text: &str) -> Result<Rows, Vec<FieldProblem>> {
    let table = csv::read(text)
        .map_err(|error| vec![FieldProblem::new("1", "row-file-unreadable").with("why", error)])?;
    let Some(head) = table.rows.first() else {
        return Err(vec![FieldProblem::new("1", "row-file-empty")]);
    };
    let names: Vec<&str> = head.cells.iter().map(|cell| cell.text.as_str()).collect();
    let place = |name: &str| names.iter().position(|known| *known == name);
    let is_events = place("event").is_some();
    let needed: &[&str] = if is_events {
        &["date", "event", "from_code", "to_code", "to_name", "share"]
    } else {
        &["date", "code", "name", "province_code"]
    };
    let missing = needed.iter().filter(|name| place(name).is_none());
    let faults: Vec<FieldProblem> = missing
        .map(|name| FieldProblem::new("1", "row-column-missing").with("column", name))
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let cell = |row: &office::Row, name: &str| -> String {
        let found = place(name).and_then(|at| row.cells.get(at));
        found.map_or_else(String::new, |cell| cell.text.nfc().collect())
    };
    let mut faults = Vec::new();
    let mut dated = Vec::new();
    for row in table.rows.iter().skip(1) {
        match cell(row, "date").parse::<Date>() {
            Ok(date) => dated.push((row, date)),
            Err(_) => faults.push(
                FieldProblem::new(row.line.to_string(), "row-date-invalid")
                    .with("value", cell(row, "date")),
            ),
        }
    }
    let rows = if is_events {
        let mut rows = Vec::new();
        for (row, date) in dated {
            let event = cell(row, "event");
            let Some(kind) = Kind::read(&event) else {
                let fault = FieldProblem::new(row.line.to_string(), "row-event-unknown");
                faults.push(fault.with("value", event));
                continue;
            };
            rows.push(EventRow {
                line: row.line,
                date,
                kind,
                from_code: cell(row, "from_code"),
                from_name: cell(row, "from_name"),
                to_code: cell(row, "to_code"),
                to_name: cell(row, "to_name"),
                share: cell(row, "share"),
                basis: cell(row, "basis"),
                parent_code: cell(row, "parent_code"),
                symbol: cell(row, "symbol"),
            });
        }
        Rows::Events(rows)
    } else {
        let rows = dated.into_iter().map(|(row, date)| UnitRow {
            line: row.line,
            date,
            code: cell(row, "code"),
            name: cell(row, "name"),
            district_code: cell(row, "district_code"),
            district_name: cell(row, "district_name"),
            province_code: cell(row, "province_code"),
            province_name: cell(row, "province_name"),
        });
        Rows::Units(rows.collect())
    };
    if faults.is_empty() && rows.len() == 0 {
        faults.push(FieldProblem::new("1", "row-file-empty"));
    }
    if faults.is_empty() {
        Ok(rows)
    } else {
        Err(faults)
    }
}

impl Kind {
    fn read(text: &str) -> Option<Self> {
        match text {
            "create" => Some(Self::Create),
            "rename" => Some(Self::Rename),
            "move" => Some(Self::Move),
            "merge-into" => Some(Self::MergeInto),
            "abolish" => Some(Self::Abolish),
            _ => None,
        }
    }
}

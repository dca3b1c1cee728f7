//! `GET /tien-do/tep/{name}`: what a page of progress shows, as a file: the same view, the same
//! narrowing.

use std::io::Cursor;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use office::sheet::Value;
use vocab::{Decimal, Instant};

use super::super::super::download::Made;
use super::super::super::{App, Failure, Visitor};
use super::super::query::Asked;
use super::{changes, heat, money, unit, wall};
use crate::i18n::Whole;

/// A table on its way into a file.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Sheet {
    /// The name of the sheet.
    pub title: String,
    /// The words over the columns.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number, exactly.
    Number(Decimal),
}

impl Cell {
    pub(in super::super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            return Self::Empty;
        }
        Self::Text(text)
    }

    pub(in super::super) fn number(number: impl Whole) -> Self {
        Self::Number(Decimal::from(number.whole()))
    }

    pub(in super::super) fn decimal(number: Option<Decimal>) -> Self {
        number.map_or(Self::Empty, |number| Self::Number(number.normalized()))
    }

    /// A day as every program reads it: `2023-06-30`.
    pub(in super::super) fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, |date| Self::Text(date.to_string()))
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Empty => Value::Empty,
            Self::Text(text) => Value::Text(text),
            Self::Number(number) => Value::Number(*number),
        }
    }
}

/// Sends a file of what the visitor may see.
pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let unknown = || Failure::not_found("no file of this name");
    let (stem, ending) = name.rsplit_once('.').ok_or_else(unknown)?;
    let view = app.plans.view_for(&visitor.principal).await?;
    let view = view.ok_or_else(unknown)?;
    let words = visitor.words();
    let sheet = match stem {
        wall::FILE => wall::sheet(&view, words, &asked),
        heat::FILE => {
            let shown = heat::Shown::of(&app, &view, &asked).await?;
            heat::sheet(&view, words, &shown)
        }
        unit::FILE => {
            let unit = unit::asked(&view.units, &asked).ok_or_else(unknown)?;
            unit::sheet(&view, words, unit)
        }
        changes::FILE => {
            let since = changes::since(&app, &asked);
            let changed = changes::of(&app, &view, since).await?;
            changes::sheet(words, &changed.unwrap_or_default())
        }
        super::HISTORY => {
            let number = asked.choice("muc-tieu");
            let number = number.and_then(|number| number.parse().ok());
            let sheet = number.and_then(|number| super::history(&view, words, number));
            sheet.ok_or_else(unknown)?
        }
        money::FILE => money::sheet(&view, words),
        _ => return Err(unknown()),
    };
    let now = app.store().context().now();
    sent(&sheet, stem, ending, now)
}

/// Sends a table as a file with this ending.
pub(in super::super) fn sent(
    sheet: &Sheet,
    stem: &str,
    ending: &str,
    now: Instant,
) -> Result<Response, Failure> {
    let unknown = || Failure::not_found("no file of this name");
    let made = Made::of_ending(ending).ok_or_else(unknown)?;
    let content = match made {
        Made::Csv => csv(sheet)?,
        Made::Xlsx => xlsx(sheet, now)?,
        Made::Docx | Made::GeoJson | Made::Pdf => return Err(unknown()),
    };
    made.sent(stem, content)
}

fn csv(sheet: &Sheet) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::internal(format!("writing the file: {error}"));
    let mut file = office::csv::Writer::new(Vec::new()).map_err(failed)?;
    file.row(sheet.heads.iter().map(|head| Value::Text(head)))
        .map_err(failed)?;
    for row in &sheet.rows {
        file.row(row.iter().map(Cell::value)).map_err(failed)?;
    }
    file.finish().map_err(failed)
}

fn xlsx(sheet: &Sheet, made: Instant) -> Result<Vec<u8>, Failure> {
    let failed = |error: office::xlsx::XlsxWriteError| {
        Failure::internal(format!("writing the file: {error}"))
    };
    let mut file = office::xlsx::Writer::new(&sheet_name(&sheet.title), made).map_err(failed)?;
    file.row(sheet.heads.iter().map(|head| Value::Text(head)))
        .map_err(failed)?;
    for row in &sheet.rows {
        file.row(row.iter().map(Cell::value)).map_err(failed)?;
    }
    let mut content = Cursor::new(Vec::new());
    file.finish(&mut content).map_err(failed)?;
    Ok(content.into_inner())
}

/// Names of sheets are short and hold no `[]:*?/\`.
fn sheet_name(title: &str) -> String {
    let plain = title.chars().filter(|ch| !"[]:*?/\\'".contains(*ch));
    plain.take(31).collect()
}

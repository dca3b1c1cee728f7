//! `…/xuat`: the list as it is filtered, as a file, with what the visitor sees of it.
//!
//! Records go out page by page as they are read: memory does not grow with the list, and a list of
//! any length has a file.

use std::io::{Seek, SeekFrom};
use std::sync::Arc;

use axum::extract::Query;
use axum::response::Response;
use directory::Act;
use directory::permission::reach;
use office::Value;
use registry::Record;
use registry::system::Wanted;
use store::{Cursor, Scope};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{Semaphore, SemaphorePermit};
use vocab::{Decimal, Instant};

use super::super::Failure;
use super::super::download::{Made, Outgoing};
use super::desk::Desk;
use super::list::{Asked, Column, asked};
use super::map;
use super::words::Labels;

/// How many records are read at once.
const AT_ONCE: usize = 1_000;
/// How many pages may wait to be written.
const WAITING: usize = 2;
/// How many spreadsheets are made at once: each keeps a processor busy and lies on disk until it
/// is whole. Whoever comes beyond waits.
static SPREADSHEETS: Semaphore = Semaphore::const_new(2);

/// Pages of what a file says of records, or why there are no more.
type Pages<T> = Receiver<Result<Vec<T>, String>>;
/// What a file says of the records of a page.
type Saying<T> = fn(&Desk, &Asked, &[Record], &Labels) -> Result<Vec<T>, Failure>;

pub(super) async fn send(desk: Desk, Query(query): Query<Asked>) -> Result<Response, Failure> {
    if !desk.may_export() {
        return Err(Failure::denied("denied-role-missing", "taking records out"));
    }
    let kind = match asked(&query, "dang") {
        "geojson" => Made::GeoJson,
        "xlsx" => Made::Xlsx,
        _ => Made::Csv,
    };
    let stem = desk.declared().record.id.to_string();
    match kind {
        Made::GeoJson => {
            let pages = pages(desk, query, map::features).await?;
            kind.streamed(&stem, |out| features(pages, out))
        }
        Made::Xlsx => {
            let turn = SPREADSHEETS.acquire().await;
            let turn = turn.map_err(|error| Failure::internal(error.to_string()))?;
            let made = desk.app.store().context().now();
            let heads = heads(&desk);
            let pages = pages(desk, query, |desk, _, records, labels| {
                Ok(rows(desk, records, labels, true))
            });
            let pages = pages.await?;
            kind.streamed(&stem, move |out| sheet(&heads, pages, made, turn, out))
        }
        _ => {
            let heads = heads(&desk);
            let pages = pages(desk, query, |desk, _, records, labels| {
                Ok(rows(desk, records, labels, false))
            });
            let pages = pages.await?;
            kind.streamed(&stem, move |out| values(&heads, pages, out))
        }
    }
}

/// Reads a list to its end, no faster than it is taken: while a page is put into words, the next one
/// is read. What is wrong with the first page is said before a file is begun.
async fn pages<T: Send + 'static>(
    desk: Desk,
    query: Asked,
    say: Saying<T>,
) -> Result<Pages<T>, Failure> {
    let reached = reach(&desk.visitor.principal, Act::Export, desk.kind().name);
    let desk = Arc::new(desk);
    let (first, next) = page(&desk, &query, &reached, None).await?;
    let first = told(&desk, &query, &first, say).await?;
    let (pages, taken) = channel(WAITING);
    let (records, mut read) = channel(1);
    tokio::spawn(rest(desk.clone(), query.clone(), reached, next, records));
    tokio::spawn(async move {
        if pages.send(Ok(first)).await.is_err() {
            return;
        }
        while let Some(records) = read.recv().await {
            let said = match records {
                Ok(records) => told(&desk, &query, &records, say).await,
                Err(failure) => Err(failure),
            };
            let said = said.map_err(|failure| format!("taking records out: {failure:?}"));
            let was_last = said.is_err();
            // Nobody takes them any more: whoever asked has gone.
            if pages.send(said).await.is_err() || was_last {
                return;
            }
        }
    });
    Ok(taken)
}

/// Reads what follows the first page.
async fn rest(
    desk: Arc<Desk>,
    query: Asked,
    reached: Scope,
    mut next: Option<Cursor>,
    records: Sender<Result<Vec<Record>, Failure>>,
) {
    while next.is_some() {
        let read = page(&desk, &query, &reached, next).await;
        let read = read.map(|(read, after)| (Ok(read), after));
        let (read, after) = read.unwrap_or_else(|failure| (Err(failure), None));
        next = after;
        if records.send(read).await.is_err() {
            return;
        }
    }
}

/// A page of what is taken out.
async fn page(
    desk: &Desk,
    query: &Asked,
    reached: &Scope,
    after: Option<Cursor>,
) -> Result<(Vec<Record>, Option<Cursor>), Failure> {
    let wanted = Wanted {
        after,
        ..desk.wanted(query, AT_ONCE)?
    };
    let mut listing = desk
        .registry()
        .listing(&desk.visitor.principal, desk.kind(), wanted)
        .await?;
    // Reading a record is not yet taking it out.
    let taken = |record: &Record| reached.contains(record.unit) && desk.may(Act::Export, record);
    listing.items.retain(taken);
    Ok((listing.items, listing.next))
}

/// What a file says of a page.
async fn told<T>(
    desk: &Desk,
    query: &Asked,
    records: &[Record],
    say: Saying<T>,
) -> Result<Vec<T>, Failure> {
    let labels = desk.labels(records).await?;
    let said = say(desk, query, records, &labels)?;
    for record in records {
        desk.saw(record);
    }
    Ok(said)
}

/// A cell of a file.
enum Cell {
    Text(String),
    Number(Decimal),
    Empty,
}

impl Cell {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Number(number) => Value::Number(*number),
            Self::Empty => Value::Empty,
        }
    }
}

fn columns(desk: &Desk) -> Vec<Column<'_>> {
    let own = [Column::Code, Column::State, Column::Unit, Column::Created];
    let fields = desk.declared().fields.iter().map(Column::Field);
    own.into_iter().chain(fields).collect()
}

fn heads(desk: &Desk) -> Vec<String> {
    let columns = columns(desk);
    columns.iter().map(|column| column.title(desk)).collect()
}

/// What a file says of records: nothing where they say nothing, numbers to count with where the
/// file has numbers.
fn rows(desk: &Desk, records: &[Record], labels: &Labels, numbers: bool) -> Vec<Vec<Cell>> {
    let columns = columns(desk);
    let cell = |record: &Record, column: &Column<'_>| {
        if !column.says(desk, record) {
            return Cell::Empty;
        }
        match column.number(record).filter(|_| numbers) {
            Some(number) => Cell::Number(number),
            None => Cell::Text(column.value(desk, record, labels)),
        }
    };
    let row = |record: &Record| columns.iter().map(|column| cell(record, column)).collect();
    records.iter().map(row).collect()
}

fn values(heads: &[String], mut pages: Pages<Vec<Cell>>, out: &mut Outgoing) -> Result<(), String> {
    let said = |error: std::io::Error| error.to_string();
    let mut writer = office::csv::Writer::new(out).map_err(said)?;
    writer
        .row(heads.iter().map(|head| Value::Text(head)))
        .map_err(said)?;
    while let Some(rows) = pages.blocking_recv() {
        for row in rows? {
            writer.row(row.iter().map(Cell::value)).map_err(said)?;
        }
    }
    writer.finish().map(|_| ()).map_err(said)
}

/// A spreadsheet is whole before its first byte goes out; until then it lies on disk.
fn sheet(
    heads: &[String],
    mut pages: Pages<Vec<Cell>>,
    made: Instant,
    turn: SemaphorePermit<'static>,
    out: &mut Outgoing,
) -> Result<(), String> {
    let mut writer = office::xlsx::Writer::new("1", made).map_err(|error| error.to_string())?;
    let heads = heads.iter().map(String::as_str);
    writer.heads(heads).map_err(|error| error.to_string())?;
    while let Some(rows) = pages.blocking_recv() {
        for row in rows? {
            let cells = row.iter().map(Cell::value);
            writer.row(cells).map_err(|error| error.to_string())?;
        }
    }
    let said = |error: std::io::Error| error.to_string();
    let mut file = tempfile::tempfile().map_err(said)?;
    writer
        .finish(&mut file)
        .map_err(|error| error.to_string())?;
    drop(turn);
    file.seek(SeekFrom::Start(0)).map_err(said)?;
    std::io::copy(&mut file, out).map(|_| ()).map_err(said)
}

/// One collection of all features, each as GeoJSON.
fn features(mut pages: Pages<String>, out: &mut Outgoing) -> Result<(), String> {
    let said = |error: std::io::Error| error.to_string();
    let mut between = r#"{"type":"FeatureCollection","features":["#;
    while let Some(features) = pages.blocking_recv() {
        for feature in features? {
            out.text(between).map_err(said)?;
            out.text(&feature).map_err(said)?;
            between = ",";
        }
    }
    if between != "," {
        out.text(between).map_err(said)?;
    }
    out.text("]}").map_err(said)
}

/// Rows as CSV.
pub(super) fn plain(rows: &[Vec<String>]) -> Result<Vec<u8>, String> {
    let said = |error: std::io::Error| error.to_string();
    let mut writer = office::csv::Writer::new(Vec::new()).map_err(said)?;
    for row in rows {
        writer
            .row(row.iter().map(|cell| Value::Text(cell)))
            .map_err(said)?;
    }
    writer.finish().map_err(said)
}

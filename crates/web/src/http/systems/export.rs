//! `…/xuat`: the list as it is filtered, as a file, with what the visitor sees of it.

use std::io::Cursor as Bytes;

use axum::extract::Query;
use axum::response::Response;
use directory::Act;
use directory::permission::reach;
use office::Value;

use super::super::Failure;
use super::super::download::{Made, in_background};
use super::desk::Desk;
use super::list::{Asked, Column, asked};

/// The most rows of one file: what is larger is narrowed by filters first.
pub(super) const MOST: usize = 100_000;
/// How many are read at once.
pub(super) const AT_ONCE: usize = 1_000;

pub(super) async fn send(desk: Desk, Query(query): Query<Asked>) -> Result<Response, Failure> {
    if !desk.may_export() {
        return Err(Failure::denied("denied-role-missing", "taking records out"));
    }
    if asked(&query, "dang") == "geojson" {
        return super::map::export(&desk, &query).await;
    }
    let is_sheet = asked(&query, "dang") == "xlsx";
    let declared = desk.declared();
    let mut columns = vec![Column::Code, Column::State, Column::Unit, Column::Created];
    columns.extend(declared.fields.iter().map(Column::Field));
    let heads: Vec<String> = columns.iter().map(|column| column.title(&desk)).collect();
    let mut rows: Vec<Vec<String>> = vec![heads];
    let mut wanted = desk.wanted(&query, AT_ONCE)?;
    let (view, state, unit, filters, words) = (
        wanted.view,
        wanted.state.clone(),
        wanted.unit,
        wanted.filters.clone(),
        wanted.words.clone(),
    );
    let reached = reach(&desk.visitor.principal, Act::Export, desk.kind().name);
    let archived = wanted.archived;
    wanted.after = None;
    loop {
        let listing = desk
            .registry()
            .listing(&desk.visitor.principal, desk.kind(), wanted)
            .await?;
        let labels = desk.labels(&listing.items).await?;
        for record in &listing.items {
            // Reading a record is not yet taking it out.
            if reached.contains(record.unit) && desk.may(Act::Export, record) {
                rows.push(
                    columns
                        .iter()
                        .map(|column| column.value(&desk, record, &labels))
                        .collect(),
                );
                desk.saw(record);
            }
        }
        if rows.len() > MOST {
            return Err(Failure::new(
                axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                "export-too-large",
                "too many rows",
            ));
        }
        let Some(next) = listing.next else { break };
        wanted = registry::system::Wanted {
            view,
            state: state.clone(),
            unit,
            filters: filters.clone(),
            words: words.clone(),
            archived,
            after: Some(next),
            limit: AT_ONCE,
        };
    }
    let made = desk.app.store().context().now();
    let written = in_background(move || {
        if is_sheet {
            sheet(&rows, made)
        } else {
            plain(&rows)
        }
    });
    let kind = if is_sheet { Made::Xlsx } else { Made::Csv };
    kind.sent(&declared.record.id, written.await?)
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

fn sheet(rows: &[Vec<String>], made: vocab::Instant) -> Result<Vec<u8>, String> {
    let mut writer = office::xlsx::Writer::new("1", made).map_err(|error| error.to_string())?;
    for row in rows {
        let cells = row.iter().map(|cell| Value::Text(cell));
        writer.row(cells).map_err(|error| error.to_string())?;
    }
    let mut out = Bytes::new(Vec::new());
    writer.finish(&mut out).map_err(|error| error.to_string())?;
    Ok(out.into_inner())
}

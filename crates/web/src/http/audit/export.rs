//! `GET /quan-tri/nhat-ky/xuat.csv`: what one sees, as a file.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use directory::Act;
use office::csv::Writer;
use office::sheet::Value;
use store::Scope;
use store::audit::AuditEntry;

use super::super::{App, Failure, Visitor};
use super::LOG;
use super::filters::Asked;
use super::names::{self, Names};

/// The most entries of one file.
const MOST: usize = 20_000;
/// How many are read at once.
const CHUNK: usize = 500;

/// Sends the file, for administrators.
pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    visitor.require(Act::Audit, &LOG)?;
    let words = visitor.words();
    let mut query = asked.understood(&app, words, CHUNK).await?.query;
    let mut names = Names::new(&app, words);
    let failed = |error: std::io::Error| Failure::internal(format!("writing the file: {error}"));
    let mut file = Writer::new(Vec::new()).map_err(failed)?;
    let heads = [
        "col-sequence",
        "col-at",
        "col-actor",
        "col-act",
        "col-kind",
        "col-record",
        "col-version",
        "col-way",
        "col-request",
        "col-digest",
    ];
    let heads = heads.map(|key| words.t(key));
    file.row(heads.iter().map(|head| Value::Text(head)))
        .map_err(failed)?;
    let log = Scope::bypass("asked for above: who may audit reads every entry");
    let mut written = 0;
    loop {
        let entries = app.store().audit_entries(&log, &query).await?;
        for entry in &entries {
            let texts = [
                entry.ord.to_string(),
                entry.at.in_vietnam().datetime().to_string(),
                names.of(entry.actor).await?,
                names.act(&entry.table, &entry.action),
                entry.table.clone(),
                entry.record.to_string(),
                entry.version.to_string(),
                names::way(words, &entry.via),
                entry.request.to_string(),
                entry.hash.clone(),
            ];
            file.row(texts.iter().map(|text| Value::Text(text)))
                .map_err(failed)?;
        }
        written += entries.len();
        query.before = entries.last().map(AuditEntry::place);
        if entries.len() < CHUNK || written >= MOST {
            break;
        }
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"nhat-ky-kiem-toan.csv\"",
        ),
    ];
    Ok((headers, file.finish().map_err(failed)?).into_response())
}

//! `GET /bao-cao/phieu/tep`: the sheet as a file.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use plan::workbook;
use vocab::fold::fold;

use super::super::super::Failure;
use super::super::desk::Desk;
use super::{Asked, lines, words};

/// Sends it.
pub(super) async fn send(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let filled = lines::gather(&desk, &asked).await?;
    let texts = words::sheet(desk.words(), &filled.head);
    let (head, lines) = (filled.head, filled.lines);
    let unit = fold(&head.unit_name).replace(' ', "-");
    let name = format!("phieu-{unit}-{}.xlsx", head.period.code());
    // Making it takes its time: not in the threads that answer requests.
    let made = tokio::task::spawn_blocking(move || workbook::write(&head, &lines, &texts)).await;
    let made = made.map_err(|error| Failure::internal(error.to_string()))?;
    let bytes = made.map_err(|error| Failure::internal(error.to_string()))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

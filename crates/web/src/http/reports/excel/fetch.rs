//! `GET /bao-cao/phieu/tep`: the sheet as a file.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use plan::workbook;
use vocab::fold::fold;

use super::super::super::Failure;
use super::super::super::download::{Made, in_background};
use super::super::desk::Desk;
use super::{Asked, lines, words};

/// Sends it.
pub(super) async fn send(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let filled = lines::gather(&desk, &asked).await?;
    let texts = words::sheet(desk.words(), &filled.head);
    let (head, lines) = (filled.head, filled.lines);
    let unit = fold(&head.unit_name).replace(' ', "-");
    let name = format!("phieu-{unit}-{}", head.period.code());
    let made = in_background(move || workbook::write(&head, &lines, &texts));
    let file = Made::Xlsx.sent(&name, made.await?)?;
    Ok(([(header::CACHE_CONTROL, "private, no-store")], file).into_response())
}

//! Print-outs of records of systems.

use axum::response::Response;

use super::super::problem::PrintRefusals;
use super::super::query::NoQuery;
use crate::http::Failure;
use crate::http::systems::Desk;

/// A print-out of a record.
///
/// As the record stands, with what the asker is shown of it; 409 in a state in which the print-out
/// is not made.
#[utoipa::path(
    get, path = "/api/v1/systems/{pack}/{record}/{id}/prints/{print}", operation_id = "print_system_record", tag = "systems",
    params(
        ("pack" = String, Path, description = "The pack"),
        ("record" = String, Path, description = "Its record type"),
        ("id" = String, Path, format = "uuid"),
        ("print" = String, Path, description = "The print-out, one of the record type's `prints`", example = "certificate"),
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/pdf", description = "The paper"),
        PrintRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(in crate::api) async fn show(desk: Desk, _: NoQuery) -> Result<Response, Failure> {
    desk.printed().await
}

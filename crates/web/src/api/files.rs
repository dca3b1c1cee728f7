//! Evidence files: `POST /api/v1/files` takes one in as it comes, `GET
//! /api/v1/files/{sha256}` sends it to whoever may read a report that refers to it.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use futures_util::StreamExt;
use percent_encoding::percent_decode_str;
use registry::Evidence;
use serde::{Deserialize, Serialize};
use store::files::StoredFile;
use utoipa::ToSchema;
use vocab::Problem;

use super::change;
use super::failure::refused;
use super::problem::{CreateRefusals, ReadRefusals};
use super::query::{Asked, NoQuery};
use super::shown::Shown;
use crate::http::{App, Failure, Visitor, clean_file_name, evidence};

/// Where files are sent.
pub(crate) const PATH: &str = "/api/v1/files";

/// A file behind a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct EvidenceFile {
    /// The name it was sent with.
    #[schema(example = "Báo cáo quý I.pdf")]
    pub(super) name: String,
    /// Its digest: `/api/v1/files/{sha256}`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub(super) sha256: String,
    /// Its size in bytes.
    #[schema(example = 48_213)]
    pub(super) size: u64,
    /// What its content is.
    #[schema(example = "application/pdf")]
    pub(super) media_type: String,
}

impl From<&Evidence> for EvidenceFile {
    fn from(file: &Evidence) -> Self {
        Self {
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            size: file.size,
            media_type: file.media_type.clone(),
        }
    }
}

/// Send a file.
///
/// The body is the file as it is, up to 50 MiB: PDF, pictures, Word, Excel or plain text, told
/// by the content. Put what comes back into a report's `evidence` within a day; a file that no
/// report refers to is cleared away. The same content has the same digest, however often it is
/// sent.
#[utoipa::path(
    post, path = "/api/v1/files", operation_id = "send_file", tag = "observations",
    params(
        ("name" = Option<String>, Query, description = "The file's name; else the one of `Content-Disposition` (RFC 6266)", example = "Báo cáo quý I.pdf"),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, description = "Made", body = EvidenceFile, headers(("Location" = String, description = "Where it is"))),
        CreateRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(super) async fn receive(
    State(app): State<App>,
    visitor: Visitor,
    mut asked: Asked,
    request: Request,
) -> Result<Shown, Failure> {
    let account = visitor.account()?;
    let name = asked.text("name");
    asked.done()?;
    let (parts, body) = request.into_parts();
    let name = clean_file_name(
        &name
            .or_else(|| sent_name(&parts.headers))
            .unwrap_or_default(),
    );
    let stored = take_in(&app, body).await?;
    if !stored.media_type.is_evidence() {
        let problem = Problem::new(422, "file-type-refused", "a file that is no evidence");
        return Err(problem.with("name", &name).into());
    }
    let evidence = Evidence::of(name, &stored);
    let asked_for = format!("{}/{}", evidence.sha256, evidence.name);
    let digest = change::digest(account, "POST", parts.uri.path(), asked_for.as_bytes());
    let caller = change::caller(&visitor, &parts.headers, digest)?;
    let registry = app.plans.registry();
    registry.receive(&caller, &stored.digest).await?;
    let file = EvidenceFile::from(&evidence);
    if caller.idempotency.is_some() {
        // Nothing but the key is written: sending the same again does no more than this did.
        registry.batch(&caller).commit(evidence.sha256).await?;
    }
    let address = format!("{PATH}/{}", file.sha256);
    Ok(Shown::to_asker(&file)?.created(address))
}

/// Writes a body to the store as it comes in.
async fn take_in(app: &App, body: Body) -> Result<StoredFile, Failure> {
    let mut upload = app.store().upload(app.settings.evidence_limit).await?;
    let mut chunks = body.into_data_stream();
    let mut empty = true;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| {
            let about = format!("a file that broke off: {error}");
            refused(StatusCode::BAD_REQUEST, "body-broken-off", about)
        })?;
        empty &= chunk.is_empty();
        upload.write(&chunk).await?;
    }
    if empty {
        return Err(Problem::new(422, "file-empty", "a file without content").into());
    }
    Ok(upload.finish().await?)
}

/// The file's name of `Content-Disposition` (RFC 6266 §4.3): the one in UTF-8 first.
fn sent_name(headers: &HeaderMap) -> Option<String> {
    let disposition = headers.get(header::CONTENT_DISPOSITION)?;
    let disposition = std::str::from_utf8(disposition.as_bytes()).ok()?;
    let parameter = |name: &str| {
        disposition.split(';').find_map(|part| {
            let (known, value) = part.trim().split_once('=')?;
            known
                .trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim())
        })
    };
    let extended = parameter("filename*").and_then(|value| {
        let (charset, rest) = value.split_once('\'')?;
        let (_, name) = rest.split_once('\'')?;
        let utf8 = charset.eq_ignore_ascii_case("utf-8");
        let name = percent_decode_str(name).decode_utf8().ok()?;
        utf8.then(|| name.into_owned())
    });
    extended.or_else(|| Some(parameter("filename")?.trim_matches('"').to_owned()))
}

/// A file.
///
/// For whoever is signed in and may read a report that refers to it.
#[utoipa::path(
    get, path = "/api/v1/files/{sha256}", operation_id = "show_file", tag = "observations",
    params(("sha256" = String, Path, pattern = "^[0-9a-f]{64}$")),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream", description = "The file, as the type that its content says"),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn send(
    state: State<App>,
    visitor: Visitor,
    path: Path<String>,
    headers: HeaderMap,
    _: NoQuery,
) -> Result<Response, Failure> {
    evidence::send(state, visitor, path, headers).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_utf8_comes_first() {
        let name = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_DISPOSITION, value.parse().unwrap());
            sent_name(&headers)
        };
        for (value, sent) in [
            ("attachment; filename=a.pdf", Some("a.pdf")),
            ("attachment; filename=\"a b.pdf\"", Some("a b.pdf")),
            (
                "attachment; filename=x.pdf; filename*=UTF-8''B%C3%A1o.pdf",
                Some("Báo.pdf"),
            ),
            (
                "attachment; filename*=latin1''B%E1o.pdf; FileName=y.pdf",
                Some("y.pdf"),
            ),
            ("attachment; filename*=UTF-8''%ff", None),
            ("attachment", None),
        ] {
            assert_eq!(name(value).as_deref(), sent, "{value}");
        }
    }
}

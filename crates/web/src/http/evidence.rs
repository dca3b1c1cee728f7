//! `GET /tep/{sha256}`: an evidence file, for whoever may read a record that refers to it.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use directory::Principal;
use futures_util::future::BoxFuture;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::files::{Files, MediaType};
use tokio_util::io::ReaderStream;
use vocab::hex;

use super::{App, Failure, Visitor, file_name};

/// Says who may read which file: the floor that knows the records answers.
pub trait EvidenceGate: Send + Sync {
    /// The file as a record that the principal may read refers to it; none if there is no
    /// such record.
    fn readable<'a>(
        &'a self,
        principal: &'a Principal,
        digest: &'a [u8; 32],
    ) -> BoxFuture<'a, Result<Option<Readable>, Failure>>;
}

/// A file that somebody may read.
pub struct Readable {
    /// What the record calls it.
    pub name: String,
    /// The files of the records that they reach: only from these it is sent.
    pub files: Files,
}

/// What a shown file may do: nothing.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// Sends the file, to be saved unless browsers show its type safely.
pub(crate) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path(digest): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let unknown = || Failure::not_found("no such file for this visitor");
    let bytes: [u8; 32] = hex::decode(&digest)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(unknown)?;
    let found = app.evidence.readable(&visitor.principal, &bytes).await?;
    let Readable { name, files } = found.ok_or_else(|| match visitor.principal.account {
        Some(_) => unknown(),
        None => Failure::sign_in_needed(),
    })?;
    let file = files.file(&bytes).await?.ok_or_else(unknown)?;
    let etag = format!("\"{}\"", hex::encode(&bytes));
    // Whether one may read it was asked first: the content never changes, the right may.
    let mut response = if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|tag| *tag == etag)
    {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let content = files.open(&bytes).await?.ok_or_else(unknown)?;
        let body = Body::from_stream(ReaderStream::with_capacity(content, 64 << 10));
        let length = [(header::CONTENT_LENGTH, file.size.to_string())];
        (length, body).into_response()
    };
    // A PDF is saved: browsers' viewers do not start inside the sandbox.
    let how = if file.media_type.is_shown() && file.media_type != MediaType::Pdf {
        "inline"
    } else {
        "attachment"
    };
    for (name, value) in [
        (
            header::CONTENT_TYPE,
            content_type(&name, file.media_type).to_owned(),
        ),
        (header::CONTENT_DISPOSITION, disposition(how, &name)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, etag),
    ] {
        let value = HeaderValue::from_str(&value);
        let value = value.map_err(|error| Failure::internal(error.to_string()))?;
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// The type by content; for office files, which are ZIP containers, the name says which.
fn content_type(name: &str, kind: MediaType) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match (kind, ending.to_ascii_lowercase().as_str()) {
        (MediaType::Zip, "docx") => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        (MediaType::Zip, "xlsx") => {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
        (MediaType::Text, _) => "text/plain; charset=utf-8",
        (MediaType::Markup | MediaType::Executable, _) => "application/octet-stream",
        (kind, _) => kind.as_str(),
    }
}

/// RFC 6266: the name in UTF-8, and an ASCII one for what does not know better.
fn disposition(how: &str, name: &str) -> String {
    const ATTRIBUTE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');
    let name = file_name::clean(name);
    let plain = |ch: char| {
        if ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-' | '_' | ' ') {
            ch
        } else {
            '_'
        }
    };
    let ascii: String = name.chars().map(plain).collect();
    let utf8 = utf8_percent_encode(&name, ATTRIBUTE);
    format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{utf8}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_the_header() {
        assert_eq!(
            disposition("attachment", "a\"; b\r\nSở.xlsx"),
            "attachment; filename=\"a__ bS_.xlsx\"; filename*=UTF-8''a%22%3B%20bS%E1%BB%9F.xlsx"
        );
    }
}

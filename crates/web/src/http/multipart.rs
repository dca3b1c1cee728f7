//! Forms with files (`multipart/form-data`), each file on its way to the store as it comes
//! in: no file is ever held in memory.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use futures_util::{StreamExt, stream};
use store::StoreError;
use store::files::StoredFile;
use vocab::{FieldProblem, Problem};

use super::fields::{Fields, unreadable};
use super::{App, Failure, Visitor, file_name};

/// The most files in one form.
const MOST_FILES: usize = 20;

/// The longest text field, in bytes; more is refused while it comes in.
const TEXT_BYTES: usize = 64 << 10;

/// Room for the text fields and the parts' heads.
const TEXT_ROOM: u64 = 1 << 20;

/// How long, and how much, to go on reading of what is refused.
const DRAIN_TIME: Duration = Duration::from_secs(30);
const DRAIN_BYTES: usize = 3 << 30;

/// A form that came from one of our own pages, with files.
#[derive(Clone, Debug)]
pub struct MultipartForm {
    /// Its fields; the token is checked and gone.
    pub fields: Fields,
    /// Files that were taken in.
    pub files: Vec<ReceivedFile>,
    /// Files that were not, with the reason, to be shown beside their field: too large
    /// (`file-too-large`), not evidence (`file-type-refused`), too many (`files-too-many`).
    pub refused: Vec<FieldProblem>,
    /// Files that came in whole and are no evidence, refused above: for pages that read a file
    /// themselves, whatever its kind.
    pub unlike: Vec<ReceivedFile>,
    /// Whether it was larger than all that one form may measure: what came after the first
    /// so many bytes was dropped, fields included.
    pub cut: bool,
}

/// A file that was taken in. It is cleared away again unless a record refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// The field it came in.
    pub field: String,
    /// Its name, cleaned.
    pub name: String,
    /// Digest, size and type.
    pub stored: StoredFile,
}

impl FromRequest<App> for MultipartForm {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::of(app, &mut parts).await?;
        let limit = app.settings.evidence_limit;
        // All files together: what one may measure, and as much again.
        let total = limit.saturating_mul(2).saturating_add(TEXT_ROOM);
        let announced = parts.headers.get(header::CONTENT_LENGTH);
        let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        let oversized = announced.is_some_and(|length| length > total);
        let incoming = Incoming::new(body);
        let mut request = Request::from_parts(parts, incoming.body());
        DefaultBodyLimit::max(usize::try_from(total).unwrap_or(usize::MAX)).apply(&mut request);
        let multipart = Multipart::from_request(request, app).await;
        let mut multipart = multipart.map_err(|rejection| {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            Failure::new(status, "form-media-type", rejection.to_string())
        })?;

        let form = Self::read(app, &visitor, &mut multipart, oversized).await;
        if !matches!(form, Ok(Self { cut: false, .. })) {
            incoming.drain().await;
        }
        form.map_err(|failure| {
            if oversized {
                too_large().into()
            } else {
                failure
            }
        })
    }
}

impl MultipartForm {
    async fn read(
        app: &App,
        visitor: &Visitor,
        multipart: &mut Multipart,
        oversized: bool,
    ) -> Result<Self, Failure> {
        let mut form = Self {
            fields: Fields::default(),
            files: Vec::new(),
            refused: Vec::new(),
            unlike: Vec::new(),
            cut: false,
        };
        // Pages send the token first: before it was seen, no file is taken in.
        let mut token = None;
        while let Some(part) = form.next(multipart).await? {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_none() {
                let text = text_of(part).await?;
                form.fields.add(&name, &text)?;
                if name == "csrf" && token.is_none() {
                    token = Some(visitor.check_form(&mut form.fields)?);
                }
            } else if token.is_some() {
                form.take_in(app, name, part, oversized).await?;
            } else {
                break;
            }
        }
        let token = match token {
            Some(token) => token,
            None if form.cut => return Err(too_large().into()),
            None => visitor.check_form(&mut form.fields)?,
        };
        let files = form.files.iter().chain(&form.unlike);
        let digests: Vec<[u8; 32]> = files.map(|file| file.stored.digest).collect();
        form.fields.seal(&token, &digests);
        Ok(form)
    }

    /// The next part; none where the form was cut.
    async fn next<'a>(
        &mut self,
        multipart: &'a mut Multipart,
    ) -> Result<Option<Field<'a>>, Failure> {
        if self.cut {
            return Ok(None);
        }
        match multipart.next_field().await {
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                self.cut = true;
                Ok(None)
            }
            next => next.map_err(|error| broken(&error)),
        }
    }

    /// Takes a file in; of an oversized form none, only its name.
    async fn take_in(
        &mut self,
        app: &App,
        field: String,
        mut part: Field<'_>,
        oversized: bool,
    ) -> Result<(), Failure> {
        let limit = app.settings.evidence_limit;
        let name = file_name::clean(part.file_name().unwrap_or_default());
        if self.files.len() + self.refused.len() >= MOST_FILES {
            let problem = Problem::new(422, "files-too-many", "too many files");
            return Err(problem.with("most", MOST_FILES).into());
        }
        let mut upload = if oversized {
            None
        } else {
            Some(app.store().upload(limit).await?)
        };
        let mut empty = true;
        loop {
            let chunk = match part.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                    self.cut = true;
                    (upload, empty) = (None, false);
                    break;
                }
                Err(error) => return Err(broken(&error)),
            };
            empty &= chunk.is_empty();
            let Some(open) = &mut upload else {
                continue;
            };
            match open.write(&chunk).await {
                Ok(()) => {}
                // The rest is read and dropped, so that the form can come back with a word.
                Err(StoreError::TooLarge { .. }) => upload = None,
                Err(error) => return Err(error.into()),
            }
        }
        // A file input that nobody touched sends an empty part.
        if empty {
            return Ok(());
        }
        let refuse = |code: &str| FieldProblem::new(&field, code).with("name", &name);
        let Some(upload) = upload else {
            self.refused
                .push(refuse("file-too-large").with("bytes", limit));
            return Ok(());
        };
        let stored = upload.finish().await?;
        if stored.media_type.is_evidence() {
            self.files.push(ReceivedFile {
                field,
                name,
                stored,
            });
        } else {
            self.refused.push(refuse("file-type-refused"));
            self.unlike.push(ReceivedFile {
                field,
                name,
                stored,
            });
        }
        Ok(())
    }
}

/// A text field, read no further than it may be long.
async fn text_of(mut part: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > TEXT_BYTES {
            let name = part.name().unwrap_or_default();
            return Err(super::fields::at(name, 413, "field-too-long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| unreadable("form-not-utf8", "a field that is not UTF-8"))
}

fn broken(error: &MultipartError) -> Failure {
    let status = error.status();
    let code = if status == StatusCode::PAYLOAD_TOO_LARGE {
        "body-too-large"
    } else {
        "form-unreadable"
    };
    Failure::new(status, code, error.body_text())
}

/// A form that measures more than all of it may.
pub(super) fn too_large() -> Problem {
    Problem::new(413, "body-too-large", "a form larger than it may be")
}

/// A body that goes on to come in after the form was refused: a browser shows our answer
/// only after it has sent everything.
struct Incoming(Arc<Mutex<BodyDataStream>>);

impl Incoming {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(body.into_data_stream())))
    }

    /// The body, chunk by chunk: the parser gathers whatever is ready, and a quick sender
    /// must neither fill the memory nor keep a deadline from being looked at.
    fn body(&self) -> Body {
        let shared = Arc::clone(&self.0);
        let mut given = false;
        Body::from_stream(stream::poll_fn(move |context| {
            if std::mem::take(&mut given) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            let mut stream = shared.lock().unwrap_or_else(PoisonError::into_inner);
            let next = stream.poll_next_unpin(context);
            given = next.is_ready();
            next
        }))
    }

    /// Reads what is left and drops it.
    async fn drain(self) {
        let mut rest = self.body().into_data_stream();
        let all = async {
            let mut left = DRAIN_BYTES;
            while let Some(Ok(chunk)) = rest.next().await
                && left > chunk.len()
            {
                left -= chunk.len();
            }
        };
        // Whoever takes longer sees the connection end.
        let _ = tokio::time::timeout(DRAIN_TIME, all).await;
    }
}

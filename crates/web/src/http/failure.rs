//! Everything that can go wrong with a request, before it is put into words.
//!
//! | status | means |
//! |---|---|
//! | 400 | the request cannot be read: an address, a form or JSON that is none |
//! | 401 | `/api/` without a session or token; a page then leads to the sign-in form |
//! | 403 | one may see the thing but not do this to it, or the form's token is not ours |
//! | 404 | there is no such thing, or it is not open to this visitor: which of both is not told |
//! | 405 | the address takes other methods, named in `Allow` |
//! | 409 | somebody changed it meanwhile, or another thing holds the value already |
//! | 413 | a body, field or file that is too large |
//! | 415 | a body of another media type than the address takes |
//! | 422 | it was read, and something in it is not right; fields are named |
//! | 429 | too many tries; `Retry-After` says when to come back |
//! | 500 | a fault of ours; what it was stands in the log under the request's id |
//! | 503 | the store is full or away, or the request took too long; sending it again is safe |

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{DirectoryError, Reason};
use plan::PlanError;
use registry::RegistryError;
use serde_json::{Map, Value};
use store::StoreError;
use vocab::Problem;

use super::LocalPath;

/// Why a request was not done. Handlers give it back as their error; `wording`
/// makes a page of it, or problem details for `/api/`, in the visitor's language.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Code, status, values for the wording; what it is about goes to the log alone.
    pub problem: Box<Problem>,
    /// Where to go on: the form, the list.
    pub back: Option<LocalPath>,
    /// Whether signing in may help: pages then lead to the sign-in form.
    pub sign_in: bool,
    /// More members of the problem details, such as both versions of what was changed
    /// meanwhile; pages show none.
    pub members: Option<Box<Map<String, Value>>>,
}

impl Failure {
    /// A failure with this status and code; its wording is `problem-<code>`.
    pub fn new(status: StatusCode, code: &str, about: impl Into<String>) -> Self {
        Problem::new(status.as_u16(), code, about).into()
    }

    /// Something that must not happen. What it was goes to the log, never to the page.
    pub fn internal(about: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", about)
    }

    /// There is nothing at this address for this visitor.
    pub fn not_found(about: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", about)
    }

    /// The visitor may not do this. `reason` is a stable code such as `own-submission`; its
    /// wording is `problem-<reason>`.
    pub fn denied(reason: &str, about: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, reason, about)
    }

    /// Only for people who are signed in.
    pub fn sign_in_needed() -> Self {
        Self {
            sign_in: true,
            ..Self::new(
                StatusCode::UNAUTHORIZED,
                "sign-in-needed",
                "nobody is signed in",
            )
        }
    }

    /// The same, leading back to this page.
    #[must_use]
    pub fn back_to(mut self, path: LocalPath) -> Self {
        self.back = Some(path);
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self {
            problem: Box::new(problem),
            back: None,
            sign_in: false,
            members: None,
        }
    }
}

impl From<DirectoryError> for Failure {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Refused(problem) => problem.into(),
            DirectoryError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let about = error.to_string();
        let (status, code) = match &error {
            StoreError::Conflict { .. } => (StatusCode::CONFLICT, "stale-version"),
            StoreError::Duplicate { .. } => (StatusCode::CONFLICT, "duplicate"),
            StoreError::KeyReused { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "key-reused"),
            StoreError::StaleEpoch { .. } | StoreError::Contended(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, "contended")
            }
            StoreError::Full(_) => (StatusCode::SERVICE_UNAVAILABLE, "storage-full"),
            StoreError::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "storage-unavailable"),
            StoreError::MissingFile { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "file-missing"),
            StoreError::TooLarge { limit } => {
                return Problem::new(413, "file-too-large", about)
                    .with("bytes", limit)
                    .into();
            }
            StoreError::Declaration { .. }
            | StoreError::Invalid(_)
            | StoreError::Corrupt(_)
            | StoreError::File { .. }
            | StoreError::Archive { .. }
            | StoreError::NotEmpty { .. }
            | StoreError::Engine(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        Self::new(status, code, about)
    }
}

impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        let about = error.to_string();
        match error {
            RegistryError::Refused(problem) => refused(problem),
            RegistryError::NotFound { .. } => Self::not_found(about),
            RegistryError::Conflict { .. } => {
                Self::new(StatusCode::CONFLICT, "stale-version", about)
            }
            RegistryError::Unreadable { .. } | RegistryError::Undeclared(_) => {
                Self::internal(about)
            }
            RegistryError::Store(error) => error.into(),
            RegistryError::Directory(error) => error.into(),
        }
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        let about = error.to_string();
        match error {
            PlanError::Import(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "plan-unreadable", about)
            }
            PlanError::NoPlan => Self::new(StatusCode::NOT_FOUND, "no-plan", about),
            PlanError::Shape(_) => Self::internal(about),
            PlanError::Registry(error) => error.into(),
        }
    }
}

/// What the registry refused: its reasons for denying something are worded as ours.
fn refused(problem: Problem) -> Failure {
    match problem.status {
        403 if problem.code == Reason::SignInRequired.code() => Failure::sign_in_needed(),
        403 => {
            let code = format!("denied-{}", problem.code);
            Problem { code, ..problem }.into()
        }
        _ => problem.into(),
    }
}

impl IntoResponse for Failure {
    /// The bare status; the face around all routes words it.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use vocab::{Id, Lang};

    use super::*;
    use crate::i18n::Translator;

    #[test]
    fn every_failure_of_the_store_has_its_status_and_words() {
        let text = || "SELECT secret FROM head_account".to_owned();
        for (error, status) in [
            (
                StoreError::Conflict {
                    table: text(),
                    id: Id::NIL,
                    expected: Some(1),
                    current: Some(2),
                },
                409,
            ),
            (StoreError::Duplicate { constraint: text() }, 409),
            (StoreError::KeyReused { key: text() }, 422),
            (StoreError::StaleEpoch { name: text() }, 503),
            (StoreError::Contended(text()), 503),
            (StoreError::Full(text()), 503),
            (StoreError::Unavailable(text()), 503),
            (StoreError::MissingFile { digest: text() }, 422),
            (StoreError::TooLarge { limit: 5 }, 413),
            (StoreError::Corrupt(text()), 500),
            (StoreError::Engine(text()), 500),
        ] {
            let failure = Failure::from(error.clone());
            assert_eq!(failure.problem.status, status, "{error}");
            for lang in Lang::ALL {
                let key = format!("problem-{}", failure.problem.code);
                let words = Translator::new(lang).lookup(&key, &[("bytes", &"5 B")]);
                assert!(
                    words.is_some_and(|words| !words.contains("secret")),
                    "{key}"
                );
            }
        }
    }
}

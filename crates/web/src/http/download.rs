//! Files that are made for whoever asks, to be saved.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::Failure;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// Values between commas.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// A text document.
    Docx,
    /// Shapes with what is said of them.
    GeoJson,
    /// A paper as it is printed.
    Pdf,
}

impl Made {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::GeoJson => "application/geo+json",
            Self::Pdf => "application/pdf",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::GeoJson => "geojson",
            Self::Pdf => "pdf",
        }
    }

    /// What files with this ending are.
    pub(super) fn of_ending(ending: &str) -> Option<Self> {
        let all = [Self::Csv, Self::Xlsx, Self::Docx, Self::Pdf];
        all.into_iter().find(|made| made.ending() == ending)
    }

    /// Sends a file; its name is given without the ending, in letters that headers take.
    pub(super) fn sent(self, stem: &str, content: Vec<u8>) -> Result<Response, Failure> {
        let name = format!("attachment; filename=\"{stem}.{}\"", self.ending());
        let name = HeaderValue::from_str(&name)
            .map_err(|error| Failure::internal(format!("naming a file: {error}")))?;
        let kind = HeaderValue::from_static(self.media_type());
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, name),
        ];
        Ok((headers, content).into_response())
    }
}

/// Makes a file away from the threads that answer: packing takes its time.
pub(super) async fn in_background<E: ToString>(
    work: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
) -> Result<Vec<u8>, Failure> {
    let work = move || work().map_err(|error| error.to_string());
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Failure::internal(format!("making a file: {error}")))?
        .map_err(|error| Failure::internal(format!("making a file: {error}")))
}

//! Files that are made for whoever asks, to be saved.

use std::io::{self, Write};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::Failure;

/// How large the pieces are in which a file goes out while it is made, in bytes.
const PART: usize = 64 << 10;
/// How many of them may wait.
const PARTS: usize = 4;
/// How long a piece waits for somebody who does not take it.
const STALL: Duration = Duration::from_mins(1);

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
        self.answered(stem, content.into())
    }

    /// Sends a file while it is made, away from the threads that answer. What fails halfway
    /// breaks the connection off: nobody takes a part for the whole.
    pub(super) fn streamed(
        self,
        stem: &str,
        make: impl FnOnce(&mut Outgoing) -> Result<(), String> + Send + 'static,
    ) -> Result<Response, Failure> {
        let (parts, taken) = mpsc::channel(PARTS);
        let mut out = Outgoing {
            parts,
            held: Vec::with_capacity(PART),
            runtime: Handle::current(),
        };
        tokio::task::spawn_blocking(move || {
            let done = make(&mut out);
            let ended = done.and_then(|()| out.end().map_err(|error| error.to_string()));
            if let Err(error) = ended {
                tracing::warn!(%error, "a file was not sent to its end");
            }
        });
        let parts = stream::unfold(Some(taken), |taken| async {
            let mut taken = taken?;
            match taken.recv().await {
                Some(Part::Bytes(bytes)) => Some((Ok(bytes), Some(taken))),
                Some(Part::End) => None,
                None => Some((
                    Err(io::Error::other("the file was not made to its end")),
                    None,
                )),
            }
        });
        self.answered(stem, Body::from_stream(parts))
    }

    fn answered(self, stem: &str, content: Body) -> Result<Response, Failure> {
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

/// A piece of a file on its way.
enum Part {
    Bytes(Bytes),
    /// It is whole.
    End,
}

/// The way of a file into an answer, while it is made.
pub(super) struct Outgoing {
    parts: mpsc::Sender<Part>,
    /// What is gathered until it is worth sending.
    held: Vec<u8>,
    runtime: Handle,
}

impl Outgoing {
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.write_all(text.as_bytes())
    }

    fn end(mut self) -> io::Result<()> {
        self.flush()?;
        self.send(Part::End)
    }

    /// Waits until it is taken, but not for ever.
    fn send(&self, part: Part) -> io::Result<()> {
        let taken = tokio::time::timeout(STALL, self.parts.send(part));
        match self.runtime.block_on(taken) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::Error::other("whoever asked for it has gone")),
            Err(_) => Err(io::Error::other("whoever asked for it takes no more")),
        }
    }
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= PART {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let held = std::mem::replace(&mut self.held, Vec::with_capacity(PART));
        self.send(Part::Bytes(held.into()))
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

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn received(
        make: impl FnOnce(&mut Outgoing) -> Result<(), String> + Send + 'static,
    ) -> Result<Bytes, axum::Error> {
        let answer = Made::Csv.streamed("thu", make).unwrap();
        to_bytes(answer.into_body(), usize::MAX).await
    }

    #[tokio::test]
    async fn a_file_made_meanwhile_arrives_whole_or_not_at_all() {
        let line = "một dòng\n".repeat(1_000);
        let text = line.clone();
        let whole = received(move |out| {
            (0..100)
                .try_for_each(|_| out.text(&text))
                .map_err(|error| error.to_string())
        });
        assert_eq!(whole.await.unwrap(), line.repeat(100));
        assert_eq!(received(|_| Ok(())).await.unwrap(), "");
        let text = line.clone();
        let failed = received(move |out| {
            out.text(&text).map_err(|error| error.to_string())?;
            Err("không đọc tiếp được".to_owned())
        });
        assert!(failed.await.is_err());
        let panicked = received(move |out| {
            out.text(&line).map_err(|error| error.to_string())?;
            panic!("a fault while a file is made")
        });
        assert!(panicked.await.is_err());
    }

    #[tokio::test]
    async fn nobody_left_to_take_it_ends_it() {
        let (told, heard) = tokio::sync::oneshot::channel();
        let answer = Made::Csv.streamed("thu", |out| {
            let made = (0..).try_for_each(|_| out.text("mãi mãi"));
            let _ = told.send(made.is_err());
            Ok(())
        });
        drop(answer);
        assert!(heard.await.unwrap());
    }
}

//! Papers made for whoever asks, away from the threads that answer.

use axum::http::StatusCode;
use print::{Limits, Paper, PrintError, Size};
use serde_json::Value;
use vocab::Instant;

use super::Failure;

/// What is to be printed; [`print::Paper`] says what each part is.
pub(super) struct Sheet {
    pub title: String,
    pub template: String,
    pub data: Vec<(&'static str, Value)>,
    pub verify: Option<String>,
    pub size: Size,
    pub made: Instant,
}

/// Makes the paper's file.
pub(super) async fn pdf(sheet: Sheet) -> Result<Vec<u8>, Failure> {
    let made = tokio::task::spawn_blocking(move || {
        let paper = Paper {
            title: &sheet.title,
            template: &sheet.template,
            data: &sheet.data,
            verify: sheet.verify.as_deref(),
            size: sheet.size,
            made: Some(sheet.made),
        };
        print::pdf(&paper, &Limits::default()).map_err(|error| failure(&error, &sheet.template))
    });
    let made = made.await;
    let made = made.map_err(|error| Failure::internal(format!("printing: {error}")))?;
    Ok(made?.pdf)
}

fn failure(error: &PrintError, template: &str) -> Failure {
    let (status, code) = match error {
        PrintError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "print-busy"),
        PrintError::TooLong | PrintError::TooManyPages { .. } | PrintError::TooLarge { .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "print-too-large")
        }
        PrintError::Template(_) | PrintError::CodeTooLong | PrintError::Broken => {
            (StatusCode::INTERNAL_SERVER_ERROR, "print-template")
        }
    };
    // The log says where: the line of the template, from 1.
    let place = match error {
        PrintError::Template(faults) => faults.first().map_or_else(String::new, |fault| {
            let before = template.get(..fault.at.start).unwrap_or_default();
            format!(" at line {}", before.matches('\n').count() + 1)
        }),
        _ => String::new(),
    };
    Failure::new(status, code, format!("{error}{place}"))
}

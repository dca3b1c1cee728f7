//! `GET /bao-cao/phieu`: fetching a sheet and sending it back.

use axum::extract::Query;

use super::super::super::{Failure, Page};
use super::super::desk::Desk;
use super::Asked;
use super::lines::{self, Filled};
use crate::pages::excel::{Excel, Preview};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::shell::Section;

/// Shows it.
pub(super) async fn show(desk: Desk, Query(asked): Query<Asked>) -> Result<Page<Excel>, Failure> {
    let filled = lines::gather(&desk, &asked).await?;
    Ok(Page(page(&desk, &filled, None, FormErrors::default())))
}

/// The page, with what a file that was sent comes to.
pub(super) fn page(
    desk: &Desk,
    filled: &Filled<'_>,
    preview: Option<Preview>,
    errors: FormErrors,
) -> Excel {
    let head = &filled.head;
    Excel {
        shell: desk.shell(Section::Reports),
        unit: head.unit_name.clone(),
        period: desk.period_label(head.period),
        lines: filled.lines.len(),
        list: filled.back(),
        file: filled.at(links::EXCEL_FILE),
        action: filled.at(links::EXCEL),
        apply: filled.at(links::EXCEL_APPLY),
        preview,
        errors,
    }
}

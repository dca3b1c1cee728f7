//! The page of a sheet for whoever came by its link.

use plan::campaigns::{Sheet, SheetLine};
use vocab::Instant;

use super::super::Failure;
use super::super::campaigns::rows::row;
use super::super::campaigns::sheet::Shown;
use super::super::campaigns::typed::Lines;
use super::super::reports::words;
use super::LinkDesk;
use crate::pages::links;
use crate::pages::parts::FieldError;
use crate::pages::sheet::Mode;
use crate::pages::sheet_by_link::{LinkLine, SheetByLink};
use crate::pages::shell::Section;

/// What a page that comes back shows beside what stands in the sheet.
#[derive(Default)]
pub(super) struct Again {
    pub lines: Shown,
}

impl Again {
    /// What was typed.
    pub(super) fn of(lines: Lines) -> Self {
        Self {
            lines: Shown {
                lines,
                ..Shown::default()
            },
        }
    }
}

/// The page.
pub(super) async fn page(
    by: &LinkDesk,
    sheet: &Sheet,
    again: &Again,
) -> Result<SheetByLink, Failure> {
    let desk = &by.desk;
    let state = sheet.record.state.as_str();
    let fills = sheet.is_fillable();
    let mode = if fills { Mode::Fill } else { Mode::Read };
    let mut lines = Vec::with_capacity(sheet.lines.len());
    for line in &sheet.lines {
        lines.push(shown(by, sheet, line, (again, mode)).await?);
    }
    let mut errors = again.lines.errors.clone();
    for line in &lines {
        let wrong = line.row.wrong.iter().cloned();
        let conflict = (!line.row.theirs.is_empty()).then(|| desk.words().t("sheet-conflict"));
        errors
            .0
            .extend(wrong.chain(conflict).map(|message| FieldError {
                field: line.row.anchor(),
                message: format!("{}: {message}", line.row.numbers),
            }));
    }
    let handed_in = matches!(state, "submitted" | "approved" | "consolidated");
    Ok(SheetByLink {
        shell: desk.shell(Section::Other),
        csrf: desk.visitor.link_token(),
        action: links::sheet_by_link(&by.secret),
        title: sheet.campaign.body.title.clone(),
        unit_name: desk.name_of(sheet.record.unit).await?,
        sender: desk.name_of(sheet.campaign.record.unit).await?,
        period: desk.period_label(sheet.body.period),
        before: sheet
            .before
            .map_or_else(String::new, |period| desk.period_label(period)),
        due: Some(desk.due_of(&sheet.campaign)),
        late: sheet.campaign.finds_late(&sheet.body, desk.now()),
        ends_on: by.visit.link.body.ends_on,
        fills,
        handed_in: sheet
            .body
            .handed_in
            .filter(|_| handed_in)
            .map(|at| Instant::from_micros(at).in_vietnam().datetime()),
        consolidated: state == "consolidated",
        sent_back: match state {
            "sent_back" | "reopened" => desk.sent_back(sheet.record.id).await?,
            _ => None,
        },
        version: sheet.record.version,
        lines,
        errors,
        file_limit_bytes: desk.app.settings.evidence_limit,
    })
}

async fn shown(
    by: &LinkDesk,
    sheet: &Sheet,
    line: &SheetLine,
    (again, mode): (&Again, Mode),
) -> Result<LinkLine, Failure> {
    let row = row(&by.desk, sheet, line, &again.lines, mode).await?;
    let typed = again.lines.lines.of(line, by.desk.words());
    let held = line.report.as_ref().map(|report| &report.body.evidence);
    let held = held.map_or(&[][..], Vec::as_slice);
    // What was saved meanwhile needs not be sent again.
    let is_new = |digest: &String| !held.iter().any(|file| &file.sha256 == digest);
    let mut received = typed.received;
    received.retain(|file| is_new(&file.sha256));
    Ok(LinkLine {
        measure_unit: line.measure_unit.clone().unwrap_or_default(),
        files: words::files(held),
        received: words::files(&received),
        dropped: typed.dropped,
        row,
    })
}

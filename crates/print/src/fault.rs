//! What is wrong with a template, and where.

use std::ops::Range;

use typst::World;
use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;

use crate::world::Sheet;

/// One thing that is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the template that it is about; nothing where it is about none of its own.
    pub at: Range<usize>,
    /// What, in Typst's own words (English).
    pub message: String,
    /// What to do, in the same.
    pub hints: Vec<String>,
}

impl Fault {
    pub(crate) fn of(sheet: &Sheet, found: &SourceDiagnostic) -> Self {
        // What happened inside the parts of a paper is told where the template called them.
        let called = found.trace.iter().map(|point| point.span.into());
        let mut places = std::iter::once(found.span).chain(called);
        let at = places.find_map(|span| place(sheet, span));
        Self {
            at: at.unwrap_or(0..0),
            message: found.message.to_string(),
            hints: found.hints.iter().map(|hint| hint.v.to_string()).collect(),
        }
    }
}

fn place(sheet: &Sheet, span: DiagSpan) -> Option<Range<usize>> {
    if span.id()? != sheet.main() {
        return None;
    }
    let range = sheet.range(span)?;
    let start = range.start.checked_sub(sheet.before)?;
    Some(start..range.end.saturating_sub(sheet.before).max(start))
}

//! What somebody typed into a sheet.

use std::collections::HashMap;

use plan::campaigns::{LineEdit, Sheet, SheetLine};
use plan::import::IndicatorKind;
use plan::records::ObservationBody;
use registry::Evidence;
use vocab::{FieldProblem, Id, Lang};

use super::super::reports::typed::{Typed, explanations_of};
use super::super::{Failure, Fields, fields};
use crate::i18n::Translator;

/// The lines of a form, as they were typed.
pub(in crate::http) struct Lines {
    typed: HashMap<Id, (i64, Typed)>,
    /// Whether files come along, or are added elsewhere.
    files: bool,
}

/// What the lines ask for, and what is wrong with those that cannot be read.
pub(in crate::http) struct ReadLines {
    pub edits: Vec<LineEdit>,
    pub problems: Vec<(Id, Vec<FieldProblem>)>,
}

impl Lines {
    /// Nothing typed: what stands there.
    pub(in crate::http) fn none() -> Self {
        Self {
            typed: HashMap::new(),
            files: false,
        }
    }

    /// Takes the fields of the lines that the form had.
    pub(in crate::http) fn take(sheet: &Sheet, fields: &mut Fields) -> Result<Self, Failure> {
        let mut typed = HashMap::new();
        for line in &sheet.lines {
            let place = line.place;
            let Some(version) = fields.lookup(&format!("pb-{place}"))? else {
                continue;
            };
            let version = version
                .parse()
                .map_err(|_| fields::at("pb", 422, "choice-unknown"))?;
            let mut entered = Typed {
                note: fields.take(&format!("gc-{place}"))?,
                explanations: explanations_of(
                    fields,
                    &format!("ph-{place}"),
                    &format!("gt-{place}"),
                )?,
                ..Typed::default()
            };
            match line.kind() {
                IndicatorKind::Ratio => {
                    entered.numerator = fields.take(&format!("ts-{place}"))?;
                    entered.denominator = fields.take(&format!("ms-{place}"))?;
                }
                IndicatorKind::Count => entered.count = fields.take(&format!("sl-{place}"))?,
                IndicatorKind::Milestone | IndicatorKind::Standing => {
                    entered.reached = fields.take(&format!("ht-{place}"))?;
                }
            }
            typed.insert(line.indicator, (version, entered));
        }
        Ok(Self {
            typed,
            files: false,
        })
    }

    /// The same with the files that came along: `bo-tep-N` names those to take off, `received`
    /// holds those that came in, now or the time before.
    pub(in crate::http) fn with_files(
        mut self,
        sheet: &Sheet,
        fields: &mut Fields,
        mut received: HashMap<Id, Vec<Evidence>>,
    ) -> Self {
        self.files = true;
        for line in &sheet.lines {
            let dropped = fields.take_all(&format!("bo-tep-{}", line.place));
            if let Some((_, typed)) = self.typed.get_mut(&line.indicator) {
                typed.dropped = dropped;
                typed.received = received.remove(&line.indicator).unwrap_or_default();
            }
        }
        self
    }

    /// Reads the values.
    pub(in crate::http) fn read(&self, sheet: &Sheet, lang: Lang) -> ReadLines {
        let mut read = ReadLines {
            edits: Vec::new(),
            problems: Vec::new(),
        };
        for line in &sheet.lines {
            let Some((version, typed)) = self.typed.get(&line.indicator) else {
                continue;
            };
            match typed.entered(line.kind(), false, lang) {
                Ok(entered) => read.edits.push(LineEdit {
                    indicator: line.indicator,
                    version: *version,
                    entered,
                    note: typed.note.clone(),
                    explanations: typed.explanations.clone(),
                    evidence: self.files.then(|| {
                        let report = line.report.as_ref();
                        typed.evidence(report.map_or(&[], |report| &report.body.evidence))
                    }),
                }),
                Err(problems) => read.problems.push((line.indicator, problems)),
            }
        }
        read
    }

    /// What was typed in a line, else what stands there.
    pub(in crate::http) fn of(&self, line: &SheetLine, words: Translator) -> Typed {
        match self.typed.get(&line.indicator) {
            Some((_, typed)) => typed.clone(),
            None => standing(line, words),
        }
    }
}

/// What stands in a line, as its fields hold it.
pub(super) fn standing(line: &SheetLine, words: Translator) -> Typed {
    let body: Option<&ObservationBody> = line.report.as_ref().map(|report| &report.body);
    match (body, &line.offered) {
        (Some(body), _) => Typed::of(body, words),
        // What measures itself comes filled in.
        (None, Some(computed)) => Typed::offered(computed, words),
        (None, None) => Typed::default(),
    }
}

//! Saving many lines of a sheet at once.

use registry::{Batch, Caller, Draft, Evidence, RegistryError};
use serde_json::{Map, Value};
use store::{Scope, StoreError};
use vocab::{FieldProblem, Id};

use super::{SHEET, Sheet, SheetLine};
use crate::OBSERVATION;
use crate::entry::{Explanation, Kept};
use crate::entry_known::{History, demand_words};
use crate::error::PlanError;
use crate::figure::Entered;
use crate::plans::Plans;
use crate::records::{ObservationBody, to_map};
use crate::reports::{Report, ReportDraft, body};
use crate::view::PlanView;

/// How often a save is tried again when others save lines of the same sheet.
const TRIES: usize = 5;

/// What somebody entered in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineEdit {
    /// The line.
    pub indicator: Id,
    /// The version of its report that it was entered over; 0 where there was none.
    pub version: i64,
    /// The value, as far as it is known.
    pub entered: Entered,
    /// What the unit says about it.
    pub note: String,
    /// What it says about what looks wrong with the value.
    pub explanations: Vec<Explanation>,
    /// The files behind it, where they are entered along; else those that it has stay.
    pub evidence: Option<Vec<Evidence>>,
}

/// How a save went.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The sheet as it is now.
    pub sheet: Sheet,
    /// How many lines were written.
    pub written: usize,
    /// What is wrong with lines that were not.
    pub problems: Vec<(Id, Vec<FieldProblem>)>,
    /// Lines that somebody else changed meanwhile, and that were changed here too: nothing
    /// was written over.
    pub conflicts: Vec<Id>,
}

/// What becomes of a line.
pub(super) enum Fate {
    /// It says that already.
    Kept,
    /// Somebody else changed it meanwhile.
    Conflict,
    /// It is to be written.
    Write,
    /// It is not open to be changed.
    Closed,
}

impl Plans {
    /// Saves what was entered in some lines, all that can be saved in one transaction. What is
    /// wrong in a line, or was changed by somebody else meanwhile, keeps no other line from
    /// being saved. Saving the same again changes nothing.
    ///
    /// Refused with `not-editable` where the sheet is not to be filled in, `campaign-closed`
    /// where nothing is taken any more.
    pub async fn save_sheet(
        &self,
        by: &Caller,
        campaign: Id,
        unit: Id,
        edits: &[LineEdit],
    ) -> Result<Saved, PlanError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.save_once(by, campaign, unit, edits).await {
                Err(PlanError::Registry(
                    RegistryError::Conflict { .. }
                    | RegistryError::Store(
                        StoreError::Duplicate { .. } | StoreError::Conflict { .. },
                    ),
                )) if tries < TRIES => {}
                done => return done,
            }
        }
    }

    async fn save_once(
        &self,
        by: &Caller,
        campaign: Id,
        unit: Id,
        edits: &[LineEdit],
    ) -> Result<Saved, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let sheet = self.sheet(&by.principal, campaign, unit).await?;
        self.demand_filling(by, &sheet).await?;
        let history = self.history(&by.principal, unit, None).await?;
        let mut batch = self.registry().batch(by);
        let (mut problems, mut conflicts) = (Vec::new(), Vec::new());
        let mut written = 0;
        for edit in edits {
            let Some(line) = sheet.line(edit.indicator) else {
                return Err(RegistryError::NotFound {
                    kind: crate::INDICATOR.to_owned(),
                    id: edit.indicator,
                }
                .into());
            };
            match self.fate(line, edit).await? {
                Fate::Kept => continue,
                Fate::Conflict => {
                    conflicts.push(edit.indicator);
                    continue;
                }
                Fate::Closed => {
                    let problem = FieldProblem::new("line", "line-closed");
                    problems.push((edit.indicator, vec![problem]));
                    continue;
                }
                Fate::Write => {}
            }
            let done = match self.retold((&view, &history), line, edit, &sheet) {
                Ok(body) => keep(&mut batch, &sheet, line.report.as_ref(), body).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(()) => written += 1,
                Err(PlanError::Registry(RegistryError::Refused(problem)))
                    if problem.status == 422 && !problem.fields.is_empty() =>
                {
                    problems.push((edit.indicator, problem.fields));
                }
                Err(error) => return Err(error),
            }
        }
        if written > 0 {
            batch.commit(String::new()).await?;
        }
        Ok(Saved {
            sheet: self.sheet(&by.principal, campaign, unit).await?,
            written,
            problems,
            conflicts,
        })
    }

    /// What a line's report says from now on, and what stands now.
    pub(super) fn retold(
        &self,
        (view, history): (&PlanView, &History),
        line: &SheetLine,
        edit: &LineEdit,
        sheet: &Sheet,
    ) -> Result<Map<String, Value>, PlanError> {
        let known = line.report.as_ref();
        let draft = ReportDraft {
            indicator: edit.indicator,
            unit: sheet.record.unit,
            period: sheet.body.period,
            entered: edit.entered,
            note: edit.note.clone(),
            evidence: match &edit.evidence {
                Some(evidence) => evidence.clone(),
                None => known.map_or_else(Vec::new, |report| report.body.evidence.clone()),
            },
            explanations: edit.explanations.clone(),
        };
        demand_words(&draft.explanations)?;
        // Who reports was settled when the sheet was made.
        let mut body = body(view, self.today(), &draft, true)?;
        body.checks = history.checks(view, &draft)?;
        body.computed = known
            .and_then(|report| report.body.computed.clone())
            .or_else(|| line.offered.clone());
        to_map("a report", &body)
    }

    /// Refuses a sheet that is not to be filled in any more, and whoever may not fill it in: they
    /// are told why, whatever its lines say.
    pub(super) async fn demand_filling(&self, by: &Caller, sheet: &Sheet) -> Result<(), PlanError> {
        demand_fillable(sheet)?;
        let mut asked = self.registry().batch(by);
        let as_it_is = sheet.record.body.clone();
        asked.edit(SHEET, &sheet.record, as_it_is).await?;
        Ok(())
    }

    pub(super) async fn fate(&self, line: &SheetLine, edit: &LineEdit) -> Result<Fate, PlanError> {
        let now = line.report.as_ref().map(|report| &report.body);
        if says(now, edit) {
            return Ok(Fate::Kept);
        }
        if line.version() != edit.version {
            let base = self.base(line, edit.version).await?;
            return Ok(if says(base.as_ref(), edit) {
                Fate::Kept
            } else {
                Fate::Conflict
            });
        }
        Ok(if line.is_open() {
            Fate::Write
        } else {
            Fate::Closed
        })
    }

    /// What a line said when it was read.
    async fn base(
        &self,
        line: &SheetLine,
        version: i64,
    ) -> Result<Option<ObservationBody>, PlanError> {
        let Some(report) = line.report.as_ref().filter(|_| version > 0) else {
            return Ok(None);
        };
        let told = Scope::bypass("who changes a line read this version of it before");
        let store = self.registry().store();
        let found = store
            .fetch_version(OBSERVATION, &told, report.record.id, version)
            .await?;
        let body = found.and_then(|version| version.body);
        body.map(|body| {
            serde_json::from_str(&body)
                .map_err(|error| PlanError::Shape(format!("a kept report: {error}")))
        })
        .transpose()
    }
}

/// Has a line's report say this, as a draft.
pub(super) async fn keep(
    batch: &mut Batch<'_>,
    sheet: &Sheet,
    known: Option<&Report>,
    body: Map<String, Value>,
) -> Result<(), PlanError> {
    match known {
        Some(report) => batch.edit(OBSERVATION, &report.record, body).await?,
        None => batch.create(begun(sheet, None, body)).await?,
    };
    Ok(())
}

/// A report of a sheet's unit that begins.
pub(super) fn begun(sheet: &Sheet, id: Option<Id>, body: Map<String, Value>) -> Draft {
    Draft {
        kind: OBSERVATION,
        id,
        unit: sheet.record.unit,
        body,
    }
}

/// Whether a report, or none, says already what an edit would have it say, its words about
/// what looks wrong among it.
fn says(report: Option<&ObservationBody>, edit: &LineEdit) -> bool {
    let mine = (edit.entered, edit.note.trim());
    let held = report.map_or(&[][..], |report| &report.evidence);
    if edit.evidence.as_ref().is_some_and(|mine| mine != held) {
        return false;
    }
    let Some(report) = report else {
        return mine == (Entered::default(), "");
    };
    let explains = |kept: &Kept| {
        let mut said = edit.explanations.iter();
        let about = said.find(|said| said.finding == kept.token());
        about.is_some_and(|said| {
            let text = said.text.trim();
            text != kept.explanation || (!text.is_empty() && kept.about != said.finding)
        })
    };
    mine == (Entered::of(report), report.note.as_str()) && !report.checks.iter().any(explains)
}

/// Refuses what is not to be filled in any more.
pub(super) fn demand_fillable(sheet: &Sheet) -> Result<(), PlanError> {
    if sheet.is_fillable() {
        return Ok(());
    }
    let code = match sheet.record.state.as_str() {
        "open" | "sent_back" => "campaign-closed",
        _ => "sheet-handed-in",
    };
    let about = format!("a sheet that is {}", sheet.record.state);
    Err(RegistryError::refused(409, code, about).into())
}

//! Handing in a sheet, together with what was typed in it: each line is written once, though it
//! was begun and handed in.

use std::collections::HashSet;

use registry::{Batch, Caller, Record, RegistryError, Taken};
use vocab::{FieldProblem, Id, Problem};

use super::save::{Fate, begun, demand_fillable, keep};
use super::steps::{is_overtaken, part};
use super::{LineEdit, SHEET, Saved, Sheet, SheetLine, SheetStep};
use crate::OBSERVATION;
use crate::entry_known::History;
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;
use crate::reports::{Report, unsaid_correction};
use crate::view::PlanView;

/// How often it is tried again when lines change under it.
const TRIES: usize = 3;

/// What became of a sheet that was to be handed in.
#[derive(Debug)]
pub enum HandedIn {
    /// It is handed in.
    Done,
    /// Something is in the way. What was typed stands in the sheet, as far as it can.
    NotYet {
        /// The sheet as it is now, with what is wrong in its lines.
        saved: Box<Saved>,
        /// What else is in the way.
        why: Option<PlanError>,
    },
}

/// A sheet on its way out.
pub(super) struct Leaving<'a> {
    /// As it was read.
    read: &'a Sheet,
    /// As it will be, with what was typed.
    now: &'a Sheet,
    /// The lines that say something else now.
    retold: &'a HashSet<Id>,
}

impl<'a> Leaving<'a> {
    /// A sheet in which nothing was typed.
    pub(super) fn as_it_is(sheet: &'a Sheet) -> Self {
        static NONE: std::sync::LazyLock<HashSet<Id>> = std::sync::LazyLock::new(HashSet::new);
        Self {
            read: sheet,
            now: sheet,
            retold: &NONE,
        }
    }
}

impl Plans {
    /// Saves what was typed in a sheet and hands it in (`step`: [`SheetStep::Submit`] or
    /// [`SheetStep::HandIn`]), in one transaction. `version` is the sheet's that was read. Where
    /// something is in the way, what was typed is kept as [`Plans::save_sheet`] keeps it. The
    /// same request, sent again, changes nothing.
    ///
    /// Refused as [`Plans::save_sheet`] refuses.
    pub async fn hand_in_sheet(
        &self,
        by: &Caller,
        (campaign, unit): (Id, Id),
        version: i64,
        edits: &[LineEdit],
        step: &SheetStep,
    ) -> Result<HandedIn, PlanError> {
        let mut tries = 0;
        let why = loop {
            if self.registry().answered(by).await?.is_some() {
                return Ok(HandedIn::Done);
            }
            tries += 1;
            let of = (campaign, unit);
            match self.hand_in_once(by, of, version, edits, step).await {
                Ok(()) => return Ok(HandedIn::Done),
                Err(error) if tries < TRIES && is_overtaken(&error) => {}
                Err(
                    error @ PlanError::Registry(
                        RegistryError::Refused(_) | RegistryError::Conflict { .. },
                    ),
                ) => break error,
                Err(error) => return Err(error),
            }
        };
        // The same request, sent twice: the other one was quicker.
        if self.registry().answered(by).await?.is_some() {
            return Ok(HandedIn::Done);
        }
        let mut kept = by.clone();
        kept.idempotency = None;
        let saved = self.save_sheet(&kept, campaign, unit, edits).await?;
        let whole = saved.problems.is_empty() && saved.conflicts.is_empty();
        Ok(HandedIn::NotYet {
            saved: Box::new(saved),
            why: Some(why).filter(|_| whole),
        })
    }

    async fn hand_in_once(
        &self,
        by: &Caller,
        (campaign, unit): (Id, Id),
        version: i64,
        edits: &[LineEdit],
        step: &SheetStep,
    ) -> Result<(), PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let record = self.sheet_record(&by.principal, campaign, unit).await?;
        let read = self.sheet_in(&view, &by.principal, record).await?;
        if read.record.version != version {
            return Err(RegistryError::Conflict {
                kind: SHEET.to_owned(),
                expected: version,
                current: Box::new(read.record),
            }
            .into());
        }
        self.demand_filling(by, &read).await?;
        let history = self.history(&by.principal, unit, None).await?;
        let mut batch = self.registry().batch(by);
        batch.look_ahead(read.reports()).await?;
        let known = (&*view, &history);
        let (now, retold) = self.retyped(&batch, known, &read, edits).await?;
        let leaving = Leaving {
            read: &read,
            now: &now,
            retold: &retold,
        };
        let record = self.leave(known, &mut batch, leaving, step).await?;
        batch.commit(record.id.to_string()).await?;
        Ok(())
    }

    /// A sheet with what was typed in it, and the lines that say something else then. Refused
    /// where a line cannot take it, with no word on which: [`Plans::save_sheet`] says that.
    async fn retyped(
        &self,
        batch: &Batch<'_>,
        known: (&PlanView, &History),
        read: &Sheet,
        edits: &[LineEdit],
    ) -> Result<(Sheet, HashSet<Id>), PlanError> {
        let (mut now, mut retold) = (read.clone(), HashSet::new());
        for edit in edits {
            let at = read
                .lines
                .iter()
                .position(|line| line.indicator == edit.indicator);
            let line = at.and_then(|at| Some((read.lines.get(at)?, now.lines.get_mut(at)?)));
            let Some((line, after)) = line else {
                return Err(RegistryError::NotFound {
                    kind: crate::INDICATOR.to_owned(),
                    id: edit.indicator,
                }
                .into());
            };
            match self.fate(line, edit).await? {
                Fate::Kept => continue,
                Fate::Conflict | Fate::Closed => {
                    let about = format!("line {}", line.place);
                    return Err(RegistryError::refused(409, "line-changed", about).into());
                }
                Fate::Write => {}
            }
            let body = self.retold(known, line, edit, read)?;
            let record = match &line.report {
                Some(report) => Record {
                    body,
                    ..report.record.clone()
                },
                None => Record {
                    version: 0,
                    ..batch.begun(begun(read, None, body))?
                },
            };
            after.report = Some(Report::of(record)?);
            retold.insert(edit.indicator);
        }
        Ok((now, retold))
    }

    /// Hands a sheet in, as a part of what is gathered.
    pub(super) async fn submit(
        &self,
        view: &PlanView,
        batch: &mut Batch<'_>,
        by: &Caller,
        leaving: Leaving<'_>,
        step: &SheetStep,
    ) -> Result<Record, PlanError> {
        let unit = leaving.read.record.unit;
        let history = self.history(&by.principal, unit, None).await?;
        self.leave((view, &history), batch, leaving, step).await
    }

    async fn leave(
        &self,
        (view, history): (&PlanView, &History),
        batch: &mut Batch<'_>,
        leaving: Leaving<'_>,
        step: &SheetStep,
    ) -> Result<Record, PlanError> {
        let step = match step {
            SheetStep::HandIn => "hand_in",
            _ => "submit",
        };
        demand_fillable(leaving.read)?;
        let mut body = leaving.read.body.clone();
        let now = self.registry().store().context().now().as_micros();
        body.handed_in.get_or_insert(now);
        let taken = Taken {
            body: Some(to_map("a sheet", &body)?),
            ..Taken::default()
        };
        let record = batch
            .step_as(SHEET, &leaving.read.record, step, taken)
            .await?;
        let mut problems = unexplained(view, history, leaving.now)?;
        let lines = leaving.read.lines.iter().zip(&leaving.now.lines);
        for (read, now) in lines.filter(|(_, now)| now.is_open()) {
            let retold = leaving.retold.contains(&now.indicator);
            match &now.report {
                Some(report) if now.is_filled() && retold => {
                    take_along(batch, leaving.read, read, report, step).await?;
                }
                Some(report) if now.is_filled() => part(batch, report, step, None).await?,
                Some(report) if retold && !now.note().is_empty() => {
                    let body = report.record.body.clone();
                    keep(batch, leaving.read, read.report.as_ref(), body).await?;
                }
                // Without a value, but with a word about why.
                _ if !now.note().is_empty() => {}
                _ => problems.push(missing(now)),
            }
        }
        if problems.is_empty() {
            self.renew_opinions(batch, &handed_in(leaving.now)).await?;
            return Ok(record);
        }
        let mut problem = Problem::new(
            422,
            "invalid-fields",
            "handing in a sheet with empty or strange lines",
        );
        problem.fields = problems;
        Err(RegistryError::Refused(problem).into())
    }
}

/// Takes a line along that says something else from now on.
async fn take_along(
    batch: &mut Batch<'_>,
    sheet: &Sheet,
    read: &SheetLine,
    report: &Report,
    step: &str,
) -> Result<(), PlanError> {
    let body = report.record.body.clone();
    if let Some(known) = &read.report {
        batch
            .edit_to(OBSERVATION, &known.record, body, step, true)
            .await?;
    } else {
        let draft = begun(sheet, Some(report.record.id), body);
        batch.create_to(draft, step, true).await?;
    }
    Ok(())
}

/// What looks wrong with the lines of a sheet and was not explained, each at its line.
fn unexplained(
    view: &PlanView,
    history: &History,
    sheet: &Sheet,
) -> Result<Vec<FieldProblem>, PlanError> {
    let mut wrong = Vec::new();
    let open = sheet.lines.iter().filter(|line| line.is_open());
    for line in open.filter(|line| line.is_filled()) {
        if let Some(report) = &line.report {
            let at = format!("line-{}", line.place);
            let unsaid = unsaid_correction(&report.body, line.kind());
            let found = history.unexplained(view, report)?.into_iter().chain(unsaid);
            wrong.extend(found.map(|problem| FieldProblem {
                field: at.clone(),
                ..problem
            }));
        }
    }
    Ok(wrong)
}

fn missing(line: &SheetLine) -> FieldProblem {
    let numbers: Vec<String> = line.numbers.iter().map(u16::to_string).collect();
    let problem = FieldProblem::new(format!("line-{}", line.place), "line-empty");
    problem.with("numbers", numbers.join(", "))
}

/// The reports that go along with a sheet that is handed in, as they are then.
fn handed_in(sheet: &Sheet) -> Vec<Record> {
    let lines = sheet.lines.iter();
    let along = lines.filter(|line| line.is_open() && line.is_filled());
    let reports = along.filter_map(|line| line.report.as_ref());
    reports
        .map(|report| Record {
            version: report.record.version + 1,
            ..report.record.clone()
        })
        .collect()
}

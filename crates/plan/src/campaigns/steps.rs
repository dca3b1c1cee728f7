//! The steps of a sheet, each with those of its lines in one transaction.

use std::sync::Arc;

use registry::{Batch, Caller, Record, RegistryError, Taken};
use store::StoreError;
use vocab::{FieldProblem, Id, Problem};

use super::hand_in::Leaving;
use super::links::{came_by_link, told as told_by_link};
use super::notify::{job, told};
use super::{SHEET, Sheet};
use crate::OBSERVATION;
use crate::error::PlanError;
use crate::opinions::is_about_opinions;
use crate::plans::{EPOCH, Plans};
use crate::reports::Report;
use crate::view::PlanView;

/// How often a step is tried again when lines change under it.
const TRIES: usize = 3;

/// A step of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetStep {
    /// Hand it in. A line may stay without a value if its note says why.
    Submit,
    /// The same by a body without accounts, through its link: it answers for the sheet itself, and
    /// nobody of it approves.
    HandIn,
    /// The head of the unit answers for it. Lines in `back` go back to the unit, each with a
    /// reason, and the sheet with them; all others are approved.
    Decide {
        /// What the head saw: each line with the version of its report.
        seen: Vec<(Id, i64)>,
        /// The lines that go back, and why.
        back: Vec<(Id, String)>,
    },
    /// Take its approved lines into the public figures.
    Consolidate,
    /// Back to the unit, with a reason; handing in is possible even after the campaign.
    Reopen {
        /// Why.
        reason: String,
        /// The approved or consolidated lines that are to be corrected.
        back: Vec<Id>,
    },
}

impl Plans {
    /// Takes a step with a sheet and its lines. `version` is the one that was read.
    ///
    /// Refused with `invalid-fields` where lines are not complete (each named `line-<place>`),
    /// and as the registry refuses steps.
    pub async fn step_sheet(
        &self,
        by: &Caller,
        campaign: Id,
        unit: Id,
        version: i64,
        step: &SheetStep,
    ) -> Result<Record, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        self.step_in(&view, by, (campaign, unit), version, step)
            .await
    }

    /// Consolidates sheets of a campaign, each of a unit and as it was read, each in a
    /// transaction of its own. Gives those that could not be, and why. The same request, sent
    /// again, does none twice.
    pub async fn consolidate_sheets(
        &self,
        by: &Caller,
        campaign: Id,
        sheets: &[(Id, i64)],
    ) -> Result<Vec<(Id, PlanError)>, PlanError> {
        // Each one makes the view stale, and what a sheet asks for is the same in all of them.
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let mut left = Vec::new();
        for (unit, version) in sheets {
            let mut by = by.clone();
            if let Some(request) = &mut by.idempotency {
                request.key = format!("{}/{unit}", request.key);
            }
            let step = &SheetStep::Consolidate;
            let done = self.step_in(&view, &by, (campaign, *unit), *version, step);
            if let Err(error) = done.await {
                left.push((*unit, error));
            }
        }
        Ok(left)
    }

    async fn step_in(
        &self,
        view: &Arc<PlanView>,
        by: &Caller,
        (campaign, unit): (Id, Id),
        version: i64,
        step: &SheetStep,
    ) -> Result<Record, PlanError> {
        let mut tries = 0;
        loop {
            if self.registry().answered(by).await?.is_some() {
                return self.sheet_record(&by.principal, campaign, unit).await;
            }
            tries += 1;
            let record = self.sheet_record(&by.principal, campaign, unit).await?;
            let sheet = self.sheet_in(view, &by.principal, record).await?;
            if sheet.record.version != version {
                return Err(RegistryError::Conflict {
                    kind: SHEET.to_owned(),
                    expected: version,
                    current: Box::new(sheet.record),
                }
                .into());
            }
            match self.step_once(view, by, &sheet, step).await {
                Err(error) if tries < TRIES && is_overtaken(&error) => {}
                Err(error) => {
                    // The same request, sent twice: the other one was quicker.
                    return match self.registry().answered(by).await? {
                        Some(_) => self.sheet_record(&by.principal, campaign, unit).await,
                        None => Err(error),
                    };
                }
                done => return done,
            }
        }
    }

    async fn step_once(
        &self,
        view: &PlanView,
        by: &Caller,
        sheet: &Sheet,
        step: &SheetStep,
    ) -> Result<Record, PlanError> {
        let mut batch = self.registry().batch(by);
        batch.look_ahead(sheet.reports()).await?;
        let record = match step {
            SheetStep::Submit | SheetStep::HandIn => {
                let leaving = Leaving::as_it_is(sheet);
                self.submit(view, &mut batch, by, leaving, step).await?
            }
            SheetStep::Decide { seen, back } => decide(&mut batch, sheet, seen, back).await?,
            SheetStep::Consolidate => {
                let record = consolidate(&mut batch, sheet).await?;
                let reports = approved(sheet).map(|report| report.record.id);
                self.settle_opinions(&mut batch, reports, by).await?;
                record
            }
            SheetStep::Reopen { reason, back } => {
                let record = reopen(&mut batch, sheet, reason, back).await?;
                self.mail_body(&mut batch, record.id, told_by_link::REOPENED)
                    .await?;
                record
            }
        };
        let shows = matches!(step, SheetStep::Consolidate | SheetStep::Reopen { .. });
        if shows {
            batch.bump(EPOCH);
        }
        batch.commit(record.id.to_string()).await?;
        if shows {
            self.stale();
        }
        self.sheet_record(&by.principal, sheet.body.campaign, sheet.record.unit)
            .await
    }
}

/// A line changed between reading and writing.
pub(super) fn is_overtaken(error: &PlanError) -> bool {
    match error {
        PlanError::Registry(RegistryError::Conflict { kind, .. }) => {
            kind == OBSERVATION || is_about_opinions(kind)
        }
        PlanError::Registry(RegistryError::Store(
            StoreError::Conflict { .. } | StoreError::Duplicate { .. },
        )) => true,
        _ => false,
    }
}

async fn decide(
    batch: &mut Batch<'_>,
    sheet: &Sheet,
    seen: &[(Id, i64)],
    back: &[(Id, String)],
) -> Result<Record, PlanError> {
    let waiting = || {
        let lines = sheet.lines.iter();
        lines.filter(|line| line.state() == Some("submitted"))
    };
    if let Some(changed) = waiting().find(|line| {
        let known = seen.iter().find(|(id, _)| *id == line.indicator);
        known.is_none_or(|(_, version)| *version != line.version())
    }) && let Some(report) = &changed.report
    {
        return Err(RegistryError::refused(
            409,
            "line-changed",
            format!("line {} of report {}", changed.place, report.record.id),
        )
        .into());
    }
    let reasons: Vec<&str> = back.iter().map(|(_, reason)| reason.trim()).collect();
    let record = if back.is_empty() {
        batch.step(SHEET, &sheet.record, "approve", None).await?
    } else {
        let mut said = reasons.clone();
        said.dedup();
        let said = shortened(&said.join("; "));
        batch
            .step(SHEET, &sheet.record, "send_back", Some(&said))
            .await?
    };
    for (place, (_, reason)) in back.iter().enumerate() {
        if reason.trim().is_empty() {
            let field = FieldProblem::new(format!("back-{place}"), "field-required");
            let problem = Problem::new(422, "invalid-fields", "sending a line back");
            return Err(RegistryError::Refused(problem.at(field)).into());
        }
    }
    for line in waiting() {
        let Some(report) = &line.report else {
            continue;
        };
        match back.iter().find(|(id, _)| *id == line.indicator) {
            Some((_, reason)) => part(batch, report, "send_back", Some(reason)).await?,
            None => part(batch, report, "approve", None).await?,
        }
    }
    if !back.is_empty() {
        tell_author(batch, sheet, &record, told::SENT_BACK)?;
    }
    Ok(record)
}

async fn consolidate(batch: &mut Batch<'_>, sheet: &Sheet) -> Result<Record, PlanError> {
    let record = batch
        .step(SHEET, &sheet.record, "consolidate", None)
        .await?;
    for report in approved(sheet) {
        part(batch, report, "consolidate", None).await?;
    }
    tell_author(batch, sheet, &record, told::CONSOLIDATED)?;
    Ok(record)
}

/// The reports of lines that can be consolidated.
fn approved(sheet: &Sheet) -> impl Iterator<Item = &Report> {
    let lines = sheet.lines.iter();
    let approved = lines.filter(|line| line.state() == Some("approved"));
    approved.filter_map(|line| line.report.as_ref())
}

async fn reopen(
    batch: &mut Batch<'_>,
    sheet: &Sheet,
    reason: &str,
    back: &[Id],
) -> Result<Record, PlanError> {
    let record = batch
        .step(SHEET, &sheet.record, "reopen", Some(reason))
        .await?;
    for line in sheet
        .lines
        .iter()
        .filter(|line| back.contains(&line.indicator))
    {
        let report = line.report.as_ref();
        let decided = |_: &&Report| matches!(line.state(), Some("approved" | "consolidated"));
        if let Some(report) = report.filter(decided) {
            part(batch, report, "send_back", Some(reason)).await?;
        }
    }
    tell_author(batch, sheet, &record, told::REOPENED)?;
    Ok(record)
}

/// Takes a line along.
pub(super) async fn part(
    batch: &mut Batch<'_>,
    report: &Report,
    step: &str,
    reason: Option<&str>,
) -> Result<(), PlanError> {
    let taken = Taken {
        reason,
        body: None,
        within: true,
    };
    batch
        .step_as(OBSERVATION, &report.record, step, taken)
        .await?;
    Ok(())
}

/// Whoever handed the sheet in learns what others decided.
fn tell_author(
    batch: &mut Batch<'_>,
    sheet: &Sheet,
    record: &Record,
    what: &str,
) -> Result<(), PlanError> {
    // Whoever came by a link has no inbox.
    if let Some(author) = sheet.record.author.filter(|_| !came_by_link(&sheet.record)) {
        batch.enqueue(job(author, SHEET, record, what)?);
    }
    Ok(())
}

/// So much of a text as a reason may hold.
fn shortened(text: &str) -> String {
    text.chars().take(3_900).collect()
}

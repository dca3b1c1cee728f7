//! A sheet with its lines, as somebody who may see it sees it.

use std::collections::HashMap;
use std::sync::Arc;

use directory::Principal;
use registry::{Caller, Record, RegistryError};
use vocab::{Id, Period};

use super::{Campaign, SHEET, SheetBody, sheet_id};
use crate::error::PlanError;
use crate::feeds::Computed;
use crate::figure::{Entered, Measurement};
use crate::import::IndicatorKind;
use crate::plans::Plans;
use crate::records::{Measure, to_map};
use crate::reports::Report;
use crate::view::PlanView;

/// A sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its record: state, unit, who handed it in.
    pub record: Record,
    /// What it says.
    pub body: SheetBody,
    /// Its campaign.
    pub campaign: Campaign,
    /// Its lines, in the order of the annex.
    pub lines: Vec<SheetLine>,
    /// The period before, if the plan has one.
    pub before: Option<Period>,
}

/// A line: one indicator, with what the unit reported on it.
#[derive(Clone, Debug)]
pub struct SheetLine {
    /// Its place in the sheet, from 1; it never changes.
    pub place: usize,
    /// The indicator.
    pub indicator: Id,
    /// The indicator's name for people and files: `833/QĐ-UBND#12.1`.
    pub key: String,
    /// The targets that ask for it, by number.
    pub numbers: Vec<u16>,
    /// What is measured, in words.
    pub name: String,
    /// What kind of figure is asked for, and the goal.
    pub measure: Measure,
    /// `%`, or the thing counted.
    pub measure_unit: Option<String>,
    /// What the numerator or the count counts.
    pub counts: Option<String>,
    /// What the denominator counts.
    pub among: Option<String>,
    /// The goal, as written.
    pub goal: String,
    /// What the unit reported for the period before.
    pub last: Option<Measurement>,
    /// What it reports for this period, if it has begun and the reader may see it.
    pub report: Option<Report>,
    /// What was computed for it, while it was not begun: the line is offered filled in.
    pub offered: Option<Computed>,
}

impl SheetLine {
    /// What kind of figure is asked for.
    pub fn kind(&self) -> IndicatorKind {
        self.measure.kind
    }

    /// What was entered so far.
    pub fn entered(&self) -> Entered {
        let body = self.report.as_ref().map(|report| &report.body);
        body.map_or_else(Entered::default, Entered::of)
    }

    /// What the unit says about it.
    pub fn note(&self) -> &str {
        let report = self.report.as_ref();
        report.map_or("", |report| report.body.note.as_str())
    }

    /// Where its report stands; nothing where none was begun.
    pub fn state(&self) -> Option<&str> {
        let report = self.report.as_ref();
        report.map(|report| report.record.state.as_str())
    }

    /// The version of its report; 0 where none was begun.
    pub fn version(&self) -> i64 {
        let report = self.report.as_ref();
        report.map_or(0, |report| report.record.version)
    }

    /// Whether its whole value was entered.
    pub fn is_filled(&self) -> bool {
        self.entered().missing(self.kind()).is_empty()
    }

    /// Whether the unit may still change it.
    pub fn is_open(&self) -> bool {
        matches!(self.state(), None | Some("draft" | "sent_back"))
    }
}

impl Sheet {
    /// The line on an indicator.
    pub fn line(&self, indicator: Id) -> Option<&SheetLine> {
        self.lines.iter().find(|line| line.indicator == indicator)
    }

    /// The reports of its lines, where they were begun.
    pub(super) fn reports(&self) -> impl Iterator<Item = Id> {
        let begun = self.lines.iter().filter_map(|line| line.report.as_ref());
        begun.map(|report| report.record.id)
    }

    /// Whether the unit may still fill it in.
    pub fn is_fillable(&self) -> bool {
        match self.record.state.as_str() {
            "open" | "sent_back" => self.campaign.is_open(),
            state => state == "reopened",
        }
    }
}

impl Plans {
    /// A unit's sheet of a campaign, if this reader may see it.
    pub async fn sheet(
        &self,
        reader: &Principal,
        campaign: Id,
        unit: Id,
    ) -> Result<Sheet, PlanError> {
        let record = self.sheet_record(reader, campaign, unit).await?;
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        self.sheet_in(&view, reader, record).await
    }

    /// The sheet with this identity, if this reader may see it.
    pub async fn sheet_by_id(&self, reader: &Principal, id: Id) -> Result<Sheet, PlanError> {
        let record = self.registry().get(reader, SHEET, id).await?;
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        self.sheet_in(&view, reader, record).await
    }

    /// A sheet without its lines, and its campaign.
    pub async fn sheet_head(
        &self,
        reader: &Principal,
        id: Id,
    ) -> Result<(Record, SheetBody, Campaign), PlanError> {
        let record = self.registry().get(reader, SHEET, id).await?;
        let body: SheetBody = record.read()?;
        let campaign = self.campaign(reader, body.campaign).await?;
        Ok((record, body, campaign))
    }

    pub(super) async fn sheet_record(
        &self,
        reader: &Principal,
        campaign: Id,
        unit: Id,
    ) -> Result<Record, PlanError> {
        let id = sheet_id(campaign, unit);
        Ok(self.registry().get(reader, SHEET, id).await?)
    }

    /// A sheet with its lines as this view has them.
    pub(super) async fn sheet_in(
        &self,
        view: &Arc<PlanView>,
        reader: &Principal,
        record: Record,
    ) -> Result<Sheet, PlanError> {
        let body: SheetBody = record.read()?;
        let campaign = self.campaign(reader, body.campaign).await?;
        let reports = self.by_indicator(reader, record.unit, body.period).await?;
        let before = before(view, body.period);
        let last = match before {
            Some(before) => self.by_indicator(reader, record.unit, before).await?,
            None => HashMap::new(),
        };
        let lines = lines(&view.in_force_on(body.period.end()), &body, reports, &last);
        let mut sheet = Sheet {
            record,
            body,
            campaign,
            lines,
            before,
        };
        self.offer_lines(view, &mut sheet).await?;
        Ok(sheet)
    }

    /// Has what measures itself computed for the lines of a sheet that were not begun.
    async fn offer_lines(&self, view: &PlanView, sheet: &mut Sheet) -> Result<(), PlanError> {
        let waits = sheet.lines.iter().any(|line| line.report.is_none());
        if !sheet.is_fillable() || !waits {
            return Ok(());
        }
        let feeds = self.feeds(view).await?;
        let (unit, period) = (sheet.record.unit, sheet.body.period);
        for line in &mut sheet.lines {
            if line.report.is_none() && feeds.measure(line.indicator).is_some() {
                line.offered = self
                    .offered_by(&feeds, view, line.indicator, unit, period)
                    .await?;
            }
        }
        Ok(())
    }

    pub(super) async fn by_indicator(
        &self,
        reader: &Principal,
        unit: Id,
        period: Period,
    ) -> Result<HashMap<Id, Report>, PlanError> {
        let reports = self.reports_of(reader, &[unit], period).await?.into_iter();
        Ok(reports
            .map(|report| (report.body.indicator, report))
            .collect())
    }

    /// Notes down that somebody who fills in this sheet opened it, once.
    pub async fn mark_opened(&self, by: &Caller, sheet: &mut Sheet) -> Result<(), PlanError> {
        let may = self
            .registry()
            .may_edit(&by.principal, SHEET, &sheet.record);
        if sheet.body.opened.is_some() || !may {
            return Ok(());
        }
        let mut body = sheet.body.clone();
        body.opened = Some(self.registry().store().context().now().as_micros());
        let mut batch = self.registry().batch(by);
        let noted = batch
            .note(SHEET, &sheet.record, to_map("a sheet", &body)?, "open")
            .await?;
        match batch.commit(String::new()).await {
            Ok(_) => (sheet.record, sheet.body) = (noted, body),
            // Somebody else opened it at the same moment.
            Err(RegistryError::Conflict { current, .. }) => {
                sheet.body = current.read()?;
                sheet.record = *current;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// The period of the plan before this one.
fn before(view: &PlanView, period: Period) -> Option<Period> {
    let periods = view.periods();
    let at = periods.iter().position(|known| *known == period)?;
    at.checked_sub(1).and_then(|at| periods.get(at).copied())
}

fn lines(
    view: &PlanView,
    body: &SheetBody,
    mut reports: HashMap<Id, Report>,
    last: &HashMap<Id, Report>,
) -> Vec<SheetLine> {
    let mut asked: HashMap<Id, Vec<u16>> = HashMap::new();
    for target in &view.targets {
        for indicator in &target.indicators {
            let numbers = asked.entry(indicator.id).or_default();
            numbers.push(target.body.number);
        }
    }
    let mut lines = Vec::with_capacity(body.lines.len());
    for (place, id) in (1..).zip(&body.lines) {
        // What is not measured any more is not asked for either.
        let Some((target, indicator)) = view.indicator(*id) else {
            continue;
        };
        // Nor is what a later document dropped, unless the unit reported on it before.
        let asked_for = indicator.asked_on(body.period.end()).is_some();
        let reported = reports
            .get(id)
            .is_some_and(|report| report.record.state != "draft");
        if !asked_for && !reported {
            continue;
        }
        let measured = &indicator.body;
        let kind = measured.measure.kind;
        lines.push(SheetLine {
            place,
            indicator: *id,
            key: measured.key.clone(),
            numbers: asked.remove(id).unwrap_or_default(),
            name: target.title(&measured.name),
            measure: measured.measure.clone(),
            measure_unit: measured.measure_unit.clone(),
            counts: measured.counts.clone(),
            among: measured.among.clone(),
            goal: measured.goal.clone(),
            last: last.get(id).and_then(|report| report.measurement(kind)),
            report: reports.remove(id),
            offered: None,
        });
    }
    lines
}

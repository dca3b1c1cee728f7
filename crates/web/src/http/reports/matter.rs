//! What a report is about: an indicator of a target, a unit, a period.

use plan::Report;
use plan::import::IndicatorKind;
use plan::view::{IndicatorView, TargetView};
use serde::Deserialize;
use vocab::{Id, Period, Problem};

use super::super::{Failure, LocalPath};
use super::desk::Desk;
use crate::pages::links;

/// What a report is about.
#[derive(Clone, Copy)]
pub(super) struct Matter<'a> {
    pub target: &'a TargetView,
    pub indicator: &'a IndicatorView,
    pub unit: Id,
    pub period: Period,
}

/// The query of the form for a new report.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Asked {
    muc_tieu: String,
    ky: String,
    /// The indicator's place among those of the target, from 1.
    chi_tieu: Option<String>,
    don_vi: Option<String>,
}

impl<'a> Matter<'a> {
    /// What a report is about.
    pub(super) fn of(desk: &'a Desk, report: &Report) -> Result<Self, Failure> {
        let found = desk.view.indicator(report.body.indicator);
        let (target, indicator) =
            found.ok_or_else(|| Failure::internal("a report on an indicator of no plan"))?;
        Ok(Self {
            target,
            indicator,
            unit: report.record.unit,
            period: report.body.period,
        })
    }

    /// What a query asks to report on, for a unit that the reader writes for.
    pub(super) fn asked(desk: &'a Desk, asked: &Asked) -> Result<Self, Failure> {
        desk.visitor.account()?;
        let nothing = || Failure::not_found("no such target or indicator");
        let number = asked.muc_tieu.parse().map_err(|_| nothing())?;
        let target = desk.view.target(number).ok_or_else(nothing)?;
        let place = match asked.chi_tieu.as_deref() {
            None => 1,
            Some(place) => place.parse::<usize>().map_err(|_| nothing())?,
        };
        let indicator = place.checked_sub(1);
        let indicator = indicator.and_then(|index| target.indicators.get(index));
        Ok(Self {
            target,
            indicator: indicator.ok_or_else(nothing)?,
            unit: desk.writing_for(asked.don_vi.as_deref(), |unit| {
                target.reporters.contains(unit)
            })?,
            period: period(desk, &asked.ky)?,
        })
    }

    pub(super) fn kind(self) -> IndicatorKind {
        self.indicator.body.measure.kind
    }

    /// What to do; where a target has several indicators, which one this is.
    pub(super) fn title(self) -> String {
        self.target.title(&self.indicator.body.name)
    }

    /// The form for a new report.
    pub(super) fn begin(self) -> String {
        let place = self
            .target
            .indicators
            .iter()
            .position(|indicator| indicator.id == self.indicator.id);
        links::report_begin(
            self.target.body.number,
            place.unwrap_or_default() + 1,
            &self.period.code(),
            &self.unit.to_string(),
        )
    }
}

/// A period of the plan that has begun.
pub(super) fn period(desk: &Desk, text: &str) -> Result<Period, Failure> {
    let shown: String = text.chars().take(40).collect();
    let refuse = |code: &str| {
        let problem = Problem::new(422, code, format!("the period {shown:?}"));
        Failure::from(problem.with("period", &shown))
            .back_to(LocalPath::or_home(links::REPORT_LIST))
    };
    let period: Period = text.parse().map_err(|_| refuse("period-unknown"))?;
    if !desk.view.periods().contains(&period) {
        return Err(refuse("period-outside-plan"));
    }
    if period.start() > desk.today() {
        return Err(refuse("period-not-begun"));
    }
    Ok(period)
}

/// The period of the plan before this one; nothing before the first.
pub(super) fn before(desk: &Desk, period: Period) -> Option<Period> {
    let periods = desk.view.periods();
    let at = periods.iter().position(|known| *known == period)?;
    at.checked_sub(1)
        .and_then(|before| periods.get(before).copied())
}

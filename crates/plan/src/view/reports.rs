//! The consolidated reports by indicator and unit: grouped whole once, then brought up to date
//! by what was written since, so that one report more does not have all of them read again.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use registry::Record;
use store::{Mark, Scope};
use vocab::Id;

use super::observed::Observed;
use super::{Consolidated, Reports};
use crate::declarations::OBSERVATION;
use crate::error::PlanError;
use crate::figure::Measurement;
use crate::import::IndicatorKind;
use crate::plans::Plans;
use crate::records::IndicatorBody;

/// More writes than these are not looked through: reading anew is cheaper then.
const MOST_WRITES: usize = 5_000;

/// How each indicator that is in force measures.
pub(super) type Kinds = HashMap<Id, IndicatorKind>;

/// The reports of each indicator that has any.
pub(super) type ByIndicator = HashMap<Id, Arc<Reports>>;

/// What was read, and how far commits had come then.
pub(crate) struct HeldReports {
    mark: Mark,
    /// A report counts as its indicator measures: with others, all are read again.
    kinds: Kinds,
    reports: ByIndicator,
}

/// How the indicators measure that are not retired.
pub(super) fn kinds_of(indicators: &[Record]) -> Result<Kinds, PlanError> {
    let mut kinds = Kinds::new();
    for record in indicators {
        let body: IndicatorBody = record.read()?;
        if !body.retired {
            kinds.insert(record.id, body.measure.kind);
        }
    }
    Ok(kinds)
}

/// Reports by indicator and unit, each unit's in the order of their periods. What its indicator
/// does not measure is left out.
pub(super) fn grouped(observed: &[Observed], kinds: &Kinds) -> ByIndicator {
    let mut reports: HashMap<Id, Reports> = HashMap::new();
    for report in observed {
        if let Some(consolidated) = consolidated(report, kinds) {
            let of_indicator = reports.entry(report.indicator).or_default();
            of_indicator
                .entry(report.unit)
                .or_default()
                .push(consolidated);
        }
    }
    for of_unit in reports.values_mut().flat_map(Reports::values_mut) {
        in_order(of_unit);
    }
    let shared = |(id, reports)| (id, Arc::new(reports));
    reports.into_iter().map(shared).collect()
}

fn consolidated(report: &Observed, kinds: &Kinds) -> Option<Consolidated> {
    let kind = kinds.get(&report.indicator)?;
    Some(Consolidated {
        observation: report.id,
        version: report.version,
        measurement: Measurement::entered(*kind, report.entered)?,
        period: report.period,
        at: report.at,
    })
}

fn in_order(of_unit: &mut [Consolidated]) {
    of_unit.sort_by_key(|report| (report.period.by_end(), report.observation));
}

impl HeldReports {
    /// Takes what some records say now in the place of what they said.
    fn update(&mut self, touched: &BTreeSet<Id>, now: &[Observed]) {
        for of_indicator in self.reports.values_mut() {
            let gone = |report: &Consolidated| touched.contains(&report.observation);
            if of_indicator.values().flatten().any(gone) {
                let of_indicator = Arc::make_mut(of_indicator);
                for of_unit in of_indicator.values_mut() {
                    of_unit.retain(|report| !gone(report));
                }
                of_indicator.retain(|_, of_unit| !of_unit.is_empty());
            }
        }
        for report in now {
            if let Some(consolidated) = consolidated(report, &self.kinds) {
                let of_indicator = self.reports.entry(report.indicator).or_default();
                let of_indicator = Arc::make_mut(of_indicator);
                let of_unit = of_indicator.entry(report.unit).or_default();
                of_unit.push(consolidated);
                in_order(of_unit);
            }
        }
        self.reports.retain(|_, reports| !reports.is_empty());
    }
}

impl Plans {
    /// The consolidated reports as they stand, counted as these indicators measure.
    pub(super) async fn reports_now(&self, kinds: Kinds) -> Result<ByIndicator, PlanError> {
        let store = self.registry().store();
        let everything = Scope::bypass("the public view derives from everything");
        let mut held = self.inner().reports.lock().await;
        if let Some(held) = held.as_mut().filter(|held| held.kinds == kinds) {
            let touched = store
                .touched_since(&everything, OBSERVATION, held.mark, MOST_WRITES)
                .await?;
            if let Some(touched) = touched {
                let records = touched.records;
                let now = self.observed_among(records.iter().copied()).await?;
                held.update(&records, &now);
                held.mark = touched.mark;
                return Ok(held.reports.clone());
            }
        }
        let mark = store.mark().await?;
        let reports = grouped(&self.observed().await?, &kinds);
        *held = Some(HeldReports {
            mark,
            kinds,
            reports: reports.clone(),
        });
        Ok(reports)
    }
}

//! Consolidated reports as a view takes them: from the columns of their records, so that nobody
//! waits for bodies to be read that say nothing more.

use registry::Record;
use store::{Cell, Scope};
use vocab::{Decimal, Id, Instant, Period};

use crate::declarations::OBSERVATION;
use crate::error::PlanError;
use crate::figure::Entered;
use crate::plans::Plans;
use crate::records::ObservationBody;

/// The state of a report that makes it part of figures.
pub(super) const CONSOLIDATED: &str = "consolidated";

/// A consolidated report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Observed {
    /// The observation.
    pub id: Id,
    /// Its version.
    pub version: i64,
    /// What was measured.
    pub indicator: Id,
    /// The unit that reports.
    pub unit: Id,
    /// The period.
    pub period: Period,
    /// The value.
    pub entered: Entered,
    /// When it was consolidated.
    pub at: Instant,
}

/// What is read of each report, in this order.
const COLUMNS: [&str; 11] = [
    "state",
    "id",
    "version",
    "unit",
    "updated_at",
    "indicator",
    "period",
    "numerator",
    "denominator",
    "count",
    "reached",
];

/// What a row gives.
enum Read {
    /// A report that is not part of figures.
    Other,
    Observed(Observed),
    /// A count of more places than a column holds stands in the body alone.
    InBody(Id),
    /// A column holds what no report has.
    Wrong(&'static str),
}

impl Observed {
    /// A report as its body has it.
    pub(super) fn of(record: &Record) -> Result<Self, PlanError> {
        let body: ObservationBody = record.read()?;
        Ok(Self {
            id: record.id,
            version: record.version,
            indicator: body.indicator,
            unit: record.unit,
            period: body.period,
            entered: Entered::of(&body),
            at: record.at,
        })
    }
}

fn read(row: &[Cell<'_>]) -> Read {
    let Some(row) = row.as_array::<11>() else {
        return Read::Wrong("the row");
    };
    let [state, id, version, unit, at, indicator, period, values @ ..] = *row;
    if state.as_text() != Some(CONSOLIDATED) {
        return Read::Other;
    }
    let Some(id) = id.as_id() else {
        return Read::Wrong("the identity");
    };
    let [numerator, denominator, count, reached] = values.map(Cell::as_int);
    let entered = Entered {
        numerator,
        denominator,
        count: count
            .and_then(|units| Decimal::new(units, registry::COLUMN_SCALE))
            .map(Decimal::normalized),
        reached: reached.map(|flag| flag != 0),
    };
    if entered == Entered::default() {
        return Read::InBody(id);
    }
    let Some(indicator) = indicator.as_id() else {
        return Read::Wrong("the indicator");
    };
    let Some(period) = period.as_text().and_then(|code| code.parse().ok()) else {
        return Read::Wrong("the period");
    };
    let (Some(version), Some(unit), Some(at)) = (version.as_int(), unit.as_id(), at.as_int())
    else {
        return Read::Wrong("the head");
    };
    Read::Observed(Observed {
        id,
        version,
        indicator,
        unit,
        period,
        entered,
        at: Instant::from_micros(at),
    })
}

impl Plans {
    /// Every consolidated report, in no order.
    pub(super) async fn observed(&self) -> Result<Vec<Observed>, PlanError> {
        let store = self.registry().store();
        let everything = Scope::bypass("the public view derives from everything");
        let rows = store
            .read_columns(OBSERVATION, &everything, &COLUMNS, read)
            .await?;
        let mut observed = Vec::with_capacity(rows.len());
        let mut in_bodies = Vec::new();
        for row in rows {
            match row {
                Read::Other => {}
                Read::Observed(report) => observed.push(report),
                Read::InBody(id) => in_bodies.push(id),
                Read::Wrong(what) => {
                    return Err(PlanError::Shape(format!("{what} of a report")));
                }
            }
        }
        observed.extend(self.observed_among(in_bodies).await?);
        Ok(observed)
    }

    /// Those of some reports that are consolidated, in no order.
    pub(super) async fn observed_among(
        &self,
        ids: impl IntoIterator<Item = Id>,
    ) -> Result<Vec<Observed>, PlanError> {
        let records = self.registry().find_these(OBSERVATION, ids).await?;
        let consolidated = records.iter().filter(|record| record.state == CONSOLIDATED);
        consolidated.map(Observed::of).collect()
    }
}

//! Consolidated reports as a view takes them: from the heads of their records, so that nobody
//! waits for bodies to be read that say nothing more.

use registry::Record;
use store::{Head, ListQuery, Scope, Value};
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

/// Where the columns of a head stand.
struct Places {
    indicator: usize,
    period: usize,
    numerator: usize,
    denominator: usize,
    count: usize,
    reached: usize,
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

    fn of_head(head: &Head, places: &Places) -> Result<Self, PlanError> {
        let column = |at: usize| head.columns.get(at).unwrap_or(&Value::Null);
        let wrong = |what: &str| PlanError::Shape(format!("{what} of the report {}", head.id));
        let period = column(places.period).as_text();
        let period = period.and_then(|code| code.parse::<Period>().ok());
        let count = column(places.count).as_int();
        Ok(Self {
            id: head.id,
            version: head.version,
            indicator: column(places.indicator)
                .as_id()
                .ok_or_else(|| wrong("the indicator"))?,
            unit: head.unit,
            period: period.ok_or_else(|| wrong("the period"))?,
            entered: Entered {
                numerator: column(places.numerator).as_int(),
                denominator: column(places.denominator).as_int(),
                count: count
                    .and_then(|units| Decimal::new(units, registry::COLUMN_SCALE))
                    .map(Decimal::normalized),
                reached: column(places.reached).as_int().map(|flag| flag != 0),
            },
            at: head.updated_at,
        })
    }
}

impl Plans {
    /// Every consolidated report.
    pub(super) async fn observed(&self) -> Result<Vec<Observed>, PlanError> {
        let store = self.registry().store();
        let column = |name| store.column(OBSERVATION, name);
        let places = Places {
            indicator: column("indicator")?,
            period: column("period")?,
            numerator: column("numerator")?,
            denominator: column("denominator")?,
            count: column("count")?,
            reached: column("reached")?,
        };
        let everything = Scope::bypass("the public view derives from everything");
        let mut query = ListQuery::new(OBSERVATION, everything)
            .filter("state", CONSOLIDATED)
            .limit(1_000);
        let mut observed = Vec::new();
        loop {
            let page = store.list(&query).await?;
            for head in &page.items {
                let read = Observed::of_head(head, &places)?;
                // A count of more places than a column holds stands in the body alone.
                let empty = read.entered == Entered::default();
                let whole = if empty {
                    self.registry().find(OBSERVATION, head.id).await?
                } else {
                    None
                };
                observed.push(match whole {
                    Some(record) => Observed::of(&record)?,
                    None => read,
                });
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(observed),
            }
        }
    }
}

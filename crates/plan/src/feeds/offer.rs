//! Computing what a unit would report.

use jiff::civil::Date;
use pack::declaration::{Function, Taking};
use registry::system::figures::{Amount, Source, Span, end_of};
use vocab::{Decimal, Id, Period};

use super::{Computed, Covers, Feed, Feeds};
use crate::declarations::LARGEST;
use crate::error::PlanError;
use crate::import::IndicatorKind;
use crate::plans::Plans;
use crate::view::{IndicatorView, PlanView};

/// Whether a figure of this function can be what a measure of this kind asks for.
pub const fn suits(function: Function, kind: IndicatorKind) -> bool {
    match kind {
        IndicatorKind::Ratio => matches!(function, Function::Share),
        IndicatorKind::Count => !matches!(function, Function::Share),
        IndicatorKind::Milestone | IndicatorKind::Standing => false,
    }
}

impl Plans {
    /// The figure that is offered to a unit for a measure and period, if the measure is tied to
    /// an indicator and there is anything to count. Its number alone is told, whoever may see
    /// the records: the indicator says that it feeds the plan.
    pub async fn offered(
        &self,
        view: &PlanView,
        indicator: Id,
        unit: Id,
        period: Period,
    ) -> Result<Option<Computed>, PlanError> {
        let feeds = self.feeds(view).await?;
        self.offered_by(&feeds, view, indicator, unit, period).await
    }

    /// The same by ties that were read before.
    pub(crate) async fn offered_by(
        &self,
        feeds: &Feeds,
        view: &PlanView,
        indicator: Id,
        unit: Id,
        period: Period,
    ) -> Result<Option<Computed>, PlanError> {
        let (Some(feed), Some((_, measure))) =
            (feeds.measure(indicator), view.indicator(indicator))
        else {
            return Ok(None);
        };
        if period.start() > self.today() {
            return Ok(None);
        }
        let systems = self.registry().systems().clone();
        // A pack that was taken away, or opens its figure no longer, feeds nothing.
        let Some(source) = systems.indicator(&feed.source).filter(Source::feeds) else {
            return Ok(None);
        };
        if !suits(*source.declared.function, measure.body.measure.kind) {
            return Ok(None);
        }
        self.computed(feed, &source, measure, unit, period).await
    }

    async fn computed(
        &self,
        feed: &Feed,
        source: &Source<'_>,
        measure: &IndicatorView,
        unit: Id,
        period: Period,
    ) -> Result<Option<Computed>, PlanError> {
        let registry = self.registry();
        let now = registry.store().context().now();
        let kind = measure.body.measure.kind;
        let mut span = Span::of(source, period, now);
        if let Some((first, last)) = span.days {
            span.days = Some((begins(kind, first), last));
        }
        let mut measured = registry.measure(source, span).await?;
        // What is kept since yesterday says nothing of last year's end: it is told as it is known
        // now, and that it is so.
        let late = measured.known == 0
            && *source.declared.taken == Taking::End
            && end_of(period.end()) < now;
        if late {
            span.as_of = now;
            measured = registry.measure(source, span).await?;
        }
        if measured.known == 0 {
            return Ok(None);
        }
        let function = *source.declared.function;
        let (amount, unclear) = match feed.covers {
            Covers::All => (measured.whole, 0),
            Covers::Own => {
                let day = period.end();
                let by_unit = registry.by_units_of(source, &measured, day).await?;
                let tree = registry.directory().units_on(day).await?;
                (
                    by_unit.below(&tree, function, unit),
                    by_unit.unclear.records,
                )
            }
        };
        let computed = Computed {
            source: feed.source.clone(),
            as_of: span.as_of,
            from: span.days.map(|(first, _)| first),
            to: span.days.map(|(_, last)| last),
            covers: feed.covers,
            records: amount.records,
            unclear,
            untold: i64::try_from(measured.untold).unwrap_or(i64::MAX),
            late,
            numerator: None,
            denominator: None,
            count: None,
        };
        Ok(with_value(computed, kind, amount))
    }
}

/// A count is from the beginning of the year to the end of the period; a share is of its period.
fn begins(kind: IndicatorKind, first: Date) -> Date {
    match kind {
        IndicatorKind::Count => first.first_of_year(),
        _ => first,
    }
}

/// The figure as the measure asks for it; none where there is no whole to be a part of, or where
/// it is more than a report can hold.
fn with_value(computed: Computed, kind: IndicatorKind, amount: Amount) -> Option<Computed> {
    let whole = |value: Decimal| {
        let whole = value.rescale(0)?.mantissa();
        (0..=LARGEST).contains(&whole).then_some(whole)
    };
    match kind {
        IndicatorKind::Ratio => {
            let denominator = whole(amount.among?)?;
            (denominator > 0).then_some(Computed {
                numerator: Some(whole(amount.value?)?),
                denominator: Some(denominator),
                ..computed
            })
        }
        IndicatorKind::Count => {
            let count = amount.value?.normalized();
            let fits = count >= Decimal::ZERO && count <= Decimal::from(LARGEST);
            fits.then_some(Computed {
                count: Some(count),
                ..computed
            })
        }
        IndicatorKind::Milestone | IndicatorKind::Standing => None,
    }
}

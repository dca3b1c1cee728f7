//! Reading reports: one, by its place, or many.

use directory::permission::reach;
use directory::{Act, Principal};
use registry::RegistryError;
use store::{Ahead, ListQuery, Scope};
use vocab::{Id, Period};

use super::Report;
use super::checked::key;
use crate::declarations::OBSERVATION;
use crate::error::PlanError;
use crate::plans::Plans;

impl Plans {
    /// A report that this reader may see. Without an account one sees only what the coordinator
    /// publishes of what was consolidated.
    pub async fn report(&self, reader: &Principal, id: Id) -> Result<Report, PlanError> {
        self.report_ahead(reader, id, None).await
    }

    /// The same of one that was read along with what the reader's rights depend on
    /// ([`directory::Along`]).
    pub async fn report_ahead(
        &self,
        reader: &Principal,
        id: Id,
        ahead: Option<Ahead>,
    ) -> Result<Report, PlanError> {
        let registry = self.registry();
        let report = Report::of(registry.get_ahead(reader, OBSERVATION, id, ahead).await?)?;
        if reader.account.is_none() {
            let view = self.view().await?.ok_or(PlanError::NoPlan)?;
            if !view.is_public(report.body.indicator) {
                let kind = OBSERVATION.to_owned();
                return Err(RegistryError::NotFound { kind, id }.into());
            }
        }
        Ok(report)
    }

    /// The same of what was consolidated, published or not: for what is asked on behalf of
    /// somebody who was shown its figure.
    pub(crate) async fn consolidated_or_readable(
        &self,
        reader: &Principal,
        id: Id,
    ) -> Result<Report, PlanError> {
        Report::of(self.registry().get(reader, OBSERVATION, id).await?)
    }

    /// The report on an indicator by a unit for a period, if it was begun and this reader
    /// may see it.
    pub async fn report_on(
        &self,
        reader: &Principal,
        indicator: Id,
        unit: Id,
        period: Period,
    ) -> Result<Option<Report>, PlanError> {
        let key = key(indicator, unit, period);
        let found = self.registry().find_by(OBSERVATION, "key", key).await?;
        let Some(found) = found else {
            return Ok(None);
        };
        match self.report(reader, found.id).await {
            Err(PlanError::Registry(RegistryError::NotFound { .. })) => Ok(None),
            readable => readable.map(Some),
        }
    }

    /// The reports of some units for a period that this reader may see.
    pub async fn reports_of(
        &self,
        reader: &Principal,
        units: &[Id],
        period: Period,
    ) -> Result<Vec<Report>, PlanError> {
        let readable = reach(reader, Act::Read, OBSERVATION);
        let mut query = ListQuery::new(OBSERVATION, readable.within(units.iter().copied()))
            .filter("period", period.code())
            .limit(1_000);
        let mut reports = Vec::new();
        loop {
            let page = self.registry().list_shown(reader, &query).await?;
            for record in page.items {
                reports.push(Report::of(record)?);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(reports),
            }
        }
    }

    /// The reports of a state that this reader may see: at most so many.
    pub async fn reports_in(
        &self,
        reader: &Principal,
        state: &str,
        after: Option<store::Cursor>,
        limit: usize,
    ) -> Result<store::Page<Report>, PlanError> {
        let query = ListQuery {
            after,
            ..ListQuery::new(OBSERVATION, Scope::nothing()).limit(limit)
        };
        let page = self.registry().list(reader, query, Some(state)).await?;
        let items = page.items.into_iter().map(Report::of);
        Ok(store::Page {
            items: items.collect::<Result<_, _>>()?,
            next: page.next,
        })
    }
}

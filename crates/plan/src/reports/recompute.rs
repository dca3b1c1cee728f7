//! Having the figure of a report computed again.

use registry::{Caller, RegistryError};
use vocab::{Id, Problem};

use super::once::answer;
use super::{Report, ReportDraft, body};
use crate::declarations::OBSERVATION;
use crate::entry::Kept;
use crate::error::PlanError;
use crate::feeds::Computed;
use crate::figure::Entered;
use crate::plans::Plans;
use crate::records::to_map;

impl Plans {
    /// Has the figure of a report computed again, as the records stand now, while its unit may
    /// still change it. A value that was what had been computed becomes the new one; one that a
    /// person corrected stays.
    pub async fn recompute_report(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
    ) -> Result<Report, PlanError> {
        self.once(by, Box::pin(self.recompute(by, id, version)))
            .await
    }

    async fn recompute(&self, by: &Caller, id: Id, version: i64) -> Result<Report, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let current = self.at_version(by, id, version).await?;
        // Whoever may not change it is told so, whatever could be computed.
        let mut asked = self.registry().batch(by);
        asked
            .edit(OBSERVATION, &current, current.body.clone())
            .await?;
        let known = Report::of(current.clone())?.body;
        let (measure, unit, period) = (known.indicator, current.unit, known.period);
        let computed = self.offered(&view, measure, unit, period).await?;
        let Some(computed) = computed else {
            let problem = Problem::new(409, "nothing-computed", format!("the report {id}"));
            return Err(RegistryError::Refused(problem).into());
        };
        let held = Entered::of(&known);
        let was_computed = known.computed.as_ref().map(Computed::entered);
        let entered = if held == Entered::default() || Some(held) == was_computed {
            computed.entered()
        } else {
            held
        };
        let draft = ReportDraft {
            indicator: measure,
            unit,
            period,
            entered,
            note: known.note.clone(),
            evidence: known.evidence.clone(),
            explanations: known.checks.iter().map(Kept::said).collect(),
        };
        let reports = self.reports_on(&view, measure, unit, period).await?;
        let mut body = body(&view, self.today(), &draft, reports)?;
        body.checks = self.checks(by, &view, &draft).await?;
        body.computed = Some(computed);
        let mut batch = self.registry().batch(by);
        let record = batch
            .edit(OBSERVATION, &current, to_map("a report", &body)?)
            .await?;
        let done = batch.commit(answer(&record)).await?;
        self.after(by, done, &record).await
    }
}

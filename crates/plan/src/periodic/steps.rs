//! A report on its way: to whoever signs it, back, signed. Its sections go with it, in the
//! same transaction and by the versions that were read: a section that somebody changed
//! meanwhile stops the step.

use registry::{Caller, RegistryError};
use vocab::{Id, Problem};

use super::read::Periodic;
use super::records::{PERIODIC_REPORT, PeriodicBody, REPORT_SECTION, Signed};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// A step of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodicStep {
    /// To whoever signs it.
    Submit,
    /// Back to its writers, with a reason.
    SendBack(String),
    /// Signed: what the signer has read, by its digest ([`super::Paper::digest`]).
    Sign(String),
}

impl PeriodicStep {
    /// Its name in the lifecycle.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::SendBack(_) => "send_back",
            Self::Sign(_) => "sign",
        }
    }
}

impl Plans {
    /// Moves a report and its sections on. `version` is the one that was read.
    pub async fn step_periodic_report(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        step: &PeriodicStep,
    ) -> Result<Periodic, PlanError> {
        let mut current = self.read_at(by, PERIODIC_REPORT, id, version).await?;
        let report = self.periodic_report(&by.principal, id).await?;
        let name = step.name();
        let reason = match step {
            PeriodicStep::SendBack(reason) => Some(reason.as_str()),
            PeriodicStep::Submit | PeriodicStep::Sign(_) => None,
        };
        let mut batch = self.registry().batch(by);
        if let PeriodicStep::Sign(read) = step {
            // Refused before anything is derived for it, if it is to be refused.
            self.registry()
                .batch(by)
                .step(PERIODIC_REPORT, &current, name, None)
                .await?;
            // What is signed is part of the version that says it is signed.
            current.body = to_map("a periodic report", &self.signed(by, &report, read).await?)?;
        }
        batch.step(PERIODIC_REPORT, &current, name, reason).await?;
        for section in &report.sections {
            batch
                .step(REPORT_SECTION, &section.record, name, None)
                .await?;
        }
        batch.commit(id.to_string()).await?;
        self.periodic_report(&by.principal, id).await
    }

    /// The report with everything that it says now, if that is what its signer has read.
    async fn signed(
        &self,
        by: &Caller,
        report: &Periodic,
        read: &str,
    ) -> Result<PeriodicBody, PlanError> {
        let (paper, figures) = self.paper_now(report).await?;
        if paper.digest()? != read {
            let about = "signing what reads otherwise by now";
            let problem = Problem::new(409, "periodic-reads-otherwise", about);
            return Err(RegistryError::Refused(problem).into());
        }
        let now = self.registry().store().context().now();
        Ok(PeriodicBody {
            signed: Some(Signed {
                account: by.principal.account.unwrap_or(Id::NIL),
                by: by.principal.name.clone(),
                at: now.as_micros(),
                figures: figures.kept(&report.body.layout.words),
                paper,
            }),
            ..report.body.clone()
        })
    }
}

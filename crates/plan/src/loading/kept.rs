//! What is kept of a plan, read at once.

use std::collections::HashMap;

use registry::{Record, Registry};
use serde::de::DeserializeOwned;
use store::{ListQuery, Scope};
use vocab::Id;

use super::documents::words_of;
use super::matching::Known;
use crate::declarations::{DUTY, INDICATOR, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::records::{DutyBody, IndicatorBody, PlanBody, ProjectBody, TargetBody};

/// A record and what it says.
pub(super) type Read<T> = (Record, T);

/// Everything that is kept of one plan; all empty where nothing is.
#[derive(Default)]
pub(super) struct Kept {
    pub plan: Option<Read<PlanBody>>,
    pub targets: Vec<Read<TargetBody>>,
    pub projects: Vec<Read<ProjectBody>>,
    pub indicators: Vec<Read<IndicatorBody>>,
    pub duties: Vec<Read<DutyBody>>,
}

impl Kept {
    pub(super) async fn read(registry: &Registry, plan: Id) -> Result<Self, PlanError> {
        let Some(record) = registry.find(PLAN, plan).await? else {
            return Ok(Self::default());
        };
        let body = record.read()?;
        let mut kept = Self {
            plan: Some((record, body)),
            targets: of(registry, TARGET, plan).await?,
            projects: of(registry, PROJECT, plan).await?,
            indicators: of(registry, INDICATOR, plan).await?,
            duties: of(registry, DUTY, plan).await?,
        };
        // What a later document put into the plan is no matter of the plan's own text.
        kept.targets.retain(|(_, body)| body.ordered_by.is_none());
        kept.indicators
            .retain(|(_, body)| body.ordered_by.is_none());
        Ok(kept)
    }

    /// Its records by identity.
    pub(super) fn records(&self) -> HashMap<Id, &Record> {
        let plan = self.plan.iter().map(|(record, _)| record);
        let targets = self.targets.iter().map(|(record, _)| record);
        let projects = self.projects.iter().map(|(record, _)| record);
        let indicators = self.indicators.iter().map(|(record, _)| record);
        let duties = self.duties.iter().map(|(record, _)| record);
        let all = plan.chain(targets).chain(projects);
        let all = all.chain(indicators).chain(duties);
        all.map(|record| (record.id, record)).collect()
    }

    pub(super) fn targets(&self) -> Vec<Known> {
        let targets = self.targets.iter();
        let targets = targets.map(|(record, body)| known_target(record.id, body));
        targets.collect()
    }

    pub(super) fn projects(&self) -> Vec<Known> {
        let known = self.projects.iter().map(|(record, body)| Known {
            id: record.id,
            key: body.key.clone(),
            number: format!("{}/{}", body.annex, body.code),
            text: body.name.clone(),
            retired: body.retired.is_some(),
        });
        known.collect()
    }

    pub(super) fn duties(&self) -> Vec<Known> {
        let known = self.duties.iter().map(|(record, body)| Known {
            id: record.id,
            key: body.key.clone(),
            number: format!("nv{}", body.place),
            text: words_of(&body.under, &body.text),
            retired: body.retired.is_some(),
        });
        known.collect()
    }
}

async fn of<T: DeserializeOwned>(
    registry: &Registry,
    kind: &'static str,
    plan: Id,
) -> Result<Vec<Read<T>>, PlanError> {
    let all = ListQuery::new(
        kind,
        Scope::bypass("an import compares the document with all that was kept of it"),
    );
    let records = registry.all(all.filter("plan", plan)).await?;
    let read = records.into_iter().map(|record| {
        let body = record.read()?;
        Ok((record, body))
    });
    read.collect()
}

/// Targets as rows are looked for among them.
pub(super) fn known_targets(targets: &[(Id, TargetBody)]) -> Vec<Known> {
    let targets = targets.iter().map(|(id, body)| known_target(*id, body));
    targets.collect()
}

fn known_target(id: Id, body: &TargetBody) -> Known {
    Known {
        id,
        key: body.key.clone(),
        number: body.number.to_string(),
        text: body.name.clone(),
        retired: body.retired.is_some(),
    }
}

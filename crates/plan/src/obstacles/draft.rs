//! Writing an obstacle down.

use jiff::civil::Date;
use registry::{Caller, Done, Draft, Evidence, RegistryError};
use vocab::{FieldProblem, Id, Problem};

use super::{About, LONGEST, OBSTACLE, Obstacle, ObstacleBody, Rung};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// What an officer writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObstacleDraft {
    /// What it is about.
    pub about: About,
    /// What stands in the way.
    pub what: String,
    /// Since when.
    pub since: Date,
    /// What the unit asks for.
    pub asks: String,
    /// Whom it asks.
    pub of: Rung,
    /// The files behind it.
    pub evidence: Vec<Evidence>,
}

impl Plans {
    /// Begins an obstacle of a unit. `id` is its identity; a fresh one if none is given.
    ///
    /// Fields: `about`, `what`, `since`, `asks`, `of`.
    pub async fn begin_obstacle(
        &self,
        by: &Caller,
        id: Option<Id>,
        unit: Id,
        draft: ObstacleDraft,
    ) -> Result<Obstacle, PlanError> {
        let body = self.written(unit, draft, None).await?;
        let mut batch = self.registry().batch(by);
        let record = batch
            .create(Draft {
                kind: OBSTACLE,
                id,
                unit,
                body: to_map("an obstacle", &body)?,
            })
            .await?;
        match batch.commit(record.id.to_string()).await? {
            Done::Now(_) => Obstacle::of(record),
            Done::Before(_) => self.obstacle(&by.principal, record.id).await,
        }
    }

    /// Says it otherwise, as long as it was not sent. `version` is the one that was read.
    pub async fn edit_obstacle(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        draft: ObstacleDraft,
    ) -> Result<Obstacle, PlanError> {
        let known = self.obstacle_at(by, id, version).await?;
        let unit = known.record.unit;
        let draft = ObstacleDraft {
            about: known.body.about,
            ..draft
        };
        let body = self.written(unit, draft, Some(&known.body)).await?;
        let mut batch = self.registry().batch(by);
        let record = batch
            .edit(OBSTACLE, &known.record, to_map("an obstacle", &body)?)
            .await?;
        match batch.commit(record.id.to_string()).await? {
            Done::Now(_) => Obstacle::of(record),
            Done::Before(_) => self.obstacle(&by.principal, id).await,
        }
    }

    async fn written(
        &self,
        unit: Id,
        draft: ObstacleDraft,
        known: Option<&ObstacleBody>,
    ) -> Result<ObstacleBody, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let mut wrong = Vec::new();
        let matter = draft.about.id();
        let there = match draft.about {
            About::Target(_) => view.target_by_id(matter).is_some(),
            About::Project(_) => view.projects.iter().any(|project| project.id == matter),
            About::Duty(_) => view.duties.iter().any(|duty| duty.id == matter),
        };
        if !there {
            wrong.push(FieldProblem::new("about", "choice-unknown"));
        }
        for (field, text) in [("what", &draft.what), ("asks", &draft.asks)] {
            if text.trim().is_empty() {
                wrong.push(FieldProblem::new(field, "field-required"));
            } else if text.chars().count() > LONGEST {
                let long = FieldProblem::new(field, "text-too-long");
                wrong.push(long.with("limit", LONGEST));
            }
        }
        if draft.since > self.today() {
            wrong.push(FieldProblem::new("since", "obstacle-since-to-come"));
        }
        let ladder = self.ladder(&view, draft.about, unit).await?;
        if !ladder.iter().any(|(rung, _)| *rung == draft.of) {
            wrong.push(FieldProblem::new("of", "obstacle-nobody-there"));
        }
        if wrong.is_empty() {
            return Ok(ObstacleBody {
                plan: view.id,
                about: draft.about,
                matter,
                what: draft.what.trim().to_owned(),
                since: draft.since,
                asks: draft.asks.trim().to_owned(),
                of: draft.of,
                evidence: draft.evidence,
                rungs: known.map_or_else(Vec::new, |known| known.rungs.clone()),
                solved_on: None,
            });
        }
        let mut problem = Problem::new(422, "invalid-fields", "an obstacle");
        problem.fields = wrong;
        Err(RegistryError::Refused(problem).into())
    }

    /// An obstacle as somebody read it.
    pub(super) async fn obstacle_at(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
    ) -> Result<Obstacle, PlanError> {
        let current = self.registry().get(&by.principal, OBSTACLE, id).await?;
        if current.version == version {
            return Obstacle::of(current);
        }
        Err(RegistryError::Conflict {
            kind: OBSTACLE.to_owned(),
            expected: version,
            current: Box::new(current),
        }
        .into())
    }
}

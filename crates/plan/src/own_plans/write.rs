//! Recording a unit's own plan, and handing it on.

use std::collections::BTreeSet;

use directory::Principal;
use jiff::civil::Date;
use registry::{Caller, Draft, Evidence, RegistryError};
use store::StoreError;
use vocab::{FieldProblem, Id};

use super::{Covered, LONGEST_TITLE, MOST_ADDED, UNIT_PLAN, UnitPlan, UnitPlanBody};
use crate::error::PlanError;
use crate::plans::{EPOCH, Plans, identity};
use crate::projects::invalid;
use crate::records::to_map;
use crate::view::PlanView;

/// The longest number that a unit's plan gives something.
const LONGEST_NUMBER: usize = 40;

/// What somebody records of a unit's own plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitPlanDraft {
    /// Its number.
    pub symbol: String,
    /// The day on which it was issued.
    pub on: Option<Date>,
    /// Its title.
    pub title: String,
    /// What it covers.
    pub covers: Vec<Covered>,
    /// What it adds, one thing a line.
    pub adds: Vec<String>,
    /// What else is to be said of it.
    pub note: String,
    /// The document itself.
    pub evidence: Vec<Evidence>,
}

impl UnitPlanDraft {
    fn body(self, view: &PlanView, unit: Id, today: Date) -> Result<UnitPlanBody, PlanError> {
        let mut wrong = Vec::new();
        if self.on.is_some_and(|on| on > today) {
            wrong.push(FieldProblem::new("on", "day-to-come"));
        }
        let mut seen = BTreeSet::new();
        for covered in &self.covers {
            let known =
                view.target_by_id(covered.of).is_some() || view.project(covered.of).is_some();
            if !known || !seen.insert(covered.of) {
                wrong.push(FieldProblem::new("covers", "choice-unknown"));
                break;
            }
        }
        let long = |covered: &Covered| covered.number.chars().count() > LONGEST_NUMBER;
        if self.covers.iter().any(long) {
            let limit = FieldProblem::new("covers", "text-too-long");
            wrong.push(limit.with("limit", LONGEST_NUMBER));
        }
        let adds: Vec<String> = self
            .adds
            .iter()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        if adds.len() > MOST_ADDED || adds.iter().any(|line| line.chars().count() > LONGEST_TITLE) {
            let limit = FieldProblem::new("adds", "text-too-long");
            wrong.push(limit.with("limit", LONGEST_TITLE));
        }
        if !wrong.is_empty() {
            return Err(invalid("a unit's own plan", wrong));
        }
        Ok(UnitPlanBody {
            plan: view.id,
            key: format!("{}/{unit}", view.id),
            year: view.year(),
            symbol: self.symbol.trim().to_owned(),
            on: self.on,
            title: self.title.trim().to_owned(),
            covers: self.covers,
            adds,
            note: self.note.trim().to_owned(),
            evidence: self.evidence,
        })
    }
}

fn place(view: &PlanView, unit: Id) -> Id {
    identity(&format!("unit-plan/{}/{unit}", view.id))
}

impl Plans {
    /// The own plan of a unit that this reader may see, if it was recorded.
    pub async fn unit_plan(
        &self,
        reader: &Principal,
        view: &PlanView,
        unit: Id,
    ) -> Result<Option<UnitPlan>, PlanError> {
        match self
            .registry()
            .get(reader, UNIT_PLAN, place(view, unit))
            .await
        {
            Ok(record) => UnitPlan::of(record).map(Some),
            Err(RegistryError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The own plan that a task or an address names.
    pub async fn unit_plan_of(&self, reader: &Principal, id: Id) -> Result<UnitPlan, PlanError> {
        UnitPlan::of(self.registry().get(reader, UNIT_PLAN, id).await?)
    }

    /// Records the own plan of a unit, or what changed in the record. `version` is the one that
    /// was read; 0 where there was none.
    pub async fn save_unit_plan(
        &self,
        by: &Caller,
        unit: Id,
        version: i64,
        draft: UnitPlanDraft,
    ) -> Result<UnitPlan, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        if view.units.get(unit).is_none() {
            let kind = "unit".to_owned();
            return Err(RegistryError::NotFound { kind, id: unit }.into());
        }
        let body = draft.body(&view, unit, self.today())?;
        let id = place(&view, unit);
        let mut batch = self.registry().batch(by);
        let known = self.registry().find(UNIT_PLAN, id).await?;
        if known.is_none() && version == 0 {
            batch
                .create(Draft {
                    kind: UNIT_PLAN,
                    id: Some(id),
                    unit,
                    body: to_map("a unit's own plan", &body)?,
                })
                .await?;
        } else {
            let current = self.read_at(by, UNIT_PLAN, id, version).await?;
            // Saying the same again makes no version.
            if UnitPlan::of(current.clone())?.body == body
                && self.registry().may_edit(&by.principal, UNIT_PLAN, &current)
            {
                return UnitPlan::of(current);
            }
            batch
                .edit(UNIT_PLAN, &current, to_map("a unit's own plan", &body)?)
                .await?;
        }
        match batch.commit(String::new()).await {
            Ok(_) => self.unit_plan_of(&by.principal, id).await,
            // Two recorded it at once: the other one was first.
            Err(RegistryError::Store(
                StoreError::Duplicate { .. } | StoreError::Conflict { .. },
            )) => {
                let current = self.registry().get(&by.principal, UNIT_PLAN, id).await?;
                Err(RegistryError::Conflict {
                    kind: UNIT_PLAN.to_owned(),
                    expected: version,
                    current: Box::new(current),
                }
                .into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Moves a unit's own plan on: `submit`, `approve` or `send_back`. Handed in it has a number,
    /// a day and the document itself.
    pub async fn step_unit_plan(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        step: &str,
        reason: Option<&str>,
    ) -> Result<UnitPlan, PlanError> {
        let current = self.read_at(by, UNIT_PLAN, id, version).await?;
        if step == "submit" {
            let body = UnitPlan::of(current.clone())?.body;
            let lacks = [
                ("symbol", body.symbol.is_empty()),
                ("on", body.on.is_none()),
                ("title", body.title.is_empty()),
                ("evidence", body.evidence.is_empty()),
            ];
            let lacks = lacks.into_iter().filter(|(_, lacks)| *lacks);
            let lacks: Vec<FieldProblem> = lacks
                .map(|(field, _)| FieldProblem::new(field, "field-required"))
                .collect();
            if !lacks.is_empty() {
                return Err(invalid("handing in a unit's own plan", lacks));
            }
        }
        let mut batch = self.registry().batch(by);
        batch.step(UNIT_PLAN, &current, step, reason).await?;
        // Public pages tell how many have issued theirs.
        batch.bump(EPOCH);
        batch.commit(String::new()).await?;
        self.stale();
        self.unit_plan_of(&by.principal, id).await
    }
}

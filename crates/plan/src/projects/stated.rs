//! What people say of a plan as a whole, each with its source: the province's total budget
//! expenditure, which no annex states, and the day for the units' own plans, where the
//! decision names none.

use jiff::civil::Date;
use registry::{Caller, Draft, Record, RegistryError};
use serde::{Deserialize, Serialize};
use vocab::fold::fold;
use vocab::{Decimal, FieldProblem, Id, Vnd};

use super::PLAN_STATED;
use super::declarations::LONGEST_NAME;
use super::write::invalid;
use crate::error::PlanError;
use crate::plans::{Plans, identity};
use crate::records::to_map;
use crate::view::{DutyView, PlanView};

/// The province's total budget expenditure of the plan's year.
pub const STATED_BUDGET: &str = "budget";
/// The last day for the units' own plans.
pub const STATED_OWN_PLANS_DUE: &str = "own-plans-due";

/// The body of such a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedBody {
    /// The plan.
    pub plan: Id,
    /// The plan and what is stated.
    pub key: String,
    /// An amount, in đồng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Vnd>,
    /// A day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// Where it comes from: a document with number and day.
    pub source: String,
}

/// What is stated, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: StatedBody,
}

/// What somebody states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedDraft {
    /// The version that was read; 0 where nothing was stated.
    pub version: i64,
    /// An amount, in đồng.
    pub amount: Option<Vnd>,
    /// A day.
    pub day: Option<Date>,
    /// Where it comes from.
    pub source: String,
}

fn place(plan: Id, what: &str) -> String {
    format!("{plan}#{what}")
}

/// The duty that says which part of the budget is to be spent, with that part in per cent: the
/// one that names a percentage of the budget.
pub fn share_ordered(view: &PlanView) -> Option<(&DutyView, Decimal)> {
    view.duties.iter().find_map(|duty| {
        let folded = fold(&duty.body.text);
        if !folded.contains("kinh phi ngan sach") && !folded.contains("chi ngan sach") {
            return None;
        }
        let before = duty.body.text.split('%').next()?;
        if before.len() == duty.body.text.len() {
            return None;
        }
        let number = before.trim_end().rsplit(' ').next()?;
        let share = number.replace(',', ".").parse::<Decimal>().ok()?;
        Some((duty, share))
    })
}

impl Plans {
    /// What people stated of a plan ([`STATED_BUDGET`], [`STATED_OWN_PLANS_DUE`]), if anybody did.
    pub async fn stated(&self, plan: Id, what: &str) -> Result<Option<Stated>, PlanError> {
        let id = identity(&format!("stated/{}", place(plan, what)));
        let Some(record) = self.registry().find(PLAN_STATED, id).await? else {
            return Ok(None);
        };
        let body = record.read()?;
        Ok(Some(Stated { record, body }))
    }

    /// States it, with its source.
    pub async fn state(
        &self,
        by: &Caller,
        what: &str,
        draft: StatedDraft,
    ) -> Result<(), PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let source = draft.source.trim().to_owned();
        let mut wrong = Vec::new();
        if what == STATED_BUDGET {
            match draft.amount {
                None => wrong.push(FieldProblem::new("amount", "field-required")),
                Some(amount) if amount <= Vnd::ZERO => {
                    wrong.push(FieldProblem::new("amount", "amount-negative"));
                }
                Some(_) => {}
            }
        } else if draft.day.is_none() {
            wrong.push(FieldProblem::new("day", "field-required"));
        }
        if source.is_empty() {
            wrong.push(FieldProblem::new("source", "field-required"));
        } else if source.chars().count() > LONGEST_NAME {
            let limit = FieldProblem::new("source", "text-too-long");
            wrong.push(limit.with("limit", LONGEST_NAME));
        }
        if !wrong.is_empty() {
            return Err(invalid("stating something of a plan", wrong));
        }
        let body = StatedBody {
            plan: view.id,
            key: place(view.id, what),
            amount: draft.amount,
            day: draft.day,
            source,
        };
        let known = self.stated(view.id, what).await?;
        let mut batch = self.registry().batch(by);
        match known {
            Some(known) if known.record.version != draft.version => {
                return Err(RegistryError::Conflict {
                    kind: PLAN_STATED.to_owned(),
                    expected: draft.version,
                    current: Box::new(known.record),
                }
                .into());
            }
            Some(known) if known.body == body => return Ok(()),
            Some(known) => {
                let body = to_map("what is stated", &body)?;
                batch.edit(PLAN_STATED, &known.record, body).await?;
            }
            None => {
                let id = identity(&format!("stated/{}", body.key));
                batch
                    .create(Draft {
                        kind: PLAN_STATED,
                        id: Some(id),
                        unit: directory::province(),
                        body: to_map("what is stated", &body)?,
                    })
                    .await?;
            }
        }
        batch.commit(String::new()).await?;
        Ok(())
    }
}

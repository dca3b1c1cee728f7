//! Units' own plans, below the province's: «ban hành Kế hoạch của cơ quan, địa phương mình».
//!
//! A unit records the plan that it issued: its number, day and file, which targets and projects
//! of the province's plan it covers, under which of its own numbers and by when, and what it
//! adds. What it leaves out is computed ([`Coverage`]): all that it leads or takes part in and
//! does not cover. The head of the unit approves the record; from then on the duty of the
//! decision that orders such plans is kept by this unit.
//!
//! - [`Plans::save_unit_plan`](crate::Plans::save_unit_plan) and its steps (`write`)
//! - who owes one, by when, and what nobody covers ([`Overview`], `overview`)

mod overview;
mod write;

use directory::Act;
use jiff::civil::Date;
use registry::{Declaration, Evidence, Field, FieldKind, Indexed, Lifecycle, Record};
use serde::{Deserialize, Serialize};
use vocab::Id;

pub(crate) use overview::orders_own_plans;
pub use overview::{Coverage, DueDay, Overview, OwnPlanRow, OwnPlanState, Party, ordering_duty};
pub use write::UnitPlanDraft;

use crate::declarations::MOST_FILES;
use crate::error::PlanError;
use crate::projects::states;

/// A unit's own plan.
pub const UNIT_PLAN: &str = "unit_plan";

/// The most characters of its title, and of one thing that it adds.
pub const LONGEST_TITLE: usize = 1_000;
/// The most things that it adds.
pub const MOST_ADDED: usize = 200;

/// The body of a unit's own plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPlanBody {
    /// The province's plan.
    pub plan: Id,
    /// Plan and unit together: one for each.
    pub key: String,
    /// The year that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// Its number: `45/KH-SNV`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub symbol: String,
    /// The day on which it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Its title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What of the province's plan it covers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Covered>,
    /// What it adds of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<String>,
    /// What else is to be said of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The document itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// A target or a project that a unit's own plan covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The target or project.
    pub of: Id,
    /// Its number in the unit's plan.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// By when the unit's plan wants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
}

/// A unit's own plan as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitPlan {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: UnitPlanBody,
}

impl UnitPlan {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether the head of the unit approved it.
    pub fn counts(&self) -> bool {
        self.record.state == states::APPROVED
    }

    /// What it says of a target or project, if it covers it.
    pub fn covers(&self, of: Id) -> Option<&Covered> {
        self.body.covers.iter().find(|covered| covered.of == of)
    }
}

/// A unit's own plan: from its officer to its head.
pub(crate) fn declaration() -> Declaration {
    let lifecycle = crate::projects::two_pairs_of_eyes();
    Declaration {
        kind: UNIT_PLAN,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(120)).indexed(Indexed::Unique),
            Field::optional("year", FieldKind::Whole(1900, 2200)),
            Field::optional("symbol", FieldKind::Text(100)),
            Field::optional("on", FieldKind::Text(10)),
            Field::optional("title", FieldKind::Text(LONGEST_TITLE)),
            Field::optional("covers", FieldKind::Structure),
            Field::optional("adds", FieldKind::Structure),
            Field::optional("note", FieldKind::Text(4_000)),
            Field::optional("evidence", FieldKind::Evidence(MOST_FILES)),
        ],
        order: &["on"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            editing: Act::Draft,
            steps: lifecycle
                .steps
                .into_iter()
                .filter(|step| step.name != "withdraw")
                .collect(),
            ..lifecycle
        },
    }
}

//! Projects on their way from a proposal to settled accounts, and the money with them.
//!
//! The annexes of a decision only propose. What becomes of a proposal is told by [`Entry`]s: an
//! approval in principle, an estimate, a contract, a payment. The unit that leads the project
//! enters them, its head approves; **only what was approved counts**, and nothing that was
//! approved is written over: it goes back with a reason and comes again as another version.
//!
//! - [`Plans::begin_entry`](crate::Plans::begin_entry), `edit_entry`, `step_entry` (`write`)
//! - what looks wrong with an entry and must be explained (`checks`)
//! - [`Ledger`]: where each project stands and what was listed, approved, contracted, paid
//!   (`ledger`), all of it derived
//! - which targets a project serves, as a person decides (`links`)
//! - what people say of the province's money as a whole (`stated`)
//!
//! Amounts are in đồng ([`Vnd`]). To add a step: a variant of [`EntryKind`] with what it needs.

mod amounts;
mod checks;
mod declarations;
mod draft;
mod kind;
mod ledger;
mod links;
mod stated;
mod write;

use jiff::civil::Date;
use registry::{Evidence, Record};
use serde::{Deserialize, Serialize};
use vocab::{Id, Period, Vnd};

pub use amounts::{Amounts, Source};
pub(crate) use declarations::{entry, links, stated, two_pairs_of_eyes};
pub use draft::EntryDraft;
pub use kind::{EntryKind, Stage};
pub use ledger::{Account, Ledger};
pub use links::Proposal;
pub use stated::{
    STATED_BUDGET, STATED_OWN_PLANS_DUE, Stated, StatedBody, StatedDraft, share_ordered,
};
pub(crate) use write::invalid;

use crate::entry::Kept;
use crate::error::PlanError;
use crate::view::{PlanView, ProjectView};

/// Something that happened to a project.
pub const PROJECT_ENTRY: &str = "project_entry";
/// Which targets a project serves.
pub const PROJECT_TARGETS: &str = "project_targets";
/// What people say of the plan as a whole: the province's budget, a day.
pub const PLAN_STATED: &str = "plan_stated";

/// The largest amount of one entry, in đồng: a thousand times a province's yearly budget, and
/// far from where sums would not fit.
pub const LARGEST_AMOUNT: Vnd = Vnd::new(10_000_000_000_000_000);

/// The states of an entry and of a unit's own plan.
pub mod states {
    /// Being written.
    pub const DRAFT: &str = "draft";
    /// Before the head of the unit.
    pub const SUBMITTED: &str = "submitted";
    /// It counts.
    pub const APPROVED: &str = "approved";
    /// Back to its writer.
    pub const SENT_BACK: &str = "sent_back";
    /// Given up before it counted.
    pub const WITHDRAWN: &str = "withdrawn";
}

/// The body of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryBody {
    /// The project.
    pub project: Id,
    /// What there is one of: a payment for a project and period; else the entry itself.
    pub key: String,
    /// What happened.
    pub kind: EntryKind,
    /// The day of the document, or of what is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The document's number: `12/HĐ-STTTT`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub symbol: String,
    /// The contractor.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub party: String,
    /// The last day by which it is to be done, where the document says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// How much is done, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<i64>,
    /// The milestone that was reached.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub milestone: String,
    /// The month or quarter of a payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Money by source.
    #[serde(default, skip_serializing_if = "Amounts::is_zero")]
    pub amounts: Amounts,
    /// What the other source is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other_source: String,
    /// What else is to be said; the reason of a stop.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The document itself and what shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What looked wrong, and what the unit says about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Kept>,
}

/// An entry as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its record: identity, version, state, unit.
    pub record: Record,
    /// What it says.
    pub body: EntryBody,
}

impl Entry {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.record.state == states::APPROVED
    }

    /// Whether somebody gave it up.
    pub fn is_withdrawn(&self) -> bool {
        self.record.state == states::WITHDRAWN
    }

    /// The day that it is ordered by: its own, or the last of its period.
    pub fn day(&self) -> Option<Date> {
        self.body.on.or(self.body.period.map(Period::end))
    }
}

/// The unit that owns a project: the first lead that is one, else the unit under whose name
/// the annex lists it. None where nobody knows who that is.
pub fn owner(view: &PlanView, project: &ProjectView) -> Option<Id> {
    let body = &project.body;
    let mut leads = body.leads.iter().filter_map(|lead| lead.unit);
    let known = leads.find(|unit| view.units.get(*unit).is_some());
    known.or_else(|| {
        let mut annexes = view.body.annexes.iter();
        let annex = annexes.find(|annex| annex.number == body.annex)?;
        let group = annex.groups.iter().find(|group| group.code == body.group)?;
        group.unit.filter(|unit| view.units.get(*unit).is_some())
    })
}

impl PlanView {
    /// The project with this identity, one that is retired included.
    pub fn project(&self, id: Id) -> Option<&ProjectView> {
        let all = self.projects.iter().chain(&self.retired_projects);
        all.into_iter().find(|project| project.id == id)
    }
}

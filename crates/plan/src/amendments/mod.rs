//! Amendments: what a later decision makes of a plan, from a day on.
//!
//! The plan's own text stays as it is in its records. A later document adds, changes or drops
//! targets; what it makes of each stands in a record of its own, with what was before. Both
//! together say what holds on any day ([`Timeline`]), and the view reads the plan as of one
//! ([`crate::view::PlanView::in_force_on`]).
//!
//! - [`terms`]: what is said of a target, and one change of it. Pure.
//! - [`timeline`]: from when to when what holds. Pure.
//! - `draft`: a later document put together, change by change
//! - `by_text`: the changes that a text of the amended annex makes
//! - `record`: taking it into force, and taking that back
//!
//! To have another field amendable, add it to [`terms::Terms`] and to the form; the rest
//! follows.

mod by_text;
mod draft;
mod parties;
mod record;
pub mod terms;
pub mod timeline;

use directory::Act;
use jiff::civil::Date;
use registry::{Declaration, Evidence, Field, FieldKind, Indexed, Lifecycle, Record, Step};
use serde::{Deserialize, Serialize};
use vocab::{Id, Instant};

pub use draft::{AmendmentDraft, MeasureEdit, TermsEdit};
pub use parties::written;
pub use terms::{Amends, MeasureTerms, TargetAmended, Terms};
pub use timeline::{Event, Span, Timeline};

use crate::error::PlanError;

/// The kind of record that an amendment is.
pub const AMENDMENT: &str = "amendment";
/// The most files of one amendment.
pub const MOST_SOURCES: usize = 5;
/// The longest symbol of a document, in characters.
pub(crate) const LONGEST_SYMBOL: usize = 60;
/// The longest title, in characters.
pub(crate) const LONGEST_TITLE: usize = 1_000;

/// Where an amendment stands.
pub mod states {
    /// It is being put together; nothing follows from it.
    pub const DRAFT: &str = "draft";
    /// It is in force from its day on.
    pub const RECORDED: &str = "recorded";
    /// It was taken back: nothing follows from it any more.
    pub const WITHDRAWN: &str = "withdrawn";
    /// All of them.
    pub const ALL: [&str; 3] = [DRAFT, RECORDED, WITHDRAWN];
}

/// The body of an amendment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmendmentBody {
    /// The plan.
    pub plan: Id,
    /// The later document's symbol: `1520/QĐ-UBND`.
    pub symbol: String,
    /// The day on which it was signed.
    pub date: Date,
    /// The first day on which it holds.
    pub from: Date,
    /// What it is about, as written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The document itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<Evidence>,
    /// The obstacle that led to it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Id>,
    /// What it makes of each target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<TargetAmended>,
    /// When it was recorded, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<i64>,
}

impl AmendmentBody {
    /// When it was recorded; the beginning of time while it was not.
    pub fn recorded_at(&self) -> Instant {
        Instant::from_micros(self.recorded.unwrap_or_default())
    }

    /// What it makes of a target, if anything.
    pub fn change(&self, target: Id) -> Option<&TargetAmended> {
        self.changes.iter().find(|change| change.target == target)
    }
}

/// An amendment as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: AmendmentBody,
}

impl Amendment {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether it is in force from its day on.
    pub fn is_recorded(&self) -> bool {
        self.record.state == states::RECORDED
    }

    /// Whether it is still being put together.
    pub fn is_draft(&self) -> bool {
        self.record.state == states::DRAFT
    }
}

pub(crate) fn declaration() -> Declaration {
    Declaration {
        kind: AMENDMENT,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("symbol", FieldKind::Text(LONGEST_SYMBOL)).indexed(Indexed::Shown),
            Field::required("date", FieldKind::Text(10)),
            Field::required("from", FieldKind::Text(10))
                .indexed(Indexed::Shown)
                .column("holds_from"),
            Field::optional("title", FieldKind::Text(LONGEST_TITLE)).searched(),
            Field::optional("source", FieldKind::Evidence(MOST_SOURCES)),
            Field::optional("obstacle", FieldKind::Reference),
            Field::optional("changes", FieldKind::Structure),
            Field::optional("recorded", FieldKind::Whole(0, i64::MAX)),
        ],
        order: &["from"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: states::DRAFT,
            editable: &[states::DRAFT],
            editing: Act::Configure,
            steps: vec![
                Step::plain("record", &[states::DRAFT], states::RECORDED, Act::Configure),
                Step {
                    needs_reason: true,
                    ..Step::plain(
                        "withdraw",
                        &[states::DRAFT, states::RECORDED],
                        states::WITHDRAWN,
                        Act::Configure,
                    )
                },
            ],
        },
    }
}

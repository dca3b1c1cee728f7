//! Obstacles: what stands in a unit's way of a target, a project or a duty, and what it asks of
//! whom (vướng mắc, kiến nghị).
//!
//! An officer writes it, the head of the unit sends it. Whoever is asked answers, or passes it
//! up with a reason: lead → coordinator → chairman ([`Rung`]). The unit confirms that it is
//! solved, or opens it again. Deadlines are working days by a rule that is data
//! ([`shipped_terms`]).
//!
//! **Two kinds of records.** The obstacle is the unit's own ([`OBSTACLE`]). Each time that a
//! body is asked, a record of that body is made of it ([`ASK`]): what the body does with it
//! moves the obstacle along in the same transaction. So the one compiler of permissions answers
//! who sees what, by the unit whose record it is; the public sees neither.
//!
//! - [`ObstacleDraft`] → [`Plans::begin_obstacle`](crate::Plans::begin_obstacle) (`draft`)
//! - [`ObstacleStep`], [`AskStep`] (`steps`)
//! - [`Plans::obstacles`](crate::Plans::obstacles), [`Overview`] (`read`)
//! - `told`: word to whoever waits for it

mod declarations;
mod draft;
mod ladder;
mod read;
mod steps;
mod told;

use jiff::civil::Date;
use registry::{Evidence, Record};
use serde::{Deserialize, Serialize};
use vocab::{Id, Instant};

pub(crate) use declarations::{ask, obstacle};
pub use draft::ObstacleDraft;
pub use ladder::{Days, Reasons, Rung, Terms, shipped_terms};
pub use read::{Overview, Told};
pub use steps::{Answer, AskStep, ObstacleStep};

use crate::error::PlanError;

/// The kind of record that an obstacle is.
pub const OBSTACLE: &str = "obstacle";
/// The kind of record that a body is asked by.
pub const ASK: &str = "obstacle_ask";
/// The most characters of what stands in the way, and of what is asked.
pub const LONGEST: usize = 4_000;
/// The most files of one obstacle.
pub const MOST_FILES: usize = 20;

/// Where obstacles and questions stand.
pub mod states {
    /// An officer writes it.
    pub const DRAFT: &str = "draft";
    /// It waits for the head of the unit.
    pub const SUBMITTED: &str = "submitted";
    /// The head sent it back to the officer.
    pub const SENT_BACK: &str = "sent_back";
    /// It waits for an answer.
    pub const ASKED: &str = "asked";
    /// It was answered; the unit is to say whether that solves it.
    pub const ANSWERED: &str = "answered";
    /// It is solved.
    pub const SOLVED: &str = "solved";
    /// It was never sent.
    pub const DISCARDED: &str = "discarded";
    /// A question waits for whoever is asked.
    pub const WAITS: &str = "waits";
    /// A question was answered.
    pub const ASK_ANSWERED: &str = "answered";
    /// A question was passed up.
    pub const ASK_ESCALATED: &str = "escalated";
}

/// What an obstacle is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A target.
    Target(Id),
    /// A project.
    Project(Id),
    /// A duty.
    Duty(Id),
}

impl About {
    /// The record that it is about.
    pub const fn id(self) -> Id {
        match self {
            Self::Target(id) | Self::Project(id) | Self::Duty(id) => id,
        }
    }
}

/// The body of an obstacle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObstacleBody {
    /// The plan.
    pub plan: Id,
    /// What it is about.
    pub about: About,
    /// The record that it is about.
    pub matter: Id,
    /// What stands in the way.
    pub what: String,
    /// Since when.
    pub since: Date,
    /// What the unit asks for.
    pub asks: String,
    /// Whom it asks first.
    pub of: Rung,
    /// The files behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Who was asked, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rungs: Vec<Asked>,
    /// The day on which the unit confirmed that it is solved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved_on: Option<Date>,
}

/// A body that was asked, and what it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// On which rung.
    pub rung: Rung,
    /// The body.
    pub unit: Id,
    /// Its record.
    pub ask: Id,
    /// Since when, in microseconds.
    pub since: i64,
    /// Until when it is to answer.
    pub due_on: Date,
    /// What it did, once it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// What whoever was asked did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether it passed it up; else it answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub escalated: bool,
    /// What was decided, or why it was passed up.
    pub said: String,
    /// By when what was decided is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// Who said so.
    pub person: String,
    /// When, in microseconds.
    pub at: i64,
}

/// An obstacle as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Obstacle {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: ObstacleBody,
}

/// The body of a question: what the obstacle said when it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskBody {
    /// The plan.
    pub plan: Id,
    /// The obstacle.
    pub obstacle: Id,
    /// The record that it is about.
    pub matter: Id,
    /// The unit in whose way it stands.
    pub by_unit: Id,
    /// On which rung the body is asked.
    pub rung: Rung,
    /// What the obstacle says, with whoever was asked before.
    pub body: ObstacleBody,
    /// Until when the body is to answer.
    pub due_on: Date,
    /// The files behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// A question as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: AskBody,
}

impl Obstacle {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether somebody still waits for something.
    pub fn is_open(&self) -> bool {
        [states::ASKED, states::ANSWERED].contains(&self.record.state.as_str())
    }
}

impl ObstacleBody {
    /// Whoever was asked last.
    pub fn last(&self) -> Option<&Asked> {
        self.rungs.last()
    }

    /// The latest answer.
    pub fn answer(&self) -> Option<&Outcome> {
        let outcomes = self.rungs.iter().rev();
        let mut outcomes = outcomes.filter_map(|asked| asked.outcome.as_ref());
        outcomes.find(|outcome| !outcome.escalated)
    }

    /// Whether anybody passed it up.
    pub fn was_escalated(&self) -> bool {
        let mut outcomes = self.rungs.iter().filter_map(|asked| asked.outcome.as_ref());
        outcomes.any(|outcome| outcome.escalated)
    }

    /// Since when the unit waits: when it was first sent.
    pub fn sent_at(&self) -> Option<Instant> {
        let first = self.rungs.first();
        first.map(|asked| Instant::from_micros(asked.since))
    }
}

impl Ask {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether it still waits for the body.
    pub fn waits(&self) -> bool {
        self.record.state == states::WAITS
    }
}

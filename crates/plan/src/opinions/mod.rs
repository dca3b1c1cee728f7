//! Opinions: what the bodies that take part in a target («cơ quan phối hợp») say of its lead's
//! report before it becomes part of the public figure.
//!
//! The lead's unit or the coordinator asks some of the target's partners until a day. Each
//! partner agrees, agrees with remarks, or does not agree; it may say otherwise until the asking
//! is closed. While somebody who was asked has not answered and the day has not passed, the
//! report is not consolidated, unless whoever asked closes the asking with a reason.
//!
//! **Two kinds of records**, as obstacles have them. The asking is of the report's unit
//! ([`OPINION_ROUND`], one for each report); each opinion is of the body that is asked
//! ([`OPINION`]), with what the report said, and moves the asking along in the same transaction.
//! So the one compiler of permissions answers who sees what by the unit whose record it is.
//!
//! **What is decided on is what is known.** Asking makes a version of the report, and
//! consolidating closes asking and opinions at the versions that were read: of an asking, an
//! answer and a consolidation at once, one is first and the others are told.
//!
//! - [`Partner`] (`partners`): who can be asked
//! - [`Plans::ask_opinions`](crate::Plans::ask_opinions) (`ask`)
//! - [`Plans::give_opinion`](crate::Plans::give_opinion) (`answer`)
//! - [`Plans::close_opinions`](crate::Plans::close_opinions), and what follows from steps of the
//!   report: `follow`
//! - [`Plans::opinion_round`](crate::Plans::opinion_round), [`Plans::opinion`](crate::Plans::opinion) (`read`)

mod answer;
mod ask;
mod declarations;
mod follow;
mod partners;
mod read;
mod terms;
mod told;

use jiff::civil::Date;
use registry::{Evidence, Record};
use serde::{Deserialize, Serialize};
use vocab::{Decimal, Id, Instant, Period};

pub use answer::OpinionAnswer;
pub use ask::{OpinionAsking, can_be_asked};
pub(crate) use declarations::{opinion, round};
pub use partners::{Partner, PartnerUnit};
pub use terms::{OpinionTerms, shipped_opinion_terms};

use crate::error::PlanError;
use crate::figure::{Entered, Measurement};
use crate::import::IndicatorKind;
use crate::plans::identity;
use crate::records::ObservationBody;

/// The kind of record that an asking for opinions is.
pub const OPINION_ROUND: &str = "opinion_round";
/// The kind of record that an opinion is.
pub const OPINION: &str = "opinion";
/// The most characters of what a partner says.
pub const LONGEST: usize = 4_000;
/// The most files of one opinion.
pub const MOST_FILES: usize = 5;

/// Where askings and opinions stand.
pub mod states {
    /// Partners are asked.
    pub const OPEN: &str = "open";
    /// The asking or the opinion is closed: nothing is changed any more.
    pub const CLOSED: &str = "closed";
    /// An opinion is waited for.
    pub const ASKED: &str = "asked";
    /// It was given; it may be changed until the asking is closed.
    pub const ANSWERED: &str = "answered";
}

/// What a partner thinks of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// It agrees.
    Agree,
    /// It agrees, and says what is to be looked at.
    Remarks,
    /// It does not agree, and says why.
    Disagree,
}

impl Stance {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Remarks, Self::Disagree];

    /// Its name in records, forms and locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Remarks => "remarks",
            Self::Disagree => "disagree",
        }
    }

    /// Whether it says nothing without words.
    pub const fn needs_words(self) -> bool {
        !matches!(self, Self::Agree)
    }
}

/// The figure of a report, as it was at one of its versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureSeen {
    /// The version of the report.
    pub version: i64,
    /// The numerator of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<i64>,
    /// Its denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i64>,
    /// A count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Decimal>,
    /// Whether a milestone was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<bool>,
}

impl FigureSeen {
    fn of(body: &ObservationBody, version: i64) -> Self {
        let entered = Entered::of(body);
        Self {
            version,
            numerator: entered.numerator,
            denominator: entered.denominator,
            count: entered.count,
            reached: entered.reached,
        }
    }

    /// The value, as far as it was entered.
    pub const fn entered(&self) -> Entered {
        Entered {
            numerator: self.numerator,
            denominator: self.denominator,
            count: self.count,
            reached: self.reached,
        }
    }

    /// The value, as an indicator of this kind has it.
    pub fn measurement(&self, kind: IndicatorKind) -> Option<Measurement> {
        Measurement::entered(kind, self.entered())
    }

    /// Whether a report says another figure than this.
    pub fn differs(&self, body: &ObservationBody) -> bool {
        self.entered() != Entered::of(body)
    }
}

/// An opinion that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// What the partner thinks.
    pub stance: Stance,
    /// What it says about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// The files behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Evidence>,
    /// The figure that it is about.
    pub figure: FigureSeen,
    /// Who gave it.
    pub person: String,
    /// Their account.
    pub account: Id,
    /// When, in microseconds.
    pub at: i64,
}

impl Given {
    /// When it was given.
    pub fn moment(&self) -> Instant {
        Instant::from_micros(self.at)
    }
}

/// A partner that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The partner.
    pub unit: Id,
    /// Its record.
    pub opinion: Id,
    /// Since when it is asked, in microseconds.
    pub since: i64,
    /// Until when it is to answer.
    pub due_on: Date,
    /// Whether it is still to answer.
    pub waits: bool,
    /// What it said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
}

impl Heard {
    /// Whether a report waits for it on a day.
    pub fn holds_up(&self, today: Date) -> bool {
        self.waits && self.due_on >= today
    }
}

/// Who asked, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// The account.
    pub account: Id,
    /// The person's name.
    pub person: String,
    /// The unit that they acted for.
    pub unit: Id,
    /// When, in microseconds.
    pub at: i64,
}

/// That an asking was closed before everybody had answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Why; empty where it ended with the consolidation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who closed it.
    pub person: String,
    /// When, in microseconds.
    pub at: i64,
}

/// The body of an asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundBody {
    /// The report.
    pub observation: Id,
    /// The target that it is for.
    pub target: Id,
    /// The period.
    pub period: Period,
    /// Who was asked, in the order of asking.
    pub asked: Vec<Heard>,
    /// Who asked last.
    pub by: Asker,
    /// Whether the coordinator asked somebody: then only the coordinator closes it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub coordinated: bool,
    /// How it ended, once it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// The files of all opinions: they open for whoever may read the asking.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Evidence>,
}

impl RoundBody {
    /// Those who hold the report up on a day.
    pub fn waiting(&self, today: Date) -> impl Iterator<Item = &Heard> {
        self.asked.iter().filter(move |heard| heard.holds_up(today))
    }

    /// The partner that was asked by an opinion.
    pub fn of(&self, opinion: Id) -> Option<&Heard> {
        self.asked.iter().find(|heard| heard.opinion == opinion)
    }

    fn gather_files(&mut self) {
        let mut files: Vec<Evidence> = Vec::new();
        let given = self.asked.iter().filter_map(|heard| heard.given.as_ref());
        for file in given.flat_map(|given| &given.files) {
            if files.iter().all(|known| known.sha256 != file.sha256) {
                files.push(file.clone());
            }
        }
        self.files = files;
    }
}

/// An asking as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: RoundBody,
}

impl Round {
    fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether partners are being asked.
    pub fn is_open(&self) -> bool {
        self.record.state == states::OPEN
    }
}

/// The body of an opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionBody {
    /// The report.
    pub observation: Id,
    /// What was measured.
    pub indicator: Id,
    /// The target that it is for.
    pub target: Id,
    /// The period.
    pub period: Period,
    /// The unit whose report it is.
    pub by_unit: Id,
    /// Who asked.
    pub by: Asker,
    /// Until when it is to be given.
    pub due_on: Date,
    /// The figure that it is asked about.
    pub figure: FigureSeen,
    /// What the unit says about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The files behind the figure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What was said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// The files of what was said last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Evidence>,
}

/// An opinion as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: OpinionBody,
}

impl Opinion {
    fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether it is waited for.
    pub fn waits(&self) -> bool {
        self.record.state == states::ASKED
    }

    /// Whether it was given on another figure than the report's of now.
    pub fn is_stale(&self) -> bool {
        let given = self.body.given.as_ref();
        given.is_some_and(|given| given.figure.entered() != self.body.figure.entered())
    }
}

/// Whether a kind of record is an asking or an opinion.
pub(crate) fn is_about_opinions(kind: &str) -> bool {
    [OPINION, OPINION_ROUND].contains(&kind)
}

/// The asking of a report: there is one.
fn round_id(report: Id) -> Id {
    identity(&format!("opinions/{report}"))
}

/// The opinion of a partner on a report: there is one.
fn opinion_id(report: Id, unit: Id) -> Id {
    identity(&format!("opinion/{report}/{unit}"))
}

//! How a target stands, and why.
//!
//! The rules are data ([`Rule`], `data/plan/judgement.toml`): a figure is held against the
//! straight line from where the measure began to its goal on the day it is due. On the line or
//! beyond it is on track; down to a stated part of the way, at risk; less, off track. A
//! milestone is at risk once most of its time has passed, and missed when its day has. A ceiling
//! (at most so much) is on track while it is kept. A standing duty is kept or missed. The
//! decision sets goals and no such line: the line is this program's own reading, and pages say
//! so, with the version of the rule.
//!
//! Every [`Reason`] carries the figures that its sentence needs; the words are the floors'
//! above.

mod judge;
mod rules;

use jiff::civil::Date;
use vocab::Decimal;

pub use judge::{Course, judge};
pub use rules::{DueRule, LineBegin, LineRule, LineStart, MilestoneRule, Rule};

use crate::import::Bound;

/// How a target stands; the later, the worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A standing duty that was done in the latest period reported on.
    DutyKept,
    /// The goal is reached.
    Done,
    /// On the line or above.
    OnTrack,
    /// Nothing was consolidated yet, or nothing is published yet.
    #[default]
    NoData,
    /// Below the line.
    AtRisk,
    /// A standing duty that was not done in the latest period reported on.
    DutyMissed,
    /// Far below the line, or missed.
    OffTrack,
}

impl Standing {
    /// All of them, the best first.
    pub const ALL: [Self; 7] = [
        Self::DutyKept,
        Self::Done,
        Self::OnTrack,
        Self::NoData,
        Self::AtRisk,
        Self::DutyMissed,
        Self::OffTrack,
    ];

    /// Whether it calls for somebody to act.
    pub const fn is_behind(self) -> bool {
        matches!(self, Self::AtRisk | Self::DutyMissed | Self::OffTrack)
    }
}

/// How an indicator stands, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// How it stands.
    pub standing: Standing,
    /// Why.
    pub reason: Reason,
    /// The version of the rule that says so.
    pub rule: &'static str,
}

/// A figure beside its goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The figure: percent at two places, or a count.
    pub value: Decimal,
    /// The goal.
    pub goal: Decimal,
    /// On which side of it the goal lies.
    pub bound: Bound,
    /// The last day that the figure speaks of.
    pub on: Date,
    /// The day on which the goal is due.
    pub due: Date,
}

/// Why an indicator stands as it does; the wording is `standing-` and its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing was consolidated yet.
    NothingConsolidated,
    /// The coordinator has not published its figures.
    NotPublished,
    /// A duty that was done in the period that ends on this day.
    DutyKept(Date),
    /// A duty that was not done in the period that ends on this day.
    DutyMissed(Date),
    /// The goal says no figure to hold the value against.
    NoGoalFigure,
    /// The goal is reached.
    Reached(Held),
    /// A milestone that was reached, by this day.
    MilestoneReached(Date),
    /// The day on which it was due came before the goal was reached.
    Missed(Held),
    /// A ceiling that is kept so far.
    CeilingKept(Held),
    /// A ceiling that is not kept.
    CeilingBroken(Held),
    /// Held against the line.
    Line {
        /// The figure and its goal.
        held: Held,
        /// Where the line stands on the day of the figure.
        needed: Decimal,
        /// Where the line begins.
        from: Decimal,
    },
    /// A milestone that is not reached yet.
    NotYet {
        /// The last day that the report speaks of.
        on: Date,
        /// The day on which it is due.
        due: Date,
    },
    /// A milestone that was not reached when it was due.
    MilestoneMissed {
        /// The day on which it was due.
        due: Date,
    },
}

impl Reason {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingConsolidated => "nothing-consolidated",
            Self::NotPublished => "not-published",
            Self::DutyKept(_) => "duty-kept",
            Self::DutyMissed(_) => "duty-missed",
            Self::NoGoalFigure => "no-goal-figure",
            Self::Reached(_) => "goal-reached",
            Self::MilestoneReached(_) => "milestone-reached",
            Self::Missed(_) => "missed",
            Self::CeilingKept(_) => "ceiling-kept",
            Self::CeilingBroken(_) => "ceiling-broken",
            Self::Line { .. } => "line",
            Self::NotYet { .. } => "not-yet",
            Self::MilestoneMissed { .. } => "milestone-missed",
        }
    }
}

/// How several indicators of one target stand together: as the worst of them. Silence is not
/// success: while one of them says nothing yet, a goal is not reached, only on track, and a
/// duty is not kept.
pub fn together(standings: impl IntoIterator<Item = Standing>) -> Standing {
    let (mut worst, mut silent) = (None, false);
    for standing in standings {
        if standing == Standing::NoData {
            silent = true;
        } else {
            worst = worst.max(Some(standing));
        }
    }
    match worst {
        Some(Standing::Done) if silent => Standing::OnTrack,
        None | Some(Standing::DutyKept) if silent => Standing::NoData,
        None => Standing::NoData,
        Some(worst) => worst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_indicator_decides_and_silence_is_not_success() {
        use Standing::{AtRisk, Done, DutyKept, DutyMissed, NoData, OffTrack, OnTrack};
        assert_eq!(together([Done, OffTrack, OnTrack]), OffTrack);
        assert_eq!(together([Done, NoData]), OnTrack);
        assert_eq!(together([NoData, AtRisk]), AtRisk);
        assert_eq!(together([Done, Done]), Done);
        assert_eq!(together([NoData, NoData]), NoData);
        assert_eq!(together([DutyKept]), DutyKept);
        assert_eq!(together([DutyKept, NoData]), NoData);
        assert_eq!(together([DutyKept, DutyMissed, Done]), DutyMissed);
        assert_eq!(together([DutyKept, Done]), Done);
        assert_eq!(together([]), NoData);
    }
}

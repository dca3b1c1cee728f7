//! How a target stands, and why.
//!
//! The rule, version [`RULE`]: a figure is held against the straight line from nothing at
//! the beginning of the plan's year to the goal at its end. On the line or above it is on
//! track; down to four fifths of the line at risk; below, off track. A milestone is on track
//! until the last quarter of the year begins, at risk in it, off track after it. A ceiling
//! (at most so much) is on track while it is kept. The decision sets goals and no such line:
//! the line is this program's own reading, and pages say so.

use jiff::civil::Date;
use vocab::{Decimal, Period};

use crate::figure::Measurement;
use crate::import::{Bound, IndicatorKind};
use crate::records::Measure;

/// The version of the rule, which every explanation names.
pub const RULE: &str = "2026-1";

/// How a target stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A standing duty without a figure.
    Duty,
    /// The goal is reached.
    Done,
    /// On the line or above.
    OnTrack,
    /// Nothing was consolidated yet.
    #[default]
    NoData,
    /// Below the line.
    AtRisk,
    /// Far below the line, or missed.
    OffTrack,
}

/// How an indicator stands, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// How it stands.
    pub standing: Standing,
    /// Why.
    pub reason: Reason,
}

/// Why an indicator stands as it does; the wording is `standing-` and its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing was consolidated yet.
    NothingConsolidated,
    /// A standing duty has no goal to reach.
    StandingDuty,
    /// The goal says no figure to hold the value against.
    NoGoalFigure,
    /// The goal is reached.
    GoalReached,
    /// The year ended before the goal was reached.
    YearEnded,
    /// A ceiling that is kept so far, or not.
    Ceiling,
    /// Held against the line, which stands at this value.
    Line(Decimal),
    /// Not yet reached by everybody.
    NotYet,
}

impl Reason {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingConsolidated => "nothing-consolidated",
            Self::StandingDuty => "standing-duty",
            Self::NoGoalFigure => "no-goal-figure",
            Self::GoalReached => "goal-reached",
            Self::YearEnded => "year-ended",
            Self::Ceiling => "ceiling",
            Self::Line(_) => "line",
            Self::NotYet => "not-yet",
        }
    }
}

/// How an indicator stands with this figure at the end of this period of the plan's year.
pub fn judge(
    measure: &Measure,
    year: Option<i16>,
    figure: Option<(Measurement, Period)>,
) -> Judgement {
    let judged = |standing, reason| Judgement { standing, reason };
    if measure.kind == IndicatorKind::Standing {
        return judged(Standing::Duty, Reason::StandingDuty);
    }
    let Some((measurement, period)) = figure else {
        return judged(Standing::NoData, Reason::NothingConsolidated);
    };
    let elapsed = elapsed(year, period);
    if let Measurement::Reached(reached) = measurement {
        return match (reached, elapsed) {
            (true, _) => judged(Standing::Done, Reason::GoalReached),
            (false, 10_000..) => judged(Standing::OffTrack, Reason::YearEnded),
            (false, 7_500..) => judged(Standing::AtRisk, Reason::NotYet),
            (false, _) => judged(Standing::OnTrack, Reason::NotYet),
        };
    }
    let (Some(value), Some(goal)) = (measurement.value(), measure.value) else {
        return judged(Standing::OnTrack, Reason::NoGoalFigure);
    };
    let reached = match measure.bound.unwrap_or(Bound::AtLeast) {
        Bound::AtLeast => value >= goal,
        Bound::MoreThan => value > goal,
        Bound::AtMost => value <= goal,
        Bound::LessThan => value < goal,
    };
    if matches!(measure.bound, Some(Bound::AtMost | Bound::LessThan)) {
        return match (reached, elapsed) {
            (true, 10_000..) => judged(Standing::Done, Reason::GoalReached),
            (true, _) => judged(Standing::OnTrack, Reason::Ceiling),
            (false, _) => judged(Standing::OffTrack, Reason::Ceiling),
        };
    }
    if reached {
        return judged(Standing::Done, Reason::GoalReached);
    }
    if elapsed >= 10_000 {
        return judged(Standing::OffTrack, Reason::YearEnded);
    }
    let line = share(goal, elapsed);
    let standing = if value >= line {
        Standing::OnTrack
    } else if value >= share(line, 8_000) {
        Standing::AtRisk
    } else {
        Standing::OffTrack
    };
    judged(standing, Reason::Line(line))
}

/// How several indicators of one target stand together: as the worst of them, and not done
/// while one of them says nothing yet.
pub fn together(standings: impl IntoIterator<Item = Standing>) -> Standing {
    let all: Vec<Standing> = standings.into_iter().collect();
    let measured = |standing: &&Standing| **standing != Standing::NoData;
    match all.iter().filter(measured).max() {
        None => Standing::NoData,
        Some(Standing::Done) if all.contains(&Standing::NoData) => Standing::OnTrack,
        Some(worst) => *worst,
    }
}

/// How much of the plan's year had passed when the period ended, in ten-thousandths.
pub(crate) fn elapsed(year: Option<i16>, period: Period) -> i64 {
    let end = period.end();
    let year = year.unwrap_or(end.year());
    let days = |from: Date, to: Date| i64::from(from.until(to).map_or(0, |span| span.get_days()));
    let (Ok(first), Ok(next)) = (Date::new(year, 1, 1), Date::new(year + 1, 1, 1)) else {
        return 10_000;
    };
    let after = end.tomorrow().unwrap_or(end);
    (days(first, after) * 10_000 / days(first, next).max(1)).clamp(0, 10_000)
}

/// So many ten-thousandths of a value, at two places.
fn share(value: Decimal, ten_thousandths: i64) -> Decimal {
    Decimal::new(ten_thousandths, 4)
        .and_then(|factor| value.checked_mul(factor))
        .map_or(value, |share| share.round_half_up(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(bound: Bound, goal: i64) -> Measure {
        Measure {
            kind: IndicatorKind::Ratio,
            bound: Some(bound),
            value: Some(goal.into()),
        }
    }

    fn standing(measure: &Measure, numerator: i64, period: &str) -> Standing {
        let ratio = Measurement::Ratio {
            numerator,
            denominator: 100,
        };
        judge(measure, Some(2023), Some((ratio, period.parse().unwrap()))).standing
    }

    #[test]
    fn a_figure_is_held_against_the_line_to_the_goal() {
        let goal = percent(Bound::AtLeast, 80);
        assert_eq!(standing(&goal, 80, "2023Q1"), Standing::Done);
        assert_eq!(standing(&goal, 20, "2023Q1"), Standing::OnTrack);
        assert_eq!(standing(&goal, 17, "2023Q1"), Standing::AtRisk);
        assert_eq!(standing(&goal, 15, "2023Q1"), Standing::OffTrack);
        assert_eq!(standing(&goal, 79, "2023"), Standing::OffTrack);
        assert_eq!(standing(&goal, 79, "2024Q1"), Standing::OffTrack);
    }

    #[test]
    fn a_ceiling_is_done_only_when_the_year_is_over() {
        let ceiling = percent(Bound::AtMost, 5);
        assert_eq!(standing(&ceiling, 5, "2023Q2"), Standing::OnTrack);
        assert_eq!(standing(&ceiling, 6, "2023Q2"), Standing::OffTrack);
        assert_eq!(standing(&ceiling, 5, "2023"), Standing::Done);
    }

    #[test]
    fn the_worst_indicator_decides_and_silence_is_not_success() {
        use Standing::{AtRisk, Done, Duty, NoData, OffTrack, OnTrack};
        assert_eq!(together([Done, OffTrack, OnTrack]), OffTrack);
        assert_eq!(together([Done, NoData]), OnTrack);
        assert_eq!(together([NoData, AtRisk]), AtRisk);
        assert_eq!(together([Done, Done]), Done);
        assert_eq!(together([NoData, NoData]), NoData);
        assert_eq!(together([Duty]), Duty);
        assert_eq!(together([]), NoData);
    }
}

//! Holding one figure against its goal.

use jiff::civil::Date;
use vocab::{Decimal, Period};

use super::{DueRule, Held, Judgement, LineBegin, LineStart, Reason, Rule, Standing};
use crate::figure::Measurement;
use crate::import::{Bound, IndicatorKind};
use crate::records::Measure;

/// The time that a measure has, and where it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// The rule that judges it.
    pub rule: &'static Rule,
    /// The first day of the line.
    pub begins: Date,
    /// The day on which the goal is due.
    pub due: Date,
    /// The value where the line begins.
    pub from: Decimal,
}

impl Course {
    /// The course of a measure of a plan of a year, decided on a day; `due` and `baseline` are
    /// the measure's own, where it has them. A plan without a year runs in that of the decision,
    /// else in that of the period asked about.
    pub fn of(
        year: i16,
        decided: Option<Date>,
        due: Option<Date>,
        baseline: Option<Decimal>,
    ) -> Self {
        let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
        let rule = Rule::for_plan(first);
        let begins = match rule.line.begins {
            LineBegin::YearStart => first,
            LineBegin::Decision => decided.unwrap_or(first),
        };
        let DueRule::YearEnd = rule.due;
        let due = due.unwrap_or_else(|| Date::new(year, 12, 31).unwrap_or(Date::MAX));
        Self {
            rule,
            // What is due before the plan begins has no line: it is due at once.
            begins: begins.min(due),
            due,
            from: match rule.line.from {
                LineStart::Baseline => baseline.unwrap_or_default(),
                LineStart::Zero => Decimal::ZERO,
            },
        }
    }

    /// How much of the time had passed at the end of a day, in ten-thousandths; all of it on
    /// the day on which it is due.
    fn passed(&self, on: Date) -> i64 {
        let days = |from: Date, to: Date| {
            from.until(to)
                .map_or(0, |span| i64::from(span.get_days()) + 1)
        };
        if on >= self.due {
            return WHOLE;
        }
        (days(self.begins, on) * WHOLE / days(self.begins, self.due).max(1)).clamp(0, WHOLE)
    }

    /// The value where the line to a goal begins: what was past the goal already keeps it.
    pub fn start(&self, goal: Decimal, bound: Bound) -> Decimal {
        match bound {
            Bound::AtLeast | Bound::MoreThan => self.from.min(goal),
            Bound::AtMost | Bound::LessThan => self.from.max(goal),
        }
    }

    /// Where the line to a goal stands at the end of a day, at two places.
    pub fn needed(&self, goal: Decimal, bound: Bound, on: Date) -> Decimal {
        let from = self.start(goal, bound);
        let way = goal.checked_sub(from).unwrap_or(goal);
        let needed = from.checked_add(share(way, self.passed(on)));
        needed.unwrap_or(goal).round_half_up(2)
    }
}

/// All of the time, in ten-thousandths.
const WHOLE: i64 = 10_000;

/// How an indicator stands with this figure at the end of this period.
pub fn judge(
    measure: &Measure,
    course: &Course,
    figure: Option<(Measurement, Period)>,
) -> Judgement {
    let (standing, reason) = match figure {
        None => (Standing::NoData, Reason::NothingConsolidated),
        Some((measurement, period)) => decide(measure, course, measurement, period.end()),
    };
    Judgement {
        standing,
        reason,
        rule: &course.rule.version,
    }
}

fn decide(
    measure: &Measure,
    course: &Course,
    measurement: Measurement,
    on: Date,
) -> (Standing, Reason) {
    let due = course.due;
    if let Measurement::Reached(reached) = measurement {
        if measure.kind == IndicatorKind::Standing {
            return if reached {
                (Standing::DutyKept, Reason::DutyKept(on))
            } else {
                (Standing::DutyMissed, Reason::DutyMissed(on))
            };
        }
        if reached {
            return (Standing::Done, Reason::MilestoneReached(on));
        }
        if on >= due {
            return (Standing::OffTrack, Reason::MilestoneMissed { due });
        }
        let risk = course.rule.milestone.risk.checked_mul(WHOLE.into());
        let late = risk.is_none_or(|risk| Decimal::from(course.passed(on)) >= risk);
        let standing = if late {
            Standing::AtRisk
        } else {
            Standing::OnTrack
        };
        return (standing, Reason::NotYet { on, due });
    }
    let (Some(value), Some(goal)) = (measurement.value(), measure.value) else {
        return (Standing::OnTrack, Reason::NoGoalFigure);
    };
    let bound = measure.bound.unwrap_or(Bound::AtLeast);
    let held = Held {
        value,
        goal,
        bound,
        on,
        due,
    };
    let reached = match bound {
        Bound::AtLeast => value >= goal,
        Bound::MoreThan => value > goal,
        Bound::AtMost => value <= goal,
        Bound::LessThan => value < goal,
    };
    let ceiling = matches!(bound, Bound::AtMost | Bound::LessThan);
    match (reached, ceiling, on >= due) {
        // What may not be exceeded is kept only when there is no time left to exceed it.
        (true, true, false) => (Standing::OnTrack, Reason::CeilingKept(held)),
        (true, ..) => (Standing::Done, Reason::Reached(held)),
        // A ceiling to come down to has a line of its own; one that was never above is broken.
        (false, true, _) if course.from <= goal => {
            (Standing::OffTrack, Reason::CeilingBroken(held))
        }
        (false, _, true) => (Standing::OffTrack, Reason::Missed(held)),
        (false, _, false) => on_the_way(course, held),
    }
}

fn on_the_way(course: &Course, held: Held) -> (Standing, Reason) {
    let needed = course.needed(held.goal, held.bound, held.on);
    let from = course.start(held.goal, held.bound);
    // The way is measured along its own direction, up or down.
    let along = |to: Decimal| {
        let way = to.checked_sub(from).unwrap_or(to);
        if held.goal < from {
            Decimal::ZERO.checked_sub(way).unwrap_or(way)
        } else {
            way
        }
    };
    let (gone, asked) = (along(held.value), along(needed));
    let least = asked
        .checked_mul(course.rule.line.tolerance)
        .map_or(asked, |least| least.round_half_up(2));
    let standing = if gone >= asked {
        Standing::OnTrack
    } else if gone >= least {
        Standing::AtRisk
    } else {
        Standing::OffTrack
    };
    (standing, Reason::Line { held, needed, from })
}

/// So many ten-thousandths of a value.
fn share(value: Decimal, ten_thousandths: i64) -> Decimal {
    Decimal::new(ten_thousandths, 4)
        .and_then(|factor| value.checked_mul(factor))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests;

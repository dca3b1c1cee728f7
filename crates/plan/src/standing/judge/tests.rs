//! The rules, day by day.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

fn measure(kind: IndicatorKind, bound: Bound, goal: i64) -> Measure {
    Measure {
        kind,
        bound: Some(bound),
        value: Some(goal.into()),
    }
}

fn ratio(numerator: i64) -> Measurement {
    Measurement::Ratio {
        numerator,
        denominator: 100,
    }
}

fn year() -> Course {
    Course::of(2023, None, None, None)
}

fn standing(course: &Course, measure: &Measure, value: Measurement, period: &str) -> Standing {
    judge(measure, course, Some((value, period.parse().unwrap()))).standing
}

/// Each row: a goal, a figure, the period that it is of, and how that stands.
#[test]
fn a_figure_is_held_against_the_line_to_the_goal() {
    use Standing::{AtRisk, Done, OffTrack, OnTrack};
    let goal = measure(IndicatorKind::Ratio, Bound::AtLeast, 80);
    for (numerator, period, expected) in [
        (80, "2023Q1", Done),
        // The line stands at 19.73 at the end of March; four fifths of it are 15.78.
        (20, "2023Q1", OnTrack),
        (19, "2023Q1", AtRisk),
        (16, "2023Q1", AtRisk),
        (15, "2023Q1", OffTrack),
        // The first and the last day, the day before the last, and the years around.
        (1, "2023-01-01", OnTrack),
        (0, "2023-01-01", OffTrack),
        (79, "2023-12-30", AtRisk),
        (80, "2023-12-31", Done),
        (79, "2023-12-31", OffTrack),
        (79, "2023", OffTrack),
        (79, "2024Q1", OffTrack),
        (0, "2022", OnTrack),
    ] {
        let found = standing(&year(), &goal, ratio(numerator), period);
        assert_eq!(found, expected, "{numerator} in {period}");
    }
}

#[test]
fn a_day_of_ones_own_and_a_baseline_move_the_line() {
    use Standing::{AtRisk, OffTrack, OnTrack};
    let goal = measure(IndicatorKind::Ratio, Bound::AtLeast, 80);
    let june = Course::of(2023, None, Some(date(2023, 6, 30)), None);
    assert_eq!(standing(&june, &goal, ratio(40), "2023Q1"), OnTrack);
    assert_eq!(standing(&june, &goal, ratio(39), "2023Q1"), AtRisk);
    assert_eq!(standing(&june, &goal, ratio(79), "2023Q2"), OffTrack);
    // From 60 the line is at 64.93 at the end of March, four fifths of that way at 63.94.
    let begun = Course::of(2023, None, None, Some(60.into()));
    assert_eq!(
        begun
            .needed(80.into(), Bound::AtLeast, date(2023, 3, 31))
            .to_string(),
        "64.93"
    );
    assert_eq!(standing(&begun, &goal, ratio(65), "2023Q1"), OnTrack);
    assert_eq!(standing(&begun, &goal, ratio(64), "2023Q1"), AtRisk);
    assert_eq!(standing(&begun, &goal, ratio(60), "2023Q1"), OffTrack);
    // Due before the year begins: due at once.
    let early = Course::of(2023, None, Some(date(2022, 6, 30)), None);
    assert_eq!(standing(&early, &goal, ratio(79), "2023Q1"), OffTrack);
}

#[test]
fn a_ceiling_is_done_only_when_the_time_is_over() {
    use Standing::{AtRisk, Done, OffTrack, OnTrack};
    let ceiling = measure(IndicatorKind::Ratio, Bound::AtMost, 5);
    assert_eq!(standing(&year(), &ceiling, ratio(5), "2023Q2"), OnTrack);
    assert_eq!(standing(&year(), &ceiling, ratio(6), "2023Q2"), OffTrack);
    assert_eq!(standing(&year(), &ceiling, ratio(5), "2023"), Done);
    let below = measure(IndicatorKind::Ratio, Bound::LessThan, 5);
    assert_eq!(standing(&year(), &below, ratio(5), "2023Q2"), OffTrack);
    // From 25 down to 5: 15.08 half way, and four fifths of that way at 17.07.
    let down = Course::of(2023, None, None, Some(25.into()));
    assert_eq!(standing(&down, &ceiling, ratio(15), "2023Q2"), OnTrack);
    assert_eq!(standing(&down, &ceiling, ratio(17), "2023Q2"), AtRisk);
    assert_eq!(standing(&down, &ceiling, ratio(18), "2023Q2"), OffTrack);
    assert_eq!(standing(&down, &ceiling, ratio(6), "2023"), OffTrack);
}

#[test]
fn milestones_and_duties_are_done_or_not() {
    use Standing::{AtRisk, Done, DutyKept, DutyMissed, NoData, OffTrack, OnTrack};
    let bare = |kind| Measure {
        kind,
        bound: None,
        value: None,
    };
    let milestone = bare(IndicatorKind::Milestone);
    let duty = bare(IndicatorKind::Standing);
    for (measure, reached, period, expected) in [
        (&milestone, true, "2023Q1", Done),
        (&milestone, false, "2023Q2", OnTrack),
        // Three quarters of the year have passed on the first of October.
        (&milestone, false, "2023-09-30", OnTrack),
        (&milestone, false, "2023-10-01", AtRisk),
        (&milestone, false, "2023-12-30", AtRisk),
        (&milestone, false, "2023-12-31", OffTrack),
        (&duty, true, "2023Q1", DutyKept),
        (&duty, false, "2023Q1", DutyMissed),
        (&duty, true, "2023", DutyKept),
    ] {
        let found = standing(&year(), measure, Measurement::Reached(reached), period);
        assert_eq!(found, expected, "{:?} {reached} in {period}", measure.kind);
    }
    assert_eq!(judge(&duty, &year(), None).standing, NoData);
    let counted = bare(IndicatorKind::Count);
    let three = Measurement::Count(3.into());
    let judged = judge(&counted, &year(), Some((three, "2023Q1".parse().unwrap())));
    assert_eq!(judged.reason, Reason::NoGoalFigure);
}

#[test]
fn a_leap_year_has_a_day_more() {
    let course = Course::of(2024, None, None, None);
    assert_eq!(
        course
            .needed(366.into(), Bound::AtLeast, date(2024, 3, 1))
            .to_string(),
        "60.98"
    );
    assert_eq!(
        course
            .needed(366.into(), Bound::AtLeast, date(2024, 12, 31))
            .to_string(),
        "366.00"
    );
}

proptest! {
    /// More is never worse, and the same figure later is never better.
    #[test]
    fn judgement_follows_the_figure_and_the_time(
        goal in 1_i64..=100,
        less in 0_i64..=100,
        more in 0_i64..=100,
        early in 0_i32..365,
        late in 0_i32..365,
        baseline in prop::option::of(0_i64..100),
    ) {
        let (less, more) = (less.min(more), less.max(more));
        let (early, late) = (early.min(late), early.max(late));
        let day = |day: i32| -> Date {
            date(2023, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap()
        };
        let course = Course::of(2023, None, None, baseline.map(Decimal::from));
        let measure = measure(IndicatorKind::Ratio, Bound::AtLeast, goal);
        let at = |value: i64, on: i32| decide(&measure, &course, ratio(value), day(on)).0;
        prop_assert!(at(more, early) <= at(less, early));
        prop_assert!(at(less, early) <= at(less, late));
        let needed = course.needed(goal.into(), Bound::AtLeast, day(late));
        prop_assert!(course.from.min(goal.into()) <= needed && needed <= goal.into());
    }
}

use proptest::prelude::*;
use vocab::Id;

use super::*;
use crate::measures::Origin;
use crate::records::{Baseline, Measure};

fn indicator(kind: IndicatorKind, unit: Option<&str>) -> IndicatorBody {
    IndicatorBody {
        plan: Id::NIL,
        target: Id::NIL,
        key: "1/QĐ#1.1".to_owned(),
        place: 0,
        name: "Chỉ tiêu".to_owned(),
        measure: Measure {
            kind,
            bound: None,
            value: None,
        },
        measure_unit: unit.map(str::to_owned),
        goal: String::new(),
        also: Vec::new(),
        counts: None,
        among: None,
        reason: None,
        doubts: Vec::new(),
        started: None,
        origin: Origin::Proposed,
        due: None,
        baseline: None,
        retired: false,
        ordered_by: None,
    }
}

fn ratio() -> IndicatorBody {
    indicator(IndicatorKind::Ratio, Some("%"))
}

fn count(unit: &str) -> IndicatorBody {
    indicator(IndicatorKind::Count, Some(unit))
}

fn of(numerator: i64, denominator: i64) -> Entered {
    Entered {
        numerator: Some(numerator),
        denominator: Some(denominator),
        ..Entered::default()
    }
}

fn number(count: &str) -> Entered {
    Entered {
        count: Some(count.parse().unwrap()),
        ..Entered::default()
    }
}

/// In the third quarter, after this in the second.
fn after(measurement: Measurement) -> Known {
    Known {
        elapsed: 7_479,
        before: Some(Before {
            period: Period::quarter(2023, 2).unwrap(),
            measurement,
            elapsed: 4_959,
            same_year: true,
        }),
        ..Known::default()
    }
}

fn after_count(count: i64) -> Known {
    after(Measurement::Count(count.into()))
}

fn after_ratio(numerator: i64, denominator: i64) -> Known {
    after(Measurement::Ratio {
        numerator,
        denominator,
    })
}

fn codes(indicator: &IndicatorBody, entered: Entered, known: &Known) -> Vec<Code> {
    let found = check(indicator, entered, known, Rules::shipped());
    found.iter().map(|finding| finding.code).collect()
}

fn figure(indicator: &IndicatorBody, entered: Entered, known: &Known, name: &str) -> String {
    let found = check(indicator, entered, known, Rules::shipped());
    found[0].figures[name].clone()
}

#[test]
fn what_cannot_be_is_refused_alone() {
    let known = after_ratio(10, 20);
    assert_eq!(codes(&ratio(), of(-1, 20), &known), [Code::Range]);
    assert_eq!(codes(&ratio(), of(0, 0), &known), [Code::Range]);
    assert_eq!(
        codes(&ratio(), of(21, 20), &known),
        [Code::NumeratorAboveDenominator]
    );
    assert_eq!(codes(&count("lớp"), number("-1"), &known), [Code::Range]);
    let huge = number("1000000000001");
    assert_eq!(codes(&count("lớp"), huge, &known), [Code::Range]);
    assert!(codes(&count("lớp"), number("0"), &Known::default()).is_empty());
}

#[test]
fn half_a_person_is_asked_about_and_half_a_million_is_not() {
    let none = Known::default();
    assert_eq!(
        codes(&count("lượt người"), number("12.5"), &none),
        [Code::NotWhole]
    );
    assert!(codes(&count("lượt người"), number("12.0"), &none).is_empty());
    assert!(codes(&count("triệu đồng"), number("12.5"), &none).is_empty());
}

#[test]
fn what_is_counted_from_the_year_s_beginning_does_not_fall() {
    assert_eq!(
        codes(&count("lớp"), number("11"), &after_count(12)),
        [Code::Fell]
    );
    assert!(codes(&count("lớp"), number("12"), &after_count(12)).is_empty());
    assert_eq!(
        codes(&ratio(), of(79, 100), &after_ratio(80, 100)),
        [Code::Fell]
    );
    let mut next_year = after_count(12);
    next_year.before.as_mut().unwrap().same_year = false;
    assert!(codes(&count("lớp"), number("11"), &next_year).is_empty());
}

#[test]
fn a_milestone_that_was_reached_stays_reached() {
    let not = Entered {
        reached: Some(false),
        ..Entered::default()
    };
    let before = after(Measurement::Reached(true));
    let milestone = indicator(IndicatorKind::Milestone, None);
    assert_eq!(codes(&milestone, not, &before), [Code::Undone]);
    // A standing duty may be done in one period and not in the next.
    let duty = indicator(IndicatorKind::Standing, None);
    assert!(codes(&duty, not, &before).is_empty());
}

#[test]
fn jumps_are_measured_along_the_year() {
    // 60 in half a year lead to about 90 in three quarters.
    let known = after_count(60);
    assert_eq!(codes(&count("lớp"), number("300"), &known), [Code::Jumped]);
    assert!(codes(&count("lớp"), number("200"), &known).is_empty());
    let expected = figure(&count("lớp"), number("300"), &known, "expected");
    assert_eq!(expected, "90.49");
    // From 1 to 6 is no jump worth a question.
    assert!(codes(&count("lớp"), number("6"), &after_count(1)).is_empty());
    assert_eq!(
        codes(&ratio(), of(90, 100), &after_ratio(40, 100)),
        [Code::Moved]
    );
    assert!(codes(&ratio(), of(70, 100), &after_ratio(40, 100)).is_empty());
}

#[test]
fn another_denominator_is_asked_about_once() {
    assert_eq!(
        codes(&ratio(), of(60, 1_000), &after_ratio(60, 100)),
        [Code::DenominatorMoved]
    );
    assert!(codes(&ratio(), of(70, 110), &after_ratio(60, 100)).is_empty());
}

#[test]
fn the_year_before_is_held_against_the_province() {
    let mut share = ratio();
    share.started = Some(Baseline {
        value: 62.into(),
        unit: "%".to_owned(),
        year: Some(2022),
        line: 40,
        text: String::new(),
        indicator: None,
    });
    let alone = Known {
        alone: true,
        ..Known::default()
    };
    assert_eq!(codes(&share, of(50, 100), &alone), [Code::BehindBaseline]);
    assert!(codes(&share, of(58, 100), &alone).is_empty());
    // One unit of many may well be below the whole.
    assert!(codes(&share, of(50, 100), &Known::default()).is_empty());
    share.measure.bound = Some(Bound::AtMost);
    assert_eq!(codes(&share, of(70, 100), &alone), [Code::BehindBaseline]);
    let mut things = count("lớp");
    things.started = Some(Baseline {
        value: 20.into(),
        unit: "lớp".to_owned(),
        year: None,
        line: 40,
        text: String::new(),
        indicator: None,
    });
    assert_eq!(codes(&things, number("130"), &alone), [Code::AboveBaseline]);
    assert!(codes(&things, number("60"), &alone).is_empty());
    // What was a share for the decision, and is counted now, has no year before.
    things.started = share.started;
    assert!(codes(&things, number("630"), &alone).is_empty());
}

#[test]
fn mistaken_units_are_named_with_what_was_likely_meant() {
    for (typed, times, code) in [
        ("900", "10", Code::MagnitudeAbove),
        ("90000", "1000", Code::MagnitudeAbove),
        ("9", "10", Code::MagnitudeBelow),
    ] {
        let (classes, known) = (count("lớp"), after_count(60));
        assert_eq!(codes(&classes, number(typed), &known), [code], "{typed}");
        assert_eq!(figure(&classes, number(typed), &known, "times"), times);
        assert_eq!(figure(&classes, number(typed), &known, "likely"), "90");
    }
    let money = count("triệu đồng");
    let known = after_count(450);
    let whole = number("700000000");
    assert_eq!(codes(&money, whole, &known), [Code::MoneyUnit]);
    assert_eq!(figure(&money, whole, &known, "money"), "đồng");
    assert_eq!(figure(&money, whole, &known, "likely"), "700");
    let thousands = number("700000");
    assert_eq!(figure(&money, thousands, &known, "money"), "nghìn đồng");
    // 0,8 % where the goal is 80 %.
    let mut share = ratio();
    share.measure.value = Some(80.into());
    let known = Known::default();
    assert_eq!(codes(&share, of(8, 1_000), &known), [Code::MagnitudeBelow]);
    assert_eq!(figure(&share, of(8, 1_000), &known, "likely"), "80");
    // Far above its goal, or a tenth of it, a share is nothing strange.
    let mut low = ratio();
    low.measure.value = Some(10.into());
    assert!(codes(&low, of(75, 100), &known).is_empty());
    assert!(codes(&share, of(8, 100), &known).is_empty());
    // A count grows towards its goal: a tenth of it in spring is nothing strange.
    let mut classes = count("lớp");
    classes.measure.value = Some(100.into());
    assert!(codes(&classes, number("10"), &known).is_empty());
    assert_eq!(
        codes(&classes, number("1000"), &known),
        [Code::MagnitudeAbove]
    );
}

fn past(values: &[i64]) -> Known {
    let past = values.iter().map(|value| Past {
        value: (*value).into(),
        elapsed: 10_000,
    });
    Known {
        elapsed: 10_000,
        own: past.collect(),
        ..Known::default()
    }
}

#[test]
fn outliers_need_enough_values_to_be_unlike() {
    let history = past(&[60, 62, 61, 63, 64]);
    assert_eq!(codes(&ratio(), of(30, 100), &history), [Code::OwnOutlier]);
    assert!(codes(&ratio(), of(66, 100), &history).is_empty());
    let short = past(&[60, 62, 61, 63]);
    assert!(codes(&ratio(), of(30, 100), &short).is_empty());
    let classes = past(&[20, 22, 25, 21, 24]);
    assert_eq!(
        codes(&count("lớp"), number("90"), &classes),
        [Code::OwnOutlier]
    );
    assert!(codes(&count("lớp"), number("30"), &classes).is_empty());
    let others = |values: &[i64]| Known {
        others: values.iter().copied().map(Decimal::from).collect(),
        ..Known::default()
    };
    let eight = others(&[70, 72, 68, 75, 71, 69, 73, 74]);
    assert_eq!(codes(&ratio(), of(20, 100), &eight), [Code::OtherUnits]);
    assert_eq!(figure(&ratio(), of(20, 100), &eight, "units"), "8");
    assert!(codes(&ratio(), of(78, 100), &eight).is_empty());
    let seven = others(&[70, 72, 68, 75, 71, 69, 73]);
    assert!(codes(&ratio(), of(20, 100), &seven).is_empty());
    // Large and small units differ by much; that alone is nothing strange.
    let sizes = others(&[3, 8, 12, 40, 55, 90, 160, 200]);
    assert!(codes(&count("lớp"), number("400"), &sizes).is_empty());
    assert_eq!(
        codes(&count("lớp"), number("90000"), &sizes),
        [Code::OtherUnits]
    );
}

#[test]
fn words_explain_the_value_that_they_were_written_about() {
    let rules = Rules::shipped();
    let found = |typed| check(&count("lớp"), number(typed), &after_count(12), rules);
    let first = keep(&found("11"), &[], rules);
    assert!(!first[0].is_explained(rules));
    let said = |finding: &str, text: &str| Explanation {
        finding: finding.to_owned(),
        text: text.to_owned(),
    };
    let token = first[0].token();
    let short = keep(&found("11"), &[said(&token, "ok")], rules);
    assert!(!short[0].is_explained(rules));
    let words = "Kỳ trước báo nhầm một lớp";
    let explained = keep(&found("11"), &[said(&token, words)], rules);
    assert!(explained[0].is_explained(rules));
    assert!(unexplained(&first, &explained, rules).is_empty());
    assert_eq!(unexplained(&first, &first, rules).len(), 1);
    // Another value, the same words: kept in the form, not taken for an explanation.
    let other = keep(&found("7"), &[explained[0].said()], rules);
    assert_eq!(other[0].explanation, words);
    assert!(!other[0].is_explained(rules));
    // Refusals are never explained away.
    let refused = check(&ratio(), of(3, 2), &Known::default(), rules);
    assert!(
        keep(
            &refused,
            &[said("numerator-above-denominator-1", words)],
            rules
        )
        .is_empty()
    );
}

proptest! {
    /// A steady unit is asked nothing.
    #[test]
    fn what_goes_on_evenly_is_never_asked_about(half in 20_i64..5_000, wobble in 95_i64..120) {
        let expected = half * 7_479 / 4_959 * wobble / 100;
        let known = after_count(half);
        prop_assert_eq!(codes(&count("lượt"), number(&expected.max(half).to_string()), &known), []);
    }

    /// Whatever is typed, each finding is told once, its figures are numbers where they must be,
    /// and the token of a finding follows its figures.
    #[test]
    fn findings_are_told_once_and_say_their_figures(
        typed in prop_oneof![0_i64..2_000, 0_i64..1_000_000_000_000],
        half in 0_i64..5_000,
        own in prop::collection::vec(0_i64..5_000, 0..9),
        others in prop::collection::vec(0_i64..5_000, 0..12),
    ) {
        let known = Known {
            own: past(&own).own,
            others: others.iter().copied().map(Decimal::from).collect(),
            ..after_count(half)
        };
        let found = check(&count("triệu đồng"), number(&typed.to_string()), &known, Rules::shipped());
        let mut told: Vec<Code> = found.iter().map(|finding| finding.code).collect();
        told.sort_unstable();
        let all = told.len();
        told.dedup();
        prop_assert_eq!(told.len(), all);
        for finding in &found {
            for (name, figure) in &finding.figures {
                let words = ["period", "against", "money", "unit"].contains(&name.as_str());
                prop_assert!(words || figure.parse::<Decimal>().is_ok(), "{}: {}", name, figure);
            }
        }
        let kept = keep(&found, &[], Rules::shipped());
        let again = keep(&found, &[], Rules::shipped());
        prop_assert_eq!(kept, again);
    }

    /// Ten, a hundred or a thousand times what was to be expected never passes in silence.
    #[test]
    fn a_slipped_zero_is_always_asked_about(half in 20_i64..5_000, power in prop::sample::select(vec![10_i64, 100, 1_000])) {
        let slipped = half * 7_479 / 4_959 * power;
        let found = codes(&count("lượt"), number(&slipped.to_string()), &after_count(half));
        prop_assert_eq!(found, [Code::MagnitudeAbove]);
    }
}

//! What holds on a day, held against a naive reading field by field.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::amendments::terms::{Amends, MeasureTerms};
use crate::import::{Bound, IndicatorKind};
use crate::records::{Due, Measure, Party};

/// A day of the year by its number.
fn day(number: u8) -> Date {
    date(2023, 1, 1)
        .checked_add(jiff::Span::new().days(i64::from(number)))
        .unwrap()
}

fn id(number: u8) -> Id {
    Id::from_digest([number; 16])
}

fn measure(indicator: u8, value: u8, due: Option<u8>) -> MeasureTerms {
    MeasureTerms {
        indicator: id(indicator),
        name: format!("Chỉ tiêu {indicator}"),
        goal: format!("{value}%"),
        measure: Measure {
            kind: IndicatorKind::Ratio,
            bound: Some(Bound::AtLeast),
            value: Some(i64::from(value).into()),
        },
        unit: Some("%".to_owned()),
        due: due.map(day),
    }
}

fn terms() -> impl Strategy<Value = Terms> {
    let measures = prop::collection::btree_map(0_u8..3, (0_u8..4, prop::option::of(0_u8..3)), 0..3);
    (
        0_u8..3,
        0_u8..3,
        0_u8..2,
        prop::option::of(0_u8..3),
        measures,
    )
        .prop_map(|(name, goal, lead, due, measures)| Terms {
            number: 12,
            group: "I".to_owned(),
            name: format!("Tên {name}"),
            goal: format!("Mục tiêu {goal}"),
            leads: vec![Party {
                written: format!("Sở {lead}"),
                name: None,
                unit: None,
                group: None,
            }],
            partners: Vec::new(),
            legal_bases: Vec::new(),
            due: due.map(|due| Due {
                written: format!("hạn {due}"),
                from: None,
                by: Some(day(due).to_string()),
            }),
            measures: measures
                .into_iter()
                .map(|(indicator, (value, due))| measure(indicator, value, due))
                .collect(),
        })
}

/// A change from a day on, recorded at an instant.
#[derive(Clone, Debug)]
struct Sample {
    from: u8,
    recorded: u8,
    change: TargetAmended,
}

fn change() -> impl Strategy<Value = TargetAmended> {
    prop_oneof![
        1 => Just((Amends::Drops, None, None)),
        1 => terms().prop_map(|now| (Amends::Adds, None, Some(now))),
        4 => (terms(), terms()).prop_map(|(before, now)| (Amends::Changes, Some(before), Some(now))),
    ]
    .prop_map(|(what, before, now)| TargetAmended {
        target: id(200),
        what,
        before,
        now,
    })
}

fn samples() -> impl Strategy<Value = Vec<Sample>> {
    let one = (0_u8..12, change()).prop_map(|(from, change)| Sample {
        from,
        recorded: 0,
        change,
    });
    let many = prop::collection::vec(one, 0..7).prop_shuffle();
    many.prop_map(|samples| {
        let numbered = samples.into_iter().zip(0_u8..);
        numbered
            .map(|(sample, recorded)| Sample { recorded, ..sample })
            .collect()
    })
}

/// Terms as fields, each by its name.
fn fields(terms: &Terms) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, value: String| drop(fields.insert(name.to_owned(), value));
    put("name", terms.name.clone());
    put("goal", terms.goal.clone());
    put("leads", format!("{:?}", terms.leads));
    put("due", format!("{:?}", terms.due));
    for measure in &terms.measures {
        let at = format!("measure {}", measure.indicator);
        put(&format!("{at} goal"), measure.goal.clone());
        put(&format!("{at} measure"), format!("{:?}", measure.measure));
        put(&format!("{at} due"), format!("{:?}", measure.due));
    }
    fields
}

/// What holds on a day by replaying every change that has begun, field by field.
fn naive(written: Option<&Terms>, samples: &[Sample], on: u8) -> Option<BTreeMap<String, String>> {
    let mut held = written.map(fields);
    for begins in 0..=on {
        for recorded in 0..=u8::MAX {
            let Some(sample) = samples
                .iter()
                .find(|one| one.from == begins && one.recorded == recorded)
            else {
                continue;
            };
            let change = &sample.change;
            match change.what {
                Amends::Drops => held = None,
                Amends::Adds => held = change.now.as_ref().map(fields),
                Amends::Changes => {
                    let Some(held) = &mut held else { continue };
                    let before = fields(change.before.as_ref().unwrap());
                    let now = fields(change.now.as_ref().unwrap());
                    let has = |of: &BTreeMap<String, String>, measure: &str| {
                        of.keys().any(|field| field.starts_with(measure))
                    };
                    for number in 0..3 {
                        let of_measure = format!("measure {}", id(number));
                        let (was, is) = (has(&before, &of_measure), has(&now, &of_measure));
                        let there = has(held, &of_measure);
                        for (field, value) in &now {
                            let new = before.get(field) != Some(value);
                            let touched = field.starts_with(&of_measure) && new;
                            // What another document dropped or added stays as that has it.
                            if touched && is && was == there {
                                held.insert(field.clone(), value.clone());
                            }
                        }
                        if was && !is {
                            held.retain(|field, _| !field.starts_with(&of_measure));
                        }
                    }
                    for (field, value) in now {
                        if !field.starts_with("measure") && before.get(&field) != Some(&value) {
                            held.insert(field, value);
                        }
                    }
                }
            }
        }
    }
    held
}

proptest! {
    #[test]
    fn what_holds_on_a_day_is_what_a_naive_replay_says(
        written in prop::option::of(terms()),
        samples in samples(),
    ) {
        let events = samples.iter().map(|sample| Event {
            from: day(sample.from),
            recorded: Instant::from_micros(i64::from(sample.recorded)),
            amendment: id(100 + sample.recorded),
            change: &sample.change,
        });
        let timeline = Timeline::of(written.clone(), events.collect());
        prop_assert!(timeline.spans().is_sorted_by_key(|span| span.from));
        for on in 0..14 {
            let held = timeline.on(day(on)).map(fields);
            prop_assert_eq!(held, naive(written.as_ref(), &samples, on), "day {}", on);
        }
    }
}

#[test]
fn a_document_recorded_late_undoes_nothing_that_another_ordered() {
    let base = Terms {
        measures: vec![measure(1, 50, None)],
        ..bare()
    };
    let threshold = |value| Terms {
        measures: vec![measure(1, value, None)],
        ..base.clone()
    };
    let renamed = Terms {
        name: "Tên mới".to_owned(),
        ..base.clone()
    };
    let changes = |now: &Terms| TargetAmended {
        target: id(200),
        what: Amends::Changes,
        before: Some(base.clone()),
        now: Some(now.clone()),
    };
    let (july, june) = (changes(&renamed), changes(&threshold(60)));
    let event = |from, recorded: u8, change| Event {
        from: day(from),
        recorded: Instant::from_micros(recorded.into()),
        amendment: id(recorded),
        change,
    };
    let timeline = Timeline::of(
        Some(base.clone()),
        vec![event(9, 1, &july), event(3, 2, &june)],
    );
    assert_eq!(timeline.on(day(2)), Some(&base));
    assert_eq!(timeline.on(day(5)), Some(&threshold(60)));
    let both = Terms {
        name: renamed.name.clone(),
        ..threshold(60)
    };
    assert_eq!(timeline.on(day(9)), Some(&both));
    assert_eq!(timeline.until(0), Some(day(2)));
    assert_eq!(timeline.until(2), None);
    assert!(timeline.turns_between(day(2), day(3)) && !timeline.turns_between(day(3), day(8)));
}

fn bare() -> Terms {
    Terms {
        number: 12,
        group: "I".to_owned(),
        name: "Tên".to_owned(),
        goal: "50%".to_owned(),
        leads: Vec::new(),
        partners: Vec::new(),
        legal_bases: Vec::new(),
        due: None,
        measures: Vec::new(),
    }
}

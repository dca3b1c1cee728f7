//! Nothing is lost by restating, and what was is within what is told.

use directory::{Fraction, Share};
use proptest::prelude::*;

use super::*;

/// How one unit was divided in truth: what each of four later units took of its numerator and
/// denominator, one part perhaps by nobody; whether the shares are known.
#[derive(Clone, Debug)]
struct Truth {
    parts: Vec<(i64, i64)>,
    known: bool,
}

fn truth() -> impl Strategy<Value = Truth> {
    let part = (0_i64..500, 0_i64..500).prop_map(|(one, other)| (one.min(other), one.max(other)));
    (prop::collection::vec(part, 1..5), any::<bool>())
        .prop_map(|(parts, known)| Truth { parts, known })
}

fn id(place: usize) -> Id {
    Id::from_digest([u8::try_from(place + 1).unwrap(); 16])
}

/// The later unit at a place; the last one is nobody.
fn later(place: usize) -> Option<Id> {
    (place < 3).then(|| id(100 + place))
}

impl Truth {
    fn whole(&self) -> Measurement {
        Measurement::Ratio {
            numerator: self.parts.iter().map(|part| part.0).sum(),
            denominator: self.parts.iter().map(|part| part.1).sum::<i64>().max(1),
        }
    }

    fn shares(&self, from: Id) -> Vec<MappedShare> {
        let count = u128::try_from(self.parts.len()).unwrap();
        let share = if self.known {
            Share::exactly(Fraction::new(1, count).unwrap())
        } else if count == 1 {
            Share::WHOLE
        } else {
            Share::UNKNOWN
        };
        (0..self.parts.len())
            .map(|place| MappedShare {
                from,
                to: later(place),
                share,
                bases: BTreeSet::new(),
                ordered_by: Vec::new(),
            })
            .collect()
    }
}

fn gathered(truths: &[Truth]) -> Vec<RestatedFigure> {
    let shares: Vec<Vec<MappedShare>> = truths
        .iter()
        .enumerate()
        .map(|(place, truth)| truth.shares(id(place)))
        .collect();
    gather(
        truths
            .iter()
            .enumerate()
            .map(|(place, truth)| (id(place), truth.whole(), shares[place].as_slice())),
    )
}

fn spreads(figure: &RestatedFigure) -> (Spread, Spread) {
    match figure.value {
        RestatedValue::Ratio {
            numerator,
            denominator,
        } => (numerator, denominator),
        other => panic!("{other:?} is no ratio"),
    }
}

proptest! {
    #[test]
    fn what_is_known_adds_up_to_what_was(truths in prop::collection::vec(truth(), 1..6)) {
        let truths: Vec<Truth> = truths
            .into_iter()
            .map(|truth| Truth { known: true, ..truth })
            .collect();
        let restated = gathered(&truths);
        let (mut numerators, mut denominators) = (Amount::ZERO, Amount::ZERO);
        for figure in &restated {
            prop_assert!(figure.value.is_exact());
            let (numerator, denominator) = spreads(figure);
            numerators = numerators.plus(numerator.least).unwrap();
            denominators = denominators.plus(denominator.least).unwrap();
        }
        let whole = Measurement::together(truths.iter().map(Truth::whole)).unwrap();
        let Measurement::Ratio { numerator, denominator } = whole else { panic!() };
        prop_assert_eq!(numerators, Amount::from(numerator));
        prop_assert_eq!(denominators, Amount::from(denominator));
    }

    #[test]
    fn ranges_hold_the_truth_and_the_sum(truths in prop::collection::vec(truth(), 1..6)) {
        let truths: Vec<Truth> = truths
            .into_iter()
            .map(|truth| Truth { known: false, ..truth })
            .collect();
        let restated = gathered(&truths);
        let (mut least, mut most) = (Amount::ZERO, Amount::ZERO);
        for figure in &restated {
            let (numerator, denominator) = spreads(figure);
            least = least.plus(numerator.least).unwrap();
            most = most.plus(numerator.most).unwrap();
            // What the unit took in truth.
            let (mut part, mut whole) = (0, 0);
            for truth in &truths {
                for (place, taken) in truth.parts.iter().enumerate() {
                    if later(place) == figure.unit {
                        part += taken.0;
                        whole += taken.1;
                    }
                }
            }
            prop_assert!(numerator.least <= Amount::from(part));
            prop_assert!(Amount::from(part) <= numerator.most);
            prop_assert!(denominator.least <= Amount::from(whole));
            prop_assert!(Amount::from(whole) <= denominator.most);
            if let (Some((low, high)), Some(percent)) =
                (figure.value.range(), Amount::from(part).percent_of(Amount::from(whole)))
            {
                prop_assert!(low <= percent && percent <= high, "{low} {percent} {high}");
            }
        }
        let whole: i64 = truths.iter().flat_map(|truth| &truth.parts).map(|part| part.0).sum();
        prop_assert!(least <= Amount::from(whole) && Amount::from(whole) <= most);
    }
}

#[test]
fn a_milestone_is_reached_where_all_of_it_is() {
    let share = |share| {
        vec![MappedShare {
            from: id(0),
            to: Some(id(9)),
            share,
            bases: BTreeSet::new(),
            ordered_by: Vec::new(),
        }]
    };
    let (whole, unknown) = (share(Share::WHOLE), share(Share::UNKNOWN));
    let reached = |figures: &[(bool, &Vec<MappedShare>)]| {
        let figures = figures
            .iter()
            .enumerate()
            .map(|(place, (reached, shares))| {
                (id(place), Measurement::Reached(*reached), shares.as_slice())
            });
        gather(figures)[0].value
    };
    let value = |surely, possibly| RestatedValue::Reached { surely, possibly };
    assert_eq!(
        reached(&[(true, &whole), (true, &unknown)]),
        value(true, true)
    );
    assert_eq!(
        reached(&[(true, &whole), (false, &unknown)]),
        value(false, true)
    );
    assert_eq!(
        reached(&[(false, &whole), (true, &unknown)]),
        value(false, false)
    );
}

#[test]
fn percentages_are_never_added() {
    let whole = vec![MappedShare {
        from: id(0),
        to: Some(id(9)),
        share: Share::WHOLE,
        bases: BTreeSet::new(),
        ordered_by: Vec::new(),
    }];
    let ratio = |numerator, denominator| Measurement::Ratio {
        numerator,
        denominator,
    };
    let merged = gather([
        (id(0), ratio(1, 2), whole.as_slice()),
        (id(1), ratio(90, 100), whole.as_slice()),
    ]);
    let range = merged[0].value.range().unwrap();
    assert_eq!(range.0.to_string(), "89.22");
    assert_eq!(range.0, range.1);
    assert_eq!(merged[0].sources, [id(0), id(1)]);
}

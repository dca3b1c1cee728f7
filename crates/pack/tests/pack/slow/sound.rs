//! What was checked runs: an expression without a mistake comes to a value of the type that the
//! check said, in no more steps than the check counted, whatever the record holds.

use std::collections::BTreeMap;

use pack::Findings;
use pack::catalog::RecordAt;
use pack::expression::Expression;
use pack::expression::evaluate::{Evaluated, Value, evaluate};
use pack::expression::infer::{Scope, infer};
use proptest::prelude::*;
use vocab::{Decimal, Instant};

use crate::thing::{Record, catalog, fits};

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        (any::<i64>(), 0_u8..=9).prop_map(|(mantissa, scale)| {
            Value::Number(Decimal::new(mantissa, scale).unwrap())
        }),
        (-50_i64..50).prop_map(|small| Value::Number(Decimal::from(small))),
    ]
}

fn maybe(value: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Empty), value]
}

fn day() -> impl Strategy<Value = Value> {
    maybe(
        (-9_999_i16..=9_999, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Value::Date(jiff::civil::date(year, month, day))),
    )
}

fn code() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["durian", "mango"]).prop_map(|code| Value::Text(code.to_owned()))
}

fn record() -> impl Strategy<Value = Record> {
    let row = (number(), day()).prop_map(|(amount, on)| {
        Value::Row([("amount".to_owned(), amount), ("on".to_owned(), on)].into())
    });
    let first = (
        maybe("[a-zơ ]{0,6}".prop_map(Value::Text)),
        number(),
        number(),
        number(),
        day(),
        maybe(any::<bool>().prop_map(Value::Flag)),
    );
    let second = (
        maybe(code()),
        maybe(prop::collection::vec(code(), 0..=3).prop_map(Value::List)),
        maybe(Just(Value::Thing("other".to_owned()))),
        maybe(Just(Value::Thing("shape".to_owned()))),
        maybe(prop::collection::vec(row, 0..=3).prop_map(Value::List)),
    );
    (first, second).prop_map(|(first, second)| {
        Record(BTreeMap::from([
            ("words", first.0),
            ("count", first.1),
            ("size", first.2),
            ("cost", first.3),
            ("made_on", first.4),
            ("is_new", first.5),
            ("crop", second.0),
            ("markets", second.1),
            ("above", second.2),
            ("shape", second.3),
            ("rows", second.4),
            ("today", Value::Date(jiff::civil::date(2026, 11, 24))),
            (
                "now",
                Value::Moment(Instant::from_micros(1_790_000_000_000_000)),
            ),
            ("unit", Value::Thing("unit".to_owned())),
        ]))
    })
}

/// Mostly sensible expressions; those that the check refuses are passed over.
fn expressions() -> impl Strategy<Value = String> {
    let names = vec![
        "words",
        "count",
        "size",
        "cost",
        "made_on",
        "is_new",
        "crop",
        "markets",
        "above.count",
        "above.made_on",
        "rows",
        "r.amount",
        "r.on",
        "today",
        "now",
        "1",
        "2.5",
        "0",
        "'mango'",
        "true",
        "null",
        "date('2025-07-01')",
        "has(cost)",
        "crop == 'durian'",
        "'durian' in markets",
        "crop in ['mango', 'durian']",
        "count in [1, 2.5]",
        "size > 3",
        "size(rows)",
        "area(shape)",
        "lies_in(shape, unit)",
        "words.contains('a')",
        "words.matches('a+')",
        "made_on < today",
        "sum(rows.map(r, r.amount))",
    ];
    let leaf = prop::sample::select(names).prop_map(str::to_owned);
    leaf.prop_recursive(2, 8, 3, |inner| {
        let signs = vec![
            "||", "&&", "==", "!=", "<", ">=", "in", "+", "-", "*", "/", "%",
        ];
        let pairs = vec![
            "min",
            "max",
            "round",
            "days",
            "add_days",
            "add_months",
            "add_years",
        ];
        let alone = vec![
            "size", "sum", "abs", "year", "month", "day", "has", "!", "-",
        ];
        let each = vec!["exists", "all", "exists_one", "filter", "map"];
        prop_oneof![
            4 => (inner.clone(), prop::sample::select(signs), inner.clone())
                .prop_map(|(one, sign, other)| format!("({one} {sign} {other})")),
            1 => (prop::sample::select(pairs), inner.clone(), inner.clone())
                .prop_map(|(name, one, other)| format!("{name}({one}, {other})")),
            1 => (prop::sample::select(alone), inner.clone())
                .prop_map(|(name, one)| format!("{name}({one})")),
            1 => (prop::sample::select(each), inner.clone())
                .prop_map(|(name, one)| format!("rows.{name}(r, {one})")),
            1 => (inner.clone(), inner.clone(), inner)
                .prop_map(|(one, two, three)| format!("({one} ? {two} : {three})")),
        ]
    })
}

#[test]
fn what_was_checked_comes_to_its_type_in_the_steps_that_were_counted() {
    let catalog = catalog();
    let at = RecordAt { pack: 0, record: 0 };
    let scope = Scope {
        catalog: &catalog,
        record: at,
        row: None,
        also: Vec::new(),
    };
    let checked = std::cell::Cell::new(0);
    let config = ProptestConfig {
        cases: 6_000,
        ..ProptestConfig::default()
    };
    proptest!(config, |(text in expressions(), record in record())| {
        let expression = Expression::alone(&text);
        let Some(tree) = &expression.tree else { return Ok(()) };
        let mut findings = Findings::default();
        let inferred = infer(&expression, &scope, None, &mut findings);
        if !findings.passes() {
            return Ok(());
        }
        checked.set(checked.get() + 1);
        let Evaluated { value, steps } = evaluate(tree, &record, None);
        prop_assert!(fits(&inferred.kind, &value), "{text}: {:?}, {value:?}", inferred.kind);
        prop_assert!(steps <= inferred.cost, "{text}: {steps} > {}", inferred.cost);
    });
    // The property would hold of nothing as well.
    assert!(checked.get() > 600, "{}", checked.get());
}

//! Expressions of packs: read as CEL reads them, checked, and what was checked comes to a value of its type
//! in no more steps than were counted, whatever the record holds.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use pack::Findings;
use pack::catalog::{Catalog, RecordAt};
use pack::expression::Expression;
use pack::expression::evaluate::{Evaluated, Value, evaluate};
use pack::expression::infer::{Scope, infer};
use vocab::{Decimal, Instant};

use crate::{Target, seeds};

#[path = "../../../crates/pack/tests/pack/other_reader.rs"]
mod other_reader;
#[path = "../../../crates/pack/tests/pack/thing.rs"]
mod thing;

use thing::{Record, catalog, fits};

/// One expression.
pub(crate) const EXPRESSION: Target = Target {
    name: "expression",
    body: expression,
    seeds: || {
        let mut seeds: Vec<Vec<u8>> = SEEDS.iter().map(|text| text.as_bytes().to_vec()).collect();
        for (_, text) in seeds::packs().into_iter().flatten() {
            let text = String::from_utf8_lossy(&text).into_owned();
            for line in text.lines() {
                if let Some((_, said)) = line
                    .split_once(" = \"")
                    .filter(|(key, _)| KEYS.contains(key))
                {
                    seeds.push(said.trim_end_matches('"').as_bytes().to_vec());
                }
            }
        }
        seeds.sort();
        seeds.dedup();
        seeds
    },
    words: &[
        "words",
        "count",
        "size",
        "cost",
        "made_on",
        "is_new",
        "crop",
        "markets",
        "above",
        "above.count",
        "rows",
        "shape",
        "today",
        "now",
        "unit",
        "true",
        "false",
        "null",
        "in",
        "has(",
        "size(",
        "sum(",
        "min(",
        "max(",
        "round(",
        "abs(",
        "days(",
        "add_days(",
        "add_months(",
        "add_years(",
        "year(",
        "month(",
        "day(",
        "date('2025-07-01')",
        "area(shape)",
        "length(",
        "lies_in(shape, unit)",
        ".contains(",
        ".startsWith(",
        ".endsWith(",
        ".matches('(a*)*$')",
        ".exists(r, ",
        ".all(r, ",
        ".exists_one(r, ",
        ".filter(r, ",
        ".map(r, ",
        "r.amount",
        "r.on",
        " && ",
        " || ",
        " == ",
        " != ",
        " <= ",
        " >= ",
        " ? ",
        " : ",
        "9223372036854775807",
        "0.000000001",
        "'mango'",
        "['CN', 'US']",
        "// ",
    ],
    longest: 600,
    runs: 4_000,
};

/// Keys of packs that hold expressions.
const KEYS: &[&str] = &[
    "when",
    "compute",
    "required_when",
    "part",
    "default",
    "where",
    "guard",
];

const SEEDS: &[&str] = &[
    "sum(rows.map(r, r.amount)) / size(rows)",
    "rows.exists(r, r.amount > 3 && has(r.on)) ? 'a' : words + '!'",
    "rows.filter(r, r.on < today).all(r, r.amount >= 0.5)",
    "crop in ['mango', 'durian'] && !('mango' in markets)",
    "add_months(made_on, 3) - today > 30 || made_on == null",
    "round(area(shape) / 10000, 2) <= max(size, 2.5)",
    "lies_in(shape, unit) && words.matches('^[A-Z].*g$')",
    "year(date('2025-07-01')) * 100 + month(made_on) % 12",
    "-cost + abs(-count) - min(1, 2)",
    "above.made_on < today",
];

fn kinds() -> &'static Catalog {
    static KINDS: OnceLock<Catalog> = OnceLock::new();
    KINDS.get_or_init(catalog)
}

/// One that holds nothing, a usual one, and one at the edges of what values there are.
fn records() -> &'static [Record; 3] {
    static RECORDS: OnceLock<[Record; 3]> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let texts = |codes: &[&str]| {
            Value::List(
                codes
                    .iter()
                    .map(|code| Value::Text((*code).to_owned()))
                    .collect(),
            )
        };
        let full = |number: &str, day: jiff::civil::Date, words: String, many: usize| {
            let number: Decimal = number.parse().unwrap();
            let row = Value::Row(BTreeMap::from([
                ("amount".to_owned(), Value::Number(number)),
                ("on".to_owned(), Value::Date(day)),
            ]));
            Record(BTreeMap::from([
                ("words", Value::Text(words)),
                ("count", Value::Number(number)),
                ("size", Value::Number(number)),
                ("cost", Value::Number(number)),
                ("made_on", Value::Date(day)),
                ("is_new", Value::Flag(true)),
                ("crop", Value::Text("mango".to_owned())),
                ("markets", texts(&["durian", "mango", "mango"][..many])),
                ("above", Value::Thing("other".to_owned())),
                ("shape", Value::Thing("shape".to_owned())),
                ("rows", Value::List(vec![row; many])),
                ("today", Value::Date(day)),
                (
                    "now",
                    Value::Moment(Instant::from_micros(1_790_000_000_000_000)),
                ),
                ("unit", Value::Thing("unit".to_owned())),
            ]))
        };
        [
            Record(BTreeMap::new()),
            full(
                "12.5",
                jiff::civil::date(2026, 11, 24),
                "Sầu riêng".to_owned(),
                2,
            ),
            full(
                "-9223372036854775807",
                jiff::civil::Date::MIN,
                "ạ".repeat(2_000),
                3,
            ),
        ]
    })
}

fn expression(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let expression = Expression::alone(&text);
    let Some(tree) = &expression.tree else { return };
    if let Err(why) = other_reader::same(&text) {
        panic!("{why}");
    }
    let scope = Scope {
        catalog: kinds(),
        record: RecordAt { pack: 0, record: 0 },
        row: None,
        also: Vec::new(),
    };
    let mut findings = Findings::default();
    let inferred = infer(&expression, &scope, None, &mut findings);
    for record in records() {
        // What was not checked ends, too: a record may meet an expression of an earlier declaration.
        let Evaluated { value, steps } = evaluate(tree, record, None);
        if findings.passes() {
            assert!(
                fits(&inferred.kind, &value),
                "{:?}, {value:?}",
                inferred.kind
            );
            assert!(steps <= inferred.cost, "{steps} > {}", inferred.cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_expressions_and_most_of_ours_are_right() {
        let seeds = (EXPRESSION.seeds)();
        assert!(seeds.len() > 60, "{}", seeds.len());
        let read =
            |seed: &&Vec<u8>| pack::expression::parse(std::str::from_utf8(seed).unwrap()).is_some();
        assert!(seeds.iter().filter(read).count() * 10 > seeds.len() * 8);
        for text in SEEDS {
            let expression = Expression::alone(text);
            let scope = Scope {
                catalog: kinds(),
                record: RecordAt { pack: 0, record: 0 },
                row: None,
                also: Vec::new(),
            };
            let mut findings = Findings::default();
            infer(&expression, &scope, None, &mut findings);
            assert!(findings.passes(), "{text}: {findings:?}");
        }
    }
}

//! What expressions come to.

use std::collections::BTreeMap;

use pack::expression::evaluate::{Value, evaluate};

use crate::thing::Record;

#[test]
fn expressions_come_to_what_they_say() {
    let text = |text: &str| Value::Text(text.to_owned());
    let number = |number: &str| Value::Number(number.parse().unwrap());
    let date = |year, month, day| Value::Date(jiff::civil::date(year, month, day));
    let row = |amount: Value, on: Value| {
        Value::Row([("amount".to_owned(), amount), ("on".to_owned(), on)].into())
    };
    let record = Record(BTreeMap::from([
        ("words", text("Sầu riêng")),
        ("count", number("7")),
        ("size", number("12.50")),
        ("cost", Value::Empty),
        ("made_on", date(2024, 1, 31)),
        ("crop", text("mango")),
        ("markets", Value::List(vec![text("durian")])),
        (
            "rows",
            Value::List(vec![
                row(number("2"), date(2025, 1, 1)),
                row(Value::Empty, Value::Empty),
                row(number("3.5"), date(2025, 2, 1)),
            ]),
        ),
        ("today", date(2026, 11, 24)),
        ("above", Value::Thing("other".to_owned())),
    ]));
    for (expression, wanted) in [
        ("1 + 2 * 3", number("7")),
        ("0.1 + 0.2 == 0.3", Value::Flag(true)),
        ("10 / 4", number("2.5")),
        ("1 / 3", number("0.333333")),
        ("2 / 3", number("0.666667")),
        ("-2 / 3", number("-0.666667")),
        ("count / 0", Value::Empty),
        ("-7 % 3", number("-1")),
        ("7.5 % 2", number("1.5")),
        ("9223372036854775807 + 1", Value::Empty),
        ("round(size / 3, 2)", number("4.17")),
        ("cost > 3", Value::Empty),
        ("!(cost > 3)", Value::Empty),
        ("cost > 3 || count == 7", Value::Flag(true)),
        ("cost > 3 && count == 7", Value::Empty),
        ("cost > 3 && count == 8", Value::Flag(false)),
        ("cost > 3 ? 'a' : 'b'", text("b")),
        ("has(cost)", Value::Flag(false)),
        ("cost == null", Value::Flag(true)),
        ("count != null", Value::Flag(true)),
        ("crop in ['mango', 'durian']", Value::Flag(true)),
        ("'mango' in markets", Value::Flag(false)),
        ("size(rows)", number("3")),
        ("size(words)", number("9")),
        ("sum(rows.map(r, r.amount))", number("5.5")),
        ("rows.exists(r, r.amount > 3)", Value::Flag(true)),
        ("rows.exists(r, r.amount > 9)", Value::Empty),
        ("rows.all(r, r.amount > 1)", Value::Empty),
        ("rows.all(r, r.amount > 2)", Value::Flag(false)),
        ("size(rows.filter(r, r.amount > 1))", number("2")),
        (
            "rows.exists_one(r, has(r.amount) && r.amount > 3)",
            Value::Flag(true),
        ),
        ("add_months(made_on, 1)", date(2024, 2, 29)),
        ("add_years(made_on, 1)", date(2025, 1, 31)),
        ("made_on + 1", date(2024, 2, 1)),
        ("made_on - 31", date(2023, 12, 31)),
        ("today - made_on", number("1028")),
        ("days(made_on, today)", number("1028")),
        ("add_days(made_on, 0.5)", Value::Empty),
        ("add_years(made_on, 9000)", Value::Empty),
        ("year(made_on) * 100 + month(made_on)", number("202401")),
        ("date('2025-07-01') > made_on", Value::Flag(true)),
        ("words.startsWith('Sầu')", Value::Flag(true)),
        ("words.matches('[A-Z].*g')", Value::Flag(true)),
        ("words.matches('riêng')", Value::Flag(false)),
        ("words + '!'", text("Sầu riêng!")),
        ("max(count, 9)", number("9")),
        ("min(made_on, today)", date(2024, 1, 31)),
        ("above.count", number("7")),
        ("abs(-2.5)", number("2.5")),
    ] {
        let tree = pack::expression::parse(expression).unwrap();
        assert_eq!(evaluate(&tree, &record, None).value, wanted, "{expression}");
    }
    let row = BTreeMap::from([("amount".to_owned(), number("4"))]);
    let tree = pack::expression::parse("amount + record.count + size(record.rows)").unwrap();
    assert_eq!(evaluate(&tree, &record, Some(&row)).value, number("14"));
}

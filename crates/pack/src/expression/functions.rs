//! The functions that expressions may call.

use super::types::{Type, units_fit};
use crate::declaration::FieldType;

/// What a function takes and gives.
pub(super) struct Function {
    pub(super) name: &'static str,
    /// As it is shown: `days(date, date)`.
    pub(super) shown: &'static str,
    /// Its cost beside its arguments'.
    pub(super) cost: u64,
    /// The type of what it gives, if it takes arguments of these types.
    pub(super) gives: fn(&[Type]) -> Option<Type>,
}

fn number(unit: &str) -> Type {
    Type::Number(Some(unit.to_owned()))
}

fn is_number(given: &Type) -> bool {
    matches!(given, Type::Number(_) | Type::Unknown)
}

fn is_date(given: &Type) -> bool {
    matches!(given, Type::Date | Type::DateTime | Type::Unknown)
}

fn shifted(given: &[Type]) -> Option<Type> {
    matches!(given, [day, amount] if is_date(day) && is_number(amount)).then_some(Type::Date)
}

fn part_of_date(given: &[Type]) -> Option<Type> {
    matches!(given, [day] if is_date(day)).then_some(Type::NUMBER)
}

fn either(given: &[Type]) -> Option<Type> {
    match given {
        [Type::Unknown, other] | [other, Type::Unknown] => Some(other.clone()),
        [Type::Number(one), Type::Number(other)] => units_fit(one.as_deref(), other.as_deref())
            .then(|| Type::Number(one.clone().or_else(|| other.clone()))),
        [one, other] if one == other && matches!(one, Type::Money | Type::Date) => {
            Some(one.clone())
        }
        _ => None,
    }
}

fn total(given: &[Type]) -> Option<Type> {
    match given {
        [Type::List(member, _)] => match &**member {
            Type::Number(_) | Type::Money | Type::Unknown => Some((**member).clone()),
            _ => None,
        },
        [Type::Unknown] => Some(Type::Unknown),
        _ => None,
    }
}

fn two_texts(given: &[Type]) -> Option<Type> {
    let is_text = |given: &Type| matches!(given, Type::Text | Type::Unknown);
    matches!(given, [one, other] if is_text(one) && is_text(other)).then_some(Type::Flag)
}

/// Called as `name(…)`.
pub(super) const FUNCTIONS: [Function; 17] = [
    Function {
        name: "size",
        shown: "size(list | text)",
        cost: 1,
        gives: |given| {
            matches!(given, [Type::List(..) | Type::Text | Type::Unknown]).then_some(Type::NUMBER)
        },
    },
    Function {
        name: "sum",
        shown: "sum(list of numbers)",
        cost: 100,
        gives: total,
    },
    Function {
        name: "min",
        shown: "min(a, b)",
        cost: 1,
        gives: either,
    },
    Function {
        name: "max",
        shown: "max(a, b)",
        cost: 1,
        gives: either,
    },
    Function {
        name: "abs",
        shown: "abs(number)",
        cost: 1,
        gives: |given| match given {
            [Type::Number(_) | Type::Money | Type::Unknown] => Some(given[0].clone()),
            _ => None,
        },
    },
    Function {
        name: "round",
        shown: "round(number, decimals)",
        cost: 1,
        gives: |given| match given {
            [Type::Number(_) | Type::Money | Type::Unknown, places] if is_number(places) => {
                Some(given[0].clone())
            }
            _ => None,
        },
    },
    Function {
        name: "area",
        shown: "area(polygon)",
        cost: 200,
        gives: |given| {
            matches!(given, [Type::Shape(FieldType::Polygon) | Type::Unknown]).then(|| number("m2"))
        },
    },
    Function {
        name: "length",
        shown: "length(line)",
        cost: 200,
        gives: |given| {
            matches!(given, [Type::Shape(FieldType::Line) | Type::Unknown]).then(|| number("m"))
        },
    },
    Function {
        name: "lies_in",
        shown: "lies_in(shape, area)",
        cost: 500,
        gives: |given| {
            matches!(
                given,
                [
                    Type::Shape(_) | Type::Unknown,
                    Type::Area | Type::Unit | Type::Unknown
                ]
            )
            .then_some(Type::Flag)
        },
    },
    Function {
        name: "year",
        shown: "year(date)",
        cost: 1,
        gives: part_of_date,
    },
    Function {
        name: "month",
        shown: "month(date)",
        cost: 1,
        gives: part_of_date,
    },
    Function {
        name: "day",
        shown: "day(date)",
        cost: 1,
        gives: part_of_date,
    },
    Function {
        name: "days",
        shown: "days(from, to)",
        cost: 1,
        gives: |given| {
            matches!(given, [from, to] if is_date(from) && is_date(to)).then_some(Type::NUMBER)
        },
    },
    Function {
        name: "add_days",
        shown: "add_days(date, number)",
        cost: 1,
        gives: shifted,
    },
    Function {
        name: "add_months",
        shown: "add_months(date, number)",
        cost: 1,
        gives: shifted,
    },
    Function {
        name: "add_years",
        shown: "add_years(date, number)",
        cost: 1,
        gives: shifted,
    },
    Function {
        name: "date",
        shown: "date('2026-12-31')",
        cost: 1,
        gives: |given| matches!(given, [Type::Text | Type::Unknown]).then_some(Type::Date),
    },
];

/// Called as `text.name(…)`; the text comes first.
pub(super) const METHODS: [Function; 4] = [
    Function {
        name: "startsWith",
        shown: "text.startsWith(text)",
        cost: 5,
        gives: two_texts,
    },
    Function {
        name: "endsWith",
        shown: "text.endsWith(text)",
        cost: 5,
        gives: two_texts,
    },
    Function {
        name: "contains",
        shown: "text.contains(text)",
        cost: 20,
        gives: two_texts,
    },
    Function {
        name: "matches",
        shown: "text.matches('pattern')",
        cost: 100,
        gives: two_texts,
    },
];

//! Whether a body holds what its declaration says, and nothing else.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use vocab::{Decimal, FieldProblem, Id, Period, Problem};

use crate::declaration::{COLUMN_SCALE, decimal};
use crate::{Declaration, Evidence, Field, FieldKind};

/// Every field at fault is named, in the order of the declaration, then unknown ones.
pub(crate) fn check(declaration: &Declaration, body: &Map<String, Value>) -> Result<(), Problem> {
    let mut fields: Vec<FieldProblem> = declaration
        .fields
        .iter()
        .filter_map(|field| wrong(field, body.get(field.name)))
        .collect();
    let known: BTreeSet<&str> = declaration.fields.iter().map(|field| field.name).collect();
    for name in body.keys().filter(|name| !known.contains(name.as_str())) {
        fields.push(FieldProblem::new(name.as_str(), "unknown-field").with("name", name));
    }
    if fields.is_empty() {
        return Ok(());
    }
    let mut problem = Problem::new(422, "invalid-fields", declaration.kind);
    problem.fields = fields;
    Err(problem)
}

fn wrong(field: &Field, value: Option<&Value>) -> Option<FieldProblem> {
    let problem = |code: &str| Some(FieldProblem::new(field.name, code));
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return field
            .required
            .then(|| FieldProblem::new(field.name, "field-required"));
    };
    match field.kind {
        FieldKind::Text(limit) => match value.as_str() {
            None => problem("not-text"),
            Some(text) if field.required && text.trim().is_empty() => problem("field-required"),
            Some(text) if text.chars().count() > limit => {
                problem("text-too-long").map(|problem| problem.with("limit", limit))
            }
            Some(text) if text.chars().any(unprintable) => problem("text-control"),
            Some(_) => None,
        },
        FieldKind::Reference => match value.as_str().map(str::parse::<Id>) {
            Some(Ok(_)) => None,
            _ => problem("not-an-id"),
        },
        FieldKind::Whole(least, most) => match value.as_i64() {
            None => problem("not-whole"),
            Some(number) if (least..=most).contains(&number) => None,
            Some(_) => problem("number-range")
                .map(|problem| problem.with("least", least).with("most", most)),
        },
        FieldKind::Decimal(least, most) => match decimal(value) {
            None => problem("not-a-number"),
            Some(number) if number.scale() > COLUMN_SCALE => problem("too-many-decimals"),
            Some(number) if number < Decimal::from(least) || number > Decimal::from(most) => {
                problem("number-range")
                    .map(|problem| problem.with("least", least).with("most", most))
            }
            Some(_) => None,
        },
        FieldKind::Flag => {
            (!value.is_boolean()).then(|| FieldProblem::new(field.name, "not-a-flag"))
        }
        FieldKind::Period => match value.as_str().map(str::parse::<Period>) {
            Some(Ok(period)) if Some(period.code().as_str()) == value.as_str() => None,
            _ => problem("not-a-period"),
        },
        FieldKind::Evidence(limit) => evidence(field, value, limit),
        FieldKind::Structure | FieldKind::Shape => None,
    }
}

fn evidence(field: &Field, value: &Value, limit: usize) -> Option<FieldProblem> {
    let Ok(files) = serde_json::from_value::<Vec<Evidence>>(value.clone()) else {
        return Some(FieldProblem::new(field.name, "not-evidence"));
    };
    if files.len() > limit {
        return Some(FieldProblem::new(field.name, "too-many-files").with("limit", limit));
    }
    files
        .iter()
        .any(|file| {
            file.digest().is_none()
                || file.name.is_empty()
                || file.name.chars().count() > 200
                || file
                    .name
                    .chars()
                    .any(|ch| ch.is_control() || ch == '/' || ch == '\\')
        })
        .then(|| FieldProblem::new(field.name, "not-evidence"))
}

/// Characters that no keyboard means: they break tables, logs and office files.
pub fn unprintable(ch: char) -> bool {
    ch.is_control() && !matches!(ch, '\n' | '\r' | '\t')
}

/// The files that a body names.
pub(crate) fn files(declaration: &Declaration, body: &Map<String, Value>) -> Vec<[u8; 32]> {
    let fields = declaration
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Evidence(_)));
    let mut digests: Vec<[u8; 32]> = fields
        .filter_map(|field| {
            serde_json::from_value::<Vec<Evidence>>(body.get(field.name)?.clone()).ok()
        })
        .flatten()
        .filter_map(|file| file.digest())
        .collect();
    digests.sort_unstable();
    digests.dedup();
    digests
}

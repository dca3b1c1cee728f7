//! What follows from a body: computed fields, what is not asked for, what is missing, what
//! rules say.

use std::collections::BTreeMap;

use jiff::civil::Date;
use pack::declaration::{Field, FieldType, Gravity, RecordFile, Rule};
use pack::expression::evaluate::Value as Known;
use pack::shape::is_set;
use serde_json::{Map, Value};
use vocab::FieldProblem;

use super::facts::{self, Ground};
use super::settle::said;

/// Fills in what is computed. Nothing goes in circles (`pack::check`): as many rounds as there
/// are fields settle everything, mostly one.
pub(crate) fn compute(declared: &RecordFile, body: &mut Map<String, Value>, ground: &mut Ground) {
    for _ in 0..=declared.fields.len() {
        let mut changed = columns(declared, body, ground);
        for field in &declared.fields {
            let Some(expression) = &field.compute else {
                continue;
            };
            let value = facts::kept(field, &ground.evaluate(expression, None));
            if body.get(&field.id.text) == value.as_ref() {
                continue;
            }
            changed = true;
            ground.put(field, value, body);
        }
        if !changed {
            return;
        }
    }
}

/// Fills in computed columns of tables.
fn columns(declared: &RecordFile, body: &mut Map<String, Value>, ground: &mut Ground) -> bool {
    let mut changed = false;
    for table in declared
        .fields
        .iter()
        .filter(|field| *field.kind == FieldType::Table)
    {
        let computed: Vec<&Field> = table
            .fields
            .iter()
            .filter(|column| column.compute.is_some())
            .collect();
        if computed.is_empty() {
            continue;
        }
        let Some(rows) = body.get_mut(&table.id.text).and_then(Value::as_array_mut) else {
            continue;
        };
        for row in rows.iter_mut() {
            for column in &computed {
                let Some(expression) = &column.compute else {
                    continue;
                };
                let known = facts::row(table, row);
                let value = facts::kept(column, &ground.evaluate(expression, Some(&known)));
                let Some(cells) = row.as_object_mut() else {
                    continue;
                };
                changed |= cells.get(&column.id.text) != value.as_ref();
                match value {
                    Some(value) => cells.insert(column.id.text.clone(), value),
                    None => cells.remove(&column.id.text),
                };
            }
        }
        look_again(table, body, ground);
    }
    changed
}

/// Whether a field of the record is asked for: its own condition and its section's hold.
pub(crate) fn is_asked(declared: &RecordFile, field: &Field, ground: &Ground) -> bool {
    let section = field.section.as_ref();
    let section = section.and_then(|name| {
        declared
            .sections
            .iter()
            .find(|known| known.id.text == name.text)
    });
    let conditions = field
        .when
        .iter()
        .chain(section.and_then(|section| section.when.as_ref()));
    conditions
        .into_iter()
        .all(|condition| ground.holds(condition, None))
}

/// Takes out what is not asked for.
pub(crate) fn leave_out(declared: &RecordFile, body: &mut Map<String, Value>, ground: &mut Ground) {
    for field in &declared.fields {
        if !is_asked(declared, field, ground) && body.remove(&field.id.text).is_some() {
            ground.values.insert(field.id.text.clone(), Known::Empty);
        }
    }
    for table in declared
        .fields
        .iter()
        .filter(|field| *field.kind == FieldType::Table)
    {
        let Some(rows) = body.get_mut(&table.id.text).and_then(Value::as_array_mut) else {
            continue;
        };
        for row in rows {
            let known = facts::row(table, row);
            for column in &table.fields {
                let asked = column
                    .when
                    .as_ref()
                    .is_none_or(|when| ground.holds(when, Some(&known)));
                if let (false, Some(cells)) = (asked, row.as_object_mut()) {
                    cells.remove(&column.id.text);
                }
            }
        }
        look_again(table, body, ground);
    }
}

/// Takes in what a table says now.
fn look_again(table: &Field, body: &Map<String, Value>, ground: &mut Ground) {
    let rows = body.get(&table.id.text);
    let known = rows.map_or(Known::Empty, |rows| facts::known(table, rows));
    ground.values.insert(table.id.text.clone(), known);
}

/// What must be there whatever else is said, and is not.
pub(crate) fn surely_missing(
    declared: &RecordFile,
    body: &Map<String, Value>,
    is_new: bool,
    said: &[FieldProblem],
) -> Vec<FieldProblem> {
    let named = |id: &str| {
        said.iter()
            .any(|problem| problem.field.split('/').next() == Some(id))
    };
    let always = |field: &&Field| {
        let section = field.section.as_ref();
        let section = section.and_then(|name| {
            declared
                .sections
                .iter()
                .find(|known| known.id.text == name.text)
        });
        let conditional =
            field.when.is_some() || section.is_some_and(|section| section.when.is_some());
        let filled_in = field.compute.is_some() || (is_new && field.default.is_some());
        is_set(field.required.as_ref()) && !conditional && !filled_in
    };
    let missing = declared
        .fields
        .iter()
        .filter(always)
        .map(|field| field.id.text.as_str());
    let missing = missing.filter(|id| !body.contains_key(*id) && !named(id));
    missing
        .map(|id| FieldProblem::new(id, "field-required"))
        .collect()
}

/// What must be there and is not.
pub(crate) fn missing(
    declared: &RecordFile,
    body: &Map<String, Value>,
    ground: &Ground,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let needed = |field: &Field, row: Option<&BTreeMap<String, Known>>| {
        is_set(field.required.as_ref())
            || field
                .required_when
                .as_ref()
                .is_some_and(|when| ground.holds(when, row))
    };
    for field in &declared.fields {
        let id = field.id.text.as_str();
        let value = body.get(id);
        if value.is_none()
            && field.compute.is_none()
            && is_asked(declared, field, ground)
            && needed(field, None)
        {
            problems.push(FieldProblem::new(id, "field-required"));
        }
        if *field.kind != FieldType::Table {
            continue;
        }
        for (place, row) in value
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let known = facts::row(field, row);
            for column in field
                .fields
                .iter()
                .filter(|column| column.compute.is_none())
            {
                let name = column.id.text.as_str();
                let asked = column
                    .when
                    .as_ref()
                    .is_none_or(|when| ground.holds(when, Some(&known)));
                if asked && row.get(name).is_none() && needed(column, Some(&known)) {
                    problems.push(FieldProblem::new(
                        format!("{id}/{place}/{name}"),
                        "field-required",
                    ));
                }
            }
        }
    }
    problems
}

/// What rules say of a record: what hinders, and what does not.
pub(crate) fn rules(
    declared: &RecordFile,
    ground: &Ground,
    today: Date,
    step: Option<&str>,
) -> (Vec<FieldProblem>, Vec<FieldProblem>) {
    let (mut wrong, mut warnings) = (Vec::new(), Vec::new());
    for rule in declared.rules.iter().filter(|rule| is_asked_at(rule, step)) {
        let holds_today = rule.from.as_ref().is_none_or(|first| first.value <= today)
            && rule.to.as_ref().is_none_or(|last| today <= last.value);
        if !holds_today || !ground.holds(&rule.when, None) {
            continue;
        }
        let field = rule.fields.first().map_or("", |field| &**field);
        let found = said(field, &rule.error);
        match rule.gravity.as_ref().map(|gravity| **gravity) {
            Some(Gravity::Warning) => warnings.push(found),
            _ => wrong.push(found),
        }
    }
    (wrong, warnings)
}

fn is_asked_at(rule: &Rule, step: Option<&str>) -> bool {
    rule.at.is_empty() || step.is_some_and(|step| rule.at.iter().any(|at| &**at == step))
}

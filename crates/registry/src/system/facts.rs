//! What expressions ask about a record.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::{Date, DateTime};
use pack::declaration::{Field, FieldType};
use pack::expression::evaluate::{Facts, Value as Known, evaluate};
use pack::expression::{Expr, Expression};
use serde_json::{Map, Value};
use vocab::{Decimal, Instant};

/// What is known about a record, and about those that it names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ground {
    pub values: BTreeMap<String, Known>,
    /// Of other records: by record and name.
    pub others: HashMap<(String, String), Known>,
    pub today: Option<Date>,
    pub now: Option<Instant>,
}

impl Ground {
    /// Takes in what a body says in its fields.
    pub(crate) fn read(&mut self, fields: &[Field], body: &Map<String, Value>) {
        for field in fields {
            let value = body
                .get(&field.id.text)
                .map_or(Known::Empty, |value| known(field, value));
            self.values.insert(field.id.text.clone(), value);
        }
    }

    /// Has a field hold this from now on, in the body too; none for nothing.
    pub(crate) fn put(
        &mut self,
        field: &Field,
        value: Option<Value>,
        body: &mut Map<String, Value>,
    ) {
        let id = &field.id.text;
        let is = value
            .as_ref()
            .map_or(Known::Empty, |value| known(field, value));
        self.values.insert(id.clone(), is);
        match value {
            Some(value) => body.insert(id.clone(), value),
            None => body.remove(id),
        };
    }

    /// What an expression comes to.
    pub(crate) fn evaluate(
        &self,
        expression: &Expression,
        row: Option<&BTreeMap<String, Known>>,
    ) -> Known {
        let tree: Option<&Expr> = expression.tree.as_ref();
        tree.map_or(Known::Empty, |tree| evaluate(tree, self, row).value)
    }

    /// Whether a condition holds; what cannot be told does not.
    pub(crate) fn holds(
        &self,
        expression: &Expression,
        row: Option<&BTreeMap<String, Known>>,
    ) -> bool {
        self.evaluate(expression, row) == Known::Flag(true)
    }
}

impl Facts for Ground {
    fn value(&self, name: &str) -> Known {
        match name {
            "today" => self.today.map_or(Known::Empty, Known::Date),
            "now" => self.now.map_or(Known::Empty, Known::Moment),
            _ => self.values.get(name).cloned().unwrap_or_default(),
        }
    }

    fn value_of(&self, record: &str, name: &str) -> Known {
        self.others
            .get(&(record.to_owned(), name.to_owned()))
            .cloned()
            .unwrap_or_default()
    }

    fn measure(&self, function: &str, shape: &str, _: Option<&str>) -> Known {
        // Where an area ends is not in the database: whether a shape lies in it cannot be told.
        let shape = serde_json::from_str::<Value>(shape).ok();
        let Some(shape) = shape.as_ref().and_then(geometry::geojson::of_body) else {
            return Known::Empty;
        };
        match function {
            "area" => geometry::measure::area_m2(&shape).map_or(Known::Empty, Known::Number),
            "length" => geometry::measure::length_m(&shape).map_or(Known::Empty, Known::Number),
            _ => Known::Empty,
        }
    }
}

/// What a body says in a field, as expressions know it.
pub(crate) fn known(field: &Field, value: &Value) -> Known {
    match value {
        Value::Null => Known::Empty,
        Value::Array(items) => Known::List(items.iter().map(|item| one(field, item)).collect()),
        other => one(field, other),
    }
}

fn one(field: &Field, value: &Value) -> Known {
    let text = || value.as_str().unwrap_or_default().to_owned();
    match *field.kind {
        FieldType::Number | FieldType::Money => value
            .as_i64()
            .map_or(Known::Empty, |number| Known::Number(Decimal::from(number))),
        FieldType::Decimal => text().parse().map_or(Known::Empty, Known::Number),
        FieldType::Date => text().parse().map_or(Known::Empty, Known::Date),
        FieldType::DateTime => text()
            .parse::<DateTime>()
            .map_or(Known::Empty, |at| Known::Moment(Instant::from_vietnam(at))),
        FieldType::Flag => value.as_bool().map_or(Known::Empty, Known::Flag),
        FieldType::Reference | FieldType::Unit | FieldType::Area => Known::Thing(text()),
        FieldType::File
        | FieldType::Photo
        | FieldType::Point
        | FieldType::Line
        | FieldType::Polygon => Known::Thing(value.to_string()),
        FieldType::Table => Known::Row(row(field, value)),
        _ => Known::Text(text()),
    }
}

/// A row of a table, by its columns.
pub(crate) fn row(table: &Field, value: &Value) -> BTreeMap<String, Known> {
    let cells = table.fields.iter();
    cells
        .map(|column| {
            let cell = value.get(&column.id.text);
            (
                column.id.text.clone(),
                cell.map_or(Known::Empty, |cell| known(column, cell)),
            )
        })
        .collect()
}

/// What an expression came to, as a body keeps it in a field; none for nothing, or what the
/// field cannot hold.
pub(crate) fn kept(field: &Field, value: &Known) -> Option<Value> {
    Some(match (value, *field.kind) {
        (Known::Flag(flag), FieldType::Flag) => Value::Bool(*flag),
        (Known::Number(number), FieldType::Number | FieldType::Money) => {
            Value::from(number.round_half_up(0).rescale(0)?.mantissa())
        }
        (Known::Number(number), FieldType::Decimal) => {
            let places = field
                .decimals
                .as_ref()
                .and_then(|places| u8::try_from(places.value).ok());
            Value::from(
                number
                    .round_half_up(places.unwrap_or(4))
                    .normalized()
                    .to_string(),
            )
        }
        (Known::Text(text), _) if !text.is_empty() => Value::from(text.as_str()),
        (Known::Date(day), FieldType::Date) => Value::from(day.to_string()),
        (Known::Moment(at), FieldType::Date) => Value::from(at.in_vietnam().date().to_string()),
        (Known::Moment(at), FieldType::DateTime) => {
            Value::from(at.in_vietnam().strftime("%Y-%m-%dT%H:%M").to_string())
        }
        (Known::Date(day), FieldType::DateTime) => Value::from(format!("{day}T00:00")),
        (Known::Thing(thing), FieldType::Reference | FieldType::Unit | FieldType::Area) => {
            Value::from(thing.as_str())
        }
        (Known::Thing(thing), _) => serde_json::from_str(thing).ok()?,
        (Known::List(members), _) => {
            let kept: Vec<Value> = members
                .iter()
                .filter_map(|member| self::kept(field, member))
                .collect();
            (!kept.is_empty()).then_some(Value::Array(kept))?
        }
        _ => return None,
    })
}

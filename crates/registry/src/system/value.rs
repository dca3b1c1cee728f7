//! One value of a field: whether it is what the declaration says, and how a body keeps it.

use geometry::Ground;
use jiff::civil::Date;
use pack::Catalog;
use pack::declaration::{Field, FieldType};
use pack::shape::is_set;
use serde_json::{Map, Value};
use vocab::{CitizenId, FieldProblem, Id, Phone, TaxCode};

use super::plain::{email, link, moment, parsed};
use crate::Evidence;

/// How many values or rows there are at most, unless a field says otherwise.
const MOST_VALUES: usize = pack::expression::types::REPEATED_AT_MOST as usize;
const MOST_ROWS: usize = pack::expression::types::ROWS_AT_MOST as usize;

/// What values are checked against.
pub(crate) struct Checker<'a> {
    pub catalog: &'a Catalog,
    /// The pack whose lists are meant.
    pub pack: usize,
    pub today: Date,
    /// What was found.
    pub problems: Vec<FieldProblem>,
    /// Units that must be there: where they stand, which, of which field.
    pub units: Vec<(String, Id, &'a Field)>,
    /// Records that must be there.
    pub records: Vec<(String, Id, &'a Field)>,
    /// Files that are named and were not before: where, and what is said of them.
    pub files: Vec<(String, Evidence)>,
    /// What maps go by.
    pub ground: &'a Ground,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(catalog: &'a Catalog, ground: &'a Ground, pack: usize, today: Date) -> Self {
        Self {
            catalog,
            ground,
            pack,
            today,
            problems: Vec::new(),
            units: Vec::new(),
            records: Vec::new(),
            files: Vec::new(),
        }
    }

    fn say(&mut self, path: &str, code: &str) {
        self.problems.push(FieldProblem::new(path, code));
    }

    /// A field's value as a body keeps it; none for nothing. `before` is what it said, which may
    /// stay even if it could not be chosen any more.
    pub(crate) fn field(
        &mut self,
        field: &'a Field,
        path: &str,
        value: &Value,
        before: Option<&Value>,
    ) -> Option<Value> {
        if value.is_null() {
            return None;
        }
        let is_table = *field.kind == FieldType::Table;
        if !is_table && !is_set(field.repeated.as_ref()) {
            return self.one(field, path, value, before);
        }
        let Some(items) = value.as_array() else {
            self.say(path, "not-a-list");
            return None;
        };
        let usual = if is_table { MOST_ROWS } else { MOST_VALUES };
        let most = field
            .at_most
            .as_ref()
            .map_or(usual, |most| most.value as usize);
        if items.len() > most {
            self.problems
                .push(FieldProblem::new(path, "too-many-values").with("limit", most));
            return None;
        }
        let mut kept = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let path = format!("{path}/{place}");
            let known = before.and_then(Value::as_array);
            let value = if is_table {
                self.row(field, &path, item, known.and_then(|rows| rows.get(place)))
            } else {
                let stood = known.and_then(|known| known.iter().find(|one| *one == item));
                self.one(field, &path, item, stood)
            };
            kept.extend(value);
        }
        let least = field
            .at_least
            .as_ref()
            .map_or(0, |least| least.value as usize);
        if kept.len() < least && !kept.is_empty() {
            self.problems
                .push(FieldProblem::new(path, "too-few-values").with("limit", least));
        }
        (!kept.is_empty()).then_some(Value::Array(kept))
    }

    /// One value as a body keeps it.
    pub(crate) fn single(&mut self, field: &'a Field, path: &str, value: &Value) -> Option<Value> {
        self.one(field, path, value, None)
    }

    fn row(
        &mut self,
        table: &'a Field,
        path: &str,
        value: &Value,
        before: Option<&Value>,
    ) -> Option<Value> {
        let Some(cells) = value.as_object() else {
            self.say(path, "not-a-row");
            return None;
        };
        for name in cells
            .keys()
            .filter(|name| table.fields.iter().all(|column| column.id.text != **name))
        {
            let path = format!("{path}/{name}");
            self.problems
                .push(FieldProblem::new(path, "unknown-field").with("name", name));
        }
        let mut row = Map::new();
        for column in table
            .fields
            .iter()
            .filter(|column| column.compute.is_none())
        {
            let name = column.id.text.as_str();
            let stood = before.and_then(|before| before.get(name));
            let path = format!("{path}/{name}");
            if let Some(value) = cells
                .get(name)
                .and_then(|cell| self.field(column, &path, cell, stood))
            {
                row.insert(name.to_owned(), value);
            }
        }
        (!row.is_empty()).then_some(Value::Object(row))
    }

    fn one(
        &mut self,
        field: &'a Field,
        path: &str,
        value: &Value,
        before: Option<&Value>,
    ) -> Option<Value> {
        let kind = *field.kind;
        if value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return None;
        }
        let kept = match kind {
            FieldType::Text | FieldType::Paragraph => self.text(field, path, value),
            FieldType::Number | FieldType::Money => self.whole(field, path, value),
            FieldType::Decimal => self.decimal(field, path, value),
            FieldType::Date => parsed(value, |text| {
                text.parse::<Date>().ok().map(|day| day.to_string())
            })
            .ok_or("day-unreadable"),
            FieldType::DateTime => parsed(value, moment).ok_or("not-a-moment"),
            FieldType::Flag => value.as_bool().map(Value::Bool).ok_or("not-a-flag"),
            FieldType::Code => self.code(field, value, before),
            FieldType::Reference | FieldType::Unit | FieldType::Area => {
                match value.as_str().map(str::parse::<Id>) {
                    Some(Ok(id)) => {
                        let place = (path.to_owned(), id, field);
                        if before != Some(value) {
                            if kind == FieldType::Reference {
                                &mut self.records
                            } else {
                                &mut self.units
                            }
                            .push(place);
                        }
                        Ok(Value::from(id.to_string()))
                    }
                    _ => Err("not-an-id"),
                }
            }
            FieldType::CitizenId => parsed(value, |text| {
                text.parse::<CitizenId>()
                    .ok()
                    .map(|id| id.expose().to_owned())
            })
            .ok_or("not-a-citizen-id"),
            FieldType::TaxCode => parsed(value, |text| {
                text.parse::<TaxCode>()
                    .ok()
                    .map(|code| code.as_str().to_owned())
            })
            .ok_or("not-a-tax-code"),
            FieldType::Phone => parsed(value, |text| {
                text.parse::<Phone>().ok().map(|phone| phone.dialled())
            })
            .ok_or("not-a-phone"),
            FieldType::Email => parsed(value, email).ok_or("not-an-email"),
            FieldType::Link => parsed(value, link).ok_or("not-a-link"),
            FieldType::File | FieldType::Photo => self.file(field, path, value, before),
            FieldType::Point | FieldType::Line | FieldType::Polygon => {
                self.shape(field, path, value)
            }
            FieldType::Table => Err("not-a-list"),
        };
        match kept {
            Ok(value) => Some(value),
            // Said already, with more than a code.
            Err("") => None,
            Err(code) => {
                self.say(path, code);
                None
            }
        }
    }
}

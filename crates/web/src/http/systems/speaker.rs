//! Values of records in words for papers and for pages that anyone may see: whoever reads them
//! is not who asked for them.

use directory::UnitTree;
use pack::declaration::{Field, FieldType};
use registry::system::Systems;
use registry::{Kind, Record};
use serde_json::{Map, Value};
use vocab::{Decimal, Id};

use super::words::{Labels, plain, state_title};
use crate::i18n::Translator;

/// Puts values of one record type into words.
pub(crate) struct Speaker<'a> {
    pub words: Translator,
    pub systems: &'a Systems,
    pub units: &'a UnitTree,
    pub kind: &'a Kind,
    /// The names of the records that these refer to, as far as they may be told.
    pub labels: &'a Labels,
    /// Whether numbers are followed by what they are measured in; templates write it themselves.
    pub measures: bool,
}

impl Speaker<'_> {
    /// One value; several are told one by one.
    pub(crate) fn one(&self, field: &Field, value: &Value) -> String {
        let text = || value.as_str().unwrap_or_default();
        match *field.kind {
            FieldType::Reference => {
                let label = text()
                    .parse::<Id>()
                    .ok()
                    .and_then(|id| self.labels.get(&id));
                label.map_or_else(|| self.words.t("system-unseen"), |label| label.text.clone())
            }
            FieldType::Unit | FieldType::Area => text()
                .parse::<Id>()
                .map_or_else(|_| String::new(), |unit| self.unit(unit)),
            FieldType::Number if !self.measures => value
                .as_i64()
                .map_or_else(String::new, |number| self.words.number(number)),
            FieldType::Decimal if !self.measures => text()
                .parse::<Decimal>()
                .map_or_else(|_| text().to_owned(), |number| self.words.decimal(&number)),
            _ => plain(self.words, self.systems, self.kind.at.pack, field, value),
        }
    }

    /// A value that may be several, in words with commas.
    pub(crate) fn all(&self, field: &Field, value: &Value) -> String {
        each(value)
            .iter()
            .map(|one| self.one(field, one))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What a unit is called.
    pub(crate) fn unit(&self, unit: Id) -> String {
        let known = self.units.get(unit);
        known.map_or_else(String::new, |unit| unit.name.clone())
    }

    /// What the state of a record is called; empty where it has no lifecycle.
    pub(crate) fn state(&self, state: &str) -> String {
        let declared = &self.systems.record(self.kind).declared;
        if declared.lifecycle.is_none() {
            return String::new();
        }
        state_title(self.words.lang, declared, state)
    }

    /// A record as templates find it: texts, lists of texts, lists of rows; what is not said is
    /// an empty text. Fields named in `masked` (`name`, or `table.column`) are said to be hidden.
    pub(crate) fn record(
        &self,
        record: &Record,
        masked: impl Fn(&str) -> bool,
    ) -> Map<String, Value> {
        let declared = &self.systems.record(self.kind).declared;
        let mut said = Map::new();
        for field in &declared.fields {
            let name = field.id.text.as_str();
            let value = record.body.get(name).filter(|value| !value.is_null());
            let value = match (*field.kind, value) {
                (FieldType::Table, rows) => {
                    let rows = rows.and_then(Value::as_array);
                    let rows = rows.into_iter().flatten().map(|row| {
                        let cells = field.fields.iter().map(|column| {
                            let name = format!("{name}.{}", column.id.text);
                            let value = row.get(&column.id.text);
                            (
                                column.id.text.clone(),
                                self.cell(column, value, masked(&name)),
                            )
                        });
                        Value::Object(cells.collect())
                    });
                    Value::Array(rows.collect())
                }
                (_, value) => self.cell(field, value, masked(name)),
            };
            said.insert(name.to_owned(), value);
        }
        let text = |name: &str| record.body.get(name).and_then(Value::as_str);
        let day = text("created_on").unwrap_or_default();
        let day = day
            .parse()
            .map_or_else(|_| String::new(), |day| self.words.date(&day));
        said.insert(
            "code".to_owned(),
            Value::from(text("code").unwrap_or_default()),
        );
        said.insert("state".to_owned(), Value::from(self.state(&record.state)));
        said.insert("unit".to_owned(), Value::from(self.unit(record.unit)));
        said.insert("created_on".to_owned(), Value::from(day));
        said.insert(
            "label".to_owned(),
            Value::from(super::words::label(
                self.words.lang,
                self.systems,
                self.kind,
                record,
            )),
        );
        said
    }

    fn cell(&self, field: &Field, value: Option<&Value>, is_masked: bool) -> Value {
        let is_list = field
            .repeated
            .as_ref()
            .is_some_and(|repeated| repeated.value);
        match value {
            None if is_masked && is_list => Value::from(vec![self.words.t("system-masked")]),
            None if is_masked => Value::from(self.words.t("system-masked")),
            None if is_list => Value::Array(Vec::new()),
            None => Value::from(""),
            Some(value) if is_list => {
                let values = each(value)
                    .iter()
                    .map(|one| Value::from(self.one(field, one)));
                Value::Array(values.collect())
            }
            Some(value) => Value::from(self.one(field, value)),
        }
    }
}

fn each(value: &Value) -> &[Value] {
    value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice)
}

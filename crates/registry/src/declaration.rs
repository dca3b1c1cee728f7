//! What a kind of record holds.

use serde_json::{Map, Value};
use store::{ColumnKind, Expect, RecordPut, TableSpec};
use vocab::{Decimal, Id, canonical, collate, fold};

use crate::system::is_of_pack;
use crate::{Lifecycle, Record, shapes};

/// The column that names who answers for what a record says.
pub(crate) const AUTHOR: &str = "author";
/// How many decimal places a decimal's column keeps.
pub const COLUMN_SCALE: u8 = 4;

/// The longest key of an order, in bytes: an index holds it.
const LONGEST_KEY: usize = 200;

/// A kind of record.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Its name, which is its table's too: `observation`.
    pub kind: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The fields that its lists are ordered by.
    pub order: &'static [&'static str],
    /// What its lists may be ordered by instead.
    pub orders: Vec<Ordering>,
    /// Its states and steps.
    pub lifecycle: Lifecycle,
}

/// An order of a kind's lists that a reader may choose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ordering {
    /// What it is asked for by: a field, or a view.
    pub name: &'static str,
    /// The column that keeps what it goes by.
    pub column: &'static str,
    /// The fields that it goes by, the first one first.
    pub fields: &'static [&'static str],
}

/// One field of a body.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key in the body.
    pub name: &'static str,
    /// Its column, if it has one; its name, unless something else was said.
    pub column: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub required: bool,
    /// Whether lists can filter by it.
    pub indexed: Indexed,
    /// Whether its words are searched.
    pub searched: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Text of at most so many characters.
    Text(usize),
    /// An identifier.
    Reference,
    /// A whole number between two, both allowed.
    Whole(i64, i64),
    /// A decimal, as a string (`"1.10"`), between two whole numbers.
    Decimal(i64, i64),
    /// True or false.
    Flag,
    /// A reporting period by its code (`2023Q1`).
    Period,
    /// Evidence: files and their names, at most so many.
    Evidence(usize),
    /// What the floor above shapes and checks itself.
    Structure,
    /// One shape on the map, in four columns of its own (`crate::shapes`).
    Shape,
}

/// Whether a field has a column of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Indexed {
    /// It is in the body only.
    #[default]
    No,
    /// Lists show it.
    Shown,
    /// Lists filter by it.
    Filtered,
    /// No two records hold the same.
    Unique,
}

impl Field {
    /// A field that must be there.
    pub const fn required(name: &'static str, kind: FieldKind) -> Self {
        Self {
            name,
            column: name,
            kind,
            required: true,
            indexed: Indexed::No,
            searched: false,
        }
    }

    /// A field that may be left out.
    pub const fn optional(name: &'static str, kind: FieldKind) -> Self {
        Self {
            required: false,
            ..Self::required(name, kind)
        }
    }

    /// The same with a column.
    #[must_use]
    pub const fn indexed(mut self, indexed: Indexed) -> Self {
        self.indexed = indexed;
        self
    }

    /// The same with a column of another name.
    #[must_use]
    pub const fn column(mut self, column: &'static str) -> Self {
        self.column = column;
        self
    }

    /// The same, its words searched.
    #[must_use]
    pub const fn searched(mut self) -> Self {
        self.searched = true;
        self
    }

    fn column_kind(&self) -> ColumnKind {
        match self.kind {
            FieldKind::Reference => ColumnKind::Bytes,
            FieldKind::Whole(..) | FieldKind::Decimal(..) | FieldKind::Flag => ColumnKind::Int,
            _ => ColumnKind::Text,
        }
    }

    /// The column's value for a body that was checked.
    pub(crate) fn column_value(&self, value: Option<&Value>) -> store::Value {
        let Some(value) = value else {
            return store::Value::Null;
        };
        match self.kind {
            FieldKind::Reference => value
                .as_str()
                .and_then(|text| text.parse::<Id>().ok())
                .into(),
            FieldKind::Whole(..) => value.as_i64().into(),
            FieldKind::Decimal(..) => decimal(value)
                .and_then(|number| number.rescale(COLUMN_SCALE))
                .map(Decimal::mantissa)
                .into(),
            FieldKind::Flag => value.as_bool().map(i64::from).into(),
            _ => value.as_str().into(),
        }
    }
}

/// The decimal in a body's string.
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str()?.parse().ok()
}

impl Declaration {
    /// The table that its heads are kept in.
    pub fn table(&self) -> TableSpec {
        let mut table = TableSpec::new(self.kind).column(AUTHOR, ColumnKind::Bytes);
        for field in &self.fields {
            if field.kind == FieldKind::Shape {
                table = shapes::declare(table, field.name);
                continue;
            }
            table = match field.indexed {
                Indexed::No => continue,
                Indexed::Shown => table.column(field.column, field.column_kind()),
                Indexed::Filtered => table
                    .column(field.column, field.column_kind())
                    .filter(field.column),
                Indexed::Unique => table.unique(field.column, field.column_kind()),
            };
        }
        for order in &self.orders {
            table = table.sorted(order.column);
        }
        if self.lifecycle.steps.len() > 1 {
            table = table.filter("state");
        }
        if self.fields.iter().any(|field| field.searched) {
            table = table.searchable();
        }
        if is_of_pack(self.kind) {
            table = table.evolving();
        }
        table
    }

    /// What the store is given for a record whose body was checked, and whose files these are.
    ///
    /// It asks nobody: whoever hands it to the store answers for that.
    pub fn put(
        &self,
        record: &Record,
        action: &str,
        files: Vec<[u8; 32]>,
    ) -> Result<RecordPut, canonical::CanonicalError> {
        Ok(RecordPut {
            table: self.kind.to_owned(),
            id: record.id,
            expect: if record.version == 1 {
                Expect::New
            } else {
                Expect::Version(record.version - 1)
            },
            action: action.to_owned(),
            unit: record.unit,
            state: record.state.clone(),
            sort_key: self.sort_key(&record.body),
            columns: self.columns(record.author, &record.body),
            body: canonical::to_text(&Value::Object(record.body.clone()))?,
            schema: String::new(),
            tokens: self.tokens(&record.body),
            files,
        })
    }

    pub(crate) fn columns(
        &self,
        author: Option<Id>,
        body: &Map<String, Value>,
    ) -> Vec<store::Value> {
        let indexed = self
            .fields
            .iter()
            .filter(|field| field.indexed != Indexed::No || field.kind == FieldKind::Shape)
            .flat_map(|field| match field.kind {
                FieldKind::Shape => shapes::values(body.get(field.name)),
                _ => vec![field.column_value(body.get(field.name))],
            });
        let orders = self.orders.iter();
        let orders = orders.map(|order| self.key(order.fields, body).into());
        std::iter::once(author.into())
            .chain(indexed)
            .chain(orders)
            .collect()
    }

    /// Whether it has a shape on the map: maps of it are made anew when it changes.
    pub(crate) fn has_shapes(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.kind == FieldKind::Shape)
    }

    /// The bytes that lists are ordered by: numbers by size, text as a dictionary does.
    pub(crate) fn sort_key(&self, body: &Map<String, Value>) -> Vec<u8> {
        self.key(self.order, body)
    }

    /// The same of some fields: what is missing comes first.
    fn key(&self, fields: &[&str], body: &Map<String, Value>) -> Vec<u8> {
        let mut key = Vec::new();
        for name in fields {
            match body.get(*name) {
                Some(value @ Value::String(_)) if self.is_decimal(name) => {
                    let scaled = decimal(value).and_then(|number| number.rescale(COLUMN_SCALE));
                    let scaled = scaled.map_or(0, Decimal::mantissa) ^ i64::MIN;
                    key.extend(scaled.to_be_bytes());
                }
                Some(Value::Number(number)) => {
                    let shifted = number.as_i64().unwrap_or_default() ^ i64::MIN;
                    key.extend(shifted.to_be_bytes());
                }
                Some(Value::String(text)) => key.extend(collate::sort_key_cut(text, 100)),
                _ => {}
            }
            key.push(0);
        }
        key.truncate(LONGEST_KEY);
        key
    }

    fn is_decimal(&self, name: &str) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| field.name == name && matches!(field.kind, FieldKind::Decimal(..)))
    }

    pub(crate) fn tokens(&self, body: &Map<String, Value>) -> Vec<String> {
        let searched = self.fields.iter().filter(|field| field.searched);
        searched
            .filter_map(|field| body.get(field.name)?.as_str())
            .flat_map(fold::tokens)
            .collect()
    }
}

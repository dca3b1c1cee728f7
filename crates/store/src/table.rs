//! What a floor above asks the store to keep: a neutral description of a head table.

use serde::{Deserialize, Serialize};

use crate::StoreError;

/// A kind of record: its name and the columns that lists filter, sort, show or count.
///
/// The body of a record is never a column; it is canonical JSON in its versions. Every
/// head table has besides: `id`, `version`, `unit` (whose record it is), `state`,
/// `sort_key`, `created_at` and `updated_at`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSpec {
    /// `[a-z][a-z0-9_]{0,39}`.
    pub name: String,
    /// The columns, in the order that [`crate::Head::columns`] gives them back.
    pub columns: Vec<ColumnSpec>,
    /// Columns that lists filter by equality, `state` allowed: each gets an index that
    /// keeps a filtered page as quick as an unfiltered one.
    pub filters: Vec<String>,
    /// Whether records are found by their words.
    pub searchable: bool,
    /// Columns of whole numbers that are looked through by ranges ([`crate::RangeQuery`]): each
    /// gets an index of its own and one within each unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranged: Vec<String>,
}

/// A column of a head table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSpec {
    /// `[a-z][a-z0-9_]{0,39}`.
    pub name: String,
    /// What it holds; every column may be null.
    pub kind: ColumnKind,
    /// Whether no two records may hold the same value (nulls aside).
    pub unique: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// 64-bit whole numbers.
    Int,
    /// Text compared byte by byte.
    Text,
    /// Bytes compared as unsigned.
    Bytes,
}

impl TableSpec {
    /// A table without columns of its own.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            columns: Vec::new(),
            filters: Vec::new(),
            searchable: false,
            ranged: Vec::new(),
        }
    }

    /// The same with one more column.
    #[must_use]
    pub fn column(mut self, name: &str, kind: ColumnKind) -> Self {
        self.columns.push(ColumnSpec {
            name: name.to_owned(),
            kind,
            unique: false,
        });
        self
    }

    /// The same with one more column in which no value stands twice.
    #[must_use]
    pub fn unique(mut self, name: &str, kind: ColumnKind) -> Self {
        self.columns.push(ColumnSpec {
            name: name.to_owned(),
            kind,
            unique: true,
        });
        self
    }

    /// The same with an index for lists filtered by this column.
    #[must_use]
    pub fn filter(mut self, column: &str) -> Self {
        self.filters.push(column.to_owned());
        self
    }

    /// The same with an index for ranges of this column.
    #[must_use]
    pub fn ranged(mut self, column: &str) -> Self {
        self.ranged.push(column.to_owned());
        self
    }

    /// The same, found by words too.
    #[must_use]
    pub fn searchable(mut self) -> Self {
        self.searchable = true;
        self
    }

    /// The position of a column among [`TableSpec::columns`].
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }

    /// Refuses names that could not stand in SQL as they are, doubles and unknown filters.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let taken = [
            "row",
            "id",
            "version",
            "unit",
            "state",
            "sort_key",
            "created_at",
            "updated_at",
            "tokens",
            "tokens_hash",
        ];
        let mut seen: Vec<&str> = taken.to_vec();
        let bad = |what: String| {
            Err(StoreError::Declaration {
                table: self.name.clone(),
                what,
            })
        };
        if !is_plain_name(&self.name) {
            return bad(
                "its name is not a lower-case word of at most 40 letters, digits and _".to_owned(),
            );
        }
        for column in &self.columns {
            if !is_plain_name(&column.name) {
                return bad(format!(
                    "column name {:?} is not a lower-case word",
                    column.name
                ));
            }
            if seen.contains(&column.name.as_str()) {
                return bad(format!(
                    "column {} is declared twice or reserved",
                    column.name
                ));
            }
            seen.push(&column.name);
        }
        if let Some(name) = self
            .filters
            .iter()
            .find(|name| name.as_str() != "state" && self.position(name).is_none())
        {
            return bad(format!("filter {name} names no column"));
        }
        let whole = |name: &&String| {
            let place = self.position(name);
            place.is_some_and(|place| self.columns[place].kind == ColumnKind::Int)
        };
        match self.ranged.iter().find(|name| !whole(name)) {
            Some(name) => bad(format!("range {name} names no column of whole numbers")),
            None => Ok(()),
        }
    }
}

fn is_plain_name(name: &str) -> bool {
    name.len() <= 40
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

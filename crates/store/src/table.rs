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
    /// Columns of bytes that lists may be ordered by instead of the sort key ([`crate::ListQuery::by`]):
    /// each gets an index of its own and one within each unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sorted: Vec<String>,
    /// Whether its declaration changes while records exist: columns that it does not name any
    /// more stay, empty in every record that is written, and what is unique may change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub evolving: bool,
    /// How many columns at the end are only stored and not declared any more.
    #[serde(skip)]
    pub(crate) retired: usize,
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
            sorted: Vec::new(),
            evolving: false,
            retired: 0,
        }
    }

    /// The same, whose declaration may lose columns and change what is unique. Who changes it
    /// sees to it that no record holds what would be lost.
    #[must_use]
    pub fn evolving(mut self) -> Self {
        self.evolving = true;
        self
    }

    /// The table that is stored when this declaration follows that one: what is declared now,
    /// then what is not declared any more.
    pub(crate) fn after(&self, stored: &Self) -> Self {
        let mut whole = self.clone();
        let gone = stored.columns.iter();
        let gone = gone.filter(|column| self.position(&column.name).is_none());
        whole.columns.extend(gone.cloned());
        whole.retired = whole.columns.len() - self.columns.len();
        for (kept, known) in [
            (&mut whole.filters, &stored.filters),
            (&mut whole.ranged, &stored.ranged),
            (&mut whole.sorted, &stored.sorted),
        ] {
            let more: Vec<String> = known
                .iter()
                .filter(|name| !kept.contains(name))
                .cloned()
                .collect();
            kept.extend(more);
        }
        // An index that a column of another kind had goes with it.
        let columns = &whole.columns;
        let holds = |name: &String, kind| {
            let place = columns.iter().find(|column| column.name == *name);
            place.is_some_and(|column| column.kind == kind)
        };
        whole.ranged.retain(|name| holds(name, ColumnKind::Int));
        whole.sorted.retain(|name| holds(name, ColumnKind::Bytes));
        whole.searchable |= stored.searchable;
        whole
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

    /// The same with one more column of bytes that lists may be ordered by.
    #[must_use]
    pub fn sorted(mut self, column: &str) -> Self {
        self.sorted.push(column.to_owned());
        self.column(column, ColumnKind::Bytes)
    }

    /// The same, found by words too.
    #[must_use]
    pub fn searchable(mut self) -> Self {
        self.searchable = true;
        self
    }

    /// Whether the stored table is this one already.
    pub(crate) fn is_stored_as(&self, stored: &Self) -> bool {
        let declared = Self {
            retired: 0,
            ..self.clone()
        };
        declared == *stored
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
        let other = |names: &[String], kind| {
            let mut names = names.iter();
            let holds = |name: &str| {
                let place = self.position(name);
                place.is_some_and(|place| self.columns[place].kind == kind)
            };
            names.find(|name| !holds(name)).cloned()
        };
        if let Some(name) = other(&self.ranged, ColumnKind::Int) {
            return bad(format!("range {name} names no column of whole numbers"));
        }
        match other(&self.sorted, ColumnKind::Bytes) {
            Some(name) => bad(format!("order {name} names no column of bytes")),
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

//! What comes back out.

use std::fmt;
use std::str::FromStr;

use vocab::{Id, Instant, hex};

use crate::{Scope, Value};

/// A record's head: what lists show, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The record.
    pub id: Id,
    /// Its newest version.
    pub version: i64,
    /// Whose record it is.
    pub unit: Id,
    /// Where it stands in its lifecycle.
    pub state: String,
    /// What lists are ordered by.
    pub sort_key: Vec<u8>,
    /// When version 1 was written.
    pub created_at: Instant,
    /// When the newest version was written.
    pub updated_at: Instant,
    /// The table's columns, in their order.
    pub columns: Vec<Value>,
}

/// A record: its head and the body of its newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The head.
    pub head: Head,
    /// Canonical JSON.
    pub body: String,
}

/// One version of a record, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The record.
    pub id: Id,
    /// 1, 2, 3, … without gaps.
    pub version: i64,
    /// The record's table.
    pub table: String,
    /// Whose record it was.
    pub unit: Id,
    /// Where it stood.
    pub state: String,
    /// What was done.
    pub action: String,
    /// Who did it.
    pub actor: Id,
    /// On whose behalf, for a delegate.
    pub on_behalf: Option<Id>,
    /// The way in.
    pub via: String,
    /// When.
    pub at: Instant,
    /// Canonical JSON; none if the law had it erased.
    pub body: Option<String>,
}

/// A condition of a list: a column equals a value (null equals null here).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The column, or `state`.
    pub column: String,
    /// The value.
    pub value: Value,
}

impl Filter {
    /// Only records whose column holds this value.
    pub fn equals(column: &str, value: impl Into<Value>) -> Self {
        Self {
            column: column.to_owned(),
            value: value.into(),
        }
    }
}

/// Which way a list runs along its sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// The table.
    pub table: String,
    /// Whose records.
    pub scope: Scope,
    /// All of these hold.
    pub filters: Vec<Filter>,
    /// The column that it runs along ([`crate::TableSpec::sorted`]); the sort key if none. Records
    /// in which the column is null are not in it.
    pub by: Option<String>,
    /// Direction.
    pub order: Order,
    /// Where the page before ended.
    pub after: Option<Cursor>,
    /// How many at most (1 to 1,000).
    pub limit: usize,
}

impl ListQuery {
    /// The first 50 records of a table that a scope reaches.
    pub fn new(table: &str, scope: Scope) -> Self {
        Self {
            table: table.to_owned(),
            scope,
            filters: Vec::new(),
            by: None,
            order: Order::Ascending,
            after: None,
            limit: 50,
        }
    }

    /// The same with one more condition.
    #[must_use]
    pub fn filter(mut self, column: &str, value: impl Into<Value>) -> Self {
        self.filters.push(Filter::equals(column, value));
        self
    }

    /// The same, so many at most.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// The same, from where a page before ended.
    #[must_use]
    pub fn after(mut self, cursor: Option<Cursor>) -> Self {
        self.after = cursor;
        self
    }

    /// The same along another column than the sort key.
    #[must_use]
    pub fn by(mut self, column: &str) -> Self {
        self.by = Some(column.to_owned());
        self
    }

    /// The same, largest first.
    #[must_use]
    pub fn descending(mut self) -> Self {
        self.order = Order::Descending;
        self
    }
}

/// Records by ranges of a column that is declared for them ([`crate::TableSpec::ranged`]).
#[derive(Clone, Debug)]
pub struct RangeQuery {
    /// The table.
    pub table: String,
    /// Whose records.
    pub scope: Scope,
    /// All of these hold.
    pub filters: Vec<Filter>,
    /// The column.
    pub column: String,
    /// The ranges, both ends among them; no two meet.
    pub ranges: Vec<(i64, i64)>,
    /// How many at most.
    pub limit: usize,
}

/// Records found by words.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// The table.
    pub table: String,
    /// Whose records.
    pub scope: Scope,
    /// What was typed; every word must occur, the last one may be a beginning.
    pub text: String,
    /// How many at most (1 to 200).
    pub limit: usize,
}

/// A page and where the next one starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Set when more follow.
    pub next: Option<Cursor>,
}

/// A place in a list: the last row's sort key and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The last row's sort key.
    pub sort_key: Vec<u8>,
    /// The last row's id.
    pub id: Id,
}

/// The text was not a cursor that a page gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a page mark that the list gave; start from its first page")]
pub struct InvalidCursor;

impl fmt::Display for Cursor {
    /// The id's 32 digits and the sort key, in hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.id.as_bytes()))?;
        f.write_str(&hex::encode(&self.sort_key))
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        if text.len() > 1_000 {
            return Err(InvalidCursor);
        }
        let bytes = hex::decode(text).filter(|bytes| bytes.len() >= 16);
        let bytes = bytes.ok_or(InvalidCursor)?;
        Ok(Self {
            id: Id::try_from(&bytes[..16]).map_err(|_| InvalidCursor)?,
            sort_key: bytes[16..].to_vec(),
        })
    }
}

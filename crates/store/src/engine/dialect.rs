//! What the two engines write differently.

use vocab::Id;

use super::Param;
use crate::{ColumnKind, Value};

/// So many values at most are compared one by one.
const COMPARED_ONE_BY_ONE: usize = 16;

/// Which engine's SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// A statement in this engine's words: parameters written `?1`.
    pub(crate) fn sql(self, neutral: &str) -> String {
        match self {
            Self::Sqlite => neutral.to_owned(),
            Self::Postgres => neutral.replace('?', "$"),
        }
    }

    /// A table definition in this engine's types.
    pub(crate) fn types(self, neutral: &str) -> String {
        match self {
            Self::Sqlite => neutral
                .replace("BYTES", "BLOB")
                .replace("BIGINT", "INTEGER"),
            // Byte order everywhere: a locale must not change what a page shows.
            Self::Postgres => neutral
                .replace("BYTES", "BYTEA")
                .replace(" TEXT", " TEXT COLLATE \"C\""),
        }
    }

    /// Whether a column's value is one of an array parameter's elements.
    pub(crate) fn among(self, column: &str, parameter: usize, kind: ColumnKind) -> String {
        match self {
            Self::Sqlite => format!("{column} IN rarray(?{parameter})"),
            Self::Postgres => format!("{column} = ANY(?{parameter}::{}[])", Self::pg_type(kind)),
        }
    }

    /// Whether a column's value is one of these, none of them null, as parameters that follow
    /// those that are there. SQLite makes a table of an array each time that a statement runs;
    /// a handful of values is compared quicker one by one.
    pub(crate) fn one_of(
        self,
        column: &str,
        kind: ColumnKind,
        values: Vec<Value>,
        params: &mut Vec<Param>,
    ) -> String {
        if self == Self::Postgres || values.len() > COMPARED_ONE_BY_ONE {
            params.push(Param::Many(values));
            return self.among(column, params.len(), kind);
        }
        let compared = values.into_iter().map(|value| {
            params.push(Param::One(value));
            format!("{column} = ?{}", params.len())
        });
        let compared: Vec<String> = compared.collect();
        format!("({})", compared.join(" OR "))
    }

    /// A text with a line for each row of a table.
    pub(crate) fn lines(self, line: &str, table: &str) -> String {
        match self {
            Self::Sqlite => format!("SELECT group_concat({line}, '\n') FROM {table}"),
            Self::Postgres => format!("SELECT string_agg({line}, E'\\n') FROM {table}"),
        }
    }

    /// The sum of a column of whole numbers; 0 of none.
    pub(crate) fn sum(self, column: &str, table: &str) -> String {
        let sum = format!("coalesce(sum({column}), 0)");
        match self {
            Self::Sqlite => format!("SELECT {sum} FROM {table}"),
            Self::Postgres => format!("SELECT {sum}::bigint FROM {table}"),
        }
    }

    /// The rows of a select for each of the ids that the first parameter gives, none twice, which
    /// the column holds. PostgreSQL plans a statement once for a connection: what it planned over
    /// a young, still empty table would go through all of it for years. `OFFSET 0` keeps it from
    /// doing anything but looking each id up.
    pub(crate) fn for_each_id(self, select: &str, column: &str) -> String {
        match self {
            Self::Sqlite => format!("{select} WHERE {column} IN rarray(?1)"),
            Self::Postgres => format!(
                "SELECT r.* FROM unnest(?1::bytea[]) AS a (id) \
                 CROSS JOIN LATERAL ({select} WHERE {column} = a.id OFFSET 0) AS r"
            ),
        }
    }

    /// A record's columns and body beside what is said in any case, nulls where there is no such
    /// record: SQLite is given one id, PostgreSQL an array, looked up as in [`Self::for_each_id`].
    pub(crate) fn record_beside(self, said: &str, table: &str, columns: &str) -> String {
        let body = "LEFT JOIN record_version v ON v.record_id = h.id AND v.version = h.version";
        match self {
            Self::Sqlite => format!(
                "SELECT ({said}), {columns}, v.body FROM (SELECT ?1 AS id) AS a \
                 LEFT JOIN head_{table} h ON h.id = a.id {body}"
            ),
            Self::Postgres => format!(
                "SELECT ({said}), r.* FROM unnest(?1::bytea[]) AS a (id) \
                 LEFT JOIN LATERAL (SELECT {columns}, v.body FROM head_{table} h {body} \
                 WHERE h.id = a.id OFFSET 0) AS r ON true"
            ),
        }
    }

    /// The first parameter of [`Self::record_beside`].
    pub(crate) fn given_id(self, id: Id) -> Param {
        match self {
            Self::Sqlite => Param::from(id),
            Self::Postgres => Param::ids([id]),
        }
    }

    /// Keeps the rows that were read from changing until the transaction ends. SQLite has
    /// one writer, which needs no such words.
    pub(crate) fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// Keeps the rows that were read from vanishing until the transaction ends; others may
    /// do the same at once.
    pub(crate) fn for_share(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR KEY SHARE",
        }
    }

    /// Holds an epoch, named by the first parameter, until the transaction ends: alone to move
    /// it on, with others to depend on it. Not a lock of its row: before the first bump there
    /// is none, and one that every write shares would be written by every write.
    pub(crate) fn turn(self, alone: bool) -> Option<&'static str> {
        match (self, alone) {
            // There is one writer.
            (Self::Sqlite, _) => None,
            (Self::Postgres, true) => {
                Some("SELECT pg_advisory_xact_lock(hashtextextended(?1::text, 83320230416))::text")
            }
            (Self::Postgres, false) => Some(
                "SELECT pg_advisory_xact_lock_shared(hashtextextended(?1::text, 83320230416))::text",
            ),
        }
    }

    /// The order in which transactions committed.
    pub(crate) fn feed_order(self) -> &'static str {
        match self {
            Self::Sqlite => "ord",
            Self::Postgres => "era, xid, ord",
        }
    }

    /// The same order, last first.
    pub(crate) fn feed_backwards(self) -> &'static str {
        match self {
            Self::Sqlite => "ord DESC",
            Self::Postgres => "era DESC, xid DESC, ord DESC",
        }
    }

    /// What lies after a place in the feed (parameters: era, xid, ord).
    pub(crate) fn feed_after(self, era: usize) -> String {
        let (xid, ord) = (era + 1, era + 2);
        match self {
            Self::Sqlite => format!("ord > ?{ord} AND ?{era} >= 0 AND ?{xid} >= 0"),
            Self::Postgres => format!("(era, xid, ord) > (?{era}, ?{xid}, ?{ord})"),
        }
    }

    /// Holds for what nothing can slip in before any more: below the oldest transaction
    /// that still runs anywhere on the server.
    pub(crate) fn feed_settled(self) -> &'static str {
        match self {
            Self::Sqlite => "1 = 1",
            Self::Postgres => "xid < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint)",
        }
    }

    pub(crate) fn pg_type(kind: ColumnKind) -> &'static str {
        match kind {
            ColumnKind::Int => "bigint",
            ColumnKind::Text => "text",
            ColumnKind::Bytes => "bytea",
        }
    }
}

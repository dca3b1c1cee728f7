//! Many rows of one table in as few statements as the engine likes.

use super::Row;
use crate::ColumnKind;

/// Rows to insert.
#[derive(Debug)]
pub(crate) struct BulkInsert {
    pub table: String,
    pub columns: Vec<(String, ColumnKind)>,
    /// Wraps a column's value on PostgreSQL, `{}` being the value: how search tokens
    /// become a `tsvector`.
    pub pg_wrap: Option<(String, &'static str)>,
    /// What to do when the row is there already: `""`, or an `ON CONFLICT` clause.
    pub on_conflict: &'static str,
    pub rows: Vec<Row>,
}

/// Rows to update, found by their first column.
#[derive(Debug)]
pub(crate) struct BulkUpdate {
    pub table: String,
    pub columns: Vec<(String, ColumnKind)>,
    pub pg_wrap: Option<(String, &'static str)>,
    pub rows: Vec<Row>,
}

impl BulkInsert {
    /// One row per execution.
    pub(crate) fn single_sql(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        let marks: Vec<String> = (1..=names.len())
            .map(|number| format!("?{number}"))
            .collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({}) {}",
            self.table,
            names.join(", "),
            marks.join(", "),
            self.on_conflict
        )
    }

    /// All rows at once, a parameter array per column.
    pub(crate) fn array_sql(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        format!(
            "INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS new({}) {}",
            self.table,
            names.join(", "),
            wrapped(&self.columns, self.pg_wrap.as_ref(), "new").join(", "),
            arrays(&self.columns),
            names.join(", "),
            self.on_conflict
        )
    }
}

impl BulkUpdate {
    /// One row per execution; the first parameter finds it.
    pub(crate) fn single_sql(&self) -> String {
        let sets: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .skip(1)
            .map(|(at, (name, _))| format!("{name} = ?{}", at + 1))
            .collect();
        format!(
            "UPDATE {} SET {} WHERE {} = ?1",
            self.table,
            sets.join(", "),
            self.columns[0].0
        )
    }

    /// All rows at once, a parameter array per column.
    pub(crate) fn array_sql(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        let values = wrapped(&self.columns, self.pg_wrap.as_ref(), "new");
        let sets: Vec<String> = names
            .iter()
            .zip(&values)
            .skip(1)
            .map(|(name, value)| format!("{name} = {value}"))
            .collect();
        format!(
            "UPDATE {table} SET {} FROM unnest({}) AS new({}) WHERE {table}.{key} = new.{key}",
            sets.join(", "),
            arrays(&self.columns),
            names.join(", "),
            table = self.table,
            key = names[0],
        )
    }
}

fn wrapped(
    columns: &[(String, ColumnKind)],
    wrap: Option<&(String, &'static str)>,
    from: &str,
) -> Vec<String> {
    columns
        .iter()
        .map(|(name, _)| {
            let plain = format!("{from}.{name}");
            match wrap {
                Some((wrapped, with)) if wrapped == name => with.replace("{}", &plain),
                _ => plain,
            }
        })
        .collect()
}

fn arrays(columns: &[(String, ColumnKind)]) -> String {
    let arrays: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(at, (_, kind))| format!("?{}::{}[]", at + 1, super::Dialect::pg_type(*kind)))
        .collect();
    arrays.join(", ")
}

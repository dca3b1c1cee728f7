//! The indexes of head tables, and which of them leave out what says nothing.
//!
//! A table whose declaration changes while records exist must get an index while others write. One
//! that covers only the records that hold something is made in the time of one look through the
//! table where no record does so yet, which is so for every column that was just added; sorting a
//! million empty entries into a whole one takes seconds. Such an index still serves every list that
//! asks for a value: `column = value` says that there is one.

use sha2::{Digest, Sha256};
use vocab::hex;

use crate::TableSpec;
use crate::engine::Dialect;

/// The longest name that PostgreSQL takes whole; it cuts what is longer without a word, after which
/// two indexes could be one.
const LONGEST: usize = 63;

/// An index of a head table.
pub(crate) struct Index {
    pub name: String,
    /// The table.
    pub table: String,
    unique: bool,
    /// What it is over, with the kind of index where that is not the usual one.
    over: String,
    /// The column that says something in the records that it covers; all records if none.
    pub only: Option<String>,
}

impl Index {
    /// The statement that makes it where it is not there.
    pub(crate) fn making(&self) -> String {
        self.statement("")
    }

    /// The same without holding up those who write (PostgreSQL, outside of any transaction).
    pub(crate) fn making_aside(&self) -> String {
        self.statement("CONCURRENTLY ")
    }

    fn statement(&self, aside: &str) -> String {
        let unique = if self.unique { "UNIQUE " } else { "" };
        let only = self.only.as_ref();
        let only = only.map_or_else(String::new, |column| format!(" WHERE {column} IS NOT NULL"));
        format!(
            "CREATE {unique}INDEX {aside}IF NOT EXISTS {} ON {}{}{only}",
            self.name, self.table, self.over
        )
    }

    /// The question how many records it covers. Asked beforehand, it has the table read from disk
    /// before anybody has to wait for that.
    pub(crate) fn covered(&self) -> Option<String> {
        let column = self.only.as_ref()?;
        Some(format!(
            "SELECT count(*) FROM {} WHERE {column} IS NOT NULL",
            self.table
        ))
    }
}

/// The name of a column's index. It says the column, so that whoever is told which index refused a
/// value knows what was doubled.
pub(crate) fn index_name(dialect: Dialect, table: &str, column: &str, kind: &str) -> String {
    let name = format!("head_{table}_{column}_{kind}");
    if dialect == Dialect::Sqlite || name.len() <= LONGEST {
        return name;
    }
    let digest = hex::encode(&Sha256::digest(table));
    format!("h{}_{column}_{kind}", &digest[..12])
}

/// The index for ranges of a column, over all units or within each.
pub(crate) fn range_index(
    dialect: Dialect,
    spec: &TableSpec,
    column: &str,
    in_unit: bool,
) -> String {
    let kind = if in_unit { "within" } else { "along" };
    index_name(dialect, &spec.name, column, kind)
}

/// All indexes of a declared table.
pub(crate) fn indexes(dialect: Dialect, spec: &TableSpec) -> Vec<Index> {
    let name = &spec.name;
    let table = format!("head_{name}");
    let whole = |index: String, over: &str| Index {
        name: index,
        table: table.clone(),
        unique: false,
        over: over.to_owned(),
        only: None,
    };
    let of_column = |index: String, over: String, column: &str| Index {
        only: (spec.evolving && column != "state").then(|| column.to_owned()),
        ..whole(index, &over)
    };
    let mut all = vec![
        whole(format!("{table}_in_unit"), " (unit, sort_key, id)"),
        whole(format!("{table}_in_order"), " (sort_key, id)"),
    ];
    let named = |column: &str, kind: &str| index_name(dialect, name, column, kind);
    for filter in &spec.filters {
        for (kind, over) in [
            ("in_unit", "unit, sort_key, id"),
            ("in_order", "sort_key, id"),
        ] {
            let over = format!(" ({filter}, {over})");
            all.push(of_column(named(filter, kind), over, filter));
        }
    }
    for column in &spec.ranged {
        // The unit stands behind, so that whose a record is costs no look at its head.
        for (kind, over) in [
            ("along", format!(" ({column}, unit)")),
            ("within", format!(" (unit, {column})")),
        ] {
            all.push(of_column(named(column, kind), over, column));
        }
    }
    for column in &spec.sorted {
        for (kind, over) in [
            ("in_order", format!(" ({column}, id)")),
            ("in_unit", format!(" (unit, {column}, id)")),
        ] {
            all.push(of_column(named(column, kind), over, column));
        }
    }
    for column in spec.columns.iter().filter(|column| column.unique) {
        let column = &column.name;
        let once = of_column(named(column, "once"), format!(" ({column})"), column);
        all.push(Index {
            unique: true,
            ..once
        });
    }
    if spec.searchable && dialect == Dialect::Postgres {
        // A word that many records hold is found sooner by walking back from the newest one.
        all.push(whole(format!("{table}_by_age"), " (created_at, id)"));
        all.push(whole(format!("{table}_words"), " USING gin (tokens)"));
    }
    all
}

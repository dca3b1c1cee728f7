//! What of each table goes into a backup.

use serde::{Deserialize, Serialize};

use crate::commit::{JOB_COLUMNS, LEAF_COLUMNS, VERSION_COLUMNS};
use crate::engine::Dialect;
use crate::{ColumnKind, Ephemeral, TableSpec};

/// A table as the archive holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<(String, ColumnKind)>,
}

/// Where a table's rows come from.
pub(super) struct Source {
    pub table: Table,
    /// What follows FROM.
    pub from: String,
    /// The columns in SQL, in the order of the table's.
    pub select: Vec<String>,
    /// What the rows are ordered by; no two share it.
    pub keys: Vec<String>,
    /// Which rows.
    pub condition: Option<String>,
    /// A column whose length decides how many rows are read at once.
    pub heavy: Option<&'static str>,
}

const INT: ColumnKind = ColumnKind::Int;
const TEXT: ColumnKind = ColumnKind::Text;
const BYTES: ColumnKind = ColumnKind::Bytes;

/// Fixed tables that older archives of the same schema do not have: they were added without a
/// change to those that were there.
pub(super) const ADDED_LATER: [&str; 1] = ["personal_read"];

/// Every table, in the order in which the archive holds them.
pub(super) fn sources(dialect: Dialect, declarations: &[TableSpec]) -> Vec<Source> {
    let referred = "EXISTS (SELECT 1 FROM file_ref r WHERE r.digest = file.digest)";
    let drafts = format!("kind = '{}'", Ephemeral::DRAFT);
    let feed: Vec<&str> = dialect.feed_order().split(", ").collect();
    let job: Vec<(&str, ColumnKind)> = JOB_COLUMNS
        .into_iter()
        .chain([
            ("leased_until", INT),
            ("leased_by", BYTES),
            ("last_error", TEXT),
        ])
        .collect();
    let mut sources = vec![
        fixed("epoch", &[("name", TEXT), ("value", INT)], &["name"]),
        fixed(
            "record_version",
            &VERSION_COLUMNS,
            &["record_id", "version"],
        )
        .heavy("body"),
        // Without its era, its transaction and its number: where it is restored these mean
        // something else. Its place among the others is what counts.
        fixed("leaf", &LEAF_COLUMNS[1..], &feed),
        fixed(
            "segment",
            &[
                ("number", INT),
                ("first_leaf", INT),
                ("leaf_count", INT),
                ("root", BYTES),
                ("previous", BYTES),
                ("hash", BYTES),
                ("sealed_at", INT),
            ],
            &["number"],
        ),
        fixed("job", &job, &["id"]).heavy("payload"),
        fixed(
            "answer",
            &[
                ("account", BYTES),
                ("key", TEXT),
                ("claim", BYTES),
                ("request_digest", BYTES),
                ("body", TEXT),
                ("at", INT),
            ],
            &["account", "key"],
        )
        .heavy("body"),
        fixed(
            "ephemeral",
            &[
                ("kind", TEXT),
                ("key", TEXT),
                ("owner", BYTES),
                ("expires_at", INT),
                ("body", TEXT),
            ],
            &["kind", "key"],
        )
        .heavy("body")
        .only(&drafts),
        fixed(
            "file",
            &[
                ("digest", BYTES),
                ("size", INT),
                ("media_type", TEXT),
                ("created_at", INT),
            ],
            &["digest"],
        )
        .only(referred),
        fixed(
            "file_ref",
            &[("digest", BYTES), ("record_id", BYTES), ("version", INT)],
            &["digest", "record_id", "version"],
        ),
        fixed(
            "personal_read",
            &[
                ("day", INT),
                ("reader", BYTES),
                ("subject", BYTES),
                ("kind", TEXT),
                ("record", BYTES),
                ("fields", TEXT),
                ("via", TEXT),
                ("first_at", INT),
                ("last_at", INT),
                ("times", INT),
            ],
            &["day", "reader", "record", "kind", "fields", "via"],
        ),
    ];
    sources.extend(declarations.iter().map(|spec| heads(dialect, spec)));
    sources
}

/// The tables alone: the same on both engines.
pub(super) fn tables(declarations: &[TableSpec]) -> Vec<Table> {
    let sources = sources(Dialect::Sqlite, declarations);
    sources.into_iter().map(|source| source.table).collect()
}

fn fixed(name: &str, columns: &[(&str, ColumnKind)], keys: &[&str]) -> Source {
    Source {
        table: Table {
            name: name.to_owned(),
            columns: columns
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), *kind))
                .collect(),
        },
        from: name.to_owned(),
        select: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        condition: None,
        heavy: None,
    }
}

impl Source {
    fn heavy(mut self, column: &'static str) -> Self {
        self.heavy = Some(column);
        self
    }

    fn only(mut self, condition: &str) -> Self {
        self.condition = Some(condition.to_owned());
        self
    }
}

/// A head table in the order in which its records were made, which is the order of search
/// results.
fn heads(dialect: Dialect, spec: &TableSpec) -> Source {
    let name = format!("head_{}", spec.name);
    let mut columns: Vec<(String, ColumnKind)> = [
        ("id", BYTES),
        ("version", INT),
        ("unit", BYTES),
        ("state", TEXT),
        ("sort_key", BYTES),
        ("created_at", INT),
        ("updated_at", INT),
        ("tokens_hash", INT),
    ]
    .map(|(name, kind)| (name.to_owned(), kind))
    .to_vec();
    columns.extend(
        spec.columns
            .iter()
            .map(|column| (column.name.clone(), column.kind)),
    );
    let mut select: Vec<String> = columns
        .iter()
        .map(|(name, _)| format!("h.{name}"))
        .collect();
    let mut from = format!("{name} h");
    if spec.searchable {
        columns.push(("tokens".to_owned(), TEXT));
        match dialect {
            Dialect::Sqlite => {
                from = format!("{from} LEFT JOIN words_{} w ON w.rowid = h.row", spec.name);
                select.push("w.tokens".to_owned());
            }
            Dialect::Postgres => {
                select.push("array_to_string(tsvector_to_array(h.tokens), ' ')".to_owned());
            }
        }
    }
    let keys = match dialect {
        Dialect::Sqlite => vec!["h.row".to_owned()],
        Dialect::Postgres => vec!["h.created_at".to_owned(), "h.id".to_owned()],
    };
    Source {
        table: Table { name, columns },
        from,
        select,
        keys,
        condition: None,
        heavy: None,
    }
}

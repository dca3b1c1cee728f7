//! The rows that a decided group puts, gathered by table.

use std::collections::BTreeMap;
use std::sync::Arc;

use vocab::Id;

use crate::engine::{BulkInsert, BulkUpdate, Dialect, Param, Row, Statement};
use crate::{ColumnKind, TableSpec, Value};

pub(crate) const VERSION_COLUMNS: [(&str, ColumnKind); 15] = [
    ("record_id", ColumnKind::Bytes),
    ("version", ColumnKind::Int),
    ("table_name", ColumnKind::Text),
    ("schema", ColumnKind::Text),
    ("unit", ColumnKind::Bytes),
    ("state", ColumnKind::Text),
    ("action", ColumnKind::Text),
    ("actor", ColumnKind::Bytes),
    ("on_behalf", ColumnKind::Bytes),
    ("via", ColumnKind::Text),
    ("at", ColumnKind::Int),
    ("body", ColumnKind::Text),
    ("salt", ColumnKind::Bytes),
    ("body_digest", ColumnKind::Bytes),
    ("head_digest", ColumnKind::Bytes),
];

pub(crate) const LEAF_COLUMNS: [(&str, ColumnKind); 13] = [
    ("era", ColumnKind::Int),
    ("record_id", ColumnKind::Bytes),
    ("version", ColumnKind::Int),
    ("table_name", ColumnKind::Text),
    ("action", ColumnKind::Text),
    ("actor", ColumnKind::Bytes),
    ("on_behalf", ColumnKind::Bytes),
    ("via", ColumnKind::Text),
    ("request", ColumnKind::Bytes),
    ("at", ColumnKind::Int),
    ("body_digest", ColumnKind::Bytes),
    ("head_digest", ColumnKind::Bytes),
    ("hash", ColumnKind::Bytes),
];

pub(crate) const JOB_COLUMNS: [(&str, ColumnKind); 8] = [
    ("id", ColumnKind::Bytes),
    ("kind", ColumnKind::Text),
    ("payload", ColumnKind::Text),
    ("unique_key", ColumnKind::Text),
    ("state", ColumnKind::Text),
    ("run_at", ColumnKind::Int),
    ("attempts", ColumnKind::Int),
    ("created_at", ColumnKind::Int),
];

/// The place of `unique_key` among [`JOB_COLUMNS`].
const JOB_KEY: usize = 3;

/// A head as it shall stand when the group is done.
#[derive(Debug)]
pub(crate) struct HeadRow {
    pub spec: Arc<TableSpec>,
    /// Whether it stood before the group.
    pub existed: bool,
    pub row: i64,
    pub version: i64,
    pub unit: Id,
    pub state: String,
    pub sort_key: Vec<u8>,
    pub created_at: i64,
    pub updated_at: i64,
    pub tokens: String,
    pub tokens_hash: i64,
    /// Whether the tokens differ from what stood before the group.
    pub tokens_changed: bool,
    pub columns: Vec<Value>,
}

/// Everything that a group puts.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub versions: Vec<Row>,
    pub leaves: Vec<Row>,
    pub jobs: Vec<Row>,
    pub file_refs: Vec<Row>,
    pub heads: BTreeMap<(String, Id), HeadRow>,
    /// Heads to take away: table, id, SQLite's integer key, whether it is searchable.
    pub removed: Vec<(String, Id, i64, bool)>,
    /// Everything that is rare enough to run one by one, after the rows.
    pub statements: Vec<Statement>,
}

/// A batch in the engine's terms, in the order to run.
pub(crate) struct Steps {
    pub statements_before: Vec<Statement>,
    pub inserts: Vec<BulkInsert>,
    pub updates: Vec<BulkUpdate>,
    pub statements: Vec<Statement>,
}

impl Batch {
    /// Lays the batch out as bulk statements.
    pub(crate) fn into_steps(mut self, dialect: Dialect) -> Steps {
        // Two groups that put like jobs wait for each other: in one order, so that they cannot
        // lock each other out.
        self.jobs
            .sort_by(|one, other| one[JOB_KEY].cmp(&other[JOB_KEY]));
        let mut inserts = Vec::new();
        let mut updates = Vec::new();
        let mut before = Vec::new();
        push(
            &mut inserts,
            "record_version",
            &VERSION_COLUMNS,
            "",
            self.versions,
        );
        push(&mut inserts, "leaf", &LEAF_COLUMNS, "", self.leaves);
        push(
            &mut inserts,
            "job",
            &JOB_COLUMNS,
            "ON CONFLICT DO NOTHING",
            self.jobs,
        );
        let refs = [
            ("digest", ColumnKind::Bytes),
            ("record_id", ColumnKind::Bytes),
            ("version", ColumnKind::Int),
        ];
        push(
            &mut inserts,
            "file_ref",
            &refs,
            "ON CONFLICT DO NOTHING",
            self.file_refs,
        );

        for (table, id, row, searchable) in self.removed {
            if searchable && dialect == Dialect::Sqlite {
                before.push(Statement::new(
                    format!("DELETE FROM words_{table} WHERE rowid = ?1"),
                    vec![row.into()],
                ));
            }
            before.push(Statement::new(
                format!("DELETE FROM head_{table} WHERE id = ?1"),
                vec![Param::from(id)],
            ));
        }

        let mut by_table: BTreeMap<String, Vec<(Id, HeadRow)>> = BTreeMap::new();
        for ((table, id), head) in self.heads {
            by_table.entry(table).or_default().push((id, head));
        }
        for (table, heads) in by_table {
            let spec = heads[0].1.spec.clone();
            let mut fresh = Vec::new();
            let mut changed = Vec::new();
            let mut words = Vec::new();
            for (id, head) in heads {
                if dialect == Dialect::Sqlite && spec.searchable && head.tokens_changed {
                    if head.existed {
                        before.push(Statement::new(
                            format!("DELETE FROM words_{table} WHERE rowid = ?1"),
                            vec![head.row.into()],
                        ));
                    }
                    words.push(vec![head.row.into(), Value::from(head.tokens.as_str())]);
                }
                let existed = head.existed;
                let row = head_values(id, head, dialect, &spec);
                if existed {
                    changed.push(row);
                } else {
                    fresh.push(row);
                }
            }
            let wrap = (dialect == Dialect::Postgres && spec.searchable).then(tokens_wrap);
            let columns = head_columns(dialect, &spec);
            let name = format!("head_{table}");
            if !fresh.is_empty() {
                inserts.push(BulkInsert {
                    table: name.clone(),
                    columns: columns.clone(),
                    pg_wrap: wrap.clone(),
                    on_conflict: "",
                    rows: fresh,
                });
            }
            if !changed.is_empty() {
                updates.push(BulkUpdate {
                    table: name,
                    columns,
                    pg_wrap: wrap,
                    rows: changed,
                });
            }
            if !words.is_empty() {
                inserts.push(BulkInsert {
                    table: format!("words_{table}"),
                    columns: vec![
                        ("rowid".to_owned(), ColumnKind::Int),
                        ("tokens".to_owned(), ColumnKind::Text),
                    ],
                    pg_wrap: None,
                    on_conflict: "",
                    rows: words,
                });
            }
        }
        Steps {
            statements_before: before,
            inserts,
            updates,
            statements: self.statements,
        }
    }
}

/// How a line of tokens becomes what PostgreSQL searches.
pub(crate) fn tokens_wrap() -> (String, &'static str) {
    (
        "tokens".to_owned(),
        "array_to_tsvector(string_to_array({}, ' '))",
    )
}

fn push(
    inserts: &mut Vec<BulkInsert>,
    table: &str,
    columns: &[(&str, ColumnKind)],
    on_conflict: &'static str,
    rows: Vec<Row>,
) {
    if !rows.is_empty() {
        inserts.push(BulkInsert {
            table: table.to_owned(),
            columns: columns
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), *kind))
                .collect(),
            pg_wrap: None,
            on_conflict,
            rows,
        });
    }
}

fn head_columns(dialect: Dialect, spec: &TableSpec) -> Vec<(String, ColumnKind)> {
    let mut columns: Vec<(String, ColumnKind)> = [
        ("id", ColumnKind::Bytes),
        ("version", ColumnKind::Int),
        ("unit", ColumnKind::Bytes),
        ("state", ColumnKind::Text),
        ("sort_key", ColumnKind::Bytes),
        ("created_at", ColumnKind::Int),
        ("updated_at", ColumnKind::Int),
        ("tokens_hash", ColumnKind::Int),
    ]
    .map(|(name, kind)| (name.to_owned(), kind))
    .to_vec();
    match dialect {
        Dialect::Sqlite => columns.push(("row".to_owned(), ColumnKind::Int)),
        Dialect::Postgres if spec.searchable => {
            columns.push(("tokens".to_owned(), ColumnKind::Text));
        }
        Dialect::Postgres => {}
    }
    columns.extend(
        spec.columns
            .iter()
            .map(|column| (column.name.clone(), column.kind)),
    );
    columns
}

fn head_values(id: Id, head: HeadRow, dialect: Dialect, spec: &TableSpec) -> Row {
    let mut row: Row = vec![
        id.into(),
        head.version.into(),
        head.unit.into(),
        head.state.into(),
        head.sort_key.into(),
        head.created_at.into(),
        head.updated_at.into(),
        head.tokens_hash.into(),
    ];
    match dialect {
        Dialect::Sqlite => row.push(head.row.into()),
        Dialect::Postgres if spec.searchable => row.push(head.tokens.into()),
        Dialect::Postgres => {}
    }
    row.extend(head.columns);
    row
}

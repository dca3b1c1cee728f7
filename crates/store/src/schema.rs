//! The tables that every store has, and the head tables made from their declarations.

use crate::engine::Dialect;
use crate::indexes::index_name;
use crate::{ColumnKind, ColumnSpec, TableSpec};

/// The shape of the fixed tables; raised with each change, so that an older binary refuses
/// a newer store instead of harming it.
pub(crate) const VERSION: i64 = 2;

/// The table that says which program made the store, with its first rows.
pub(crate) fn meta(dialect: Dialect) -> Vec<String> {
    vec![
        dialect
            .types("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)"),
        format!(
            "INSERT INTO meta (key, value) VALUES ('schema', '{VERSION}') ON CONFLICT DO NOTHING"
        ),
        "INSERT INTO meta (key, value) VALUES ('era', '1') ON CONFLICT DO NOTHING".to_owned(),
    ]
}

/// The fixed tables, in an order that lets them be made one after the other.
pub(crate) fn fixed(dialect: Dialect) -> Vec<String> {
    // On SQLite one writer makes `ord` the commit order. On PostgreSQL a serial number does
    // not order commits, so leaves carry the transaction id, and readers stop below the
    // oldest transaction that still runs. `era` counts restores: transaction ids of another
    // cluster mean nothing here.
    let (ord, xid) = match dialect {
        Dialect::Sqlite => (
            "INTEGER PRIMARY KEY AUTOINCREMENT",
            "INTEGER NOT NULL DEFAULT 0",
        ),
        Dialect::Postgres => (
            "BIGSERIAL PRIMARY KEY",
            "BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)",
        ),
    };
    let statements = format!(
        "CREATE TABLE IF NOT EXISTS declaration (name TEXT PRIMARY KEY, spec TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS epoch (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS record_version (
            record_id BYTES NOT NULL, version BIGINT NOT NULL, table_name TEXT NOT NULL, schema TEXT NOT NULL,
            unit BYTES NOT NULL, state TEXT NOT NULL, action TEXT NOT NULL,
            actor BYTES NOT NULL, on_behalf BYTES, via TEXT NOT NULL, at BIGINT NOT NULL,
            body TEXT, salt BYTES, body_digest BYTES NOT NULL, head_digest BYTES NOT NULL,
            PRIMARY KEY (record_id, version));
        CREATE TABLE IF NOT EXISTS leaf (
            ord {ord}, era BIGINT NOT NULL, xid {xid},
            record_id BYTES NOT NULL, version BIGINT NOT NULL, table_name TEXT NOT NULL, action TEXT NOT NULL,
            actor BYTES NOT NULL, on_behalf BYTES, via TEXT NOT NULL, request BYTES NOT NULL, at BIGINT NOT NULL,
            body_digest BYTES NOT NULL, head_digest BYTES NOT NULL, hash BYTES NOT NULL);
        CREATE TABLE IF NOT EXISTS segment (
            number BIGINT PRIMARY KEY, first_leaf BIGINT NOT NULL, leaf_count BIGINT NOT NULL,
            last_era BIGINT NOT NULL, last_xid BIGINT NOT NULL, last_ord BIGINT NOT NULL,
            root BYTES NOT NULL, previous BYTES NOT NULL, hash BYTES NOT NULL, sealed_at BIGINT NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS segment_by_leaf ON segment (first_leaf);
        CREATE INDEX IF NOT EXISTS leaf_of_record ON leaf (record_id, ord);
        CREATE INDEX IF NOT EXISTS leaf_by_time ON leaf (at, ord);
        CREATE INDEX IF NOT EXISTS leaf_of_actor ON leaf (actor, at, ord);
        CREATE INDEX IF NOT EXISTS leaf_of_table ON leaf (table_name, at, ord);
        CREATE INDEX IF NOT EXISTS leaf_of_action ON leaf (action, at, ord);
        CREATE INDEX IF NOT EXISTS leaf_of_way ON leaf (via, at, ord);
        CREATE TABLE IF NOT EXISTS personal_read (
            day BIGINT NOT NULL, reader BYTES NOT NULL, subject BYTES NOT NULL, kind TEXT NOT NULL,
            record BYTES NOT NULL, fields TEXT NOT NULL, via TEXT NOT NULL,
            first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, times BIGINT NOT NULL,
            PRIMARY KEY (day, reader, record, kind, fields, via));
        CREATE INDEX IF NOT EXISTS personal_read_in_order ON personal_read (last_at, record);
        CREATE INDEX IF NOT EXISTS personal_read_of_subject ON personal_read (subject, last_at, record);
        CREATE INDEX IF NOT EXISTS personal_read_by_reader ON personal_read (reader, last_at, record);
        CREATE TABLE IF NOT EXISTS job (
            id BYTES PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, unique_key TEXT,
            state TEXT NOT NULL, run_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
            leased_until BIGINT, leased_by BYTES, last_error TEXT, created_at BIGINT NOT NULL);
        CREATE INDEX IF NOT EXISTS job_by_turn ON job (state, run_at, id);
        CREATE UNIQUE INDEX IF NOT EXISTS job_once ON job (unique_key) WHERE state = 'waiting';
        CREATE TABLE IF NOT EXISTS answer (
            account BYTES NOT NULL, key TEXT NOT NULL, claim BYTES NOT NULL, request_digest BYTES NOT NULL,
            body TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (account, key));
        CREATE INDEX IF NOT EXISTS answer_by_age ON answer (at);
        CREATE TABLE IF NOT EXISTS ephemeral (
            kind TEXT NOT NULL, key TEXT NOT NULL, owner BYTES NOT NULL, expires_at BIGINT NOT NULL,
            body TEXT NOT NULL, PRIMARY KEY (kind, key));
        CREATE INDEX IF NOT EXISTS ephemeral_by_owner ON ephemeral (kind, owner);
        CREATE INDEX IF NOT EXISTS ephemeral_by_end ON ephemeral (expires_at);
        CREATE TABLE IF NOT EXISTS file (
            digest BYTES PRIMARY KEY, size BIGINT NOT NULL, media_type TEXT NOT NULL, created_at BIGINT NOT NULL,
            object BYTES NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS file_of_object ON file (object);
        CREATE INDEX IF NOT EXISTS file_by_age ON file (created_at);
        CREATE TABLE IF NOT EXISTS loose_object (
            object BYTES PRIMARY KEY, begun_at BIGINT NOT NULL, doomed BIGINT NOT NULL);
        CREATE INDEX IF NOT EXISTS loose_by_age ON loose_object (doomed, begun_at);
        CREATE TABLE IF NOT EXISTS file_ref (
            digest BYTES NOT NULL, record_id BYTES NOT NULL, version BIGINT NOT NULL,
            PRIMARY KEY (digest, record_id, version));
        CREATE INDEX IF NOT EXISTS file_ref_of_record ON file_ref (record_id)"
    );
    let mut statements: Vec<String> = statements
        .split(';')
        .map(|text| dialect.types(text.trim()))
        .collect();
    if dialect == Dialect::Postgres {
        statements.push(
            "CREATE INDEX IF NOT EXISTS leaf_in_commit_order ON leaf (era, xid, ord)".to_owned(),
        );
    }
    statements
}

fn definition(column: &ColumnSpec) -> String {
    let kind = match column.kind {
        ColumnKind::Int => "BIGINT",
        ColumnKind::Text => "TEXT",
        ColumnKind::Bytes => "BYTES",
    };
    format!("{} {kind}", column.name)
}

/// The statements that give a stored head table the columns that its declaration has more.
pub(crate) fn added_columns(
    dialect: Dialect,
    stored: &TableSpec,
    declared: &TableSpec,
) -> Vec<String> {
    let mut added: Vec<String> = declared
        .columns
        .iter()
        .filter(|column| stored.position(&column.name).is_none())
        .map(definition)
        .collect();
    if dialect == Dialect::Postgres && declared.searchable && !stored.searchable {
        // It is there if the table was half-way to this declaration already.
        added.push("IF NOT EXISTS tokens tsvector".to_owned());
    }
    added
        .into_iter()
        .map(|column| {
            dialect.types(&format!(
                "ALTER TABLE head_{} ADD COLUMN {column}",
                declared.name
            ))
        })
        .collect()
}

/// The statements that make room for a declaration that changed in more than growing: a column of
/// another kind is made anew if no record holds anything there, and fails the opening otherwise;
/// what is not unique any more loses its index.
pub(crate) fn reshaped(dialect: Dialect, stored: &TableSpec, declared: &TableSpec) -> Vec<String> {
    let name = &declared.name;
    let mut known = stored.clone();
    let mut statements = Vec::new();
    for column in &declared.columns {
        let Some(place) = known.position(&column.name) else {
            continue;
        };
        let was = known.columns[place].clone();
        if was.unique && (!column.unique || was.kind != column.kind) {
            let index = index_name(dialect, name, &column.name, "once");
            statements.push(format!("DROP INDEX IF EXISTS {index}"));
        }
        if was.kind == column.kind {
            continue;
        }
        // No row can be without its declaration: this fails where a record holds something.
        statements.push(format!(
            "INSERT INTO declaration (name, spec) SELECT NULL, NULL FROM head_{name} \
             WHERE {} IS NOT NULL",
            column.name
        ));
        for index in ["in_unit", "in_order", "along", "within"] {
            let index = index_name(dialect, name, &column.name, index);
            statements.push(format!("DROP INDEX IF EXISTS {index}"));
        }
        statements.push(format!(
            "ALTER TABLE head_{name} DROP COLUMN {}",
            column.name
        ));
        known.columns.remove(place);
    }
    statements.extend(added_columns(dialect, &known, declared));
    statements
}

/// The statements that make a declared head table, as yet without its indexes.
pub(crate) fn head_table(dialect: Dialect, spec: &TableSpec) -> Vec<String> {
    let name = &spec.name;
    let columns = spec.columns.iter().fold(String::new(), |all, column| {
        all + ", " + &definition(column)
    });
    // The integer key joins a head to its full-text row in SQLite; PostgreSQL keeps the
    // tokens in the head itself.
    let (row, tokens) = match dialect {
        Dialect::Sqlite => ("row INTEGER PRIMARY KEY, ", ""),
        Dialect::Postgres => (
            "",
            if spec.searchable {
                ", tokens tsvector"
            } else {
                ""
            },
        ),
    };
    let id = if dialect == Dialect::Sqlite {
        "id BYTES NOT NULL UNIQUE"
    } else {
        "id BYTES PRIMARY KEY"
    };
    let mut statements = vec![format!(
        "CREATE TABLE IF NOT EXISTS head_{name} ({row}{id}, version BIGINT NOT NULL, unit BYTES NOT NULL, \
         state TEXT NOT NULL, sort_key BYTES NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, \
         tokens_hash BIGINT NOT NULL{columns}{tokens})"
    )];
    if spec.searchable && dialect == Dialect::Sqlite {
        // The words themselves stay readable there: a backup takes them along.
        statements.push(format!(
            "CREATE VIRTUAL TABLE IF NOT EXISTS words_{name} USING fts5(tokens, detail=none, tokenize='ascii')"
        ));
    }
    statements
        .into_iter()
        .map(|text| dialect.types(&text))
        .collect()
}

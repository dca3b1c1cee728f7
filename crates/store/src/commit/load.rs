//! What must be read, and locked, before a group of writes can be decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use vocab::{Id, Instant};

use super::Prepared;
use crate::engine::{BulkInsert, Dialect, Param, Row, Statement};
use crate::store::Fields;
use crate::{ColumnKind, Expect, Op, StoreError};

/// The statements that load a group's ground, in the order that [`Loading::collect`]
/// expects their rows back.
pub(crate) struct Loading {
    /// Claims idempotency keys; a claim waits for another process's claim of the same key.
    pub claims: Option<BulkInsert>,
    pub statements: Vec<Statement>,
    heads: Vec<String>,
    rows_of: Vec<String>,
    answers: bool,
    epochs: bool,
    jobs: bool,
}

/// A head as it stands.
#[derive(Clone, Debug)]
pub(crate) struct HeadState {
    pub version: i64,
    pub created_at: i64,
    pub updated_at: Instant,
    pub tokens_hash: i64,
    pub unit: Id,
    pub state: String,
    /// SQLite's integer key.
    pub row: i64,
}

/// An answer that is stored under an idempotency key.
#[derive(Clone, Debug)]
pub(crate) struct StoredAnswer {
    pub claim: Id,
    pub request_digest: Vec<u8>,
    pub body: String,
}

/// What a group's writes depend on.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub heads: HashMap<(String, Id), HeadState>,
    pub answers: HashMap<(Id, String), StoredAnswer>,
    pub epochs: HashMap<String, i64>,
    /// Who leases which job.
    pub leases: HashMap<Id, Id>,
    /// The next integer key of each table, on SQLite.
    pub next_row: HashMap<String, i64>,
}

/// Which statements load the ground for this group.
pub(crate) fn loading(group: &[&Prepared], dialect: Dialect) -> Loading {
    let mut ids: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
    let mut inserted: BTreeSet<&str> = BTreeSet::new();
    let mut keys: BTreeMap<(Id, &str), Row> = BTreeMap::new();
    let mut epochs: BTreeSet<&str> = BTreeSet::new();
    let mut jobs: BTreeSet<Id> = BTreeSet::new();
    for prepared in group {
        for op in &prepared.write.ops {
            match op {
                Op::Put(put) if put.expect == Expect::New => {
                    inserted.insert(&put.table);
                }
                Op::Put(put) => {
                    ids.entry(&put.table).or_default().insert(put.id);
                }
                Op::Remove(remove) | Op::Erase(remove) => {
                    ids.entry(&remove.table).or_default().insert(remove.id);
                }
                Op::CompleteJob { id, .. } => {
                    jobs.insert(*id);
                }
                Op::Enqueue(_) | Op::Bump(_) | Op::Keep(_) | Op::Drop { .. } => {}
            }
        }
        if let Some(key) = &prepared.write.idempotency {
            keys.insert(
                (key.account, &key.key),
                vec![
                    key.account.into(),
                    key.key.as_str().into(),
                    prepared.claim.into(),
                    key.request_digest.to_vec().into(),
                    key.answer.as_str().into(),
                    prepared.at.as_micros().into(),
                ],
            );
        }
        epochs.extend(prepared.write.epochs.iter().map(|(name, _)| name.as_str()));
    }

    let mut statements = Vec::new();
    if !keys.is_empty() {
        let sql = format!(
            "SELECT account, key, claim, request_digest, body FROM answer WHERE {} AND {}",
            dialect.among("account", 1, ColumnKind::Bytes),
            dialect.among("key", 2, ColumnKind::Text)
        );
        let accounts = Param::ids(keys.keys().map(|(account, _)| *account));
        let texts = Param::texts(keys.keys().map(|(_, key)| (*key).to_owned()));
        statements.push(Statement::new(sql, vec![accounts, texts]));
    }
    let answers = !keys.is_empty();
    if !epochs.is_empty() {
        let sql = format!(
            "SELECT name, value FROM epoch WHERE {}",
            dialect.among("name", 1, ColumnKind::Text)
        );
        statements.push(Statement::new(
            sql,
            vec![Param::texts(epochs.iter().map(|name| (*name).to_owned()))],
        ));
    }
    if !jobs.is_empty() {
        let sql = format!(
            "SELECT id, leased_by FROM job WHERE state = 'leased' AND {} ORDER BY id{}",
            dialect.among("id", 1, ColumnKind::Bytes),
            dialect.for_update()
        );
        statements.push(Statement::new(sql, vec![Param::ids(jobs.iter().copied())]));
    }
    let row = if dialect == Dialect::Sqlite {
        "row"
    } else {
        "0::bigint"
    };
    for (table, ids) in &ids {
        let sql = format!(
            "SELECT id, version, created_at, updated_at, tokens_hash, unit, state, {row} FROM head_{table} WHERE {} ORDER BY id{}",
            dialect.among("id", 1, ColumnKind::Bytes),
            dialect.for_update()
        );
        statements.push(Statement::new(sql, vec![Param::ids(ids.iter().copied())]));
    }
    let rows_of: Vec<String> = if dialect == Dialect::Sqlite {
        inserted.iter().map(|table| (*table).to_owned()).collect()
    } else {
        Vec::new()
    };
    for table in &rows_of {
        statements.push(Statement::new(
            format!("SELECT max(row) FROM head_{table}"),
            Vec::new(),
        ));
    }

    let claims = answers.then(|| BulkInsert {
        table: "answer".to_owned(),
        columns: [
            ("account", ColumnKind::Bytes),
            ("key", ColumnKind::Text),
            ("claim", ColumnKind::Bytes),
            ("request_digest", ColumnKind::Bytes),
            ("body", ColumnKind::Text),
            ("at", ColumnKind::Int),
        ]
        .map(|(name, kind)| (name.to_owned(), kind))
        .to_vec(),
        pg_wrap: None,
        on_conflict: "ON CONFLICT DO NOTHING",
        rows: keys.into_values().collect(),
    });
    Loading {
        claims,
        statements,
        heads: ids.keys().map(|table| (*table).to_owned()).collect(),
        rows_of,
        answers,
        epochs: !epochs.is_empty(),
        jobs: !jobs.is_empty(),
    }
}

impl Loading {
    /// Puts the rows that the statements gave in order into their places.
    pub(crate) fn collect(&self, results: Vec<Vec<Row>>) -> Result<Loaded, StoreError> {
        let mut loaded = Loaded::default();
        let mut results = results.into_iter();
        let mut next = || {
            results
                .next()
                .ok_or_else(|| StoreError::Engine("a loading statement gave no rows".to_owned()))
        };
        if self.answers {
            for row in next()? {
                let answer = StoredAnswer {
                    claim: row.id(2)?,
                    request_digest: row[3].as_bytes().unwrap_or_default().to_vec(),
                    body: row[4].as_text().unwrap_or_default().to_owned(),
                };
                loaded.answers.insert((row.id(0)?, row.text(1)?), answer);
            }
        }
        if self.epochs {
            for row in next()? {
                loaded.epochs.insert(row.text(0)?, row.int(1)?);
            }
        }
        if self.jobs {
            for row in next()? {
                loaded.leases.insert(row.id(0)?, row.id(1)?);
            }
        }
        for table in &self.heads {
            for row in next()? {
                let state = HeadState {
                    version: row.int(1)?,
                    created_at: row.int(2)?,
                    updated_at: Instant::from_micros(row.int(3)?),
                    tokens_hash: row.int(4)?,
                    unit: row.id(5)?,
                    state: row.text(6)?,
                    row: row.int(7)?,
                };
                loaded.heads.insert((table.clone(), row.id(0)?), state);
            }
        }
        for table in &self.rows_of {
            let largest = next()?.first().and_then(|row| row[0].as_int()).unwrap_or(0);
            loaded.next_row.insert(table.clone(), largest + 1);
        }
        Ok(loaded)
    }
}

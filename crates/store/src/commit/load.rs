//! What must be read, and locked, before a group of writes can be decided.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use vocab::{Id, Instant};

use super::Prepared;
use crate::engine::{BulkInsert, Dialect, Param, Row, Statement};
use crate::store::Fields;
use crate::{ColumnKind, Expect, Op, StoreError, Value};

/// The statements that load a group's ground.
#[derive(Default)]
pub(crate) struct Loading {
    /// Claims idempotency keys; a claim waits for another process's claim of the same key.
    pub claims: Option<BulkInsert>,
    pub statements: Vec<Statement>,
    /// What each statement's rows are.
    loads: Vec<Loads>,
}

/// What a loading statement's rows are.
enum Loads {
    /// Nothing: only waits its turn.
    Turn,
    Answers,
    Epochs,
    Leases,
    Files,
    HeadsOf(String),
    LargestRowOf(String),
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
    /// Which of the files referred to are there.
    pub files: HashSet<[u8; 32]>,
    /// The next integer key of each table, on SQLite.
    pub next_row: HashMap<String, i64>,
}

/// Which statements load the ground for this group.
pub(crate) fn loading(group: &[&Prepared], dialect: Dialect) -> Loading {
    let mut ids: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
    let mut inserted: BTreeSet<&str> = BTreeSet::new();
    let mut keys: BTreeMap<(Id, &str), Row> = BTreeMap::new();
    let mut epochs: BTreeSet<&str> = BTreeSet::new();
    // Whether the group moves the epoch on, or only depends on it.
    let mut turns: BTreeMap<&str, bool> = BTreeMap::new();
    let mut jobs: BTreeSet<Id> = BTreeSet::new();
    let mut files: BTreeSet<[u8; 32]> = BTreeSet::new();
    for prepared in group {
        for op in &prepared.write.ops {
            if let Some(put) = op.put() {
                files.extend(&put.files);
            }
            match op {
                Op::Put(put) if put.expect == Expect::New => {
                    inserted.insert(&put.table);
                }
                Op::Put(put) => {
                    ids.entry(&put.table).or_default().insert(put.id);
                }
                Op::Redact(redaction) => {
                    let put = &redaction.put;
                    ids.entry(&put.table).or_default().insert(put.id);
                }
                Op::Remove(remove) | Op::Erase(remove) => {
                    ids.entry(&remove.table).or_default().insert(remove.id);
                }
                Op::CompleteJob { id, .. } => {
                    jobs.insert(*id);
                }
                Op::Bump(name) => {
                    turns.insert(name, true);
                }
                Op::Enqueue(_) | Op::Keep(_) | Op::Drop { .. } => {}
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
        for (name, _) in &prepared.write.epochs {
            epochs.insert(name);
            turns.entry(name).or_insert(false);
        }
    }

    let among = |column, kind| dialect.among(column, 1, kind);
    let mut loading = Loading::default();
    if !keys.is_empty() {
        let sql = format!(
            "SELECT account, key, claim, request_digest, body FROM answer WHERE {} AND {}",
            among("account", ColumnKind::Bytes),
            dialect.among("key", 2, ColumnKind::Text)
        );
        let accounts = Param::ids(keys.keys().map(|(account, _)| *account));
        let texts = Param::texts(keys.keys().map(|(_, key)| (*key).to_owned()));
        loading.add(Loads::Answers, sql, vec![accounts, texts]);
        loading.claims = Some(claims(keys.into_values().collect()));
    }
    // Before the epochs are read, by statements of their own: a statement sees what was
    // committed when it began, not when its wait was over. In the order of names, so that two
    // processes cannot lock each other out.
    for (name, moves) in turns {
        if let Some(sql) = dialect.turn(moves) {
            loading.add(Loads::Turn, sql.to_owned(), vec![name.into()]);
        }
    }
    if !epochs.is_empty() {
        let sql = format!(
            "SELECT name, value FROM epoch WHERE {}",
            among("name", ColumnKind::Text)
        );
        let names = Param::texts(epochs.iter().map(|name| (*name).to_owned()));
        loading.add(Loads::Epochs, sql, vec![names]);
    }
    if !jobs.is_empty() {
        let sql = format!(
            "SELECT id, leased_by FROM job WHERE state = 'leased' AND {} ORDER BY id{}",
            among("id", ColumnKind::Bytes),
            dialect.for_update()
        );
        loading.add(Loads::Leases, sql, vec![Param::ids(jobs)]);
    }
    if !files.is_empty() {
        let sql = format!(
            "SELECT digest FROM file WHERE {} ORDER BY digest{}",
            among("digest", ColumnKind::Bytes),
            dialect.for_share()
        );
        let digests = files
            .iter()
            .map(|digest| Value::from(digest.to_vec()))
            .collect();
        loading.add(Loads::Files, sql, vec![Param::Many(digests)]);
    }
    let row = if dialect == Dialect::Sqlite {
        "row"
    } else {
        "0::bigint"
    };
    for (table, ids) in ids {
        let sql = format!(
            "SELECT id, version, created_at, updated_at, tokens_hash, unit, state, {row} FROM head_{table} \
             WHERE {} ORDER BY id{}",
            among("id", ColumnKind::Bytes),
            dialect.for_update()
        );
        loading.add(Loads::HeadsOf(table.to_owned()), sql, vec![Param::ids(ids)]);
    }
    if dialect == Dialect::Sqlite {
        for table in inserted {
            let sql = format!("SELECT max(row) FROM head_{table}");
            loading.add(Loads::LargestRowOf(table.to_owned()), sql, Vec::new());
        }
    }
    loading
}

fn claims(rows: Vec<Row>) -> BulkInsert {
    let columns = [
        ("account", ColumnKind::Bytes),
        ("key", ColumnKind::Text),
        ("claim", ColumnKind::Bytes),
        ("request_digest", ColumnKind::Bytes),
        ("body", ColumnKind::Text),
        ("at", ColumnKind::Int),
    ];
    BulkInsert {
        table: "answer".to_owned(),
        columns: columns.map(|(name, kind)| (name.to_owned(), kind)).to_vec(),
        pg_wrap: None,
        on_conflict: "ON CONFLICT DO NOTHING",
        rows,
    }
}

impl Loading {
    /// Whether the group depends on nothing that is stored.
    pub(crate) fn is_empty(&self) -> bool {
        self.claims.is_none() && self.statements.is_empty()
    }

    fn add(&mut self, loads: Loads, sql: String, params: Vec<Param>) {
        self.statements.push(Statement::new(sql, params));
        self.loads.push(loads);
    }

    /// Puts the rows that the statements gave, in order, into their places.
    pub(crate) fn collect(&self, results: Vec<Vec<Row>>) -> Result<Loaded, StoreError> {
        let mut loaded = Loaded::default();
        for (loads, rows) in self.loads.iter().zip(results) {
            if let Loads::LargestRowOf(table) = loads {
                let largest = rows.first().and_then(|row| row[0].as_int()).unwrap_or(0);
                loaded.next_row.insert(table.clone(), largest + 1);
                continue;
            }
            for row in rows {
                loaded.take(loads, &row)?;
            }
        }
        Ok(loaded)
    }
}

impl Loaded {
    fn take(&mut self, loads: &Loads, row: &Row) -> Result<(), StoreError> {
        match loads {
            Loads::Answers => {
                let answer = StoredAnswer {
                    claim: row.id(2)?,
                    request_digest: row[3].as_bytes().unwrap_or_default().to_vec(),
                    body: row.text(4)?,
                };
                self.answers.insert((row.id(0)?, row.text(1)?), answer);
            }
            Loads::Epochs => {
                self.epochs.insert(row.text(0)?, row.int(1)?);
            }
            Loads::Leases => {
                self.leases.insert(row.id(0)?, row.id(1)?);
            }
            Loads::Files => {
                self.files.insert(row.digest(0)?);
            }
            Loads::HeadsOf(table) => {
                let state = HeadState {
                    version: row.int(1)?,
                    created_at: row.int(2)?,
                    updated_at: Instant::from_micros(row.int(3)?),
                    tokens_hash: row.int(4)?,
                    unit: row.id(5)?,
                    state: row.text(6)?,
                    row: row.int(7)?,
                };
                self.heads.insert((table.clone(), row.id(0)?), state);
            }
            // One row for the whole table, taken by `Loading::collect`.
            Loads::LargestRowOf(_) | Loads::Turn => {}
        }
        Ok(())
    }
}

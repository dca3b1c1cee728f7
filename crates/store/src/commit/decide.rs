//! Which writes of a group hold, and the rows that they put. Plain Rust, no database.

use std::collections::HashMap;
use std::sync::Arc;

use vocab::{Id, Instant, hex};

use super::batch::{Batch, HeadRow};
use super::load::{HeadState, Loaded};
use super::prepare::{Extra, Prepared, PutExtra};
use super::{ERASE, GroupResult};
use crate::audit::digest;
use crate::engine::{Param, Statement};
use crate::{
    Expect, Op, Outcome, RecordPut, Redaction, Remove, StoreError, TableSpec, Value, Write,
};

/// The body of a removal's version.
const REMOVED_BODY: &str = "null";

/// What the writes so far in this group have done to a record.
#[derive(Clone)]
enum Standing {
    Absent,
    At(HeadState),
}

/// Decides a group: an outcome for each write, and one batch of rows for those that hold.
pub(crate) fn decide(group: &[&Prepared], loaded: Loaded, era: i64) -> (GroupResult, Batch) {
    let mut decider = Decider {
        loaded,
        era,
        standing: HashMap::new(),
        batch: Batch::default(),
    };
    let mut released = Vec::new();
    let results = group
        .iter()
        .map(|prepared| {
            let result = decider.write(prepared);
            if result.is_err() && prepared.write.idempotency.is_some() {
                released.push(prepared.claim);
            }
            result
        })
        .collect();
    for claim in released {
        let release = Statement::new(
            "DELETE FROM answer WHERE claim = ?1",
            vec![Param::from(claim)],
        );
        decider.batch.statements.push(release);
    }
    (results, decider.batch)
}

struct Decider {
    loaded: Loaded,
    era: i64,
    standing: HashMap<(String, Id), Standing>,
    batch: Batch,
}

impl Decider {
    fn write(&mut self, prepared: &Prepared) -> Result<Outcome, StoreError> {
        if let Some(key) = &prepared.write.idempotency {
            match self.loaded.answers.get(&(key.account, key.key.clone())) {
                Some(stored) if stored.claim == prepared.claim => {}
                Some(stored) if stored.request_digest == key.request_digest => {
                    return Ok(Outcome::Repeated(stored.body.clone()));
                }
                Some(_) => {
                    return Err(StoreError::KeyReused {
                        key: key.key.clone(),
                    });
                }
                None => {
                    return Err(StoreError::Unavailable(
                        "an idempotency key could not be claimed".to_owned(),
                    ));
                }
            }
        }
        for (name, expected) in &prepared.write.epochs {
            if self.loaded.epochs.get(name).copied().unwrap_or(0) != *expected {
                return Err(StoreError::StaleEpoch { name: name.clone() });
            }
        }
        let at = self.check(prepared)?;
        // From here on nothing can refuse, so that a write's rows are all there or none.
        for (op, extra) in prepared.write.ops.iter().zip(&prepared.extras) {
            self.apply(&prepared.write, op, extra, at);
        }
        Ok(Outcome::Done(at))
    }

    /// Whether every step holds, and the instant that the write's versions carry: later
    /// than each version that they follow, even after the clock was set back.
    fn check(&self, prepared: &Prepared) -> Result<Instant, StoreError> {
        let mut at = prepared.at;
        // What this write alone has changed so far: version, none when removed.
        let mut own: HashMap<(&str, Id), Option<i64>> = HashMap::new();
        for op in &prepared.write.ops {
            let (table, id, expected) = match op {
                Op::Put(put) => (put.table.as_str(), put.id, put.expect),
                Op::Redact(redaction) => {
                    let put = &redaction.put;
                    (put.table.as_str(), put.id, put.expect)
                }
                Op::Remove(remove) | Op::Erase(remove) => (
                    remove.table.as_str(),
                    remove.id,
                    Expect::Version(remove.version),
                ),
                Op::CompleteJob { id, worker } => {
                    if self.loaded.leases.get(id) != Some(worker) {
                        return Err(StoreError::Conflict {
                            table: "job".to_owned(),
                            id: *id,
                            expected: None,
                            current: None,
                        });
                    }
                    continue;
                }
                Op::Enqueue(_) | Op::Bump(_) | Op::Keep(_) | Op::Drop { .. } => continue,
            };
            if let Some(put) = op.put()
                && let Some(missing) = put
                    .files
                    .iter()
                    .find(|file| !self.loaded.files.contains(*file))
            {
                return Err(StoreError::MissingFile {
                    digest: hex::encode(missing),
                });
            }
            let stored = self.stands(table, id);
            let current = match own.get(&(table, id)) {
                Some(version) => *version,
                None => stored.as_ref().map(|head| head.version),
            };
            let wanted = match expected {
                Expect::New => None,
                Expect::Version(version) => Some(version),
            };
            if current != wanted {
                return Err(StoreError::Conflict {
                    table: table.to_owned(),
                    id,
                    expected: wanted,
                    current,
                });
            }
            if let Some(head) = stored {
                at = at.max(head.updated_at.plus_micros(1));
            }
            let after = if op.put().is_some() {
                Some(current.unwrap_or(0) + 1)
            } else {
                None
            };
            own.insert((table, id), after);
        }
        Ok(at)
    }

    fn stands(&self, table: &str, id: Id) -> Option<HeadState> {
        let key = (table.to_owned(), id);
        match self.standing.get(&key) {
            Some(Standing::Absent) => None,
            Some(Standing::At(head)) => Some(head.clone()),
            None => self.loaded.heads.get(&key).cloned(),
        }
    }

    fn apply(&mut self, write: &Write, op: &Op, extra: &Extra, at: Instant) {
        match (op, extra) {
            (Op::Put(put), Extra::Put(extra)) => self.put(write, put, extra, at),
            (Op::Remove(remove), Extra::Remove { spec, salt }) => {
                self.remove(write, remove, &remove.action, spec, *salt, at);
            }
            (Op::Erase(remove), Extra::Remove { spec, salt }) => {
                self.remove(write, remove, ERASE, spec, *salt, at);
                self.batch.statements.push(Statement::new(
                    "UPDATE record_version SET body = NULL, salt = NULL WHERE record_id = ?1 AND version <= ?2",
                    vec![Param::from(remove.id), remove.version.into()],
                ));
                // Its evidence goes too, where no other record refers to it
                // (`Store::remove_orphans`).
                self.batch.statements.push(Statement::new(
                    "DELETE FROM file_ref WHERE record_id = ?1 AND version <= ?2",
                    vec![Param::from(remove.id), remove.version.into()],
                ));
            }
            (Op::Redact(redaction), Extra::Redact(extra, rewritten)) => {
                self.put(write, &redaction.put, extra, at);
                self.rewrite(redaction, rewritten);
            }
            (Op::Enqueue(job), Extra::Job(id)) => self.batch.jobs.push(vec![
                (*id).into(),
                job.kind.as_str().into(),
                job.payload.as_str().into(),
                job.unique_key.clone().into(),
                "waiting".into(),
                job.run_at.unwrap_or(at).as_micros().into(),
                0.into(),
                at.as_micros().into(),
            ]),
            (Op::CompleteJob { id, .. }, _) => {
                self.batch.statements.push(Statement::new(
                    "DELETE FROM job WHERE id = ?1",
                    vec![Param::from(*id)],
                ));
            }
            (Op::Bump(name), _) => {
                *self.loaded.epochs.entry(name.clone()).or_insert(0) += 1;
                self.batch.statements.push(Statement::new(
                    "INSERT INTO epoch (name, value) VALUES (?1, 1) \
                     ON CONFLICT (name) DO UPDATE SET value = epoch.value + 1",
                    vec![Param::from(name.as_str())],
                ));
            }
            (Op::Keep(row), _) => self.batch.statements.push(row.keeping()),
            (Op::Drop { kind, key }, _) => self.batch.statements.push(Statement::new(
                "DELETE FROM ephemeral WHERE kind = ?1 AND key = ?2",
                vec![Param::from(kind.as_str()), Param::from(key.as_str())],
            )),
            (Op::Put(_) | Op::Remove(_) | Op::Erase(_) | Op::Redact(_) | Op::Enqueue(_), _) => {
                unreachable!("`prepare` gives each op its own extra")
            }
        }
    }

    /// Has earlier versions say what is left of them, under new salts: what they said before
    /// cannot be guessed from the digest that stays.
    fn rewrite(&mut self, redaction: &Redaction, rewritten: &[[u8; 16]]) {
        let id = redaction.put.id;
        for ((version, body), salt) in redaction.versions.iter().zip(rewritten) {
            self.batch.statements.push(Statement::new(
                "UPDATE record_version SET body = ?1, salt = ?2 \
                 WHERE record_id = ?3 AND version = ?4 AND body IS NOT NULL",
                vec![
                    Param::from(body.as_str()),
                    salt.to_vec().into(),
                    id.into(),
                    (*version).into(),
                ],
            ));
        }
        for digest in &redaction.files {
            self.batch.statements.push(Statement::new(
                "DELETE FROM file_ref WHERE record_id = ?1 AND digest = ?2",
                vec![Param::from(id), digest.to_vec().into()],
            ));
        }
    }

    fn put(&mut self, write: &Write, put: &RecordPut, extra: &PutExtra, at: Instant) {
        let before = self.stands(&put.table, put.id);
        let version = before.as_ref().map_or(1, |head| head.version + 1);
        self.version(
            write,
            at,
            &Written {
                table: &put.table,
                id: put.id,
                version,
                schema: &put.schema,
                unit: put.unit,
                state: &put.state,
                action: &put.action,
                body: &put.body,
                salt: extra.salt,
                body_digest: extra.body_digest,
                head_digest: extra.head_digest,
            },
        );
        for file in &put.files {
            self.batch
                .file_refs
                .push(vec![file.to_vec().into(), put.id.into(), version.into()]);
        }
        let key = (put.table.clone(), put.id);
        let stored = self.loaded.heads.get(&key);
        let row = match &before {
            Some(head) => head.row,
            None => self.loaded.next_row.get_mut(&put.table).map_or(0, |next| {
                *next += 1;
                *next - 1
            }),
        };
        let created_at = before
            .as_ref()
            .map_or(at.as_micros(), |head| head.created_at);
        let head = HeadRow {
            spec: extra.spec.clone(),
            existed: stored.is_some(),
            row,
            version,
            unit: put.unit,
            state: put.state.clone(),
            sort_key: put.sort_key.clone(),
            created_at,
            updated_at: at.as_micros(),
            tokens: extra.tokens.clone(),
            tokens_hash: extra.tokens_hash,
            tokens_changed: stored.is_none_or(|head| head.tokens_hash != extra.tokens_hash),
            columns: put.columns.clone(),
        };
        let state = HeadState {
            version,
            created_at,
            updated_at: at,
            tokens_hash: extra.tokens_hash,
            unit: put.unit,
            state: put.state.clone(),
            row,
        };
        self.batch.heads.insert(key.clone(), head);
        self.standing.insert(key, Standing::At(state));
    }

    fn remove(
        &mut self,
        write: &Write,
        remove: &Remove,
        action: &str,
        spec: &Arc<TableSpec>,
        salt: [u8; 16],
        at: Instant,
    ) {
        let Some(head) = self.stands(&remove.table, remove.id) else {
            return;
        };
        self.version(
            write,
            at,
            &Written {
                table: &remove.table,
                id: remove.id,
                version: head.version + 1,
                schema: "",
                unit: head.unit,
                state: &head.state,
                action,
                body: REMOVED_BODY,
                salt,
                body_digest: digest::body(&salt, REMOVED_BODY),
                head_digest: digest::NO_HEAD,
            },
        );
        let key = (remove.table.clone(), remove.id);
        self.batch.heads.remove(&key);
        if let Some(stored) = self.loaded.heads.get(&key) {
            self.batch
                .removed
                .push((remove.table.clone(), remove.id, stored.row, spec.searchable));
        }
        self.standing.insert(key, Standing::Absent);
    }

    /// The version and its audit leaf.
    fn version(&mut self, write: &Write, at: Instant, written: &Written<'_>) {
        let actor = &write.actor;
        let leaf = digest::Leaf {
            record_id: written.id,
            version: written.version,
            table: written.table,
            action: written.action,
            actor: actor.account,
            on_behalf: actor.on_behalf,
            via: &actor.via,
            request: actor.request,
            at,
            body_digest: written.body_digest,
            head_digest: written.head_digest,
        };
        let (body_digest, head_digest) = (
            Value::from(written.body_digest.to_vec()),
            Value::from(written.head_digest.to_vec()),
        );
        self.batch.leaves.push(vec![
            self.era.into(),
            written.id.into(),
            written.version.into(),
            written.table.into(),
            written.action.into(),
            actor.account.into(),
            actor.on_behalf.into(),
            actor.via.as_str().into(),
            actor.request.into(),
            at.as_micros().into(),
            body_digest.clone(),
            head_digest.clone(),
            leaf.hash().to_vec().into(),
        ]);
        self.batch.versions.push(vec![
            written.id.into(),
            written.version.into(),
            written.table.into(),
            written.schema.into(),
            written.unit.into(),
            written.state.into(),
            written.action.into(),
            actor.account.into(),
            actor.on_behalf.into(),
            actor.via.as_str().into(),
            at.as_micros().into(),
            written.body.into(),
            written.salt.to_vec().into(),
            body_digest,
            head_digest,
        ]);
    }
}

/// A version about to be put.
struct Written<'a> {
    table: &'a str,
    id: Id,
    version: i64,
    schema: &'a str,
    unit: Id,
    state: &'a str,
    action: &'a str,
    body: &'a str,
    salt: [u8; 16],
    body_digest: [u8; 32],
    head_digest: [u8; 32],
}

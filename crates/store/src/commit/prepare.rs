//! The part of a write that needs no database: checks, digests, salts. It runs in the
//! caller's task, so that the writer does nothing but write.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value as Json;
use vocab::{Context, Id, Instant, canonical, hex};

use crate::audit::digest;
use crate::{
    ColumnKind, Expect, Op, REDACT, REDACTED, RecordPut, Redaction, StoreError, TableSpec, Value,
    Write,
};

/// The most bytes of a sort key that an index of either engine takes comfortably.
const SORT_KEY_BYTES: usize = 200;
/// The longest body of a version.
const BODY_BYTES: usize = 4 << 20;

/// A write with everything computed that does not depend on what is stored.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub write: Write,
    pub at: Instant,
    /// Names this attempt, so that its claim on an idempotency key is told from others'.
    pub claim: Id,
    /// One for each op, in order; nothing for those that need none.
    pub extras: Vec<Extra>,
}

/// What an op needs besides itself.
#[derive(Debug)]
pub(crate) enum Extra {
    Nothing,
    Put(PutExtra),
    /// The same, and the salts of the versions that are written anew.
    Redact(PutExtra, Vec<[u8; 16]>),
    /// The salt of a removal's version.
    Remove {
        spec: Arc<TableSpec>,
        salt: [u8; 16],
    },
    Job(Id),
}

#[derive(Debug)]
pub(crate) struct PutExtra {
    pub spec: Arc<TableSpec>,
    pub salt: [u8; 16],
    pub body_digest: [u8; 32],
    pub head_digest: [u8; 32],
    pub tokens: String,
    pub tokens_hash: i64,
}

/// Checks a write against its tables' declarations and computes its digests.
pub(crate) fn prepare(
    mut write: Write,
    tables: &HashMap<String, Arc<TableSpec>>,
    context: &Context,
) -> Result<Prepared, StoreError> {
    let mut extras = Vec::with_capacity(write.ops.len());
    for op in &mut write.ops {
        extras.push(match op {
            Op::Put(put) if [super::ERASE, REDACT].contains(&put.action.as_str()) => {
                return Err(StoreError::Invalid(
                    "only an erasure is called erase".to_owned(),
                ));
            }
            Op::Put(put) => Extra::Put(prepare_put(put, tables, context)?),
            Op::Redact(redaction) => prepare_redaction(redaction, tables, context)?,
            Op::Remove(remove) | Op::Erase(remove) => Extra::Remove {
                spec: declared(tables, &remove.table)?,
                salt: context.random(),
            },
            Op::Enqueue(_) => Extra::Job(context.new_id()),
            Op::CompleteJob { .. } | Op::Bump(_) | Op::Keep(_) | Op::Drop { .. } => Extra::Nothing,
        });
    }
    if let Some(key) = &write.idempotency
        && (key.key.is_empty() || key.key.len() > 200)
    {
        return Err(StoreError::Invalid(
            "an idempotency key has 1 to 200 bytes".to_owned(),
        ));
    }
    Ok(Prepared {
        at: context.now(),
        claim: context.new_id(),
        write,
        extras,
    })
}

fn declared(
    tables: &HashMap<String, Arc<TableSpec>>,
    name: &str,
) -> Result<Arc<TableSpec>, StoreError> {
    tables
        .get(name)
        .cloned()
        .ok_or_else(|| StoreError::Invalid(format!("no table {name} was declared")))
}

/// Has the new version vouch for what the earlier ones say from now on.
fn prepare_redaction(
    redaction: &mut Redaction,
    tables: &HashMap<String, Arc<TableSpec>>,
    context: &Context,
) -> Result<Extra, StoreError> {
    let unfit = |why: &str| StoreError::Invalid(format!("a redaction {why}"));
    let Expect::Version(current) = redaction.put.expect else {
        return Err(unfit("needs the record's current version"));
    };
    if redaction.versions.iter().any(|(version, body)| {
        !(1..=current).contains(version) || body.len() > BODY_BYTES || body.contains('\0')
    }) {
        return Err(unfit("rewrites earlier versions alone"));
    }
    let salts: Vec<[u8; 16]> = redaction
        .versions
        .iter()
        .map(|_| context.random())
        .collect();
    let vouched = redaction.versions.iter().zip(&salts);
    let vouched = vouched.map(|((version, body), salt)| {
        let digest = hex::encode(&digest::body(salt, body));
        (version.to_string(), Json::from(digest))
    });
    let mut body: serde_json::Map<String, Json> = serde_json::from_str(&redaction.put.body)
        .map_err(|error| unfit(&format!("has no body: {error}")))?;
    body.insert(REDACTED.to_owned(), Json::Object(vouched.collect()));
    redaction.put.body = canonical::to_text(&Json::Object(body))
        .map_err(|error| unfit(&format!("has no body: {error}")))?;
    REDACT.clone_into(&mut redaction.put.action);
    let extra = prepare_put(&mut redaction.put, tables, context)?;
    Ok(Extra::Redact(extra, salts))
}

fn prepare_put(
    put: &mut RecordPut,
    tables: &HashMap<String, Arc<TableSpec>>,
    context: &Context,
) -> Result<PutExtra, StoreError> {
    let spec = declared(tables, &put.table)?;
    if put.columns.len() + spec.retired == spec.columns.len() {
        // What is not declared any more says nothing from now on.
        put.columns.resize(spec.columns.len(), Value::Null);
    }
    if put.columns.len() != spec.columns.len() {
        return Err(StoreError::Invalid(format!(
            "{} has {} columns, {} values were given",
            spec.name,
            spec.columns.len(),
            put.columns.len()
        )));
    }
    for (column, value) in spec.columns.iter().zip(&put.columns) {
        let fits = match value {
            Value::Null => true,
            Value::Int(_) => column.kind == ColumnKind::Int,
            Value::Text(text) => column.kind == ColumnKind::Text && !text.contains('\0'),
            Value::Bytes(_) => column.kind == ColumnKind::Bytes,
        };
        if !fits {
            return Err(StoreError::Invalid(format!(
                "{}.{} cannot hold {value:?}",
                spec.name, column.name
            )));
        }
    }
    if put.body.len() > BODY_BYTES || put.body.contains('\0') || put.state.contains('\0') {
        return Err(StoreError::Invalid(format!(
            "the body of {} is over 4 MiB or holds a NUL",
            put.id
        )));
    }
    put.sort_key.truncate(SORT_KEY_BYTES);
    // The unit stands among the words, so that a scope narrows the posting lists.
    let tokens = if spec.searchable {
        let words = put
            .tokens
            .iter()
            .filter(|token| !token.contains(char::is_whitespace));
        let unit = crate::query::unit_token(put.unit);
        words.fold(unit, |line, token| line + " " + token)
    } else {
        String::new()
    };
    let salt = context.random();
    Ok(PutExtra {
        body_digest: digest::body(&salt, &put.body),
        head_digest: digest::head(put.unit, &put.state, &put.sort_key, &spec, &put.columns),
        tokens_hash: digest::short(&tokens),
        salt,
        tokens,
        spec,
    })
}

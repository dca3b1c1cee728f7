//! The versions of records.

use std::collections::HashMap;

use serde_json::Value;
use vocab::{Id, hex};

use super::{About, CHUNK, Check};
use crate::audit::digest;
use crate::engine::{Param, Row, fitting};
use crate::store::Fields;
use crate::{REDACT, REDACTED, StoreError};

impl Check<'_> {
    /// Versions against their own digests, without gaps.
    pub(super) async fn versions(&mut self) -> Result<(), StoreError> {
        let page = |columns: &str| {
            format!(
                "SELECT {columns} FROM record_version WHERE (record_id, version) > (?1, ?2) \
                 ORDER BY record_id, version LIMIT ?3"
            )
        };
        let lengths = page("octet_length(body)");
        let sql =
            page("record_id, version, table_name, action, body, salt, body_digest, head_digest");
        let mut after = (Id::NIL, 0);
        let mut said = Told::default();
        let mut last: Option<Row> = None;
        loop {
            let params = |limit: i64| vec![Param::from(after.0), after.1.into(), limit.into()];
            let limit = fitting(&self.rows(lengths.clone(), params(CHUNK)).await?);
            let rows = self.rows(sql.clone(), params(limit)).await?;
            let end = rows.is_empty();
            for row in rows {
                let (record, version, action) = (row.id(0)?, row.int(1)?, row.text(3)?);
                if record != after.0 {
                    self.record_ends(last.take(), &mut said)?;
                }
                let expected = if record == after.0 { after.1 + 1 } else { 1 };
                if version != expected {
                    self.find(
                        "version-missing",
                        About::version(row.text(2)?, record, expected),
                    );
                }
                match (
                    row[4].as_text(),
                    row[5].as_bytes().and_then(|salt| salt.try_into().ok()),
                ) {
                    (Some(body), Some(salt)) => {
                        let digest = digest::body(&salt, body);
                        said.bodies.push(Body {
                            version,
                            digest,
                            is_signed: digest == row.digest(6)?,
                        });
                        if action == REDACT {
                            said.redactions.push((version, vouched(body)));
                        }
                    }
                    (None, None) => said.erased = Some(version),
                    _ => self.find(
                        "version-altered",
                        About::version(row.text(2)?, record, version),
                    ),
                }
                self.report.versions += 1;
                self.stored.add(&digest::Entry {
                    record,
                    version,
                    action: &action,
                    body: &row.digest(6)?,
                    head: &row.digest(7)?,
                });
                after = (record, version);
                last = Some(row);
            }
            if end {
                return self.record_ends(last, &mut said);
            }
        }
    }

    /// What all versions of a record say together, with the newest at hand.
    fn record_ends(&mut self, last: Option<Row>, said: &mut Told) -> Result<(), StoreError> {
        let said = std::mem::take(said);
        let Some(row) = last else { return Ok(()) };
        let (table, record) = (row.text(2)?, row.id(0)?);
        if row.digest(7)? != digest::NO_HEAD {
            *self.last_with_head.entry(table.clone()).or_default() += 1;
        }
        let mut altered: Vec<i64> = said.altered();
        if row.text(3)? == crate::commit::ERASE {
            // Of what came before an erasure nothing is left; a body there was put back.
            let newest = row.int(1)?;
            let bodies = said.bodies.iter().map(|body| body.version);
            altered.extend(bodies.filter(|version| *version != newest));
        } else {
            altered.extend(said.erased);
        }
        altered.sort_unstable();
        altered.dedup();
        for version in altered {
            self.find("version-altered", About::version(&table, record, version));
        }
        Ok(())
    }
}

/// What one version says.
struct Body {
    version: i64,
    digest: [u8; 32],
    /// Whether it says what was signed for it when it was written.
    is_signed: bool,
}

/// What is known of the versions of the record at hand.
#[derive(Default)]
struct Told {
    bodies: Vec<Body>,
    /// The redactions among them, and what each vouches for.
    redactions: Vec<(i64, HashMap<String, String>)>,
    /// The last version whose body is gone.
    erased: Option<i64>,
}

impl Told {
    /// The versions that say something else than they should: what was signed for them, or what
    /// the last redaction left of them that a sound version vouches for. What a version said
    /// before a redaction does not count any more, though it was signed once: put back, it would
    /// be what was to be erased.
    fn altered(&self) -> Vec<i64> {
        let mut altered = Vec::new();
        let mut vouched: HashMap<&str, &str> = HashMap::new();
        let mut redactions = self.redactions.iter().rev().peekable();
        for body in self.bodies.iter().rev() {
            let left = if vouched.is_empty() {
                None
            } else {
                vouched.get(body.version.to_string().as_str()).copied()
            };
            let is_sound = match left {
                Some(left) => hex::encode(&body.digest) == left,
                None => body.is_signed,
            };
            if !is_sound {
                altered.push(body.version);
            }
            // A later redaction may have rewritten an earlier one, which still vouches for what
            // that one left alone.
            let redaction = redactions.next_if(|(version, _)| *version == body.version);
            if let (Some((_, leaves)), true) = (redaction, is_sound) {
                for (version, digest) in leaves {
                    vouched.entry(version).or_insert(digest);
                }
            }
        }
        altered
    }
}

/// The versions that a redaction vouches for, each with the digest of what it says.
fn vouched(body: &str) -> HashMap<String, String> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let vouched = body.get(REDACTED).cloned().unwrap_or_default();
    serde_json::from_value(vouched).unwrap_or_default()
}

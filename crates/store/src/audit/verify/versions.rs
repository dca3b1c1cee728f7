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
        let mut erased: Option<(Id, i64)> = None;
        let mut last: Option<Row> = None;
        // Versions of the record at hand that say something else than was signed for them, with
        // the digest of what they say: a later version may vouch for it.
        let mut rewritten: Vec<(i64, String)> = Vec::new();
        loop {
            let params = |limit: i64| vec![Param::from(after.0), after.1.into(), limit.into()];
            let limit = fitting(&self.rows(lengths.clone(), params(CHUNK)).await?);
            let rows = self.rows(sql.clone(), params(limit)).await?;
            let end = rows.is_empty();
            for row in rows {
                let (record, version) = (row.id(0)?, row.int(1)?);
                if record != after.0 {
                    self.unvouched(last.as_ref(), &mut rewritten)?;
                    self.last_version(last.take(), erased.take())?;
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
                        let said = digest::body(&salt, body);
                        if said != row.digest(6)? {
                            rewritten.push((version, hex::encode(&said)));
                        } else if row.text(3)? == REDACT {
                            let vouched = vouched(body);
                            rewritten.retain(|(version, said)| {
                                vouched.get(&version.to_string()) != Some(said)
                            });
                        }
                    }
                    (None, None) => erased = Some((record, version)),
                    _ => self.find(
                        "version-altered",
                        About::version(row.text(2)?, record, version),
                    ),
                }
                self.report.versions += 1;
                self.stored
                    .add(record, version, &row.digest(6)?, &row.digest(7)?);
                after = (record, version);
                last = Some(row);
            }
            if end {
                self.unvouched(last.as_ref(), &mut rewritten)?;
                return self.last_version(last, erased);
            }
        }
    }

    /// Versions of one record that say something else than was signed, and that nothing vouches
    /// for.
    fn unvouched(
        &mut self,
        last: Option<&Row>,
        rewritten: &mut Vec<(i64, String)>,
    ) -> Result<(), StoreError> {
        for (version, _) in rewritten.drain(..) {
            if let Some(row) = last {
                let about = About::version(row.text(2)?, row.id(0)?, version);
                self.find("version-altered", about);
            }
        }
        Ok(())
    }

    /// What a record's newest version says about its list and about erased ones before it.
    fn last_version(
        &mut self,
        last: Option<Row>,
        erased: Option<(Id, i64)>,
    ) -> Result<(), StoreError> {
        let Some(row) = last else { return Ok(()) };
        if row.digest(7)? != digest::NO_HEAD {
            *self.last_with_head.entry(row.text(2)?).or_default() += 1;
        }
        if let Some((record, version)) = erased
            && row.text(3)? != crate::commit::ERASE
        {
            self.find(
                "version-altered",
                About::version(row.text(2)?, record, version),
            );
        }
        Ok(())
    }
}

/// The versions that a redaction vouches for, each with the digest of what it says.
fn vouched(body: &str) -> HashMap<String, String> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let vouched = body.get(REDACTED).cloned().unwrap_or_default();
    serde_json::from_value(vouched).unwrap_or_default()
}

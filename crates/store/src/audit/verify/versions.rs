//! The versions of records.

use vocab::Id;

use super::{About, CHUNK, Check};
use crate::StoreError;
use crate::audit::digest;
use crate::engine::{Param, Row, fitting};
use crate::store::Fields;

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
        loop {
            let params = |limit: i64| vec![Param::from(after.0), after.1.into(), limit.into()];
            let limit = fitting(&self.rows(lengths.clone(), params(CHUNK)).await?);
            let rows = self.rows(sql.clone(), params(limit)).await?;
            let end = rows.is_empty();
            for row in rows {
                let (record, version) = (row.id(0)?, row.int(1)?);
                if record != after.0 {
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
                    (Some(body), Some(salt)) if digest::body(&salt, body) == row.digest(6)? => {}
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
                return self.last_version(last, erased);
            }
        }
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

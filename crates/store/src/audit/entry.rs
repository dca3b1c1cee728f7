//! Looking through the audit.

use vocab::{Id, Instant};

use crate::engine::{Param, Statement};
use crate::query::reach;
use crate::store::Fields;
use crate::{Scope, Store, StoreError};

/// One audit entry: who did what to which record, when, through what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Where it stands; give the last one's back to [`AuditQuery::before`] for the next page.
    pub ord: i64,
    /// The record.
    pub record: Id,
    /// The version that this made.
    pub version: i64,
    /// The record's table.
    pub table: String,
    /// What was done.
    pub action: String,
    /// Who.
    pub actor: Id,
    /// On whose behalf.
    pub on_behalf: Option<Id>,
    /// The way in.
    pub via: String,
    /// The request.
    pub request: Id,
    /// When.
    pub at: Instant,
}

/// Which entries, newest first.
#[derive(Clone, Debug)]
pub struct AuditQuery {
    /// Whose entries. One that tests more than a bypass needs a table: entries of records
    /// that it reaches as they stand now.
    pub scope: Scope,
    /// Only older ones than this place.
    pub before: Option<i64>,
    /// Only this table's.
    pub table: Option<String>,
    /// Only this record's.
    pub record: Option<Id>,
    /// At most so many.
    pub limit: usize,
}

impl AuditQuery {
    /// The newest entries, at most so many.
    pub fn new(scope: Scope, limit: usize) -> Self {
        Self {
            scope,
            before: None,
            table: None,
            record: None,
            limit,
        }
    }
}

impl Store {
    /// A page of audit entries, newest first.
    pub async fn audit_entries(&self, query: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        let mut params = vec![Param::from(query.before.unwrap_or(i64::MAX))];
        let mut conditions = vec!["ord < ?1".to_owned()];
        if let Some(table) = &query.table {
            params.push(Param::from(table.as_str()));
            conditions.push(format!("table_name = ?{}", params.len()));
        }
        if let Some(record) = query.record {
            params.push(Param::from(record));
            conditions.push(format!("record_id = ?{}", params.len()));
        }
        if let Some(reached) = reach::sql(&query.scope, self.dialect(), "h.", &mut params) {
            let Some(table) = &query.table else {
                return Err(StoreError::Invalid(
                    "the audit of all tables is read by a bypass alone; name a table".to_owned(),
                ));
            };
            let spec = self.table(table)?;
            query.scope.check(&spec)?;
            conditions.push(format!(
                "EXISTS (SELECT 1 FROM head_{} h WHERE h.id = leaf.record_id AND {reached})",
                spec.name
            ));
        }
        params.push(Param::from(
            i64::try_from(query.limit.clamp(1, 500)).unwrap_or(500),
        ));
        let sql = format!(
            "SELECT ord, record_id, version, table_name, action, actor, on_behalf, via, request, at FROM leaf \
             WHERE {} ORDER BY ord DESC LIMIT ?{}",
            conditions.join(" AND "),
            params.len()
        );
        let rows = self
            .inner
            .engine
            .query_all(vec![Statement::new(sql, params)])
            .await?
            .remove(0);
        rows.iter()
            .map(|row| {
                Ok(AuditEntry {
                    ord: row.int(0)?,
                    record: row.id(1)?,
                    version: row.int(2)?,
                    table: row.text(3)?,
                    action: row.text(4)?,
                    actor: row.id(5)?,
                    on_behalf: row[6].as_id(),
                    via: row.text(7)?,
                    request: row.id(8)?,
                    at: Instant::from_micros(row.int(9)?),
                })
            })
            .collect()
    }
}
